package org.sftoolkit.camel.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordedTextTest {

    private static final String FORM = "application/x-www-form-urlencoded";

    private final RecordedText texts = new RecordedText();

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource({
        "/services/oauth2/token, true",
        "/services/OAuth2/userinfo, true",
        "/services/Soap/u/66.0, true",
        "/services/data/v66.0/limits, false",
    })
    void callsOfALoginAreKnownByTheirPath(String path, boolean login) {
        assertThat(RecordedText.isLogin(path)).isEqualTo(login);
    }

    @ParameterizedTest
    @CsvSource({
        "https://acme.my.salesforce.com/services/data?q=a, /services/data?q=a",
        "/services/data, /services/data",
        "https://acme.my.salesforce.com, /",
        "://acme/services, /services",
    })
    void aPathHasNoHost(String url, String path) {
        assertThat(texts.path(url)).isEqualTo(path);
    }

    @ParameterizedTest
    @CsvSource({
        "https://acme.my.salesforce.com/services/data/v66.0",
        "https://acme.my.salesforce.com",
    })
    void theAddressOfTheOrgIsReplaced(String url) {
        texts.learnOrigin(url);
        assertThat(texts.text("see https://acme.my.salesforce.com/a and https:\\/\\/acme.my.salesforce.com\\/b,"
                        + " https://b.org/c"))
                .isEqualTo("see {{org}}/a and {{org}}\\/b, https://b.org/c");
    }

    @Test
    void theAddressThatALoginGivesIsReplacedToo() {
        texts.text("{\"instance_url\":\"https:\\/\\/acme.my.salesforce.com\"}");
        assertThat(texts.text("https://acme.my.salesforce.com/a")).isEqualTo("{{org}}/a");
    }

    @Test
    void whatHasNoSchemeIsNoAddress() {
        texts.learnOrigin("/services/data");
        texts.learnOrigin("://acme/services");
        assertThat(texts.text("/services/data and ://acme/services")).isEqualTo("/services/data and ://acme/services");
    }

    @Test
    void onlyHeadersThatExplainACallAreKept() {
        assertThat(texts.headers(MultiMap.caseInsensitiveMultiMap()
                        .add("Authorization", "Bearer 00D")
                        .add("Accept", "text/csv")
                        .add("Sforce-Call-Options", "client=x")
                        .add("X-Other", "y")))
                .isEqualTo(Map.of("accept", "text/csv", "sforce-call-options", "client=x"));
    }

    @Test
    void aBodyHasItsTextAndLength() {
        byte[] bytes = utf8("{\"Name\":\"Acmé\",\"password\":\"x\"}");
        assertThat(texts.body(bytes, bytes.length, "application/json", false))
                .isEqualTo(Map.of(
                        "length",
                        (long) bytes.length,
                        "cut",
                        false,
                        "text",
                        "{\"Name\":\"Acmé\",\"password\":\"(removed)\"}"));
        assertThat(texts.body(new byte[0], 0, null, false)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                FORM + ", true, (removed)",
                FORM + ", false, a=b",
                "application/json, true, a=b",
                "-, true, a=b",
            })
    void onlyTheFormOfALoginIsLeftOutWhole(String type, boolean login, String text) {
        assertThat(texts.body(utf8("a=b"), 3, type, login)).containsEntry("text", text);
    }

    @Test
    void whatIsNoTextIsKeptAsItIs() {
        assertThat(texts.body(new byte[] {(byte) 0xC3}, 1, null, false))
                .containsEntry("base64", "ww==")
                .doesNotContainKey("text");
        var middle = new byte[] {'a', 'b', (byte) 0xBF, (byte) 0xBF, (byte) 0xBF, (byte) 0xBF, (byte) 0xBF};
        assertThat(texts.body(middle, 100, null, false)).containsKey("base64");
        assertThat(texts.body(new byte[] {(byte) 0xBF, (byte) 0xBF}, 3, null, false))
                .containsEntry("text", "");
    }

    @Test
    void aTextThatIsCutEndsWithAWholeCharacter() {
        String text = "aé€\uD83D\uDE00b€a";
        byte[] bytes = utf8(text);
        for (int kept = 0; kept < bytes.length; kept++) {
            String shown = (String) texts.body(Arrays.copyOf(bytes, kept), bytes.length, null, false)
                    .get("text");
            assertThat(text).as("%s bytes", kept).startsWith(shown);
            assertThat(kept - utf8(shown).length).as("%s bytes", kept).isBetween(0, 4);
        }
        assertThat(texts.body(utf8("ab"), 3, null, false))
                .containsEntry("text", "ab")
                .containsEntry("cut", true);
        assertThat(texts.body(utf8("aé"), 3, null, false))
                .containsEntry("text", "aé")
                .containsEntry("cut", false);
    }
}
