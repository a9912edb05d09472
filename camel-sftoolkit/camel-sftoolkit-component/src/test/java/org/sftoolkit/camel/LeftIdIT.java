package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sftoolkit.camel.model.JobInfo;
import org.sftoolkit.camel.model.SObject;
import org.sftoolkit.camel.model.SaveResult;

/** Each operation behind each other one: whose Id does it take, the one that the step before left or that of the body? */
class LeftIdIT extends RouteTestSupport {

    private String left;
    private String other;

    /** Steps that leave the account {@link #left} behind, as a body, and most of them in the header as well. */
    enum Before {
        FETCH,
        SAVE,
        SAVE_LIST,
        QUERY_LIST,
        QUERY_ONE,
        QUERY_STREAM,
        SEARCH,
        POLL;

        boolean setsHeader() {
            return this == FETCH || this == SAVE || this == POLL;
        }
    }

    @BeforeEach
    void twoAccounts() {
        left = emulator.org().insert("Account", Map.of("Name", "Left one"));
        other = emulator.org().insert("Account", Map.of("Name", "Other"));
    }

    private Exchange after(Before before) {
        String where = "fields=Id,Name&where=RAW(Name='Left one')";
        return switch (before) {
            case FETCH -> succeeded(send("sftoolkit:fetch:Account?fields=Id,Name", left));
            case SAVE -> succeeded(send("sftoolkit:save:Account", record(left)));
            case SAVE_LIST -> succeeded(send("sftoolkit:save:Account", new ArrayList<>(List.of(record(left)))));
            case QUERY_LIST -> succeeded(send("sftoolkit:query:Account?" + where, null));
            case QUERY_ONE -> succeeded(send("sftoolkit:query:Account?outputType=ONE&" + where, null));
            case QUERY_STREAM -> succeeded(send("sftoolkit:query:Account?outputType=STREAM&" + where, null));
            case SEARCH -> succeeded(send("sftoolkit:search:Account?q=Left&fields=Id,Name", null));
            case POLL -> polled(where);
        };
    }

    private Exchange polled(String where) {
        try (var consumer = context.createConsumerTemplate()) {
            Exchange exchange =
                    consumer.receive("sftoolkit:query:Account?delay=100&initialDelay=1&settleDelay=0&" + where, 20_000);
            assertThat(exchange).isNotNull();
            return exchange;
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Map<String, Object> record(String id) {
        return new LinkedHashMap<>(Map.of("Id", id, "Phone", "1"));
    }

    private static Exchange succeeded(Exchange exchange) {
        assertThat(exchange.getException()).isNull();
        return exchange;
    }

    private Exchange then(Exchange exchange, String uri) {
        Exchange next = new DefaultExchange(exchange);
        next.getProperties().putAll(exchange.getProperties());
        next.getMessage().setHeaders(new LinkedHashMap<>(exchange.getMessage().getHeaders()));
        next.getMessage().setBody(exchange.getMessage().getBody());
        return template.send(uri, next);
    }

    private Exchange then(Before before, Consumer<Message> change, String uri) {
        Exchange exchange = after(before);
        change.accept(exchange.getMessage());
        return then(exchange, uri);
    }

    private boolean exists(String id) {
        return emulator.org().find("Account", id).isPresent();
    }

    private static Map<String, Function<String, Object>> bodiesThatName() {
        Map<String, Function<String, Object>> bodies = new LinkedHashMap<>();
        bodies.put("text", id -> id);
        bodies.put("list of text", List::of);
        bodies.put("array", id -> new String[] {id});
        bodies.put("record", LeftIdIT::record);
        bodies.put("list of records", id -> List.of(record(id)));
        bodies.put("JSON", id -> "[{\"Id\":\"" + id + "\"}]");
        bodies.put("JSON bytes", id -> ("{\"Id\":\"" + id + "\"}").getBytes(StandardCharsets.UTF_8));
        bodies.put(
                "JSON stream", id -> new ByteArrayInputStream(("[\"" + id + "\"]").getBytes(StandardCharsets.UTF_8)));
        bodies.put("result", id -> SaveResult.written(0, id, false, null));
        return bodies;
    }

    @ParameterizedTest
    @EnumSource(Before.class)
    void aBodyThatNamesAnotherRecordCounts(Before before) {
        Exchange exchange = after(before);
        bodiesThatName().forEach((form, body) -> {
            String another = emulator.org().insert("Account", Map.of("Name", "Another"));
            exchange.getMessage().setBody(body.apply(another));
            Exchange read = succeeded(then(exchange, "sftoolkit:fetch:Account?fields=Name"));
            assertThat(read.getMessage().getBody()).as(form).asString().contains("Another");
            exchange.getMessage().setBody(body.apply(another));
            succeeded(then(exchange, "sftoolkit:delete:Account"));
            assertThat(exists(another)).as(form).isFalse();
            assertThat(exists(left)).as(form).isTrue();
        });
    }

    // the rows of a stream end with the exchange that brought them, and here each step has one of its own
    @ParameterizedTest
    @EnumSource(value = Before.class, names = "QUERY_STREAM", mode = EnumSource.Mode.EXCLUDE)
    void whatAStepLeavesIsReloaded(Before before) {
        Exchange exchange = after(before);
        emulator.org().update("Account", left, Map.of("Name", "Changed"));
        Exchange reloaded = then(exchange, "sftoolkit:reload:Account?fields=Id,Name");
        assertThat(reloaded.getException()).isNull();
        assertThat(reloaded.getMessage().getBody()).asString().contains("Changed");
    }

    @ParameterizedTest
    @EnumSource(value = Before.class, names = "QUERY_STREAM", mode = EnumSource.Mode.EXCLUDE)
    void whatAStepLeavesIsFetchedAndDeleted(Before before) {
        Exchange read = then(before, message -> {}, "sftoolkit:fetch:Account?fields=Name");
        assertThat(read.getException()).isNull();
        assertThat(read.getMessage().getBody()).asString().contains("Left one");
        Exchange gone = then(before, message -> {}, "sftoolkit:delete:Account");
        assertThat(gone.getException()).isNull();
        assertThat(exists(left)).isFalse();
        assertThat(exists(other)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Before.class)
    void anEmptyListNamesNothing(Before before) {
        Exchange gone = then(before, message -> message.setBody(List.of()), "sftoolkit:delete:Account");
        assertThat(gone.getException()).isNull();
        assertThat(emulator.org().count("Account")).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(Before.class)
    void invalidIdDeletesNothing(Before before) {
        assertThat(then(before, message -> message.setBody("ACME-17"), "sftoolkit:delete:Account")
                        .getException())
                .isNotNull();
        assertThat(emulator.org().count("Account")).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(Before.class)
    void aRecordWithoutIdDeletesNothing(Before before) {
        assertThat(then(before, message -> message.setBody(Map.of("Name", "x")), "sftoolkit:delete:Account")
                        .getException())
                .hasMessageContaining("no Id to delete");
        assertThat(emulator.org().count("Account")).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(Before.class)
    void theIdOfTheStepBeforeStandsInForNoBody(Before before) {
        Exchange read = then(before, message -> message.setBody(null), "sftoolkit:fetch:Account?fields=Name");
        if (before.setsHeader()) {
            assertThat(read.getMessage().getBody(SObject.class)).containsEntry("Name", "Left one");
        } else {
            assertThat(read.getException()).isNotNull();
        }
    }

    @ParameterizedTest
    @EnumSource(Before.class)
    void headerSetByTheRouteIsAlwaysUsed(Before before) {
        Exchange gone =
                then(before, message -> message.setHeader("CamelSfToolkitId", other), "sftoolkit:delete:Account");
        assertThat(gone.getException()).isNull();
        assertThat(exists(other)).isFalse();
        assertThat(exists(left)).isTrue();
    }

    @Test
    void anIdIsOutdatedOnceAnotherStepHasMadeTheBody() {
        for (String uri : List.of(
                "sftoolkit:query:Account?outputType=ONE&where=RAW(Name='Nobody')",
                "sftoolkit:fetch:Account?notFound=NULL",
                "sftoolkit:limits:Account")) {
            Exchange exchange = after(Before.FETCH);
            exchange.getMessage().setBody("001000000000009AAA");
            Exchange second = succeeded(then(exchange, uri));
            second.getMessage().setBody(null);
            assertThat(then(second, "sftoolkit:delete:Account").getException()).isNotNull();
            assertThat(second.getMessage().getHeader("CamelSfToolkitId"))
                    .as("the route may still read it")
                    .isEqualTo(left);
        }
        assertThat(emulator.org().count("Account")).isEqualTo(2);
    }

    @Test
    void aFileIsUploadedBesideTheRecordBefore() {
        String parent = left;
        String old = emulator.org().insert("Attachment", Map.of("Name", "a.txt", "ParentId", parent, "Body", "b2xk"));
        Exchange fetched = succeeded(send("sftoolkit:fetch:Attachment?fields=Id,Name", old));
        fetched.getMessage().setBody("new");
        fetched.getMessage().setHeader("CamelSfToolkitRecord", Map.of("ParentId", parent, "Name", "b.txt"));
        Exchange uploaded = succeeded(then(fetched, "sftoolkit:upload:Attachment"));
        assertThat(uploaded.getMessage().getBody(SaveResult.class).created()).isTrue();
        assertThat(emulator.org().count("Attachment")).isEqualTo(2);
    }

    @Test
    void aDownloadedFileMayBeDeleted() {
        String file = emulator.org().insert("Attachment", Map.of("Name", "a.txt", "ParentId", left, "Body", "b2xk"));
        for (String output : List.of("STREAM", "FILE", "BYTES")) {
            Exchange downloaded = succeeded(send("sftoolkit:download:Attachment?outputType=" + output, file));
            Exchange read = succeeded(then(downloaded, "sftoolkit:fetch:Attachment?fields=Name"));
            assertThat(read.getMessage().getBody(SObject.class)).containsEntry("Name", "a.txt");
        }
        succeeded(then(succeeded(send("sftoolkit:download:Attachment", file)), "sftoolkit:delete:Attachment"));
        assertThat(emulator.org().count("Attachment")).isZero();
    }

    @Test
    void jobsOfTheBodyCountBeforeThoseThatAStepLeft() {
        String first = job();
        Exchange exchange = succeeded(send("sftoolkit:bulk:Account", List.of(Map.of("Name", "c"))));
        String second = exchange.getMessage().getHeader("CamelSfToolkitJobId", String.class);
        assertThat(info(exchange)).isEqualTo(second);
        for (Object body : List.of(first, List.of(first))) {
            exchange.getMessage().setBody(body);
            assertThat(info(exchange)).isEqualTo(first);
        }
        exchange.getMessage().setBody("nothing of the kind");
        assertThat(info(exchange)).isEqualTo(second);
        exchange.getMessage().setBody(second);
        exchange.getMessage().setHeader("CamelSfToolkitJobId", first);
        assertThat(info(exchange)).as("what the route sets always counts").isEqualTo(first);
    }

    private String job() {
        return succeeded(send("sftoolkit:bulk:Account", List.of(Map.of("Name", "b"))))
                .getMessage()
                .getHeader("CamelSfToolkitJobId", String.class);
    }

    private String info(Exchange exchange) {
        return succeeded(then(exchange, "sftoolkit:bulkJob?action=info"))
                .getMessage()
                .getBody(JobInfo.class)
                .id();
    }
}
