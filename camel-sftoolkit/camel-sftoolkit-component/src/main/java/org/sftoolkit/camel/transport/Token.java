package org.sftoolkit.camel.transport;

/**
 * Leave to call an org.
 *
 * @param accessToken the bearer token; secret
 * @param instanceUrl where calls go, without trailing slash
 */
public record Token(String accessToken, String instanceUrl) {

    public Token {
        instanceUrl = instanceUrl.endsWith("/") ? instanceUrl.substring(0, instanceUrl.length() - 1) : instanceUrl;
    }

    /** Without the token itself. */
    @Override
    public String toString() {
        return "Token for " + instanceUrl;
    }
}
