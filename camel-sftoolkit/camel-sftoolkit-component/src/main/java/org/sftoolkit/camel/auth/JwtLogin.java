package org.sftoolkit.camel.auth;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Map;

/** The JWT bearer grant: a fresh assertion for each login, signed off the event loop. */
public final class JwtLogin implements LoginFlow {

    private final TokenEndpoint endpoint;
    private final JwtAssertion assertion;
    private final Vertx vertx;

    /** @param vertx whose workers sign */
    public JwtLogin(TokenEndpoint endpoint, JwtAssertion assertion, Vertx vertx) {
        this.endpoint = endpoint;
        this.assertion = assertion;
        this.vertx = vertx;
    }

    @Override
    public Future<Grant> login() {
        return vertx.executeBlocking(assertion::sign, false)
                .compose(signed -> endpoint.grant(
                        Map.of("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer", "assertion", signed),
                        "clientId, userName, privateKey (it must match the certificate of the app),"
                                + " jwtAudience and the clock of this machine"));
    }
}
