package org.sftoolkit.camel.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sftoolkit.camel.error.ApiError;

class ErrorBodyTest {

    private static ApiError only(String body) {
        List<ApiError> errors = ErrorBody.read(body);
        assertThat(errors).hasSize(1);
        return errors.get(0);
    }

    @Test
    void anErrorNamesItsFields() {
        ApiError error =
                only("[{\"errorCode\":\"REQUIRED_FIELD_MISSING\",\"message\":\"no\",\"fields\":[\"A\",\"B\"]}]");
        assertThat(error).isEqualTo(new ApiError("REQUIRED_FIELD_MISSING", "no", List.of("A", "B")));
    }

    @Test
    void aDuplicateHasItsMatches() {
        String body =
                "[{\"errorCode\":\"DUPLICATES_DETECTED\",\"message\":\"no\",\"other\":{},\"%s\":{\"duplicateRule\":"
                        + "\"Rule\",\"matchResults\":[{\"rule\":\"Match\",\"matchRecords\":"
                        + "[{\"record\":{\"Id\":\"001000000000001AAA\"}}]}]}}]";
        for (String key : List.of("duplicateResut", "duplicateResult")) {
            assertThat(only(String.format(body, key)).duplicates()).as(key).hasSize(1);
        }
        assertThat(only(String.format(body, "another")).duplicates()).isEmpty();
    }

    @Test
    void theErrorsOfATreeAreThoseOfItsRecords() {
        assertThat(ErrorBody.read("{\"hasErrors\":true,\"results\":[{\"referenceId\":\"a\",\"errors\":"
                        + "[{\"statusCode\":\"A\",\"message\":\"first\"},"
                        + "{\"statusCode\":\"B\",\"message\":\"second\"}]},"
                        + "{\"referenceId\":\"b\",\"errors\":[{\"statusCode\":\"C\",\"message\":\"third\"}]}]}"))
                .extracting(ApiError::code)
                .containsExactly("A", "B", "C");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"error\":\"invalid_grant\",\"error_description\":\"expired\"}|invalid_grant|expired",
                "[\"no object\"]||no object",
                "{\"message\":|''|response that is not JSON: {\"message\":",
                "plain text|''|plain text",
                "<p>Down</p> for repair|''|Down for repair",
                "<p>Down</p>|''|Down",
                "<script>a</b>hidden</script>shown|''|shown",
                "<b>a</b><script>never closed|''|a",
            })
    void everyShapeGivesItsCodeAndMessage(String body, String code, String message) {
        assertThat(only(body)).isEqualTo(new ApiError(code == null ? "" : code, message, List.of()));
    }

    @Test
    void onlyWhatIsTooLongIsShortened() {
        assertThat(only("a".repeat(200)).message()).isEqualTo("a".repeat(200));
        assertThat(only("a".repeat(201)).message()).isEqualTo("a".repeat(200) + "...");
        for (int length : new int[] {10_000, 10_001}) {
            assertThat(only("{\"message\":\"" + "a".repeat(length) + "\"}").message())
                    .isEqualTo("a".repeat(10_000) + (length > 10_000 ? "..." : ""));
        }
        assertThat(ErrorBody.read(" ")).isEmpty();
    }
}
