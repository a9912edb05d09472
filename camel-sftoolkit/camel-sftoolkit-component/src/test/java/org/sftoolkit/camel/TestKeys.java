package org.sftoolkit.camel;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PublicKey;
import java.security.cert.Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** A key pair with a certificate for localhost, made by the JDK's keytool. */
public record TestKeys(Path keyStore, String password, Key privateKey, Certificate certificate) {

    private static final String PASSWORD = "keystore-secret";
    /** Bytes before the PKCS#1 key in the PKCS#8 encoding of an RSA key of 2048 bits. */
    private static final int PKCS8_FRAME = 26;

    /** Makes a key pair in a PKCS#12 file of this name. */
    public static TestKeys in(Path directory, String name) {
        Path file = directory.resolve(name + ".p12");
        run(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "RSA",
                "-keysize",
                "2048",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost,ip:127.0.0.1",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                file.toString()));
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, PASSWORD.toCharArray());
            return new TestKeys(file, PASSWORD, store.getKey(name, PASSWORD.toCharArray()), store.getCertificate(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void run(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes());
            if (process.waitFor() != 0) {
                throw new IllegalStateException(output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public PublicKey publicKey() {
        return certificate.getPublicKey();
    }

    /** The private key in PKCS#8. */
    public String pkcs8() {
        return pem("PRIVATE KEY", privateKey.getEncoded());
    }

    /** The private key in PKCS#1. */
    public String pkcs1() {
        byte[] pkcs8 = privateKey.getEncoded();
        return pem("RSA PRIVATE KEY", Arrays.copyOfRange(pkcs8, PKCS8_FRAME, pkcs8.length));
    }

    /** The certificate in a file next to the key store. */
    public Path certificateFile() {
        try {
            return write(".crt", pem("CERTIFICATE", certificate.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The private key in a file next to the key store. */
    public Path keyFile() {
        return write(".key", pkcs8());
    }

    private Path write(String suffix, String text) {
        try {
            return Files.writeString(Path.of(keyStore + suffix), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String pem(String type, byte[] content) {
        return "-----BEGIN " + type + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content) + "\n-----END " + type
                + "-----\n";
    }
}
