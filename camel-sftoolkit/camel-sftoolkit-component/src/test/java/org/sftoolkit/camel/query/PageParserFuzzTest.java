package org.sftoolkit.camel.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Pages that are cut anywhere have the rows that Jackson's tree has, or are refused. */
class PageParserFuzzTest {

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    @FuzzTest(maxDuration = "2m")
    void rowsAreThoseOfTheTreeOrThePageIsRefused(FuzzedDataProvider input) {
        int cut = input.consumeInt(1, 64);
        byte[] page = input.consumeRemainingAsBytes();
        List<QueryRow> rows;
        try {
            rows = rows(page, cut);
        } catch (IOException refused) {
            return;
        }
        JsonNode tree = tree(page);
        assertThat(tree).as("a page that is no JSON was read").isNotNull();
        assertThat(rows).hasSameSizeAs(tree.path("records"));
        for (int i = 0; i < rows.size(); i++) {
            JsonNode id = tree.path("records").get(i).path("Id");
            if (id.isTextual()) {
                assertThat(rows.get(i).record().get("Id")).isEqualTo(id.textValue());
            }
        }
    }

    private static List<QueryRow> rows(byte[] page, int cut) throws IOException {
        var parser = new PageParser(16);
        var rows = new ArrayList<QueryRow>();
        for (int from = 0; from < page.length; from += cut) {
            rows.addAll(parser.feed(Buffer.buffer(page).slice(from, Math.min(page.length, from + cut))));
        }
        parser.end();
        return rows;
    }

    private static JsonNode tree(byte[] page) {
        try {
            return JSON.readTree(page);
        } catch (IOException noJson) {
            return null;
        }
    }
}
