package org.sftoolkit.camel.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sftoolkit.camel.client.DescribeCache;
import org.sftoolkit.camel.client.SalesforceClient;
import org.sftoolkit.camel.model.SObject;
import org.sftoolkit.camel.soql.PolledStatement;
import org.sftoolkit.camel.transport.Request;
import org.sftoolkit.camel.transport.Response;

/** The statements of a polled query, and the rows that they give. */
class QueryReaderTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Span ALL = new Span(null, NOON, null);
    private static final String[][] FIELDS = {
        {"Id", "id"},
        {"Name", "string"},
        {"Place__c", "location"},
        {"Where__c", "address"},
        {"File__c", "base64"},
        {"CreatedDate", "datetime"},
        {"SystemModstamp", "datetime"},
        {"IsDeleted", "boolean"},
        {"Day__c", "date"},
    };

    private final List<String> asked = new ArrayList<>();
    private final SalesforceClient client = new SalesforceClient(this::answer, new DescribeCache());
    private int rows = 1;

    private Future<Response> answer(Request request) {
        String json;
        if (request.path().endsWith("/describe")) {
            var fields = new ArrayList<String>();
            for (String[] field : FIELDS) {
                fields.add("{\"name\":\"" + field[0] + "\",\"type\":\"" + field[1] + "\"}");
            }
            json = "{\"name\":\"Account\",\"fields\":[" + String.join(",", fields) + "]}";
        } else {
            String query = request.path().substring(request.path().indexOf("q=") + 2);
            asked.add(URLDecoder.decode(query, StandardCharsets.UTF_8));
            var records = new ArrayList<String>();
            for (int i = 0; i < rows; i++) {
                records.add("{\"attributes\":{\"type\":\"Account\"},\"Id\":\"00100000000000" + i
                        + "AAA\",\"SystemModstamp\":\"2026-03-01T11:0" + i + ":00.000+0000\"}");
            }
            json = "{\"totalSize\":" + rows + ",\"done\":true,\"records\":[" + String.join(",", records) + "]}";
        }
        var headers = MultiMap.caseInsensitiveMultiMap().add("Content-Type", "application/json");
        if (request.sink() == null) {
            return Future.succeededFuture(new Response(200, headers, Buffer.buffer(json)));
        }
        var sink = request.sink().open(200, headers);
        return sink.end(Buffer.buffer(json)).map(new Response(200, headers, Buffer.buffer()));
    }

    private QueryReader reader(PolledQuery query) {
        return new QueryReader(client, () -> Future.succeededFuture(NOON), query);
    }

    private static PolledQuery query(List<String> fields, String where, boolean includeDeleted) {
        return new PolledQuery("Account", fields, where, null, "SystemModstamp", includeDeleted, 0);
    }

    private String statement(PolledQuery query, Span span) {
        assertThat(reader(query).open(span).next().result()).hasSize(1);
        return asked.get(asked.size() - 1);
    }

    @Test
    void aSpanIsAskedForByItsBounds() {
        var query = query(List.of("Id", "SystemModstamp", "CreatedDate"), null, false);
        String select = "SELECT Id,SystemModstamp,CreatedDate FROM Account WHERE ";
        String rest = "SystemModstamp < 2026-03-01T12:00:00.000Z ORDER BY SystemModstamp, Id";
        assertThat(statement(query, ALL)).isEqualTo(select + rest);
        assertThat(statement(query, new Span(NOON.minusSeconds(60), NOON, null)))
                .isEqualTo(select + "SystemModstamp >= 2026-03-01T11:59:00.000Z AND " + rest);
        assertThat(statement(query, new Span(null, NOON, new Position(NOON.minusSeconds(1), "001x"))))
                .isEqualTo(select + "(SystemModstamp > 2026-03-01T11:59:59.000Z OR (SystemModstamp ="
                        + " 2026-03-01T11:59:59.000Z AND Id > '001x')) AND " + rest);
    }

    @Test
    void aConditionStaysTogether() {
        var fields = List.of("Id", "SystemModstamp", "CreatedDate");
        assertThat(statement(query(fields, "Name = 'a' OR Name = 'b'", false), ALL))
                .contains("WHERE (Name = 'a' OR Name = 'b') AND SystemModstamp <");
        assertThat(statement(query(fields, " ", false), ALL)).contains("WHERE SystemModstamp <");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|false|Id,Name,Place__c,Where__c,CreatedDate,SystemModstamp,IsDeleted,Day__c",
                "Name|false|Name,Id,SystemModstamp,CreatedDate",
                "Name|true|Name,Id,SystemModstamp,CreatedDate,IsDeleted",
                "id,systemmodstamp,createddate|false|id,systemmodstamp,createddate",
            })
    void whatAConsumerNeedsIsSelectedToo(String fields, boolean includeDeleted, String selected) {
        List<String> given = fields.isEmpty() ? List.of() : List.of(fields.split(","));
        assertThat(statement(query(given, null, includeDeleted), ALL)).startsWith("SELECT " + selected + " FROM");
    }

    @ParameterizedTest
    @CsvSource({
        "Other__c, has no such field",
        "Day__c, is a date: use a field with date and time",
    })
    void aWatermarkFieldThatCannotBeOneIsRefused(String field, String reason) {
        var query = new PolledQuery("Account", List.of(), null, null, field, false, 0);
        assertThat(reader(query).open(ALL).next().cause())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("watermarkField=" + field)
                .hasMessageContaining(reason);
    }

    @Test
    void pagesAreReadOneAfterAnother() {
        SpanReader.Rows open = reader(query(List.of("Id"), null, false)).open(ALL);
        assertThat(open.next().result()).hasSize(1);
        assertThat(open.next().result()).isNull();
        assertThat(asked).hasSize(1);
    }

    @Test
    void rowsOfAStatementOfOnesOwnBeginWhereTheSpanBegins() {
        rows = 3;
        var soql = new PolledStatement(
                "SELECT Id, SystemModstamp FROM Account WHERE SystemModstamp >= :watermark", "SystemModstamp");
        var query = new PolledQuery("Account", List.of(), null, soql, "SystemModstamp", false, 0);
        Instant second = Instant.parse("2026-03-01T11:01:00Z");
        for (Span span : List.of(new Span(second, NOON, null), new Span(null, NOON, new Position(second, "x")))) {
            SpanReader.Rows open = reader(query).open(span);
            assertThat(open.next().result())
                    .extracting(row -> row.get("Id"))
                    .containsExactly("001000000000001AAA", "001000000000002AAA");
            assertThat(open.next().result()).isNull();
        }
        assertThat(asked).allMatch(text -> text.contains("SystemModstamp >= 2026-03-01T11:00:59.000Z"));
        var all = new PolledStatement("SELECT Id, SystemModstamp FROM Account", "SystemModstamp");
        assertThat(reader(new PolledQuery("Account", List.of(), null, all, "SystemModstamp", false, 0))
                        .open(ALL)
                        .next()
                        .result())
                .hasSize(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "-|false|' WHERE SystemModstamp < 2026-03-01T12:00:00.000Z'",
                "' '|false|' WHERE SystemModstamp < 2026-03-01T12:00:00.000Z'",
                "Name = 'a'|false|' WHERE (Name = ''a'') AND SystemModstamp < 2026-03-01T12:00:00.000Z'",
                "Name = 'a'|true|' WHERE (Name = ''a'')'",
                "-|true|''",
            })
    void anExtractLeavesOutWhatBulkCannotSelect(String where, boolean all, String condition) {
        assertThat(reader(query(List.of(), where, false))
                        .extract(null, NOON, all)
                        .result())
                .isEqualTo("SELECT Id,Name,CreatedDate,SystemModstamp,IsDeleted,Day__c FROM Account" + condition);
        assertThat(reader(query(List.of("Id", "Owner.Name", "SystemModstamp", "CreatedDate"), null, false))
                        .extract(null, NOON, true)
                        .result())
                .isEqualTo("SELECT Id,Owner.Name,SystemModstamp,CreatedDate FROM Account");
    }

    @Test
    void aStampIsTheTimeOfTheWatermarkField() {
        QueryReader reader = reader(query(List.of(), null, false));
        assertThat(reader.now().result()).isEqualTo(NOON);
        SObject row =
                SObject.read("Account", new LinkedHashMap<>(Map.of("systemmodstamp", NOON.atOffset(ZoneOffset.UTC))));
        assertThat(reader.stamp(row)).isEqualTo(NOON);
        assertThatThrownBy(() -> reader.stamp(SObject.read("Account", new LinkedHashMap<>(Map.of("Id", "x")))))
                .hasMessage(
                        "watermarkField=SystemModstamp has no date and time in a row: use a field that always has one");
    }

    @Test
    void anExtractByAStatementOfOnesOwnHasTheBoundsThatItAsksFor() {
        var soql = new PolledStatement("SELECT Id FROM Account WHERE LastModifiedDate < :until", "LastModifiedDate");
        var query = new PolledQuery("Account", List.of(), null, soql, "LastModifiedDate", false, 0);
        assertThat(reader(query).extract(null, NOON, true).result())
                .isEqualTo("SELECT LastModifiedDate, Id FROM Account WHERE LastModifiedDate < 2026-03-01T12:00:00.000Z"
                        + " ORDER BY LastModifiedDate, Id");
    }
}
