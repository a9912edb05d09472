package org.sftoolkit.emulator.api;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Clock;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Verifies the assertions of the JWT bearer flow (Salesforce Help: "OAuth 2.0 JWT Bearer Flow for Server-to-Server
 * Integration").
 */
final class JwtAssertions {

    private static final Set<String> AUDIENCES = Set.of("https://login.salesforce.com", "https://test.salesforce.com");
    private static final long LONGEST_STRICT_LIFE = 180;

    private final Supplier<LoginRules> rules;
    private final Clock clock;

    JwtAssertions(Supplier<LoginRules> rules, Clock clock) {
        this.rules = rules;
        this.clock = clock;
    }

    /** The user that a valid assertion speaks for. */
    UserAccount verified(String assertion, String ownUrl) {
        String[] parts = assertion == null ? new String[0] : assertion.split("\\.");
        if (parts.length != 3) {
            throw refused("invalid assertion");
        }
        Map<String, Object> header = decoded(parts[0]);
        Map<String, Object> claims = decoded(parts[1]);
        if (!rules.get().clientId().equals(claims.get("iss"))) {
            throw new LoginRefusedException("invalid_client_id", "client identifier invalid");
        }
        if (!"RS256".equals(header.get("alg")) || !signed(parts)) {
            throw refused("invalid assertion");
        }
        requireExpiry(claims.get("exp"));
        Object audience = claims.get("aud");
        if (!ownUrl.equals(audience) && !AUDIENCES.contains(String.valueOf(audience))) {
            throw refused("Audience validation failed");
        }
        return rules.get()
                .user(String.valueOf(claims.get("sub")))
                .orElseThrow(() -> refused("user hasn't approved this consumer"));
    }

    /** How strictly the upper bound holds is not documented; clients that send far too late a time do log in. */
    private void requireExpiry(Object expiry) {
        long seconds;
        try {
            seconds = Long.parseLong(String.valueOf(expiry));
        } catch (NumberFormatException e) {
            throw refused("invalid assertion");
        }
        long now = clock.instant().getEpochSecond();
        if (seconds <= now) {
            throw refused("expired authorization code");
        }
        if (rules.get().strictJwtExpiry() && (!(expiry instanceof Number) || seconds > now + LONGEST_STRICT_LIFE)) {
            throw refused("invalid assertion");
        }
    }

    private boolean signed(String[] parts) {
        PublicKey key = rules.get().jwtKey();
        if (key == null || LoginRules.ANY_KEY.equals(key)) {
            return key != null;
        }
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initVerify(key);
            signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
            return signature.verify(Base64.getUrlDecoder().decode(parts[2]));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    private static Map<String, Object> decoded(String part) {
        try {
            return Json.object(Base64.getUrlDecoder().decode(part));
        } catch (IllegalArgumentException | ApiException e) {
            throw refused("invalid assertion");
        }
    }

    private static LoginRefusedException refused(String description) {
        return new LoginRefusedException("invalid_grant", description);
    }
}
