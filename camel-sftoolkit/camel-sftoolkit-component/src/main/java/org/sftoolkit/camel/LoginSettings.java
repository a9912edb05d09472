package org.sftoolkit.camel;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.sftoolkit.camel.transport.Token;

/**
 * A login, validated: equal settings share a session.
 *
 * @param authType never AUTO
 */
record LoginSettings(
        AuthType authType,
        String loginUrl,
        String instanceUrl,
        String clientId,
        String clientSecret,
        String userName,
        String password,
        String securityToken,
        String accessToken) {

    static LoginSettings of(LoginConfiguration options) {
        AuthType type = options.getAuthType() == AuthType.AUTO ? inferred(options) : options.getAuthType();
        requireAll(options, type);
        return new LoginSettings(
                type,
                url("loginUrl", options.getLoginUrl()),
                url("instanceUrl", options.getInstanceUrl()),
                options.getClientId(),
                options.getClientSecret(),
                options.getUserName(),
                options.getPassword(),
                options.getSecurityToken(),
                options.getAccessToken());
    }

    private static AuthType inferred(LoginConfiguration options) {
        if (options.getAccessToken() != null) {
            return AuthType.TOKEN;
        }
        if (options.getUserName() != null || options.getPassword() != null) {
            return AuthType.PASSWORD;
        }
        if (options.getClientId() != null || options.getClientSecret() != null) {
            return AuthType.CLIENT_CREDENTIALS;
        }
        throw new IllegalArgumentException(
                "no credentials: set clientId and clientSecret (client credentials), those and"
                        + " userName and password (password), or accessToken and instanceUrl (token), on the component or in the URI");
    }

    private static void requireAll(LoginConfiguration options, AuthType type) {
        var missing = new ArrayList<String>();
        switch (type) {
            case TOKEN -> {
                require(missing, "accessToken", options.getAccessToken());
                require(missing, "instanceUrl", options.getInstanceUrl());
            }
            case PASSWORD -> {
                requireApp(missing, options);
                require(missing, "userName", options.getUserName());
                require(missing, "password", options.getPassword());
            }
            default -> requireApp(missing, options);
        }
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException("authType=" + type + " needs " + String.join(" and ", missing) + ": set "
                    + (missing.size() == 1 ? "it" : "them") + " on the component or in the URI");
        }
    }

    private static void requireApp(List<String> missing, LoginConfiguration options) {
        require(missing, "clientId", options.getClientId());
        require(missing, "clientSecret", options.getClientSecret());
    }

    private static void require(List<String> missing, String option, String value) {
        if (value == null || value.isBlank()) {
            missing.add(option);
        }
    }

    private static String url(String option, String value) {
        if (value == null || value.isBlank()) {
            return null;
        }
        String scheme = value.contains("://") ? URI.create(value).getScheme() : null;
        if (!"https".equals(scheme) && !"http".equals(scheme)) {
            throw new IllegalArgumentException(option + "=" + value + " is no URL: it begins with https://");
        }
        return value.replaceAll("/+$", "");
    }

    Token token() {
        return new Token(accessToken, instanceUrl);
    }

    /** Without secrets. */
    @Override
    public String toString() {
        return authType + " at " + (instanceUrl != null ? instanceUrl : loginUrl);
    }
}
