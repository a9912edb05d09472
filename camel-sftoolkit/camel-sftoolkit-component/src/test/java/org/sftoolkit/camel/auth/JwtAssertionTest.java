package org.sftoolkit.camel.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.SignedJWT;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sftoolkit.camel.TestKeys;

class JwtAssertionTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir
    static Path directory;

    private static TestKeys keys;

    @BeforeAll
    static void makeKeys() {
        keys = TestKeys.in(directory, "app");
    }

    private static SignedJWT signed(String pem) throws Exception {
        var assertion = new JwtAssertion(
                "3MVG9 \"key\"", "user@acme.com", "https://login.salesforce.com", PemKey.read(pem), () -> NOW);
        return SignedJWT.parse(assertion.sign());
    }

    @Test
    void anotherLibraryVerifiesSignatureAndClaims() throws Exception {
        SignedJWT jwt = signed(keys.pkcs8());
        assertThat(jwt.verify(new RSASSAVerifier((RSAPublicKey) keys.publicKey())))
                .isTrue();
        assertThat(jwt.getHeader().getAlgorithm().getName()).isEqualTo("RS256");
        var claims = jwt.getJWTClaimsSet();
        assertThat(claims.getIssuer()).isEqualTo("3MVG9 \"key\"");
        assertThat(claims.getSubject()).isEqualTo("user@acme.com");
        assertThat(claims.getAudience()).containsExactly("https://login.salesforce.com");
        assertThat(Duration.between(NOW, claims.getExpirationTime().toInstant()))
                .isPositive()
                .isLessThanOrEqualTo(Duration.ofMinutes(3));
        assertThat(jwt.getPayload().toJSONObject().get("exp")).isInstanceOf(Number.class);
    }

    @Test
    void bothFormsOfPemGiveTheSameKey() throws Exception {
        assertThat(PemKey.read(keys.pkcs1())).isEqualTo(PemKey.read(keys.pkcs8()));
        assertThat(signed(keys.pkcs1()).verify(new RSASSAVerifier((RSAPublicKey) keys.publicKey())))
                .isTrue();
    }

    @Test
    void lineBreaksMayBeWrittenOutAndOtherBlocksMayStandAround() {
        String oneLine = keys.pkcs8().replace("\n", "\\n");
        assertThat(PemKey.read(oneLine)).isEqualTo(PemKey.read(keys.pkcs8()));
        String certificate = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
        assertThat(PemKey.read(certificate + keys.pkcs1())).isEqualTo(PemKey.read(keys.pkcs8()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----",
                "-----BEGIN PRIVATE KEY-----\nc2Vjc mV0 *\n-----END PRIVATE KEY-----",
                "-----BEGIN ENCRYPTED PRIVATE KEY-----\nc2VjcmV0\n-----END ENCRYPTED PRIVATE KEY-----",
                "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nc2VjcmV0\n-----END RSA PRIVATE KEY-----",
                "-----BEGIN EC PRIVATE KEY-----\nc2VjcmV0\n-----END EC PRIVATE KEY-----",
                "-----BEGIN CERTIFICATE-----\nc2VjcmV0\n-----END CERTIFICATE-----",
            })
    void invalidKeyIsReportedWithoutItsContent(String pem) {
        assertThatThrownBy(() -> PemKey.read(pem))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("privateKey")
                .hasNoCause()
                .message()
                .doesNotContain("c2Vjc");
    }

    @Test
    void keysOfOtherKindsAreRefused() throws Exception {
        var ec = KeyPairGenerator.getInstance("EC").generateKeyPair();
        assertThatThrownBy(() -> new SigningKey(ec.getPrivate())).hasMessageContaining("use an RSA key");
    }
}
