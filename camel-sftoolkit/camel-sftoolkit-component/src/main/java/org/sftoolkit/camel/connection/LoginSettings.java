package org.sftoolkit.camel.connection;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.support.jsse.KeyStoreParameters;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.SfToolkitTokenListener;
import org.sftoolkit.camel.auth.PemKey;
import org.sftoolkit.camel.auth.SigningKey;
import org.sftoolkit.camel.config.AuthType;
import org.sftoolkit.camel.config.LoginConfiguration;
import org.sftoolkit.camel.redaction.Redaction;

/**
 * Validated settings of a login; connections with equal settings share a session.
 *
 * @param authType never AUTO
 * @param listener told of logins, or null
 * @param lazy whether the first exchange logs in
 * @param revoke whether the session ends with the connection
 */
public record LoginSettings(
        AuthType authType, Login login, @Nullable SfToolkitTokenListener listener, boolean lazy, boolean revoke) {

    private static final Set<String> COMMON_HOSTS = Set.of("login.salesforce.com", "test.salesforce.com");
    // Salesforce Help, "My Domain URL Formats": these serve pages, and no API
    private static final Set<String> USER_INTERFACE = Set.of(".lightning.force.com", ".my.salesforce-setup.com");
    private static final double NEWEST_SOAP_LOGIN = 64;

    static LoginSettings of(LoginConfiguration options, CamelContext camel) {
        AuthType type = LoginChoice.of(options);
        return new LoginSettings(
                type,
                login(type, options, camel),
                options.getTokenListener(),
                options.isLazyLogin(),
                options.isRevokeOnStop());
    }

    private static Login login(AuthType type, LoginConfiguration options, CamelContext camel) {
        String loginUrl = url("loginUrl", options.getLoginUrl());
        String instanceUrl = url("instanceUrl", options.getInstanceUrl());
        Secret clientSecret = Secret.of(options.getClientSecret());
        Secret password = Secret.of(options.getPassword());
        Secret securityToken = Secret.of(options.getSecurityToken());
        if (loginUrl == null && type != AuthType.TOKEN && type != AuthType.CLI) {
            throw new IllegalArgumentException("authType=" + type + " needs loginUrl, the host to log in at");
        }
        return switch (type) {
            case TOKEN ->
                options.getTokenSource() != null
                        ? new Login.Supplied(instanceUrl, given(options.getTokenSource()))
                        : new Login.Issued(given(instanceUrl), given(Secret.of(options.getAccessToken())));
            case CLI -> new Login.Cli(instanceUrl, alias(options.getCliAlias()), options.getCliCommand());
            case JWT ->
                new Login.Jwt(
                        given(loginUrl),
                        instanceUrl,
                        given(options.getClientId()),
                        given(options.getUserName()),
                        audience(options.getJwtAudience(), given(loginUrl)),
                        SigningKeys.read(options, camel));
            case REFRESH_TOKEN ->
                new Login.Refresh(
                        given(loginUrl),
                        instanceUrl,
                        given(options.getClientId()),
                        clientSecret,
                        given(Secret.of(options.getRefreshToken())));
            case PASSWORD ->
                new Login.Password(
                        given(loginUrl),
                        instanceUrl,
                        given(options.getClientId()),
                        given(clientSecret),
                        given(options.getUserName()),
                        given(password),
                        securityToken);
            case SOAP ->
                new Login.Soap(
                        given(loginUrl),
                        instanceUrl,
                        soapVersion(options.getApiVersion()),
                        given(options.getUserName()),
                        given(password),
                        securityToken,
                        options.getOrganizationId());
            default ->
                new Login.ClientCredentials(
                        ownDomain(given(loginUrl)), instanceUrl, given(options.getClientId()), given(clientSecret));
        };
    }

    // LoginChoice refuses a login without it
    private static <T> T given(@Nullable T value) {
        return Objects.requireNonNull(value);
    }

    // Salesforce Help, "OAuth 2.0 Client Credentials Flow": the token endpoint is the org's own
    private static String ownDomain(String loginUrl) {
        if (COMMON_HOSTS.contains(host(loginUrl))) {
            throw new IllegalArgumentException("loginUrl=" + loginUrl
                    + " does not support client credentials: set it to the org's My Domain URL, such as"
                    + " https://acme.my.salesforce.com");
        }
        return loginUrl;
    }

    private static String audience(@Nullable String asked, String loginUrl) {
        String host = host(loginUrl);
        if (asked != null && !asked.isBlank()) {
            return asked;
        }
        if (!host.endsWith(".salesforce.com")) {
            return loginUrl; // an Experience Cloud site is its own audience
        }
        boolean test = host.equals("test.salesforce.com") || host.contains(".sandbox.") || host.contains(".scratch.");
        return test ? "https://test.salesforce.com" : LoginConfiguration.DEFAULT_LOGIN_URL;
    }

    // Salesforce Help, "SOAP API login() retirement": 65.0 and later do not have it
    private static String soapVersion(String apiVersion) {
        String number = ConnectionSettings.version(apiVersion);
        return number.equals(ConnectionSettings.LATEST) || Double.parseDouble(number) > NEWEST_SOAP_LOGIN
                ? NEWEST_SOAP_LOGIN + ""
                : number;
    }

    private static @Nullable String alias(@Nullable String alias) {
        if (alias != null && alias.startsWith("-")) {
            throw new IllegalArgumentException("cliAlias=" + alias
                    + " is not an alias, because it starts like an option of the CLI: use an alias or a user name");
        }
        return alias == null || alias.isBlank() ? null : alias;
    }

    private static String host(String url) {
        String host = URI.create(url).getHost();
        return host == null ? "" : host.toLowerCase(Locale.ROOT);
    }

    private static @Nullable String url(String option, @Nullable String value) {
        if (value == null || value.isBlank()) {
            return null;
        }
        String scheme = value.contains("://") ? URI.create(value).getScheme() : null;
        if (!"https".equals(scheme) && !"http".equals(scheme)) {
            throw new IllegalArgumentException(
                    option + "=" + value + " is not a URL: use one that begins with https://");
        }
        if (URI.create(value.strip()).getRawUserInfo() != null) {
            throw new IllegalArgumentException(
                    option + " contains a user or a password: remove it, and set the options of authType");
        }
        if (value.contains("/services/")) {
            throw new IllegalArgumentException(option + "=" + value
                    + " contains a path: use the host only, such as https://acme.my.salesforce.com");
        }
        if (USER_INTERFACE.stream().anyMatch(host(value.strip())::endsWith)) {
            throw new IllegalArgumentException(option + "=" + value
                    + " is for browsers only: use the My Domain URL of the org, such as"
                    + " https://acme.my.salesforce.com");
        }
        return value.strip().replaceAll("/+$", "");
    }

    /** What an operator has to know of a login that Salesforce retires; null for the others. */
    @Nullable
    String retirement() {
        return switch (authType) {
            case PASSWORD ->
                "authType=PASSWORD: Salesforce ends username-password logins from 2027-02-20; change to"
                        + " CLIENT_CREDENTIALS or JWT before";
            case SOAP ->
                "authType=SOAP: Salesforce ends login() of the SOAP API with Summer '27 (June 2027); change to"
                        + " CLIENT_CREDENTIALS or JWT before";
            default -> null;
        };
    }

    /** Without secrets. */
    @Override
    public String toString() {
        return "authType=" + authType;
    }

    /** Reads the private key of a connected app from a text, a resource or a key store. */
    private static final class SigningKeys {

        /** A line of a key is 64 characters long; its last one is shorter. */
        private static final int KEY_LINE = 32;

        private SigningKeys() {}

        static SigningKey read(LoginConfiguration options, CamelContext camel) {
            return options.getPrivateKey() != null && !options.getPrivateKey().isBlank()
                    ? fromPem(options.getPrivateKey(), camel)
                    : fromStore(given(options.getKeyStoreParameters()), camel);
        }

        private static SigningKey fromPem(String keyOrResource, CamelContext camel) {
            if (PemKey.isPem(keyOrResource)) {
                keyOrResource.lines().filter(line -> line.length() >= KEY_LINE).forEach(Redaction::learn);
                return PemKey.read(keyOrResource);
            }
            if (!ResourceHelper.hasScheme(keyOrResource)) {
                // it may be a key without its frame: not to be quoted
                throw new IllegalArgumentException(
                        "privateKey is neither PEM text nor a resource: use PEM text, file:/path/key.pem or"
                                + " classpath:key.pem");
            }
            try (InputStream in = ResourceHelper.resolveMandatoryResourceAsInputStream(camel, keyOrResource)) {
                return PemKey.read(new String(in.readAllBytes(), StandardCharsets.US_ASCII));
            } catch (IOException e) {
                throw new IllegalArgumentException("privateKey: the resource cannot be read: " + e.getMessage(), e);
            }
        }

        private static SigningKey fromStore(KeyStoreParameters parameters, CamelContext camel) {
            try {
                parameters.setCamelContext(camel);
                KeyStore store = parameters.createKeyStore();
                char[] password = parameters.getPassword() == null
                        ? null
                        : parameters.getPassword().toCharArray();
                Redaction.learn(parameters.getPassword());
                var keys = new ArrayList<PrivateKey>();
                for (String alias : Collections.list(store.aliases())) {
                    Key key = store.isKeyEntry(alias) ? store.getKey(alias, password) : null;
                    if (key instanceof PrivateKey found) {
                        keys.add(found);
                    }
                }
                if (keys.size() != 1) {
                    throw new IllegalArgumentException("keyStoreParameters: the key store holds " + keys.size()
                            + " private keys: use one with exactly one");
                }
                return new SigningKey(keys.get(0));
            } catch (GeneralSecurityException | IOException e) {
                throw new IllegalArgumentException("keyStoreParameters: the key cannot be read: " + e.getMessage(), e);
            }
        }
    }
}
