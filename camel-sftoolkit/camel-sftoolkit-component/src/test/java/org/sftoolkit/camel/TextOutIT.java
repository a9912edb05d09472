package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.Closeable;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.NoTypeConversionAvailableException;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sftoolkit.camel.error.ConsumedBodyException;
import org.sftoolkit.camel.error.InvalidBodyException;
import org.sftoolkit.camel.model.SObject;
import org.sftoolkit.emulator.EmulatorBuilder;

/** Records become JSON, JSON line by line or CSV where a step asks for text; the Content-Type says which. */
class TextOutIT extends RouteTestSupport {

    @TempDir
    Path dir;

    @Override
    protected void org(EmulatorBuilder settings) {
        settings.pageSize(3);
    }

    private static SObject record(Object... namesAndValues) {
        var values = new LinkedHashMap<String, Object>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            values.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return SObject.read("Account", values);
    }

    private Exchange message(String contentType, Object body) {
        var exchange = new DefaultExchange(context);
        exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, contentType);
        exchange.getMessage().setBody(body);
        return exchange;
    }

    private static String csv(Exchange exchange) throws Exception {
        try (InputStream text = exchange.getMessage().getMandatoryBody(InputStream.class)) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    static Stream<Arguments> cells() {
        return Stream.of(
                Arguments.of("plain", "plain"),
                Arguments.of("a,b", "\"a,b\""),
                Arguments.of("say \"no\"", "\"say \"\"no\"\"\""),
                Arguments.of("two\nlines", "\"two\nlines\""),
                Arguments.of("old\r\nlines", "\"old\r\nlines\""),
                Arguments.of(" blanks ", "\" blanks \""),
                Arguments.of("Ä€😀", "Ä€😀"),
                Arguments.of("", ""),
                Arguments.of(null, ""),
                Arguments.of(true, "true"),
                Arguments.of(12, "12"),
                Arguments.of(new BigDecimal("1E+3"), "1000"),
                Arguments.of(LocalDate.of(2026, 1, 2), "2026-01-02"),
                Arguments.of(OffsetDateTime.parse("2026-01-02T03:04:05Z"), "2026-01-02T03:04:05.000Z"),
                Arguments.of(OffsetDateTime.parse("2026-01-02T03:04:05+02:00"), "2026-01-02T03:04:05.000+02:00"),
                Arguments.of(List.of("A", "B"), "A;B"),
                Arguments.of(Map.of("city", "Ulm"), "\"{\"\"city\"\":\"\"Ulm\"\"}\""));
    }

    @ParameterizedTest
    @MethodSource("cells")
    void aValueIsQuotedAndWrittenAsTheBulkApiDoes(Object value, String cell) throws Exception {
        Object body = List.of(record("Id", "1", "Value__c", value));
        assertThat(csv(message("text/csv", body))).isEqualTo("Id,Value__c\n1," + cell + "\n");
        assertThat(csv(message("text/csv", ((List<?>) body).iterator()))).isEqualTo("Id,Value__c\n1," + cell + "\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\uD83D", "\uDE00", "\uDE00\uD83D!", "\uD83D,\uDE00"})
    void halfACharacterIsRefusedAndDoesNotBecomeAQuestionMark(String cut) {
        for (String type :
                List.of("text/csv", "text/csv; charset=UTF-16", "application/x-ndjson", "application/json")) {
            Exchange exchange = message(type, List.of(record("Name", cut)));
            assertThat(catchThrowable(() -> csv(exchange))).as(type).hasStackTraceContaining("a lone surrogate");
        }
    }

    @Test
    void whoeverReadsOnBehindHalfACharacterDoesNotGetTheNextRow() throws Exception {
        Exchange exchange = message("application/x-ndjson", List.of(record("Name", "\uD83D"), record("Name", "b")));
        try (InputStream text = exchange.getMessage().getBody(InputStream.class)) {
            Throwable failure = catchThrowable(text::readAllBytes);
            assertThat(failure).hasStackTraceContaining("a lone surrogate");
            assertThat(catchThrowable(text::readAllBytes)).isSameAs(failure);
        }
    }

    @Test
    void aRowOfOneEmptyCellIsNoEmptyLine() throws Exception {
        assertThat(csv(message("text/csv", List.of(record("Name", null))))).isEqualTo("Name\n\"\"\n");
    }

    @Test
    void parentsAreColumnsAndAMissingParentIsEmptyCells() throws Exception {
        var with = record("Id", "1", "Owner", SObject.read("User", new LinkedHashMap<>(Map.of("Name", "Ann"))));
        var without = record("Id", "2", "Owner", null);
        assertThat(csv(message("text/csv", List.of(without, with)))).isEqualTo("Id,Owner.Name\n2,\n1,Ann\n");
        Exchange named = message("text/csv", List.of(without, with).iterator());
        named.getMessage().setHeader(SfToolkitConstants.COLUMNS, "Owner.Name, id");
        assertThat(csv(named)).isEqualTo("Owner.Name,id\n,2\nAnn,1\n");
    }

    @Test
    void theColumnsOfAListAreThoseOfAllItsRowsAndAStreamRefusesALaterField() throws Exception {
        var rows = List.of(record("Id", "1"), record("Id", "2", "Name", "x"));
        assertThat(csv(message("text/csv", rows))).isEqualTo("Id,Name\n1,\n2,x\n");
        Exchange stream = message("text/csv", rows.iterator());
        try (InputStream text = stream.getMessage().getMandatoryBody(InputStream.class)) {
            assertThat(catchThrowable(text::readAllBytes))
                    .isInstanceOf(InvalidBodyException.class)
                    .hasMessageContaining("row 2 has the field Name")
                    .hasMessageContaining("CamelSfToolkitColumns");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/csv", "application/csv; charset=UTF-8"})
    void mapsBeansAndASingleRecordAreRowsToo(String type) throws Exception {
        assertThat(csv(message(type, new ArrayList<>(List.of(Map.of("Name", "x"))))))
                .isEqualTo("Name\nx\n");
        assertThat(csv(message(type, record("Name", "x")))).isEqualTo("Name\nx\n");
        assertThat(csv(message(type, List.of(new Bean("x")).iterator()))).isEqualTo("name\nx\n");
        assertThat(message(type, record("Name", "x")).getMessage().getBody(String.class))
                .isEqualTo("Name\nx\n");
    }

    public record Bean(String name) {}

    @Test
    void jsonIsAnArrayOrLinesAsTheContentTypeSays() throws Exception {
        var rows = List.of(record("Name", "x"), record("Name", "y"));
        String x = "{\"attributes\":{\"type\":\"Account\"},\"Name\":\"x\"}";
        String y = x.replace("\"x\"", "\"y\"");
        assertThat(csv(message("application/json", rows.iterator()))).isEqualTo("[" + x + "," + y + "]");
        assertThat(csv(message("application/json", rows))).isEqualTo("[" + x + "," + y + "]");
        assertThat(csv(message("application/x-ndjson", rows))).isEqualTo(x + "\n" + y + "\n");
        assertThat(csv(message(null, rows.iterator()))).isEqualTo(x + "\n" + y + "\n");
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:none")
                        .to("sftoolkit:query:Account?fields=Id&outputType=STREAM")
                        .setHeader(Exchange.CONTENT_TYPE, constant("application/json"))
                        .to("file:" + dir + "?fileName=none.json");
            }
        });
        assertThat(send("direct:none", null).getException()).isNull();
        assertThat(dir.resolve("none.json")).hasContent("[]");
    }

    @Test
    void whatIsNoRecordIsRefusedAndKeepsItsOwnText() {
        Exchange texts = message("text/csv", List.of("a", "b").iterator());
        assertThat(catchThrowable(() -> csv(texts)))
                .isInstanceOf(InvalidBodyException.class)
                .hasMessageContaining("java.lang.String");
        assertThat(message("text/csv", Map.of("a", 1)).getMessage().getBody(String.class))
                .isEqualTo("{a=1}");
        assertThat(catchThrowable(() -> csv(message(null, Map.of("a", 1)))))
                .hasCauseInstanceOf(NoTypeConversionAvailableException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ISO-8859-1", "UTF-16"})
    void theCharsetIsTheExchanges(String charset) throws Exception {
        Exchange out = message("text/csv", List.of(record("Name", "Ä"), record("Name", "Ö")));
        out.setProperty(Exchange.CHARSET_NAME, charset);
        assertThat(out.getMessage().getBody(byte[].class)).isEqualTo("Name\nÄ\nÖ\n".getBytes(Charset.forName(charset)));
    }

    @Test
    void aCharacterThatTheCharsetLacksIsRefused() {
        Exchange out = message("text/csv; charset=ISO-8859-1", List.of(record("Name", "€")));
        assertThat(catchThrowable(() -> csv(out)))
                .isInstanceOf(InvalidBodyException.class)
                .hasMessageContaining("U+20AC")
                .hasMessageContaining("ISO-8859-1");
    }

    private Path route(String query, String headers) throws Exception {
        Path out = Files.createTempDirectory(dir, "out");
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:" + out.getFileName())
                        .to(query)
                        .setHeader(Exchange.CONTENT_TYPE, constant("text/csv"))
                        .process(exchange -> exchange.getMessage().setHeader(SfToolkitConstants.COLUMNS, headers))
                        .to("file:" + out + "?fileName=rows.csv");
            }
        });
        return out;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sftoolkit:query:Account?fields=Phone,Name,Owner.Username&orderBy=Name",
                "sftoolkit:query:Account?fields=Phone,Name,Owner.Username&orderBy=Name&outputType=STREAM",
                "sftoolkit:bulkQuery:Account?fields=Phone,Name,Owner.Username&orderBy=Name"
            })
    void aFileOfAQueryHasTheColumnsOfTheQueryAlsoIfThereAreNoRows(String query) throws Exception {
        Path none = route(query, null);
        assertThat(send("direct:" + none.getFileName(), null).getException()).isNull();
        assertThat(none.resolve("rows.csv")).hasContent("Phone,Name,Owner.Username\n");
        for (int i = 0; i < 7; i++) {
            emulator.org().insert("Account", Map.of("Name", "A" + i));
        }
        Path all = route(query, null);
        assertThat(send("direct:" + all.getFileName(), null).getException()).isNull();
        List<String> lines = Files.readAllLines(all.resolve("rows.csv"));
        assertThat(lines).hasSize(8);
        assertThat(lines.get(0)).isEqualTo("Phone,Name,Owner.Username");
        assertThat(lines.get(7)).matches(",A6,.+@.+");
        Path chosen = route(query, "Name");
        assertThat(send("direct:" + chosen.getFileName(), null).getException()).isNull();
        assertThat(Files.readAllLines(chosen.resolve("rows.csv"))).startsWith("Name", "A0", "A1");
    }

    /** Rows that tell whether they were closed. */
    private static final class Rows implements Iterator<Object>, Closeable {
        private final Iterator<?> rows;
        private final AtomicInteger closed = new AtomicInteger();

        Rows(Object... rows) {
            this.rows = Arrays.asList(rows).iterator();
        }

        @Override
        public boolean hasNext() {
            return rows.hasNext();
        }

        @Override
        public Object next() {
            return rows.next();
        }

        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anIteratorOfTheRouteIsClosedWhateverHappensAndReadOnce(boolean broken) throws Exception {
        Rows rows = new Rows(record("Name", "x"), broken ? "no record" : record("Name", "y"));
        Exchange done = send("file:" + dir + "?fileName=rows.ndjson", rows);
        assertThat(done.getException() != null).isEqualTo(broken);
        assertThat(rows.closed).hasValueGreaterThan(0);
        Exchange again = send("file:" + dir + "?fileName=again.ndjson", rows);
        assertThat(again.getException()).hasRootCauseInstanceOf(ConsumedBodyException.class);
    }
}
