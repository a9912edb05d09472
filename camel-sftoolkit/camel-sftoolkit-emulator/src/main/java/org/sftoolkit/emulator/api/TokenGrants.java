package org.sftoolkit.emulator.api;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Decides on requests for an access token (Salesforce Help: "OAuth Authorization Flows"); each method answers who logged
 * in or throws {@link LoginRefusedException}.
 */
final class TokenGrants {

    private final Supplier<LoginRules> rules;
    private final JwtAssertions assertions;

    TokenGrants(Supplier<LoginRules> rules, JwtAssertions assertions) {
        this.rules = rules;
        this.assertions = assertions;
    }

    UserAccount password(Map<String, String> form) {
        requireClient(form.get("client_id"), form.get("client_secret"));
        return rules.get()
                .user(form.getOrDefault("username", ""))
                .filter(user -> user.accepts(form.get("password")))
                .orElseThrow(() -> new LoginRefusedException("invalid_grant", "authentication failure"));
    }

    UserAccount clientCredentials(Map<String, String> form, ApiCall call) {
        if (rules.get().loginHostOnly()) {
            throw new LoginRefusedException("invalid_grant", "request not supported on this domain");
        }
        String[] basic = basic(call);
        requireClient(
                basic == null ? form.get("client_id") : basic[0], basic == null ? form.get("client_secret") : basic[1]);
        return rules.get().users().stream()
                .filter(user -> rules.get().clientCredentialsUser())
                .findFirst()
                .orElseThrow(() -> new LoginRefusedException("invalid_grant", "no client credentials user enabled"));
    }

    UserAccount jwtBearer(Map<String, String> form, ApiCall call) {
        return assertions.verified(form.get("assertion"), call.baseUrl());
    }

    /** A refresh token needs no secret, but a wrong one is refused. */
    void requireRefreshingClient(Map<String, String> form) {
        requireClient(
                form.get("client_id"),
                form.getOrDefault("client_secret", rules.get().clientSecret()));
    }

    /** The client's id and secret of a Basic header, or null without one. */
    static String[] basic(ApiCall call) {
        String header = call.header("Authorization").orElse("");
        if (!header.regionMatches(true, 0, "Basic ", 0, 6)) {
            return null;
        }
        String[] pair =
                new String(Base64.getMimeDecoder().decode(header.substring(6)), StandardCharsets.UTF_8).split(":", 2);
        return pair.length == 2 ? pair : null;
    }

    void requireClient(String clientId, String clientSecret) {
        if (!rules.get().clientId().equals(clientId)) {
            throw new LoginRefusedException("invalid_client_id", "client identifier invalid");
        }
        if (!rules.get().clientSecret().equals(clientSecret)) {
            throw new LoginRefusedException("invalid_client", "invalid client credentials");
        }
    }
}
