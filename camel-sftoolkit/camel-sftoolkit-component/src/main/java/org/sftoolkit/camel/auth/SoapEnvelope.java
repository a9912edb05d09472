package org.sftoolkit.camel.auth;

import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.redaction.Redaction;

/**
 * The request of a SOAP login. The security token, if there is one, follows the password. Users of a trusted network
 * and of portals send their organization instead.
 *
 * @param userName who logs in
 * @param password secret
 * @param securityToken secret; or null
 * @param organizationId the org's Id; or null
 */
public record SoapEnvelope(
        String userName, String password, @Nullable String securityToken, @Nullable String organizationId) {

    /** What goes over the wire is cleared from texts from now on. */
    void learnSecrets() {
        Redaction.learn(password);
        Redaction.learn(securityToken);
        Redaction.learn(passwordAndToken());
    }

    private String passwordAndToken() {
        return password + (securityToken == null ? "" : securityToken);
    }

    String xml() {
        String scope = organizationId == null
                ? ""
                : "<e:Header><u:LoginScopeHeader><u:organizationId>" + escaped(organizationId)
                        + "</u:organizationId></u:LoginScopeHeader></e:Header>";
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?><e:Envelope"
                + " xmlns:e=\"http://schemas.xmlsoap.org/soap/envelope/\" xmlns:u=\"urn:partner.soap.sforce.com\">"
                + scope
                + "<e:Body><u:login><u:username>" + escaped(userName) + "</u:username><u:password>"
                + escaped(passwordAndToken())
                + "</u:password></u:login></e:Body></e:Envelope>";
    }

    // > too: "]]>" is not allowed in text
    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** Without secrets. */
    @Override
    public String toString() {
        return "SOAP login of a user";
    }
}
