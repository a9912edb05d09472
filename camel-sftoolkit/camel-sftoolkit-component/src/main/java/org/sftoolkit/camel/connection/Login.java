package org.sftoolkit.camel.connection;

import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.SfToolkitTokenSource;
import org.sftoolkit.camel.auth.SigningKey;

/**
 * A login with what it needs and nothing else, validated: equal ones share a session. URLs have no trailing slash;
 * {@code instanceUrl} is null if the login returns it.
 */
sealed interface Login {

    @Nullable
    String instanceUrl();

    /** Where to log in; null for logins that happen elsewhere. */
    default @Nullable String loginUrl() {
        return null;
    }

    record ClientCredentials(String loginUrl, @Nullable String instanceUrl, String clientId, Secret clientSecret)
            implements Login {}

    record Jwt(
            String loginUrl,
            @Nullable String instanceUrl,
            String clientId,
            String userName,
            String audience,
            SigningKey key)
            implements Login {}

    /** @param clientSecret null if the app needs no secret */
    record Refresh(
            String loginUrl,
            @Nullable String instanceUrl,
            String clientId,
            @Nullable Secret clientSecret,
            Secret refreshToken)
            implements Login {}

    /** @param securityToken or null */
    record Password(
            String loginUrl,
            @Nullable String instanceUrl,
            String clientId,
            Secret clientSecret,
            String userName,
            Secret password,
            @Nullable Secret securityToken)
            implements Login {}

    /**
     * @param securityToken or null
     * @param organizationId or null
     */
    record Soap(
            String loginUrl,
            @Nullable String instanceUrl,
            String version,
            String userName,
            Secret password,
            @Nullable Secret securityToken,
            @Nullable String organizationId)
            implements Login {}

    /** @param alias null for the CLI's default org */
    record Cli(@Nullable String instanceUrl, @Nullable String alias, String command) implements Login {}

    record Issued(String instanceUrl, Secret accessToken) implements Login {}

    record Supplied(@Nullable String instanceUrl, SfToolkitTokenSource source) implements Login {}
}
