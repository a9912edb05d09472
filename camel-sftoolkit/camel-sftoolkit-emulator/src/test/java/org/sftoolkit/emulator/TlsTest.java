package org.sftoolkit.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {

    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    Path folder;

    @Test
    void httpsIsSpokenWithTheGivenCertificate() throws Exception {
        KeyStore store = selfSigned();
        Path certificate = pem(
                "certificate.pem", "CERTIFICATE", store.getCertificate("one").getEncoded());
        Path key = pem("key.pem", "PRIVATE KEY", store.getKey("one", PASSWORD).getEncoded());

        try (SalesforceEmulator emulator =
                SalesforceEmulator.builder().tls(certificate, key).start()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(emulator.url() + "/services/data"))
                    .build();
            assertThat(emulator.url()).startsWith("https://127.0.0.1:");
            assertThat(HttpClient.newBuilder()
                            .sslContext(trusting(store))
                            .build()
                            .send(request, BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(200);
            assertThatThrownBy(() -> HttpClient.newHttpClient().send(request, BodyHandlers.ofString()))
                    .isInstanceOf(SSLHandshakeException.class);
        }
    }

    @Test
    void thePageIsServedOverHttp2() throws Exception {
        KeyStore store = selfSigned();
        Path certificate = pem(
                "certificate.pem", "CERTIFICATE", store.getCertificate("one").getEncoded());
        Path key = pem("key.pem", "PRIVATE KEY", store.getKey("one", PASSWORD).getEncoded());
        try (SalesforceEmulator emulator =
                SalesforceEmulator.builder().tls(certificate, key).start()) {
            HttpResponse<String> page = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_2)
                    .sslContext(trusting(store))
                    .build()
                    .send(
                            HttpRequest.newBuilder(URI.create(emulator.url() + "/"))
                                    .build(),
                            BodyHandlers.ofString());
            assertThat(page.version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertThat(page.statusCode()).isEqualTo(200);
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
                        new String(PASSWORD),
                        "-dname",
                        "CN=127.0.0.1",
                        "-ext",
                        "SAN=ip:127.0.0.1")
                .redirectErrorStream(true)
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        return store;
    }

    private Path pem(String name, String type, byte[] encoded) throws Exception {
        String text = Base64.getMimeEncoder().encodeToString(encoded);
        return Files.writeString(
                folder.resolve(name), "-----BEGIN " + type + "-----\n" + text + "\n-----END " + type + "-----\n");
    }

    private static SSLContext trusting(KeyStore store) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("one", store.getCertificate("one"));
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return context;
    }
}
