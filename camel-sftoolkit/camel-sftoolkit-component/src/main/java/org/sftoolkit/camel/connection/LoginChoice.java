package org.sftoolkit.camel.connection;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.config.AuthType;
import org.sftoolkit.camel.config.LoginConfiguration;

/** Which login the options mean, and whether they are enough for it. */
final class LoginChoice {

    private final LoginConfiguration options;

    private LoginChoice(LoginConfiguration options) {
        this.options = options;
    }

    /** The way to log in, never AUTO; throws if options exclude each other or one is missing. */
    static AuthType of(LoginConfiguration options) {
        var choice = new LoginChoice(options);
        AuthType type = options.getAuthType() == AuthType.AUTO ? choice.inferred() : options.getAuthType();
        choice.requireAll(type);
        return type;
    }

    private AuthType inferred() {
        Map<String, AuthType> signs = new LinkedHashMap<>();
        sign(signs, "accessToken", options.getAccessToken(), AuthType.TOKEN);
        sign(signs, "tokenSource", options.getTokenSource(), AuthType.TOKEN);
        sign(signs, "refreshToken", options.getRefreshToken(), AuthType.REFRESH_TOKEN);
        sign(signs, "privateKey", options.getPrivateKey(), AuthType.JWT);
        sign(signs, "keyStoreParameters", options.getKeyStoreParameters(), AuthType.JWT);
        sign(signs, "cliAlias", options.getCliAlias(), AuthType.CLI);
        sign(
                signs,
                "password",
                options.getPassword(),
                isSet(options.getClientId()) || isSet(options.getClientSecret()) ? AuthType.PASSWORD : AuthType.SOAP);
        List<AuthType> types = signs.values().stream().distinct().toList();
        if (types.size() > 1) {
            throw new IllegalArgumentException(String.join(" and ", signs.keySet())
                    + " belong to different kinds of login. Set authType to one of " + types
                    + ", or remove the others");
        }
        if (types.size() == 1) {
            return types.get(0);
        }
        if (isSet(options.getClientSecret()) || isSet(options.getClientId())) {
            return AuthType.CLIENT_CREDENTIALS;
        }
        throw new IllegalArgumentException("no credentials: set clientId and clientSecret (client credentials);"
                + " clientId, userName and privateKey (JWT); clientId and refreshToken; cliAlias; accessToken and"
                + " instanceUrl; or tokenSource - on the component, in the URI, or as a connection bean");
    }

    private static void sign(Map<String, AuthType> signs, String option, @Nullable Object value, AuthType type) {
        if (isSet(value)) {
            signs.put(option, type);
        }
    }

    private void requireAll(AuthType type) {
        var missing = new ArrayList<String>();
        switch (type) {
            case TOKEN -> token(missing);
            case CLIENT_CREDENTIALS -> app(missing);
            case JWT -> {
                require(missing, "clientId", options.getClientId());
                require(missing, "userName", options.getUserName());
                eitherOr(
                        missing,
                        "privateKey",
                        options.getPrivateKey(),
                        "keyStoreParameters",
                        options.getKeyStoreParameters());
            }
            case REFRESH_TOKEN -> {
                require(missing, "clientId", options.getClientId());
                require(missing, "refreshToken", options.getRefreshToken());
            }
            case PASSWORD -> {
                app(missing);
                user(missing);
            }
            case SOAP -> user(missing);
            default -> {
                // the CLI knows its default org
            }
        }
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException("authType=" + type + " needs " + String.join(" and ", missing) + ": set "
                    + (missing.size() == 1 ? "it" : "them") + " on the component or in the URI");
        }
    }

    private void token(List<String> missing) {
        eitherOr(missing, "accessToken", options.getAccessToken(), "tokenSource", options.getTokenSource());
        if (!isSet(options.getTokenSource())) {
            require(missing, "instanceUrl", options.getInstanceUrl());
        }
    }

    private void app(List<String> missing) {
        require(missing, "clientId", options.getClientId());
        require(missing, "clientSecret", options.getClientSecret());
    }

    private void user(List<String> missing) {
        require(missing, "userName", options.getUserName());
        require(missing, "password", options.getPassword());
    }

    private static void eitherOr(
            List<String> missing, String one, @Nullable Object first, String other, @Nullable Object second) {
        if (isSet(first) && isSet(second)) {
            throw new IllegalArgumentException(one + " and " + other + " cannot be combined: remove one");
        }
        if (!isSet(first) && !isSet(second)) {
            missing.add(one + " (or " + other + ")");
        }
    }

    private static void require(List<String> missing, String option, @Nullable Object value) {
        if (!isSet(value)) {
            missing.add(option);
        }
    }

    private static boolean isSet(@Nullable Object value) {
        return value instanceof String text ? !text.isBlank() : value != null;
    }
}
