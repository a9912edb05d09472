package org.sftoolkit.camel.poll;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sftoolkit.camel.client.DescribeCache;
import org.sftoolkit.camel.client.SalesforceClient;
import org.sftoolkit.camel.model.SObject;
import org.sftoolkit.camel.transport.Request;
import org.sftoolkit.camel.transport.Response;

/** What a consumer of changes asks the org for. */
class ReplicationReaderTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final String COVERED = "\"latestDateCovered\":\"2026-03-01T12:01:00.000+0000\"";

    private final List<String> asked = new ArrayList<>();
    private final ReplicationReader reader = new ReplicationReader(
            new SalesforceClient(this::answer, new DescribeCache()),
            () -> Future.succeededFuture(NOON),
            PolledQuery.of("Account", List.of("Name"), false));

    private Future<Response> answer(Request request) {
        asked.add(request.path());
        String json;
        if (request.path().endsWith("/describe")) {
            json = "{\"name\":\"Account\",\"fields\":[{\"name\":\"Id\",\"type\":\"id\"},"
                    + "{\"name\":\"SystemModstamp\",\"type\":\"datetime\"}]}";
        } else if (request.path().contains("/updated")) {
            json = "{\"ids\":[\"001A\"]," + COVERED + "}";
        } else if (request.path().contains("/deleted")) {
            json = "{\"deletedRecords\":[{\"id\":\"001B\",\"deletedDate\":\"2026-03-01T12:00:09.000+0000\"}]," + COVERED
                    + "}";
        } else {
            json = "[{\"attributes\":{\"type\":\"Account\"},\"Id\":\"001A\",\"Name\":\"Acme\"},null]";
        }
        var headers = MultiMap.caseInsensitiveMultiMap().add("Content-Type", "application/json");
        if (request.sink() == null) {
            return Future.succeededFuture(new Response(200, headers, Buffer.buffer(json)));
        }
        return request.sink()
                .open(200, headers)
                .end(Buffer.buffer(json))
                .map(new Response(200, headers, Buffer.buffer()));
    }

    @Test
    void changesAndDeletionsAreThoseOfTheObject() {
        assertThat(reader.now().result()).isEqualTo(NOON);
        assertThat(reader.updated(NOON, NOON.plusSeconds(60)).result().records())
                .containsOnlyKeys("001A");
        assertThat(reader.deleted(NOON, NOON.plusSeconds(60)).result().records())
                .containsExactly(Map.entry("001B", NOON.plusSeconds(9)));
        assertThat(asked)
                .satisfiesExactly(
                        path -> assertThat(path).startsWith("/sobjects/Account/updated?"),
                        path -> assertThat(path).startsWith("/sobjects/Account/deleted?"));
    }

    @Test
    void aRecordThatIsGoneIsNullAmongThoseThatAreRead() {
        List<SObject> records = reader.records(List.of("001A", "001B")).result();
        assertThat(records).hasSize(2);
        assertThat(records.get(0)).containsEntry("Name", "Acme");
        assertThat(records.get(1)).isNull();
    }

    @Test
    void aDeletedRecordHasItsIdAndThatItIsDeleted() {
        SObject deleted = reader.deleted("001B");
        assertThat(deleted.type()).isEqualTo("Account");
        assertThat(deleted).containsOnly(Map.entry("Id", "001B"), Map.entry("IsDeleted", true));
    }

    @Test
    void aRecordIsAsOldAsItsWatermark() {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("SystemModstamp", NOON.atOffset(ZoneOffset.UTC));
        assertThat(reader.stamp(SObject.read("Account", fields))).isEqualTo(NOON);
    }
}
