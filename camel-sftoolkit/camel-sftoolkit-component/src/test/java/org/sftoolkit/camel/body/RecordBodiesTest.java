package org.sftoolkit.camel.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.WrappedFile;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sftoolkit.camel.error.InvalidBodyException;
import org.sftoolkit.camel.model.RecordIds;
import org.sftoolkit.camel.model.Records;
import org.sftoolkit.camel.model.SObject;
import org.sftoolkit.camel.model.SourceRecord;

class RecordBodiesTest {

    private static CamelContext context;

    @BeforeAll
    static void start() {
        context = new DefaultCamelContext();
        context.start();
    }

    @AfterAll
    static void stop() {
        context.stop();
    }

    private static Records records(Object body) throws Exception {
        return records(body, null);
    }

    private static Records records(Object body, String contentType) throws Exception {
        Exchange exchange = new DefaultExchange(context);
        exchange.getMessage().setBody(body);
        if (contentType != null) {
            exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, contentType);
        }
        return BodyConversion.read(exchange, body, Records.class);
    }

    private static List<Map<String, Object>> fields(Records records) {
        var all = new ArrayList<Map<String, Object>>();
        records.iterator().forEachRemaining(record -> all.add(record.fields()));
        return all;
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void textIsJsonOrCsvByItsFirstCharacter() throws Exception {
        assertThat(records(" {\"Name\":\"a\"}").single()).isTrue();
        assertThat(fields(records("[{\"Name\":\"a\"},{\"Name\":\"b\"}]")))
                .extracting("Name")
                .containsExactly("a", "b");
        assertThat(fields(records("{\"Name\":\"a\"}\n{\"Name\":\"b\"}\n")))
                .extracting("Name")
                .containsExactly("a", "b");
        assertThat(fields(records("\uFEFFName,Phone\r\n\"A, \"\"Inc\"\"\nx\",1\r\n")))
                .containsExactly(Map.of("Name", "A, \"Inc\"\nx", "Phone", "1"));
        assertThat(records("[]").single()).isFalse();
        assertThat(fields(records("[]"))).isEmpty();
        assertThat(fields(records("Name,Phone\n"))).isEmpty();
    }

    @Test
    void contentTypeDecidesIfPresent() throws Exception {
        assertThat(records("{\"Name\":\"a\"}", "application/x-ndjson").single()).isFalse();
        assertThat(fields(records("Id\n", "text/csv; charset=utf-8"))).isEmpty();
        assertThatThrownBy(() -> records("{a},b\n1,2", "text/csv")).hasMessageContaining("column 1 is neither");
        assertThat(records("{\"Name\":\"a\"}", "application/octet-stream").single())
                .isTrue();
    }

    @Test
    void everyCarrierOfTextIsTaken(@TempDir Path dir) throws Exception {
        String json = "[{\"Name\":\"Ä\"}]";
        Path path = Files.writeString(dir.resolve("a.json"), json);
        WrappedFile<java.io.File> wrapped = genericFile(path);
        for (Object body : Arrays.asList(
                json,
                json.getBytes(StandardCharsets.UTF_8),
                bytes(json),
                new StringReader(json),
                path.toFile(),
                path,
                wrapped,
                io.vertx.core.buffer.Buffer.buffer(json),
                new ObjectMapper().readTree(json))) {
            assertThat(fields(records(body))).as("%s", body.getClass()).containsExactly(Map.of("Name", "Ä"));
        }
    }

    private static GenericFile<java.io.File> genericFile(Path path) {
        var file = new GenericFile<java.io.File>();
        file.setFile(path.toFile());
        file.setAbsoluteFilePath(path.toString());
        file.setBody(path.toFile());
        return file;
    }

    @Test
    void anEmptyOrBrokenTextIsRefusedWithoutQuotingIt() {
        assertThatThrownBy(() -> records("  ")).hasStackTraceContaining("the body is empty");
        assertThatThrownBy(() -> records("[{\"Name\":\"secret\"}")).hasStackTraceContaining("the JSON cannot be read");
        assertThatThrownBy(() -> records("[{\"Name\":\"a\"}] x")).hasStackTraceContaining("JSON");
        assertThatThrownBy(() -> records("Name,name\n1,2")).hasStackTraceContaining("column 2 repeats name");
    }

    @Test
    void csvFollowsSalesforcesOwnConventions() throws Exception {
        assertThat(fields(records("Name,Phone,Fax,Parent__r.Key__c\nA,,#N/A,k1\n")))
                .containsExactly(map("Name", "A", "Fax", null, "Parent__r", Map.of("Key__c", "k1")));
    }

    @Test
    void aRaggedRowIsReportedAtItsPlaceWhileTheOthersGoOn() throws Exception {
        var all = new ArrayList<SourceRecord>();
        records("Name,Phone\nA,1\nB\nC,3\n").iterator().forEachRemaining(all::add);
        assertThat(all).hasSize(3);
        assertThat(all.get(1).defect()).isEqualTo("line 3 of the CSV has 1 cells, but the header has 2");
        assertThat(all.get(2).fields()).isEqualTo(Map.of("Name", "C", "Phone", "3"));
    }

    @Test
    void streamsAreReadWhileTheyAreUsedAndClosed() throws Exception {
        var source = new Endless();
        Records records = records(source);
        assertThat(records.iterator().next().fields()).isEqualTo(Map.of("n", 0));
        assertThat(records.iterator().next().fields()).isEqualTo(Map.of("n", 1));
        assertThat(source.read).isLessThan(4);
        records.close().close();
        assertThat(source.closed).isTrue();

        var closed = new boolean[1];
        Records stream =
                records(Stream.iterate(0, n -> n + 1).map(n -> Map.of("n", n)).onClose(() -> closed[0] = true));
        assertThat(stream.iterator().next().fields()).isEqualTo(Map.of("n", 0));
        stream.close().close();
        assertThat(closed).containsExactly(true);
    }

    private static final class Endless implements Iterator<Map<String, Object>>, AutoCloseable {
        private int read;
        private boolean closed;

        @Override
        public boolean hasNext() {
            return true;
        }

        @Override
        public Map<String, Object> next() {
            return Map.of("n", read++);
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    @Test
    void aLazyIterableIsNotCollected() throws Exception {
        var source = new Endless();
        Iterable<Map<String, Object>> lazy = () -> source;
        Records records = records(lazy);
        assertThat(records.inMemory()).isFalse();
        records.iterator().next();
        assertThat(source.read).isEqualTo(1);
    }

    @Test
    void aJsonArrayInAStreamIsReadElementByElementAndClosed() throws Exception {
        var in = new Paced("[{\"n\":1},{\"n\":2.50},");
        Records records = records(in);
        assertThat(records.single()).isFalse();
        assertThat(records.iterator().next().fields()).isEqualTo(Map.of("n", 1));
        assertThat(records.iterator().next().fields()).isEqualTo(Map.of("n", new BigDecimal("2.50")));
        assertThatThrownBy(() -> records.iterator().hasNext()).isInstanceOf(InvalidBodyException.class);
        records.close().close();
        assertThat(in.closed).isTrue();
    }

    private static final class Paced extends InputStream {
        private final byte[] text;
        private int at;
        private boolean closed;

        Paced(String text) {
            this.text = text.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public int read() throws IOException {
            if (at >= text.length) {
                throw new IOException("cut off");
            }
            return text[at++];
        }

        @Override
        public int read(byte[] target, int from, int most) throws IOException {
            target[from] = (byte) read();
            return 1;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    @Test
    void entriesOfAListAreTakenEachByItsOwnKind() throws Exception {
        var body = new ArrayList<Object>(List.of(Map.of("a", 1), SObject.of("Account", Map.of("b", 2)), new Company()));
        body.add(null);
        body.add(5);
        Records records = records(body);
        assertThat(records.size()).isEqualTo(5);
        var all = new ArrayList<SourceRecord>();
        records.iterator().forEachRemaining(all::add);
        assertThat(all)
                .extracting(SourceRecord::defect)
                .satisfiesExactly(
                        a -> assertThat(a).isNull(),
                        b -> assertThat(b).isNull(),
                        c -> assertThat(c).isNull(),
                        d -> assertThat(d).isEqualTo("null is not a record"),
                        e -> assertThat(e).contains("java.lang.Integer is not a record"));
        assertThat(all.get(1).type()).isEqualTo("Account");
    }

    @Test
    void entriesThatAreTextAreObjectsInJson(@TempDir Path dir) throws Exception {
        String json = " {\"Name\":\"Ä\"}\n";
        Path path = Files.writeString(dir.resolve("a.json"), json);
        List<Object> carriers = List.of(
                json,
                json.getBytes(StandardCharsets.UTF_8),
                bytes(json),
                new StringReader(json),
                path,
                path.toFile(),
                genericFile(path),
                io.vertx.core.buffer.Buffer.buffer(json),
                new ObjectMapper().readTree(json));
        assertThat(fields(records(carriers))).hasSize(9).containsOnly(Map.of("Name", "Ä"));
        assertThat(fields(records(List.of(json, json).iterator()))).hasSize(2).containsOnly(Map.of("Name", "Ä"));
        assertThat(fields(records(json.repeat(3).lines()))).hasSize(3).containsOnly(Map.of("Name", "Ä"));
        assertThat(fields(records(new ObjectMapper().valueToTree(List.of(Map.of("Name", "Ä"))))))
                .containsExactly(Map.of("Name", "Ä"));

        List<SourceRecord> others = new ArrayList<>();
        InputStream read = bytes(json);
        records(List.of(read)).iterator().forEachRemaining(others::add);
        records(List.of(read, "[{}]", "Name\nA", "", "{\"Name\":", new byte[] {'{', (byte) 0xFC}))
                .iterator()
                .forEachRemaining(others::add);
        assertThat(others)
                .extracting(SourceRecord::defect)
                .satisfiesExactly(
                        first -> assertThat(first).isNull(),
                        again -> assertThat(again).contains("can be read only once"),
                        list -> assertThat(list).contains("one JSON object"),
                        csv -> assertThat(csv).contains("one JSON object"),
                        empty -> assertThat(empty).contains("one JSON object"),
                        broken -> assertThat(broken).contains("the JSON cannot be read at line 1"),
                        latin -> assertThat(latin).contains("line 1, byte 2"));
    }

    @Test
    void bytesAreOfTheCharsetThatTheMessageNames() throws Exception {
        String json = "{\"Name\":\"Müller\"}";
        byte[] latin = json.getBytes(StandardCharsets.ISO_8859_1);
        byte[] utf16 = ("\uFEFF" + json).getBytes(StandardCharsets.UTF_16LE);
        assertThat(fields(records(latin, "application/json; charset=ISO-8859-1")))
                .containsExactly(Map.of("Name", "Müller"));
        assertThat(fields(records(latin, "application/json;charset=\"iso-8859-1\"")))
                .containsExactly(Map.of("Name", "Müller"));
        assertThat(fields(records(utf16))).containsExactly(Map.of("Name", "Müller"));
        assertThat(fields(records(json, "application/json; charset=ISO-8859-1")))
                .containsExactly(Map.of("Name", "Müller"));
        for (String place : List.of("property", "header")) {
            Exchange exchange = new DefaultExchange(context);
            exchange.getMessage().setBody(new ByteArrayInputStream(latin));
            exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, "application/json; charset=UTF-8");
            if (place.equals("property")) {
                exchange.setProperty(Exchange.CHARSET_NAME, "ISO-8859-1");
            } else {
                exchange.getMessage().setHeader(Exchange.CHARSET_NAME, "ISO-8859-1");
            }
            assertThat(fields(RecordBodies.records(exchange, org.sftoolkit.camel.operation.CsvDelimiter.COMMA)))
                    .as(place)
                    .containsExactly(Map.of("Name", "Müller"));
        }
        assertThatThrownBy(() -> records(latin, "text/csv; charset=nonsense"))
                .isInstanceOf(InvalidBodyException.class)
                .hasMessageContaining("'nonsense'");
        assertThatThrownBy(() -> records(json.getBytes(StandardCharsets.UTF_8), "application/json; charset=US-ASCII"))
                .isInstanceOf(InvalidBodyException.class)
                .hasMessageContaining("cannot be read as US-ASCII");
    }

    @Test
    void bytesOfAnotherCharsetFailWithTheirPlace() {
        for (String text : List.of(
                "[{\"Name\":\"a\"},\n{\"Name\":\"Müller\"}]",
                "{\"Name\":\"a\"}\n{\"Name\":\"Müller\"}\n",
                "Name,Phone\nMüller,1\n",
                "12345678901234\n89012345\n,ü\n")) {
            byte[] latin = text.getBytes(StandardCharsets.ISO_8859_1);
            long lines = text.substring(0, text.indexOf('ü'))
                            .chars()
                            .filter(c -> c == '\n')
                            .count()
                    + 1;
            for (Object body : List.of(latin, new ByteArrayInputStream(latin))) {
                assertThatThrownBy(() -> fields(records(body)))
                        .isInstanceOf(InvalidBodyException.class)
                        .hasMessageContaining("line " + lines + ", byte " + (text.indexOf('ü') + 1))
                        .hasMessageContaining("CamelCharsetName");
            }
        }
        assertThatThrownBy(() -> records("Name,Phone\na,1\n\uD800,2\n"))
                .isInstanceOf(InvalidBodyException.class)
                .hasMessageContaining("a character is incomplete");
    }

    @Test
    void otherJsonIsRefusedWithTheAllowedForms() {
        for (String text : List.of(
                "",
                "  \n",
                "not json",
                "hello",
                "\"x\"",
                "42",
                "-1.5",
                "null",
                "true",
                "<a/>",
                "<?xml version='1.0'?><a/>",
                "{",
                "{]",
                "\u0000")) {
            for (Object body : List.of(text, text.getBytes(StandardCharsets.UTF_8), new StringReader(text + " "))) {
                assertThatThrownBy(() -> fields(records(body)))
                        .as("'%s' as %s", text, body.getClass())
                        .isInstanceOf(InvalidBodyException.class)
                        .hasMessageContaining("JSON");
            }
        }
        for (String json : List.of("42", "null", "\"x\"", "true")) {
            assertThatThrownBy(() -> records(json, "application/json"))
                    .isInstanceOf(InvalidBodyException.class)
                    .hasMessageContaining("an object, an array of objects");
            assertThatThrownBy(() -> records(new ObjectMapper().readTree(json)))
                    .isInstanceOf(InvalidBodyException.class)
                    .hasMessageContaining("is not a record");
        }
    }

    static class Company {
        @JsonProperty("Id")
        public String id;

        public String name = "Acme";
        public LocalDate founded = LocalDate.of(2001, 2, 3);
        public Instant seen = Instant.parse("2026-01-02T03:04:05.678Z");
        public LocalTime opens = LocalTime.of(8, 30);
        public BigDecimal revenue = new BigDecimal("12345678901234567.89");

        @JsonFormat(shape = JsonFormat.Shape.STRING, pattern = "uuuu-MM-dd'T'HH:mm:ss'Z'")
        public LocalDateTime local = LocalDateTime.of(2026, 1, 2, 3, 4, 5);

        public List<String> colours;
        public String phone;
    }

    @Test
    void aBeanGivesItsValuesExactlyAndLeavesNullsOut() throws Exception {
        Records records = records(new Company());
        assertThat(records.single()).isTrue();
        assertThat(records.iterator().next().fields())
                .isEqualTo(Map.of(
                        "name",
                        "Acme",
                        "founded",
                        LocalDate.of(2001, 2, 3),
                        "seen",
                        Instant.parse("2026-01-02T03:04:05.678Z"),
                        "opens",
                        LocalTime.of(8, 30),
                        "revenue",
                        new BigDecimal("12345678901234567.89"),
                        "local",
                        "2026-01-02T03:04:05Z"));
    }

    @Test
    void aBeanTakesBackWhatSalesforceSays() throws Exception {
        var company = new Company();
        SourceRecord record = records(company).iterator().next();
        record.acceptId("001000000000001AAA");
        assertThat(company.id).isEqualTo("001000000000001AAA");
        var read = new LinkedHashMap<String, Object>();
        read.put("Name", "Other");
        read.put("Opens", LocalTime.of(9, 0).atOffset(java.time.ZoneOffset.UTC));
        read.put("Founded", LocalDate.of(1999, 1, 1));
        read.put("Seen", java.time.OffsetDateTime.parse("2026-05-05T05:05:05Z"));
        read.put("Colours", "red;green");
        read.put("Unknown__c", 5);
        record.merge(SObject.read("Account", read));
        assertThat(company.name).isEqualTo("Other");
        assertThat(company.opens).isEqualTo(LocalTime.of(9, 0));
        assertThat(company.founded).isEqualTo(LocalDate.of(1999, 1, 1));
        assertThat(company.seen).isEqualTo(Instant.parse("2026-05-05T05:05:05Z"));
        assertThat(company.colours).containsExactly("red", "green");
        assertThat(company.revenue).isEqualByComparingTo("12345678901234567.89");
    }

    @Test
    void anImmutableMapIsSavedAndStaysAsItIs() throws Exception {
        Map<String, Object> body = Map.of("Name", "a");
        SourceRecord record = records(body).iterator().next();
        record.acceptId("001000000000001AAA");
        assertThat(body).isEqualTo(Map.of("Name", "a"));
        assertThat(record.fields()).isEqualTo(Map.of("Name", "a"));
    }

    @Test
    void idsComeFromTextOfAnyCarrier(@TempDir Path dir) throws Exception {
        Path path = Files.writeString(dir.resolve("ids.json"), "[\"1\",\"2\"]");
        for (Object body :
                List.of("[\"1\",\"2\"]", bytes("[\"1\",\"2\"]"), path, genericFile(path), List.of("1", "2"))) {
            Exchange exchange = new DefaultExchange(context);
            exchange.getMessage().setBody(body);
            assertThat(exchange.getMessage().getMandatoryBody(RecordIds.class).keys())
                    .containsExactly("1", "2");
        }
    }

    @Test
    void iteratorsEndAsIteratorsDo() throws Exception {
        Iterator<SourceRecord> records = records("[{\"a\":1}]").iterator();
        records.next();
        assertThatThrownBy(records::next).isInstanceOf(NoSuchElementException.class);
    }

    private static Map<String, Object> map(Object... pairs) {
        var map = new LinkedHashMap<String, Object>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], pairs[i + 1]);
        }
        return map;
    }
}
