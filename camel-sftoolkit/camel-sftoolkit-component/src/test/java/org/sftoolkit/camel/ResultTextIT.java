package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Results become text as JSON, whatever type of text a step asks for. */
class ResultTextIT extends RouteTestSupport {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String QUERY = "sftoolkit:query:Account?fields=Id,Name&orderBy=Name";

    @TempDir
    Path dir;

    @BeforeEach
    void seed() {
        emulator.org().insert("Account", Map.of("Name", "AÄ"));
        emulator.org().insert("Account", Map.of("Name", "B"));
    }

    private void assertText(Exchange done, String pointer, String expected) throws Exception {
        assertThat(done.getException()).isNull();
        String text = done.getMessage().getBody(String.class);
        assertThat(JSON.readTree(text).at(pointer).asText()).isEqualTo(expected);
        assertThat(done.getMessage().getBody(byte[].class)).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
        try (InputStream bytes = done.getMessage().getBody(InputStream.class);
                Reader reader = done.getMessage().getBody(Reader.class)) {
            assertThat(bytes).hasContent(text);
            assertThat(new java.io.BufferedReader(reader).readLine()).isEqualTo(text);
        }
    }

    @Test
    void recordsAndResultsAreJson() throws Exception {
        String id = emulator.org().all("Account").get(0).get("Id").toString();
        assertText(send("sftoolkit:fetch:Account", id), "/Name", "AÄ");
        assertText(send("sftoolkit:fetch:Account", List.of(id, id)), "/1/Name", "AÄ");
        assertText(send(QUERY, null), "/1/Name", "B");
        assertText(send(QUERY + "&limit=0", null), "/0/Name", "");
        assertText(send("sftoolkit:save:Account", Map.of("Name", "C")), "/success", "true");
        assertText(send("sftoolkit:save:Account", List.of(Map.of("Name", "C"), Map.of())), "/1/success", "false");
    }

    @Test
    void aFileOfAListIsJsonAndOfAStreamALineARow() throws Exception {
        for (String query : List.of(
                QUERY, QUERY + "&outputType=STREAM", "sftoolkit:bulkQuery:Account?fields=Id,Name&orderBy=Name")) {
            Path out = dir.resolve("out" + query.hashCode());
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:" + query.hashCode()).to(query).to("file:" + out + "?fileName=rows.json");
                }
            });
            assertThat(send("direct:" + query.hashCode(), null).getException())
                    .as(query)
                    .isNull();
            String text = Files.readString(out.resolve("rows.json"));
            List<JsonNode> rows = query.equals(QUERY)
                    ? JSON.readerForListOf(JsonNode.class).readValue(text)
                    : text.lines().map(ResultTextIT::json).toList();
            assertThat(rows)
                    .as(query)
                    .extracting(row -> row.get("Name").asText())
                    .containsExactly("AÄ", "B");
        }
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void whatWasWrittenToAFileCanBeSavedFromIt() throws Exception {
        Path file = Files.write(
                dir.resolve("rows.json"), send(QUERY, null).getMessage().getBody(byte[].class));
        assertThat(send("sftoolkit:save:Account?mode=UPDATE&onPartialFailure=FAIL", file.toFile())
                        .getException())
                .isNull();
        assertThat(emulator.org().count("Account")).isEqualTo(2);
    }

    @Test
    void aFileOfAnotherCharsetIsReadByTheOptionOfItsEndpoint() throws Exception {
        for (String operation : List.of("save", "bulk")) {
            Path in = Files.createDirectory(dir.resolve(operation));
            Files.write(in.resolve("a.csv"), "Name,Phone\nMüller,1\n".getBytes(StandardCharsets.ISO_8859_1));
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("file:" + in + "?noop=true&initialDelay=0&charset=ISO-8859-1&idempotent=true")
                            .to("sftoolkit:" + operation + ":Account")
                            .to("mock:" + operation);
                }
            });
            getMockEndpoint("mock:" + operation).expectedMessageCount(1);
            getMockEndpoint("mock:" + operation).assertIsSatisfied();
        }
        assertThat(emulator.org().all("Account"))
                .extracting(row -> row.get("Name"))
                .containsExactlyInAnyOrder("AÄ", "B", "Müller", "Müller");
    }

    @Test
    void whateverAnOperationGivesIsJsonAlsoIfAListOfOthersWasNone() throws Exception {
        Exchange others = send("file:" + dir + "?fileName=others", new java.util.ArrayList<>(List.of("no result")));
        assertThat(others.getException())
                .as("Camel remembers this of the class")
                .isNotNull();
        for (String uri : List.of(
                QUERY,
                QUERY + "&limit=0",
                "sftoolkit:search:Account?q=nobody",
                "sftoolkit:describe:Account",
                "sftoolkit:limits",
                "sftoolkit:userInfo",
                "sftoolkit:versions",
                "sftoolkit:bulkJob?action=list")) {
            Exchange done = send(uri, null);
            assertThat(done.getException()).as(uri).isNull();
            JsonNode given = JSON.valueToTree(done.getMessage().getBody());
            try (InputStream bytes = done.getMessage().getBody(InputStream.class)) {
                assertThat(bytes).as(uri).isNotNull();
                assertThat(JSON.readTree(bytes).size()).as(uri).isEqualTo(given.size());
            }
        }
        Exchange failed = send("sftoolkit:save:Account", List.of(Map.of("Phone", "1")));
        assertThat(failed.getMessage().getHeader("CamelSfToolkitFailedRecords", String.class))
                .isEqualTo("[{\"Phone\":\"1\"}]");
        Exchange jobs = send("sftoolkit:bulk:Account?await=false", List.of(Map.of("Name", "x")));
        assertThat(jobs.getMessage().getBody(String.class)).startsWith("[{").contains("\"id\":\"750");
    }
}
