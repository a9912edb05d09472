package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.jsse.KeyStoreParameters;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.sftoolkit.camel.config.AuthType;
import org.sftoolkit.camel.connection.ConnectionSettings;
import org.sftoolkit.camel.transport.Token;
import org.sftoolkit.emulator.SalesforceEmulator;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the CLI of the test is a shell script")
class SecretsIT {

    /** All secrets of beans but keys and the tokens that the org makes hold this word. */
    private static final String MARK = "Hush";
    /** Secrets that are written into a URI hold this word: Camel shows URIs at TRACE, whoever they are for. */
    private static final String MARK_IN_URI = "Murmur";

    private static final String CAMELS_TRACE = "TRACE org.apache.camel.";
    /** Access tokens, refresh tokens and signed assertions. */
    private static final Pattern TOKEN = Pattern.compile("00D\\w{12,15}!|5Aep\\w|eyJhbGci");

    @TempDir
    static Path directory;

    private static TestKeys keys;
    private final List<String> seen = new ArrayList<>();

    @BeforeAll
    static void makeKeys() {
        keys = TestKeys.in(directory, "app");
    }

    private static SalesforceEmulator org() {
        return SalesforceEmulator.builder()
                .connectedApp("client", "client-Hush")
                .user("user@example.com", "password-Hush", "token-Hush")
                .jwtKey(keys.publicKey())
                .refreshToken("refresh-Hush")
                .rotateRefreshTokens(true)
                .accessToken("issued-Hush")
                .accessToken("issued-Murmur")
                .start();
    }

    private Map<String, Consumer<SfToolkitConnection>> logins(SalesforceEmulator org) throws Exception {
        Path sf = Files.writeString(
                directory.resolve("sf"),
                "#!/bin/sh\necho '{\"status\":0,\"result\":{\"accessToken\":\"issued-Hush\",\"instanceUrl\":\""
                        + org.url() + "\"}}'\n");
        Files.setPosixFilePermissions(sf, PosixFilePermissions.fromString("rwx------"));
        var store = new KeyStoreParameters();
        store.setResource("file:" + keys.keyStore());
        store.setPassword(keys.password());
        return Map.of(
                "clientCredentials", c -> c.setClientSecret("client-Hush"),
                "wrong", c -> c.setClientSecret("wrong-Hush"),
                "password",
                        c -> {
                            c.setClientSecret("client-Hush");
                            user(c);
                        },
                "soap",
                        c -> {
                            c.setClientId(null);
                            user(c);
                        },
                "soapWrong",
                        c -> {
                            c.setClientId(null);
                            user(c);
                            c.setSecurityToken("wrong-Hush");
                        },
                "jwt",
                        c -> {
                            c.setUserName("user@example.com");
                            c.setPrivateKey(keys.pkcs8());
                        },
                "keyStore",
                        c -> {
                            c.setUserName("user@example.com");
                            c.setKeyStoreParameters(store);
                            c.setApiVersion("65.0");
                        },
                "refresh",
                        c -> {
                            c.setRefreshToken("refresh-Hush");
                            c.setTokenListener(login -> seen.add(login.toString()));
                        },
                "cli",
                        c -> {
                            c.setAuthType(AuthType.CLI);
                            c.setCliCommand(sf.toString());
                        },
                "supplied", c -> c.setTokenSource(() -> new Token("issued-Hush", org.url())));
    }

    private static void user(SfToolkitConnection c) {
        c.setUserName("user@example.com");
        c.setPassword("password-Hush");
        c.setSecurityToken("token-Hush");
    }

    @Test
    void secretsStandInNoLogExceptionUriAttributeOrText() throws Exception {
        try (SalesforceEmulator org = org();
                CapturedLog log = new CapturedLog();
                CamelContext camel = new DefaultCamelContext()) {
            for (var login : logins(org).entrySet()) {
                var connection = new SfToolkitConnection();
                connection.setLoginUrl(org.url());
                connection.setClientId("client");
                login.getValue().accept(connection);
                camel.getRegistry().bind(login.getKey(), connection);
                seen.add(connection.toString());
            }
            String refused = "sftoolkit:fetch:Account?loginUrl=" + org.url() + "&clientId=client"
                    + "&clientSecret=RAW(client-Murmur)&userName=user@example.com&password=RAW(password-Murmur)"
                    + "&securityToken=RAW(token-Murmur)";
            String unreachable = refused + "&proxyHost=127.0.0.1&proxyPort=1&proxyUsername=u"
                    + "&proxyPassword=RAW(proxy-Murmur)&maxRetries=0";
            String issued = "sftoolkit:fetch:Account?instanceUrl=" + org.url() + "&accessToken=issued-Murmur";
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:refused").to(refused);
                    from("direct:unreachable").to(unreachable);
                    from("direct:issued").to(issued);
                    from("direct:bean").toD("sftoolkit:fetch:Account?connection=${header.login}");
                }
            });
            camel.start();
            run(camel, org);
            scanEndpoints(camel);
            scanJmx();
            camel.stop();
            seen.addAll(log.lines());
        }
        assertThat(seen).hasSizeGreaterThan(1_000);
        assertThat(seen).anyMatch(text -> text.contains("Logged in to Salesforce at"));
        assertThat(seen.stream().filter(SecretsIT::tells)).isEmpty();
    }

    private void run(CamelContext camel, SalesforceEmulator org) {
        String id = org.org().insert("Account", Map.of("Name", "Acme"));
        try (var template = camel.createProducerTemplate()) {
            for (int round = 0; round < 2; round++) {
                for (String login : camel.getRegistry()
                        .findByTypeWithName(SfToolkitConnection.class)
                        .keySet()) {
                    Exchange exchange = template.request("direct:bean", message -> {
                        message.getMessage().setBody(id);
                        message.getMessage().setHeader("login", login);
                    });
                    boolean refused = login.toLowerCase().contains("wrong");
                    boolean fixed = round == 1 && (login.equals("cli") || login.equals("supplied"));
                    assertThat(exchange.getException() != null)
                            .as("%s in round %s: %s", login, round, exchange.getException())
                            .isEqualTo(refused || fixed);
                    note(exchange.getException());
                }
                for (String route : List.of("direct:refused", "direct:unreachable", "direct:issued")) {
                    note(template.request(route, message -> message.getMessage().setBody(id))
                            .getException());
                }
                org.expireTokens();
            }
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void note(Throwable failure) {
        if (failure != null) {
            var text = new StringWriter();
            failure.printStackTrace(new PrintWriter(text));
            seen.add(text.toString());
        }
    }

    private void scanEndpoints(CamelContext camel) {
        for (var endpoint : camel.getEndpoints()) {
            seen.add(endpoint.toString());
            if (endpoint instanceof SfToolkitEndpoint ours) {
                var connection = ours.getConfiguration().effectiveConnection(camel);
                var settings = ConnectionSettings.of(connection, camel);
                seen.add(settings + " " + settings.login() + " "
                        + settings.login().login() + " "
                        + settings.transport() + " " + settings.transport().proxy() + " " + ours.connection() + " "
                        + ours.getConfiguration() + " " + ours.getComponent());
            }
        }
    }

    private void scanJmx() throws Exception {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        int attributes = 0;
        for (ObjectName bean : server.queryNames(new ObjectName("org.apache.camel:*"), null)) {
            seen.add(bean.toString());
            for (MBeanAttributeInfo attribute : server.getMBeanInfo(bean).getAttributes()) {
                if (attribute.isReadable()) {
                    seen.add(bean + " " + attribute.getName() + " = " + value(server, bean, attribute.getName()));
                    attributes++;
                }
            }
        }
        assertThat(attributes).as("JMX is on").isGreaterThan(100);
    }

    private static Object value(MBeanServer server, ObjectName bean, String attribute) {
        try {
            return server.getAttribute(bean, attribute);
        } catch (javax.management.JMException | RuntimeException e) {
            return e.toString();
        }
    }

    private static boolean tells(String text) {
        String key = keys.pkcs8().split("\n")[3];
        return text.contains(MARK)
                || text.contains(MARK_IN_URI) && !text.startsWith(CAMELS_TRACE)
                || TOKEN.matcher(text).find()
                || text.contains(key)
                || text.contains(keys.password());
    }
}
