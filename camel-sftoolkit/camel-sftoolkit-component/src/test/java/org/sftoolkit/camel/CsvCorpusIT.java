package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.sftoolkit.camel.error.InvalidBodyException;
import org.sftoolkit.camel.model.BulkResult;
import org.sftoolkit.camel.model.SaveResults;

/** One folder of CSV files: {@code save} and {@code bulk} load the same rows of each, or refuse it in the same words. */
class CsvCorpusIT extends RouteTestSupport {

    private static final List<String> FIELDS = List.of("Name", "Phone", "Description");
    private static final ObjectMapper JSON = new ObjectMapper();

    private static List<Path> corpus() throws Exception {
        Path folder = Path.of(CsvCorpusIT.class.getResource("/csv").toURI());
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".csv"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void saveAndBulkReadTheSameOrRefuseTheSame() throws Exception {
        var soft = new SoftAssertions();
        for (Path file : corpus()) {
            String name = file.getFileName().toString().replaceAll("\\.csv$", "");
            Path refused = file.resolveSibling(name + ".refused");
            for (String operation : List.of("save", "bulk")) {
                for (boolean streamed : new boolean[] {false, true}) {
                    byte[] bytes = Files.readAllBytes(file);
                    if (streamed && bytes.length == 0) {
                        continue; // refused as a stream that may have been read before
                    }
                    String place = name + " by " + operation + (streamed ? ", streamed" : "");
                    emulator.org().all("Account").forEach(row -> emulator.org()
                            .delete("Account", row.get("Id").toString()));
                    emulator.requests().reset();
                    Exchange done = send(uri(operation, name), streamed ? new ByteArrayInputStream(bytes) : bytes);
                    if (Files.exists(refused)) {
                        String words = Files.readString(refused).strip();
                        soft.assertThat(refusal(done)).as(place).contains(words);
                        soft.assertThat(emulator.org().count("Account"))
                                .as(place)
                                .isLessThanOrEqualTo(words.startsWith("line") && operation.equals("save") ? 1 : 0);
                    } else {
                        soft.assertThat(done.getException()).as(place).isNull();
                        soft.assertThat(stored()).as(place).isEqualTo(expected(file.resolveSibling(name + ".json")));
                    }
                }
            }
        }
        soft.assertAll();
    }

    private static String uri(String operation, String name) {
        String delimiter = name.contains(".")
                ? "&columnDelimiter=" + name.substring(name.indexOf('.') + 1).toUpperCase()
                : "";
        return operation.equals("save")
                ? "sftoolkit:save:Account?mode=INSERT" + delimiter
                : "sftoolkit:bulk:Account?bulkOperation=INSERT&pollInterval=5" + delimiter;
    }

    /** A row that is no record is told at its place by save; bulk has no place to tell it and refuses the load. */
    private static String refusal(Exchange done) {
        if (done.getException() != null) {
            assertThat(done.getException()).isInstanceOf(InvalidBodyException.class);
            return done.getException().getMessage();
        }
        return done.getMessage().getBody() instanceof SaveResults results
                ? results.failed().toString()
                : "loaded: " + done.getMessage().getBody(BulkResult.class);
    }

    private List<Map<String, Object>> stored() {
        var rows = new ArrayList<Map<String, Object>>();
        emulator.org().all("Account").forEach(row -> {
            var values = new TreeMap<String, Object>();
            FIELDS.stream().filter(field -> row.get(field) != null).forEach(field -> values.put(field, row.get(field)));
            rows.add(values);
        });
        return rows;
    }

    private static List<Map<String, Object>> expected(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> !line.isBlank())
                .map(CsvCorpusIT::record)
                .toList();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> record(String json) {
        try {
            return JSON.readValue(json, TreeMap.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
