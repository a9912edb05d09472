package org.sftoolkit.emulator.pubsub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sftoolkit.emulator.pubsub.SubscribeTest.soon;

import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sftoolkit.emulator.SalesforceEmulator;

class TlsPubSubTest {

    private static final String PASSWORD = "changeit";

    @TempDir
    Path folder;

    @Test
    void streamsRunOverTlsWhereAlpnHasAgreedOnHttp2() throws Exception {
        KeyStore store = selfSigned();
        Path certificate =
                pem("c.pem", "CERTIFICATE", store.getCertificate("one").getEncoded());
        Path key = pem(
                "k.pem",
                "PRIVATE KEY",
                store.getKey("one", PASSWORD.toCharArray()).getEncoded());

        try (SalesforceEmulator emulator = SalesforceEmulator.builder()
                        .tls(certificate, key)
                        .accessToken(PubSubClient.TOKEN)
                        .start();
                PubSubClient client = new PubSubClient(
                        NettyChannelBuilder.forAddress("127.0.0.1", emulator.port())
                                .sslContext(GrpcSslContexts.forClient()
                                        .trustManager(certificate.toFile())
                                        .build())
                                .build(),
                        emulator)) {
            PubSubClient.Subscription subscription = client.subscribe("/data/AccountChangeEvent", 10);
            soon().until(() -> !emulator.events().subscriptions().isEmpty());

            emulator.org().insert("Account", Map.of("Name", "A"));

            soon().until(() -> subscription.events().size() == 1);
            assertThat(client.values(subscription.events().get(0))).containsEntry("Name", "A");
        }
    }

    private KeyStore selfSigned() throws Exception {
        Path file = folder.resolve("one.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "one",
                        "-keyalg",
                        "RSA",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        PASSWORD,
                        "-dname",
                        "CN=127.0.0.1",
                        "-ext",
                        "SAN=ip:127.0.0.1")
                .redirectErrorStream(true)
                .start();
        assertThat(keytool.waitFor()).isZero();
        return KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
    }

    private Path pem(String name, String type, byte[] encoded) throws Exception {
        String text = Base64.getMimeEncoder().encodeToString(encoded);
        return Files.writeString(
                folder.resolve(name), "-----BEGIN " + type + "-----\n" + text + "\n-----END " + type + "-----\n");
    }
}
