package org.sftoolkit.camel.auth;

import io.vertx.core.Future;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The grants whose fields are the same each time: client credentials and username-password. */
public final class FormLogin implements LoginFlow {

    private final TokenEndpoint endpoint;
    private final Map<String, String> form;
    private final String credentials;

    private FormLogin(TokenEndpoint endpoint, Map<String, String> form, String credentials) {
        this.endpoint = endpoint;
        this.form = form;
        this.credentials = credentials;
    }

    /**
     * Client credentials; the app's run-as user acts.
     *
     * @see <a href="https://help.salesforce.com/s/articleView?id=sf.remoteaccess_oauth_client_credentials_flow.htm">Salesforce
     *      Help: OAuth 2.0 Client Credentials Flow</a>
     */
    public static FormLogin clientCredentials(TokenEndpoint endpoint, String clientId, String clientSecret) {
        return new FormLogin(
                endpoint,
                Map.of("grant_type", "client_credentials", "client_id", clientId, "client_secret", clientSecret),
                "clientId, clientSecret, and the run-as user of the app's client credentials flow");
    }

    /**
     * Username and password; the security token, if there is one, follows the password directly.
     *
     * @param securityToken of the user, or null
     * @see <a
     *     href="https://help.salesforce.com/s/articleView?id=sf.remoteaccess_oauth_username_password_flow.htm">Salesforce
     *     Help: OAuth 2.0 Username-Password Flow</a>
     */
    public static FormLogin password(
            TokenEndpoint endpoint,
            String clientId,
            String clientSecret,
            String userName,
            String password,
            @Nullable String securityToken) {
        return new FormLogin(
                endpoint,
                Map.of(
                        "grant_type", "password",
                        "client_id", clientId,
                        "client_secret", clientSecret,
                        "username", userName,
                        "password", password + (securityToken == null ? "" : securityToken)),
                "userName, password and securityToken, and whether the org allows username-password logins");
    }

    @Override
    public Future<Grant> login() {
        return endpoint.grant(form, credentials);
    }
}
