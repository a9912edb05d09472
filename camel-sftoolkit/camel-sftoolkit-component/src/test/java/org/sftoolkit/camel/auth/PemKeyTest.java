package org.sftoolkit.camel.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.sftoolkit.camel.TestKeys;

class PemKeyTest {

    @TempDir
    static Path directory;

    private static TestKeys keys;

    @BeforeAll
    static void makeKeys() {
        keys = TestKeys.in(directory, "app");
    }

    private static Arguments form(String name, UnaryOperator<String> form) {
        return Arguments.of(name, form);
    }

    static Stream<Arguments> readableForms() {
        return Stream.of(
                form("as it is", pem -> pem),
                form("\\n written out", pem -> pem.replace("\n", "\\n")),
                form("\\r\\n written out", pem -> pem.replace("\n", "\\r\\n")),
                form("\\\\n written out", pem -> pem.replace("\n", "\\\\n")),
                form("\\\\r\\\\n written out", pem -> pem.replace("\n", "\\\\r\\\\n")),
                form("written out before real breaks", pem -> pem.replace("\n", "\\n\n")),
                form("a backslash before real breaks", pem -> pem.replace("\n", "\\\n")),
                form("CRLF", pem -> pem.replace("\n", "\r\n")),
                form("CR only", pem -> pem.replace("\n", "\r")),
                form("blanks for breaks", pem -> pem.replace("\n", " ")),
                form("no breaks", pem -> pem.replace("\n", "")),
                form("indented", pem -> pem.replace("\n", "\n    ")),
                form("double quotes around", pem -> '"' + pem + '"'),
                form("single quotes around", pem -> "'" + pem.strip() + "'\n"),
                form("quotes and written breaks", pem -> '"' + pem.replace("\n", "\\n") + '"'),
                form("a byte order mark", pem -> "\uFEFF" + pem),
                form("a certificate before it", pem -> certificate() + pem),
                form("words before it", pem -> "Bag Attributes\n  friendlyName: app\n" + pem),
                form(
                        "plus signs that became blanks",
                        pem -> frame(pem, body(pem).replace('+', ' '))),
                form("without its frame", PemKeyTest::body));
    }

    private static String body(String pem) {
        return pem.replaceAll("-----[A-Z ]+-----\n?", "");
    }

    private static String frame(String pem, String body) {
        String[] lines = pem.strip().split("\n");
        return lines[0] + "\n" + body + lines[lines.length - 1] + "\n";
    }

    private static String certificate() {
        try {
            return "-----BEGIN CERTIFICATE-----\n"
                    + Base64.getMimeEncoder().encodeToString(keys.certificate().getEncoded())
                    + "\n-----END CERTIFICATE-----\n";
        } catch (java.security.cert.CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("readableForms")
    void aKeyIsReadInEachFormThatItMayArriveIn(String name, UnaryOperator<String> form) {
        var expected = new SigningKey((java.security.PrivateKey) keys.privateKey());
        for (String pem : new String[] {keys.pkcs8(), keys.pkcs1()}) {
            String given = form.apply(pem);
            assertThat(PemKey.isPem(given)).isTrue();
            assertThat(PemKey.read(given)).isEqualTo(expected);
        }
    }

    static Stream<Arguments> unreadableForms() {
        String body = "MIIBVgIBADANBgkqhkiG9w0BAQEFAASCAUAwggE8AgEAAkEAq7BFUpkGp3";
        return Stream.of(
                Arguments.of("encrypted", block("ENCRYPTED PRIVATE KEY", body), "is encrypted: decrypt it"),
                Arguments.of(
                        "encrypted in the old way",
                        block("RSA PRIVATE KEY", "Proc-Type: 4,ENCRYPTED\nDEK-Info: DES-EDE3-CBC,3F17\n\n" + body),
                        "is encrypted: decrypt it"),
                Arguments.of("a certificate", block("CERTIFICATE", body), "contains a certificate"),
                Arguments.of("a request", block("NEW CERTIFICATE REQUEST", body), "does not contain a PEM block"),
                Arguments.of("a public key", block("PUBLIC KEY", body), "contains a public key"),
                Arguments.of("an EC key", block("EC PRIVATE KEY", body), "accepts RSA keys only"),
                Arguments.of("of OpenSSH", block("OPENSSH PRIVATE KEY", body), "ssh-keygen -p -m PEM"),
                Arguments.of("cut in the key", block("PRIVATE KEY", body), "not a complete RSA private key"),
                Arguments.of("cut before its end", "-----BEGIN PRIVATE KEY-----\n" + body, "is incomplete"),
                Arguments.of("first line only", "-----BEGIN PRIVATE KEY-----", "is incomplete"),
                Arguments.of("no Base64", block("PRIVATE KEY", body + "%2B*"), "is not valid Base64"),
                Arguments.of("lost plus signs", block("PRIVATE KEY", "MIIB VgIB ADAN"), "RAW("),
                Arguments.of("empty", " \n", "is empty"));
    }

    private static String block(String type, String body) {
        return "-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n";
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unreadableForms")
    void invalidPemIsRefusedWithTheCureAndWithoutItsContent(String name, String text, String cure) {
        assertThatThrownBy(() -> PemKey.read(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(cure)
                .hasMessageNotContaining("MII")
                .hasNoCause();
    }

    @Test
    void aKeyThatIsCutAnywhereIsNotQuoted() {
        String pem = keys.pkcs8();
        for (int cut = 0; cut < pem.length() - 40; cut += 97) {
            String part = pem.substring(0, cut) + "\n-----END PRIVATE KEY-----\n";
            assertThatThrownBy(() -> PemKey.read(part))
                    .isInstanceOf(IllegalArgumentException.class)
                    .satisfies(failure -> assertThat(Arrays.stream(pem.split("\n"))
                                    .filter(line -> line.length() > 40)
                                    .filter(line -> failure.toString().contains(line)))
                            .isEmpty());
        }
    }
}
