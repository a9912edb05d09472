package org.sftoolkit.emulator.control;

import static org.sftoolkit.emulator.control.Field.Type.TEXT;

import java.security.PublicKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.sftoolkit.emulator.api.Answer;
import org.sftoolkit.emulator.api.ApiCall;
import org.sftoolkit.emulator.api.LoginRules;
import org.sftoolkit.emulator.api.PublicKeys;
import org.sftoolkit.emulator.api.UserAccount;

/** Who may log in, and the tokens that are alive. */
final class LoginControl {

    private static final String LOGIN = "login";

    private final Controlled emulator;

    LoginControl(Controlled emulator) {
        this.emulator = emulator;
    }

    List<Resource> resources() {
        return List.of(
                Resource.of(
                        "GET",
                        "/users",
                        LOGIN,
                        200,
                        "Who may log in by name; the first is the one that client credentials run as.",
                        this::users),
                Resource.of("POST", "/users", LOGIN, 201, "Adds a user; answers the id.", this::addUser)
                        .java("EmulatorBuilder.user")
                        .body(
                                Field.of("name", TEXT, "ada@example.com", "user name")
                                        .must(),
                                Field.of("password", TEXT, "password", "default 'password'"),
                                Field.of("token", TEXT, "token", "security token, default 'token'"))
                        .offLoop(),
                Resource.of("PATCH", "/app", LOGIN, 204, "Changes the connected app.", this::changeApp)
                        .java("EmulatorBuilder.connectedApp", "EmulatorBuilder.jwtKey")
                        .body(
                                Field.of("id", TEXT, "my-app", "consumer key"),
                                Field.of("secret", TEXT, "my-secret", "consumer secret"),
                                Field.of(
                                        "jwtKey",
                                        TEXT,
                                        "-----BEGIN CERTIFICATE-----…",
                                        "certificate or public key, PEM")),
                Resource.of(
                                "GET",
                                "/tokens",
                                LOGIN,
                                200,
                                "How many tokens are alive, how many logins there were.",
                                this::countTokens)
                        .java("SalesforceEmulator.logins", "SalesforceEmulator.refusedLogins"),
                Resource.of("POST", "/tokens", LOGIN, 201, "Makes a token valid; answers it.", this::addToken)
                        .java(
                                "EmulatorBuilder.accessToken",
                                "EmulatorBuilder.refreshToken",
                                "SalesforceEmulator.newRefreshToken")
                        .body(
                                Field.of("kind", TEXT, "access", "default access")
                                        .among("access", "refresh"),
                                Field.of("token", TEXT, "my-token", "default a new one"),
                                Field.of("user", TEXT, "user@example.com", "whose it is, default the first user's")),
                Resource.of(
                                "POST",
                                "/expire",
                                LOGIN,
                                204,
                                "Ends all sessions: every access token meets 401.",
                                this::expire)
                        .java("SalesforceEmulator.expireTokens"));
    }

    private Answer users(ApiCall call, Values body) {
        return Answer.ok(rules().users().stream()
                .map(user -> Map.of("name", user.userName(), "id", user.id()))
                .toList());
    }

    private Answer addUser(ApiCall call, Values body) {
        String name = body.text("name").orElseThrow();
        if (name.isBlank()) {
            throw Values.refused("\"name\" must not be empty");
        }
        if (rules().user(name).isPresent()) {
            throw Values.refused("the user '" + name + "' exists already");
        }
        String id = emulator.org().addUser(name);
        UserAccount user = new UserAccount(
                name,
                body.text("password").orElse("password"),
                body.text("token").orElse("token"),
                id);
        emulator.settings().changeLoginRules(rules -> rules.with(user));
        emulator.keeper()
                .keep(
                        "user",
                        Map.of("name", name, "password", user.password(), "token", user.securityToken(), "id", id));
        return Answer.json(201, Map.of("name", name, "id", id));
    }

    private Answer changeApp(ApiCall call, Values body) {
        PublicKey key = body.text("jwtKey")
                .map(pem -> {
                    try {
                        return PublicKeys.ofPem(pem);
                    } catch (IllegalArgumentException e) {
                        throw Values.refused("\"jwtKey\" " + e.getMessage());
                    }
                })
                .orElse(null);
        emulator.settings()
                .changeLoginRules(rules -> rules.withApp(
                        body.text("id").orElse(rules.clientId()),
                        body.text("secret").orElse(rules.clientSecret()),
                        key == null ? rules.jwtKey() : key));
        emulator.keeper().keep("app", body.all());
        return Answer.noContent();
    }

    private Answer countTokens(ApiCall call, Values body) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("living", emulator.sessions().living());
        json.put("logins", emulator.sessions().opened());
        json.put("refusedLogins", emulator.sessions().refused());
        return Answer.ok(json);
    }

    private Answer addToken(ApiCall call, Values body) {
        UserAccount user = body.text("user")
                .map(name -> rules().user(name).orElseThrow(() -> Values.refused("there is no user '" + name + "'")))
                .orElseGet(() -> rules().users().get(0));
        boolean refresh = body.text("kind").filter("refresh"::equals).isPresent();
        String token;
        if (refresh) {
            token = body.text("token").orElseGet(() -> emulator.refreshTokens().issue(user));
            emulator.refreshTokens().admit(token, user);
        } else {
            token = body.text("token").orElseGet(() -> emulator.org().organizationId() + "!" + UUID.randomUUID());
            emulator.sessions().admit(token, user.id(), user.userName());
        }
        return Answer.json(201, Map.of("token", token));
    }

    private Answer expire(ApiCall call, Values body) {
        emulator.sessions().expireAll();
        return Answer.noContent();
    }

    private LoginRules rules() {
        return emulator.settings().loginRules();
    }
}
