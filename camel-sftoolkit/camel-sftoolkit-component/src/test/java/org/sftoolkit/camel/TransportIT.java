package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.support.jsse.KeyStoreParameters;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.support.jsse.TrustManagersParameters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sftoolkit.camel.error.TransportException;
import org.sftoolkit.camel.model.SObject;
import org.sftoolkit.emulator.EmulatorBuilder;

/** An org that speaks TLS with a certificate that the JDK does not trust. */
class TransportIT extends RouteTestSupport {

    @TempDir
    static Path directory;

    private static TestKeys server;
    private static TestKeys stranger;

    private final TestProxy proxy = new TestProxy("proxy-user", "proxy-secret");

    @BeforeAll
    static void makeKeys() {
        server = TestKeys.in(directory, "server");
        stranger = TestKeys.in(directory, "stranger");
    }

    @BeforeEach
    void bindKeys() {
        context.getRegistry().bind("trusting", trusting(server));
        context.getRegistry().bind("mistrusting", trusting(stranger));
    }

    @AfterEach
    void closeProxy() {
        proxy.close();
    }

    @Override
    protected void org(EmulatorBuilder settings) {
        settings.tls(server.certificateFile(), server.keyFile());
    }

    @Override
    protected void configure(SfToolkitConfiguration options) {
        options.setMaxRetries(0);
    }

    private static SSLContextParameters trusting(TestKeys keys) {
        var store = new KeyStoreParameters();
        store.setResource("file:" + keys.keyStore());
        store.setPassword(keys.password());
        var trust = new TrustManagersParameters();
        trust.setKeyStore(store);
        var tls = new SSLContextParameters();
        tls.setTrustManagers(trust);
        return tls;
    }

    private Exchange fetch(String options) {
        String id = emulator.org().insert("Account", Map.of("Name", "Acme"));
        return send("sftoolkit:fetch:Account?" + options, id);
    }

    private static void assertWorked(Exchange exchange) {
        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody(SObject.class)).containsEntry("Name", "Acme");
    }

    private static void assertUntrusted(Exchange exchange) {
        assertThat(exchange.getException()).isInstanceOf(TransportException.class);
        assertThat(exchange.getException(TransportException.class).sent()).isFalse();
    }

    @Test
    void aTrustedCertificateIsAccepted() {
        assertThat(emulator.url()).startsWith("https://");
        assertWorked(fetch("sslContextParameters=#trusting"));
    }

    @Test
    void untrustedCertificateIsRefused() {
        assertUntrusted(fetch("sslContextParameters=#mistrusting"));
        assertUntrusted(fetch("connectTimeout=5000"));
        assertThat(emulator.requests().count()).isZero();
    }

    @Test
    void contextTlsParametersAreUsedOnRequest() {
        context.setSSLContextParameters(trusting(server));
        assertWorked(fetch("useGlobalSslContextParameters=true"));
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP", "SOCKS5"})
    void aProxyIsUsedWithItsCredentials(io.vertx.core.net.ProxyType type) {
        assertWorked(fetch("sslContextParameters=#trusting&proxyHost=127.0.0.1&proxyType=" + type + "&proxyPort="
                + proxy.port() + "&proxyUsername=proxy-user&proxyPassword=proxy-secret"));
        assertThat(proxy.tunnels).hasPositiveValue();
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP", "SOCKS5"})
    void aProxyThatRefusesMeansNotSent(io.vertx.core.net.ProxyType type) {
        Exchange exchange = fetch("sslContextParameters=#trusting&proxyHost=127.0.0.1&proxyType=" + type + "&proxyPort="
                + proxy.port() + "&proxyUsername=proxy-user&proxyPassword=wrong-secret");
        assertThat(exchange.getException()).isInstanceOf(TransportException.class);
        assertThat(exchange.getException(TransportException.class).sent()).isFalse();
        assertThat(exchange.getException().toString()).doesNotContain("wrong-secret");
        assertThat(proxy.tunnels).hasValue(0);
        assertThat(proxy.refusals).hasPositiveValue();
    }

    @Test
    void aBorrowedVertxIsNotClosedAndAnOwnOneIs() throws Exception {
        Vertx borrowed = Vertx.vertx();
        try (var camel = new org.apache.camel.impl.DefaultCamelContext()) {
            camel.getRegistry().bind("vertx", borrowed);
            camel.start();
            assertThat(camel.getComponent("sftoolkit", SfToolkitComponent.class).sharedVertx())
                    .isSameAs(borrowed);
        }
        assertThat(borrowed.executeBlocking(() -> "alive").toCompletionStage().toCompletableFuture())
                .succeedsWithin(java.time.Duration.ofSeconds(5));
        borrowed.close().toCompletionStage().toCompletableFuture().join();
        Vertx own;
        try (var camel = new org.apache.camel.impl.DefaultCamelContext()) {
            camel.start();
            own = camel.getComponent("sftoolkit", SfToolkitComponent.class).sharedVertx();
        }
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> own.executeBlocking(() -> "alive")
                        .toCompletionStage()
                        .toCompletableFuture()
                        .get())
                .isInstanceOf(Exception.class);
    }
}
