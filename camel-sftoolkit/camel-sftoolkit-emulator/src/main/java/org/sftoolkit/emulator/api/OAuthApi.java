package org.sftoolkit.emulator.api;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.sftoolkit.emulator.org.Org;

/** The token endpoint and its companions (Salesforce Help: "OAuth Endpoints"). */
final class OAuthApi {

    private static final String JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer";

    private final Org org;
    private final Sessions sessions;
    private final RefreshTokens refreshTokens;
    private final Supplier<LoginRules> rules;
    private final TokenGrants grants;
    private final Instance instance;
    private final Clock clock;

    OAuthApi(Org org, Sessions sessions, RefreshTokens refreshTokens, Supplier<LoginRules> rules, Instance instance) {
        this.org = org;
        this.sessions = sessions;
        this.refreshTokens = refreshTokens;
        this.rules = rules;
        this.clock = org.clock();
        this.grants = new TokenGrants(rules, new JwtAssertions(rules, clock));
        this.instance = instance;
    }

    Answer token(ApiCall call) {
        Map<String, String> form = call.form();
        String type = form.getOrDefault("grant_type", "");
        try {
            return switch (type) {
                case "password" -> opened(call, grants.password(form), false, null);
                case "client_credentials" -> opened(call, grants.clientCredentials(form, call), true, null);
                case JWT_BEARER -> opened(call, grants.jwtBearer(form, call), true, null);
                case "refresh_token" -> refreshed(call, form);
                case "" -> throw new LoginRefusedException("invalid_request", "grant_type is required");
                default -> throw new LoginRefusedException("unsupported_grant_type", "grant type not supported");
            };
        } catch (LoginRefusedException e) {
            sessions.countRefused();
            return ApiErrors.ofLogin(400, e.error(), e.getMessage());
        }
    }

    Answer revoke(ApiCall call) {
        String token = call.queryParam("token").orElseGet(() -> call.form().getOrDefault("token", ""));
        boolean session = sessions.end(token);
        boolean refresh = refreshTokens.end(token);
        if (session || refresh) {
            return Answer.empty(200);
        }
        // The body for an unknown token is not documented; assumed.
        return ApiErrors.ofLogin(400, "invalid_token", "invalid token: it is unknown, expired or revoked already");
    }

    Answer introspect(ApiCall call) {
        Map<String, String> form = call.form();
        String[] basic = TokenGrants.basic(call);
        try {
            grants.requireClient(
                    basic == null ? form.get("client_id") : basic[0],
                    basic == null ? form.get("client_secret") : basic[1]);
        } catch (LoginRefusedException e) {
            return ApiErrors.ofLogin(401, "invalid_client", "invalid client credentials");
        }
        return sessions.peek(form.getOrDefault("token", ""))
                .map(session -> Answer.ok(alive(call, session)))
                .orElseGet(() -> Answer.ok(Map.of("active", false)));
    }

    private Answer refreshed(ApiCall call, Map<String, String> form) {
        grants.requireRefreshingClient(form);
        String token = form.get("refresh_token");
        RefreshTokens.Grant grant = (rules.get().rotateRefreshTokens()
                        ? refreshTokens.take(token)
                        : refreshTokens.grant(token))
                .orElseThrow(() -> new LoginRefusedException("invalid_grant", "expired access/refresh token"));
        String next = rules.get().rotateRefreshTokens() ? "5Aep" + sessions.secret(80) : null;
        if (next != null && grant.lastAccessToken() != null) {
            sessions.end(grant.lastAccessToken());
        }
        return opened(call, grant.user(), true, new Exchange(token, next));
    }

    /**
     * A refresh token that is being exchanged.
     *
     * @param next the one that takes its place, or null without rotation
     */
    private record Exchange(String token, String next) {}

    private Answer opened(ApiCall call, UserAccount user, boolean scoped, Exchange exchange) {
        Session session = sessions.open(user.id(), user.userName(), rules.get().clientId());
        String issuedAt = String.valueOf(clock.millis());
        String identity = identity(call, user.id());
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("access_token", session.token());
        if (exchange != null) {
            String kept = exchange.next() == null ? exchange.token() : exchange.next();
            refreshTokens.exchanged(exchange.token(), kept, user, session.token());
            if (exchange.next() != null) {
                json.put("refresh_token", exchange.next());
            }
        }
        json.put("instance_url", instance.url());
        json.put("id", identity);
        json.put("token_type", "Bearer");
        json.put("issued_at", issuedAt);
        json.put("signature", signature(identity + issuedAt));
        if (scoped) {
            json.put("scope", "api id");
        }
        return Answer.ok(json).with("Cache-Control", "no-cache, no-store");
    }

    private Map<String, Object> alive(ApiCall call, Session session) {
        long issued = session.issuedAt().getEpochSecond();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("active", true);
        json.put("scope", "api id");
        json.put("client_id", String.valueOf(session.clientId()));
        json.put("username", session.userName());
        json.put("sub", identity(call, session.userId()));
        json.put("token_type", "access_token");
        json.put("exp", issued + 7_200);
        json.put("iat", issued);
        json.put("nbf", issued);
        return json;
    }

    private String identity(ApiCall call, String userId) {
        return call.baseUrl() + "/id/" + org.organizationId() + "/" + userId;
    }

    private String signature(String signed) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(rules.get().clientSecret().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    /**
     * Decides on requests for an access token (Salesforce Help: "OAuth Authorization Flows"); each method answers who logged
     * in or throws {@link LoginRefusedException}.
     */
    private static final class TokenGrants {

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
                    basic == null ? form.get("client_id") : basic[0],
                    basic == null ? form.get("client_secret") : basic[1]);
            return rules.get().users().stream()
                    .filter(user -> rules.get().clientCredentialsUser())
                    .findFirst()
                    .orElseThrow(
                            () -> new LoginRefusedException("invalid_grant", "no client credentials user enabled"));
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
            String[] pair = new String(Base64.getMimeDecoder().decode(header.substring(6)), StandardCharsets.UTF_8)
                    .split(":", 2);
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
}
