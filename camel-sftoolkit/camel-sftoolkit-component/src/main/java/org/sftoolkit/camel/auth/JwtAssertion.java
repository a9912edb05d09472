package org.sftoolkit.camel.auth;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;

/**
 * The assertion of the JWT bearer flow. Thread-safe.
 *
 * @see <a href="https://help.salesforce.com/s/articleView?id=sf.remoteaccess_oauth_jwt_flow.htm">Salesforce Help: OAuth 2.0
 *      JWT Bearer Flow</a>
 */
public final class JwtAssertion {

    /** Salesforce takes assertions of at most three minutes; one less bears a clock that is slow. */
    static final Duration LIFE = Duration.ofMinutes(2);

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final String HEADER = encoded("{\"alg\":\"RS256\",\"typ\":\"JWT\"}");

    private final String clientId;
    private final String userName;
    private final String audience;
    private final SigningKey key;
    private final InstantSource clock;

    /**
     * @param clientId consumer key of the app
     * @param userName who acts
     * @param audience the login host that it is for
     * @param key      of the certificate that is registered with the app
     * @param clock    for the expiry
     */
    public JwtAssertion(String clientId, String userName, String audience, SigningKey key, InstantSource clock) {
        this.clientId = clientId;
        this.userName = userName;
        this.audience = audience;
        this.key = key;
        this.clock = clock;
    }

    /** A new assertion, signed; takes some milliseconds of computing. */
    String sign() {
        var claims = JsonNodeFactory.instance
                .objectNode()
                .put("iss", clientId)
                .put("sub", userName)
                .put("aud", audience)
                .put("exp", clock.instant().plus(LIFE).getEpochSecond());
        String content = HEADER + '.' + encoded(claims.toString());
        return content + '.' + BASE64.encodeToString(key.sign(content.getBytes(StandardCharsets.US_ASCII)));
    }

    private static String encoded(String json) {
        return BASE64.encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
}
