package org.sftoolkit.camel.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.jsse.KeyStoreParameters;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sftoolkit.camel.SfToolkitConnection;
import org.sftoolkit.camel.TestKeys;
import org.sftoolkit.camel.config.AuthType;
import org.sftoolkit.camel.transport.Token;

class LoginSettingsTest {

    private static final String ACME = "https://acme.my.salesforce.com";

    @TempDir
    static Path directory;

    private static final CamelContext CAMEL = new DefaultCamelContext();
    private static TestKeys keys;

    @BeforeAll
    static void makeKeys() {
        keys = TestKeys.in(directory, "app");
    }

    private static LoginSettings settings(Consumer<SfToolkitConnection> set) {
        var connection = new SfToolkitConnection();
        connection.setLoginUrl(ACME + "/");
        set.accept(connection);
        return LoginSettings.of(connection, CAMEL);
    }

    private static void app(SfToolkitConnection c) {
        c.setClientId("id");
        c.setClientSecret("app-secret");
    }

    private static void user(SfToolkitConnection c) {
        c.setUserName("user");
        c.setPassword("user-secret");
    }

    @Test
    void theLoginFollowsFromWhatIsSet() {
        assertThat(settings(LoginSettingsTest::app).authType()).isEqualTo(AuthType.CLIENT_CREDENTIALS);
        assertThat(settings(c -> {
                            app(c);
                            user(c);
                        })
                        .authType())
                .isEqualTo(AuthType.PASSWORD);
        assertThat(settings(LoginSettingsTest::user).authType()).isEqualTo(AuthType.SOAP);
        assertThat(settings(c -> {
                            app(c);
                            c.setRefreshToken("r");
                        })
                        .authType())
                .isEqualTo(AuthType.REFRESH_TOKEN);
        assertThat(settings(c -> {
                            c.setClientId("id");
                            c.setUserName("user");
                            c.setPrivateKey(keys.pkcs8());
                        })
                        .authType())
                .isEqualTo(AuthType.JWT);
        assertThat(settings(c -> c.setCliAlias("acme")).authType()).isEqualTo(AuthType.CLI);
        assertThat(settings(c -> c.setTokenSource(() -> new Token("t", ACME))).authType())
                .isEqualTo(AuthType.TOKEN);
        assertThat(settings(c -> {
                            c.setAccessToken("t");
                            c.setInstanceUrl(ACME);
                        })
                        .authType())
                .isEqualTo(AuthType.TOKEN);
    }

    @Test
    void contradictionsAreNamed() {
        assertThatThrownBy(() -> settings(c -> {
                    app(c);
                    user(c);
                    c.setRefreshToken("r");
                }))
                .hasMessageContaining("refreshToken and password belong to different kinds of login")
                .hasMessageContaining("authType");
        assertThatThrownBy(() -> settings(c -> {
                    c.setAuthType(AuthType.JWT);
                    c.setClientId("id");
                    c.setUserName("user");
                    c.setPrivateKey("file:key.pem");
                    c.setKeyStoreParameters(new KeyStoreParameters());
                }))
                .hasMessageContaining("privateKey and keyStoreParameters cannot be combined");
        assertThatThrownBy(() -> settings(c -> {
                    c.setAccessToken("t");
                    c.setTokenSource(() -> null);
                }))
                .hasMessageContaining("accessToken and tokenSource cannot be combined");
    }

    @Test
    void aSetAuthTypeDecidesBetweenCredentials() {
        assertThat(settings(c -> {
                            app(c);
                            user(c);
                            c.setAuthType(AuthType.CLIENT_CREDENTIALS);
                        })
                        .authType())
                .isEqualTo(AuthType.CLIENT_CREDENTIALS);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CLIENT_CREDENTIALS | clientId and clientSecret",
                "JWT | clientId and userName and privateKey (or keyStoreParameters)",
                "REFRESH_TOKEN | clientId and refreshToken",
                "PASSWORD | clientId and clientSecret and userName and password",
                "SOAP | userName and password",
                "TOKEN | accessToken (or tokenSource) and instanceUrl",
            })
    void gapsAreNamed(AuthType type, String missing) {
        assertThatThrownBy(() -> settings(c -> c.setAuthType(type)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("authType=" + type + " needs " + missing);
    }

    @ParameterizedTest
    @CsvSource({"https://login.salesforce.com", "https://test.salesforce.com/", "https://LOGIN.salesforce.com"})
    void clientCredentialsNeedTheOrgsOwnDomain(String url) {
        assertThatThrownBy(() -> settings(c -> {
                    app(c);
                    c.setLoginUrl(url);
                }))
                .hasMessageContaining("My Domain");
    }

    @ParameterizedTest
    @CsvSource({
        "https://login.salesforce.com, , https://login.salesforce.com",
        "https://test.salesforce.com, , https://test.salesforce.com",
        "https://acme.my.salesforce.com, , https://login.salesforce.com",
        "https://acme--dev.sandbox.my.salesforce.com, , https://test.salesforce.com",
        "https://site.example.com/portal, , https://site.example.com/portal",
        "https://acme.my.salesforce.com, https://acme.my.salesforce.com, https://acme.my.salesforce.com",
    })
    void theAudienceFollowsFromTheHost(String url, String asked, String audience) {
        var login = (Login.Jwt) settings(c -> {
                    c.setLoginUrl(url);
                    c.setJwtAudience(asked);
                    c.setClientId("id");
                    c.setUserName("user");
                    c.setPrivateKey(keys.pkcs1());
                })
                .login();
        assertThat(login.audience()).isEqualTo(audience);
    }

    @Test
    void theKeyComesFromTextFileOrKeyStore() {
        var store = new KeyStoreParameters();
        store.setResource("file:" + keys.keyStore());
        store.setPassword(keys.password());
        var fromStore = settings(c -> {
            c.setClientId("id");
            c.setUserName("user");
            c.setKeyStoreParameters(store);
        });
        var fromFile = settings(c -> {
            c.setClientId("id");
            c.setUserName("user");
            c.setPrivateKey("file:" + keys.keyFile());
        });
        var fromText = settings(c -> {
            c.setClientId("id");
            c.setUserName("user");
            c.setPrivateKey(keys.pkcs8());
        });
        assertThat(fromStore).isEqualTo(fromFile).isEqualTo(fromText).hasSameHashCodeAs(fromText);
    }

    @Test
    void aKeyThatCannotBeFoundIsNamedAndOneWithoutFrameIsNotQuoted() {
        assertThatThrownBy(() -> settings(c -> {
                    c.setClientId("id");
                    c.setUserName("user");
                    c.setPrivateKey("file:/no/such/key.pem");
                }))
                .hasMessageContaining("/no/such/key.pem");
        assertThatThrownBy(() -> settings(c -> {
                    c.setClientId("id");
                    c.setUserName("user");
                    c.setPrivateKey("MIIEvQIBADANBgkq");
                }))
                .hasMessageContaining("file:/path/key.pem")
                .message()
                .doesNotContain("MIIEv");
    }

    @ParameterizedTest
    @CsvSource({"66.0, 64.0", "latest, 64.0", "64, 64.0", "58.0, 58.0"})
    void soapLoginsUseAVersionThatHasThem(String apiVersion, String soapVersion) {
        var login = (Login.Soap) settings(c -> {
                    user(c);
                    c.setApiVersion(apiVersion);
                })
                .login();
        assertThat(login.version()).isEqualTo(soapVersion);
    }

    @Test
    void urlsWithCredentialsAreRefusedAndNotQuoted() {
        assertThatThrownBy(() -> settings(c -> {
                    app(c);
                    c.setLoginUrl("https://me:hidden@acme.my.salesforce.com");
                }))
                .hasMessageContaining("loginUrl contains a user")
                .message()
                .doesNotContain("hidden");
    }

    @Test
    void aliasCannotBeAnOptionOfTheCli() {
        assertThatThrownBy(() -> settings(c -> c.setCliAlias("--help"))).hasMessageContaining("cliAlias=--help");
    }

    @Test
    void secretsStandInNoText() {
        var settings = settings(c -> {
            app(c);
            user(c);
            c.setSecurityToken("token-secret");
        });
        assertThat(settings.toString() + settings.login()).doesNotContain("secret");
        var jwt = settings(c -> {
            c.setClientId("id");
            c.setUserName("user");
            c.setPrivateKey(keys.pkcs8());
        });
        assertThat(jwt.login().toString()).contains("a private key").doesNotContain("modulus");
    }
}
