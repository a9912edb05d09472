package org.sftoolkit.camel.connection;

import org.sftoolkit.camel.SfToolkitTokenSource;
import org.sftoolkit.camel.auth.SigningKey;

/**
 * A login with what it needs and nothing else, validated: equal ones share a session. URLs have no trailing slash;
 * {@code instanceUrl} is null if the login returns it.
 */
sealed interface Login {

    String instanceUrl();

    /** Where to log in; null for logins that happen elsewhere. */
    default String loginUrl() {
        return null;
    }

    record ClientCredentials(String loginUrl, String instanceUrl, String clientId, Secret clientSecret)
            implements Login {}

    record Jwt(String loginUrl, String instanceUrl, String clientId, String userName, String audience, SigningKey key)
            implements Login {}

    /** @param clientSecret null if the app needs no secret */
    record Refresh(String loginUrl, String instanceUrl, String clientId, Secret clientSecret, Secret refreshToken)
            implements Login {}

    /** @param securityToken or null */
    record Password(
            String loginUrl,
            String instanceUrl,
            String clientId,
            Secret clientSecret,
            String userName,
            Secret password,
            Secret securityToken)
            implements Login {}

    /**
     * @param securityToken or null
     * @param organizationId or null
     */
    record Soap(
            String loginUrl,
            String instanceUrl,
            String version,
            String userName,
            Secret password,
            Secret securityToken,
            String organizationId)
            implements Login {}

    /** @param alias null for the CLI's default org */
    record Cli(String instanceUrl, String alias, String command) implements Login {}

    record Issued(String instanceUrl, Secret accessToken) implements Login {}

    record Supplied(String instanceUrl, SfToolkitTokenSource source) implements Login {}
}
