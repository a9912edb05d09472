package org.sftoolkit.emulator;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/** A self-signed certificate for this machine, created by the JDK's {@code keytool}. */
final class OwnCertificate {

    private static final String ALIAS = "emulator";

    private final Path certificate;
    private final Path key;

    private OwnCertificate(Path certificate, Path key) {
        this.certificate = certificate;
        this.key = key;
    }

    void applyTo(EmulatorBuilder builder) {
        builder.tls(certificate, key);
    }

    /**
     * Makes a certificate for localhost and one more host.
     *
     * @throws IllegalArgumentException when this JDK cannot
     */
    static OwnCertificate of(String host) {
        try {
            Path folder = Files.createTempDirectory("salesforce-emulator-tls-");
            folder.toFile().deleteOnExit();
            Path store = folder.resolve("store.p12");
            String password = UUID.randomUUID().toString();
            String names =
                    "dns:localhost,ip:127.0.0.1" + (host.matches("[0-9.]+|.*:.*") ? ",ip:" + host : ",dns:" + host);
            run(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                    "-genkeypair",
                    "-alias",
                    ALIAS,
                    "-keyalg",
                    "RSA",
                    "-keysize",
                    "2048",
                    "-validity",
                    "365",
                    "-dname",
                    "CN=localhost, O=Salesforce emulator",
                    "-ext",
                    "san=" + names,
                    "-storetype",
                    "PKCS12",
                    "-keystore",
                    store.toString(),
                    "-storepass",
                    password));
            KeyStore keys = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(store)) {
                keys.load(in, password.toCharArray());
            }
            OwnCertificate made = new OwnCertificate(
                    pem(
                            folder.resolve("certificate.pem"),
                            "CERTIFICATE",
                            keys.getCertificate(ALIAS).getEncoded()),
                    pem(
                            folder.resolve("key.pem"),
                            "PRIVATE KEY",
                            keys.getKey(ALIAS, password.toCharArray()).getEncoded()));
            Files.delete(store);
            return made;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException("no certificate could be created, so give one: " + e.getMessage(), e);
        }
    }

    private static Path pem(Path file, String kind, byte[] der) throws IOException {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        Files.writeString(
                file,
                "-----BEGIN " + kind + "-----\n" + base64 + "\n-----END " + kind + "-----\n",
                StandardCharsets.US_ASCII);
        file.toFile().deleteOnExit();
        return file;
    }

    private static void run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException(output.strip());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
