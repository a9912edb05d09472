package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sftoolkit.camel.client.WriteAnswer;
import org.sftoolkit.camel.error.ApiError;
import org.sftoolkit.camel.error.DuplicateException;
import org.sftoolkit.camel.model.CompositeRequest;
import org.sftoolkit.camel.model.CompositeResults;
import org.sftoolkit.camel.model.DuplicateMatch;
import org.sftoolkit.emulator.EmulatorBuilder;

/** What a duplicate rule found can be read from the error, so that a route can save to the record that exists. */
class DuplicateMatchesIT extends RouteTestSupport {

    private String first;
    private String second;

    @Override
    protected void org(EmulatorBuilder settings) {
        settings.duplicateRule("Account", "Name");
    }

    @BeforeEach
    void seed() {
        first = emulator.org().insert("Account", Map.of("Name", "Acme"));
        // rows of a test are written by a writer of its own, whom no rule stops
        second = send("sftoolkit:save:Account?duplicateRule=allowSave", Map.of("Name", "ACME"))
                .getMessage()
                .getHeader(SfToolkitConstants.ID, String.class);
    }

    @Test
    void aRefusedRecordNamesTheRuleAndTheRecordsThatAreThere() {
        var done = send("sftoolkit:save:Account", Map.of("Name", "acme"));
        assertThat(done.getException()).isInstanceOf(DuplicateException.class);
        List<ApiError> errors = ((DuplicateException) done.getException()).errors();
        assertThat(errors).hasSize(1);
        assertThat(errors.get(0).code()).isEqualTo("DUPLICATES_DETECTED");
        assertThat(errors.get(0).duplicates())
                .containsExactly(new DuplicateMatch(
                        "Account_Duplicate_Rule", "Account_Match_Rule", "Account", List.of(first, second), true));
    }

    @Test
    void aCompositeRequestNamesThemToo() {
        var done = send(
                "sftoolkit:composite",
                new CompositeRequest().add("one", "POST", "sobjects/Account", Map.of("Name", "Acme")));
        var results = done.getMessage().getBody(CompositeResults.class);
        assertThat(results.get(0).errors().get(0).duplicates().get(0).ids()).containsExactly(first, second);
    }

    @Test
    void theErrorOfARowOfAListIsReadInBothSpellings() throws Exception {
        for (String key : List.of("duplicateResut", "duplicateResult")) {
            String row =
                    "{\"success\":false,\"errors\":[{\"statusCode\":\"DUPLICATES_DETECTED\",\"message\":\"Use one\","
                            + "\"fields\":[],\"" + key
                            + "\":{\"allowSave\":false,\"duplicateRule\":\"R\",\"matchResults\":[{"
                            + "\"entityType\":\"Contact\",\"matchRecords\":[{\"record\":{\"attributes\":{\"type\":\"Contact\"},"
                            + "\"Id\":\"0031i000013x2TEAAY\"}},{\"record\":null},7],\"rule\":\"M\"},null]}}]}";
            try (var json = new JsonFactory().createParser(row)) {
                json.nextToken();
                var error = WriteAnswer.read(json).errors().get(0).toSaveError();
                assertThat(error.duplicates())
                        .containsExactly(new DuplicateMatch("R", "M", "Contact", List.of("0031i000013x2TEAAY"), false));
            }
        }
    }
}
