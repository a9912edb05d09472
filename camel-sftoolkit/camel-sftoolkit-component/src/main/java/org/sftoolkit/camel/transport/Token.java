package org.sftoolkit.camel.transport;

/**
 * The right to call an org.
 *
 * @param accessToken the bearer token; secret
 * @param instanceUrl the URL that calls are sent to, without trailing slash
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
