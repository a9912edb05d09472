package org.sftoolkit.camel.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {

    private static final Map<String, UnaryOperator<String>> ESCAPES = Map.of(
            "url", text -> URLEncoder.encode(text, StandardCharsets.UTF_8),
            "url, %20", text -> URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20"),
            "url, lower case", text -> lowerHex(URLEncoder.encode(text, StandardCharsets.UTF_8)),
            "xml", text -> text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"),
            "html", RedactionTest::html,
            "html, numbers", RedactionTest::numbers,
            "json", RedactionTest::json,
            "json, unicode", RedactionTest::unicode,
            "nothing", text -> text);

    @Test
    void theWordOfAParsersMessageStaysAndATokenBehindItDoesNot() {
        String message = "ERROR at Row:1:Column:7 unexpected token: 'FROM' (GET query)";
        assertThat(Redaction.of(message)).isEqualTo(message);
        assertThat(Redaction.of("unexpected token: '00D000000000001!AQ8AQabc.def'"))
                .doesNotContain("AQ8AQabc");
        assertThat(Redaction.of("an expected token: 'x9y8z7w6'")).doesNotContain("x9y8z7w6");
    }

    private static String lowerHex(String encoded) {
        var lower = new StringBuilder(encoded);
        for (int at = encoded.indexOf('%'); at >= 0; at = encoded.indexOf('%', at + 1)) {
            lower.replace(at, at + 3, encoded.substring(at, at + 3).toLowerCase());
        }
        return lower.toString();
    }

    private static String html(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    private static String numbers(String text) {
        var numbers = new StringBuilder();
        text.codePoints()
                .forEach(c ->
                        numbers.append(Character.isLetterOrDigit(c) ? Character.toString(c) : "&#x" + hex(c) + ";"));
        return numbers.toString();
    }

    private static String hex(int c) {
        return Integer.toHexString(c);
    }

    private static String json(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("/", "\\/");
    }

    private static String unicode(String text) {
        var escaped = new StringBuilder();
        text.chars()
                .forEach(c -> escaped.append(
                        c < 128 && Character.isLetterOrDigit(c) ? "" + (char) c : String.format("\\u%04x", c)));
        return escaped.toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plainSecretOfAnApp",
                "p&ss<w>rd\"with'all",
                "100% +x/y=z;%41&amp;",
                "pässwörd-€-\uD83D\uDE00-end",
                "back\\slash\\nescape",
                "a b c d e f"
            })
    void aSecretIsClearedInEachFormAndFormOfAForm(String secret) {
        Redaction.learn(secret);
        ESCAPES.forEach((outerName, outer) -> ESCAPES.forEach((innerName, inner) -> {
            String quoted = outer.apply(inner.apply(secret));
            String text = "Your request was: [" + quoted + "] and is refused";
            assertThat(Redaction.of(text))
                    .as(innerName + " in " + outerName + ": " + quoted)
                    .startsWith("Your request was: [")
                    .endsWith("] and is refused")
                    .contains(Redaction.MASK)
                    .doesNotContain(quoted);
        }));
    }

    @Test
    void aSecretInBase64IsClearedWhereverItBegins() {
        Redaction.learn("u:pass-word-of-proxy");
        for (String before : new String[] {"", "x", "xy", "xyz", "POST /services HTTP/1.1\r\n"}) {
            String quoted = Base64.getEncoder().encodeToString((before + "u:pass-word-of-proxy").getBytes());
            assertThat(Redaction.of("Proxy said " + quoted + ".")).isEqualTo("Proxy said ***.");
            assertThat(Redaction.of("at /" + quoted + ".")).doesNotContain(quoted);
        }
        byte[] form = "grant_type=password&password=some%26thing".getBytes();
        assertThat(Redaction.of("body " + Base64.getMimeEncoder().encodeToString(form) + "!"))
                .isEqualTo("body ***!");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Authorization: Bearer 00D5g000000abcd!AQcAQH.x_y-z, sent | Authorization: Bearer ***, sent",
                "session 00D5g000000abcdEAA!AQcAQH is dead | session *** is dead",
                "00D5g000000abcd%21AQcAQH | ***",
                "Bearer abc123 | Bearer ***",
                "token eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJ4In0.c2ln-_x. | token ***",
                "refresh 5Aep861TSESvWeug_xvFHRBTTbf.zz | refresh ***",
                "grant_type=x&client_secret=a%26b&client_id=me | grant_type=x&client_secret=***&client_id=me",
                "assertion=abc.def&password=x | assertion=***&password=***",
                "`{\"password\" : \"a\\\"b\", \"user\":\"me\"}` | `{\"password\" : \"***\", \"user\":\"me\"}`",
                "<n1:password>some</n1:password> | <n1:password>***</n1:password>",
                "&lt;sessionId&gt;some&lt;/sessionId&gt; | &lt;sessionId&gt;***&lt;/sessionId&gt;",
                "X-SFDC-Session: abcdef1234 | X-SFDC-Session: ***",
                "privateKey=-----BEGIN PRIVATE KEY-----\\n"
                        + "MIIE\\n"
                        + "-----END PRIVATE KEY----- | privateKey=-----BEGIN PRIVATE KEY***-----END PRIVATE KEY-----",
                "Basic dXNlcjpwYXNzd29yZA== | Basic ***",
            })
    void whatLooksLikeASecretIsClearedThoughNobodyKnowsIt(String text, String clear) {
        assertThat(Redaction.of(text)).isEqualTo(clear);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "check userName, password and securityToken, and whether the org allows username-password logins",
                "Salesforce does not accept the accessToken, or it has expired, and authType=TOKEN cannot get a new"
                        + " one",
                "INVALID_LOGIN: Invalid username, password, security token; or user locked out.",
                "Bearer realm=\"Salesforce\", error=\"invalid_token\"",
                "Basic authentication is not supported, OAuth is: use a Bearer token",
                "password: enter at least some characters",
                "FIELD_CUSTOM_VALIDATION_EXCEPTION: Name is 100% off & <bad>; \\n",
                "no answer (GET /services/data/v66.0/sobjects/Account/0015g00000abcdEAAQ/ExternalIdentifierOfAccount)",
                "{\"error\":\"invalid_client\",\"error_description\":\"invalid client secret\"}",
                "token=***&password=***",
                ""
            })
    void aTextWithoutSecretsStaysTheSameObject(String text) {
        assertThat(Redaction.of(text)).isSameAs(text);
    }

    @Test
    void aSecretIsClearedInUpperCase() {
        Redaction.learn("Mixed-Case-Of-A-Token");
        assertThat(Redaction.of("invalid version format: MIXED-CASE-OF-A-TOKEN"))
                .isEqualTo("invalid version format: ***");
    }

    @Test
    void aShortSecretCountsAsAWordAndOrdinaryWordsAreNotLearned() {
        Redaction.learn("Wz9k");
        Redaction.learn("password");
        Redaction.learn("wrong");
        Redaction.learn("ab");
        assertThat(Redaction.of("Wz9k, aWz9k, (Wz9k)")).isEqualTo("***, aWz9k, (***)");
        assertThat(Redaction.of("the wrong password ab")).isEqualTo("the wrong password ab");
        assertThat(Redaction.of("password=wrong")).isEqualTo("password=***");
    }

    @Test
    void aTextThatWasCutInTheMidstOfASecretShowsNoBeginningOfIt() {
        Redaction.learn("beginning-of-a-long-secret");
        assertThat(Redaction.of("you sent beginning-of-a")).isEqualTo("you sent ***");
        String long_ = "x ".repeat(4_995) + "beginning-of-a-long-secret";
        assertThat(Redaction.of(long_)).doesNotContain("beginning").endsWith("***...");
    }

    @Test
    void aFailureWithoutSecretsStaysTheSame() {
        var cause = new IOException("reset", new ConnectException("refused"));
        assertThat(Redaction.of(cause)).isSameAs(cause);
    }

    @Test
    void causesAndSuppressedFailuresAreClearedAndKeepTypesAndTraces() {
        Redaction.learn("secret-in-an-exception");
        var root = new IllegalStateException("HTTP/1.1 407 secret-in-an-exception");
        var failure = new IOException("connect", root);
        failure.addSuppressed(new IOException("closing secret-in-an-exception"));
        root.addSuppressed(failure); // a circle
        Throwable clear = Redaction.of(failure);
        assertThat(clear).isInstanceOf(IOException.class).hasMessage("java.io.IOException: connect");
        assertThat(clear.getCause()).hasMessage("java.lang.IllegalStateException: HTTP/1.1 407 ***");
        assertThat(clear.getSuppressed()).hasSize(1);
        assertThat(clear.getStackTrace()).isEqualTo(failure.getStackTrace());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<",
                "%26",
                "&amp;",
                "\\u0026",
                "\u00e5",
                "=",
                "\\",
                "&",
                "%",
                "password=",
                "eyJ",
                "00D",
                "-----BEGIN "
            })
    @Timeout(20)
    void hostileTextsTakeTimeInProportion(String part) {
        // the process knows it from now on: no text of another test may look like it
        Redaction.learn("\u00e5".repeat(500) + "b");
        String text = part.repeat(1_000_000 / part.length());
        long start = System.nanoTime();
        for (int i = 0; i < 10; i++) {
            assertThat(Redaction.of(text).length()).isLessThan(10_100);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void noTextMakesItFail() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        String parts = "%&\\u26;#xamplt0Dey!J=\"'<>- \u00e4\uD83D";
        for (int round = 0; round < 20_000; round++) {
            var text = new StringBuilder();
            for (int i = random.nextInt(40); i >= 0; i--) {
                text.append(parts.charAt(random.nextInt(parts.length())));
            }
            assertThat(Redaction.of(text.toString()))
                    .as("seed %s: %s", seed, text)
                    .isNotNull();
        }
    }
}
