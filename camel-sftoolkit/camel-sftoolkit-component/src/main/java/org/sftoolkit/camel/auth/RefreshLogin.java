package org.sftoolkit.camel.auth;

import io.vertx.core.Future;
import java.util.HashMap;
import org.jspecify.annotations.Nullable;

/**
 * The refresh token grant. Where the app rotates refresh tokens, the newest one is used from then on.
 *
 * @see <a href="https://help.salesforce.com/s/articleView?id=sf.remoteaccess_oauth_refresh_token_flow.htm">Salesforce Help:
 *      OAuth 2.0 Refresh Token Flow</a>
 */
public final class RefreshLogin implements LoginFlow {

    private final TokenEndpoint endpoint;
    private final String clientId;
    private final @Nullable String clientSecret;
    private final String configured;
    private final RefreshTokens tokens;

    /**
     * @param clientSecret null if the app needs no secret
     * @param configured refresh token as it was configured
     * @param tokens knows the newest refresh token
     */
    public RefreshLogin(
            TokenEndpoint endpoint,
            String clientId,
            @Nullable String clientSecret,
            String configured,
            RefreshTokens tokens) {
        this.endpoint = endpoint;
        this.clientId = clientId;
        this.clientSecret = clientSecret;
        this.configured = configured;
        this.tokens = tokens;
    }

    @Override
    public Future<Grant> login() {
        var form = new HashMap<String, String>();
        form.put("grant_type", "refresh_token");
        form.put("refresh_token", tokens.newest(configured));
        form.put("client_id", clientId);
        if (clientSecret != null) {
            form.put("client_secret", clientSecret);
        }
        return endpoint.grant(
                        form,
                        "clientId, clientSecret and refreshToken, and loginUrl, which must be the host that issued the"
                                + " token")
                .onSuccess(grant -> {
                    if (grant.refreshToken() != null) {
                        tokens.rotated(configured, grant.refreshToken());
                    }
                });
    }
}
