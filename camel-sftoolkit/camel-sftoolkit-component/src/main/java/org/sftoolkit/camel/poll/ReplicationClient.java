package org.sftoolkit.camel.poll;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.vertx.core.Future;
import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.client.ApiJson;
import org.sftoolkit.camel.client.Paths;
import org.sftoolkit.camel.model.WireText;
import org.sftoolkit.camel.transport.Request;
import org.sftoolkit.camel.transport.Transport;

/**
 * Which records changed and which were deleted in a span of time. Salesforce leaves out the seconds of the bounds and wants more
 * than a minute between them.
 *
 * @see <a href="https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_getupdated.htm">REST API
 *      Developer Guide: sObject Get Updated</a>
 * @see <a href="https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_getdeleted.htm">REST API
 *      Developer Guide: sObject Get Deleted</a>
 */
public final class ReplicationClient {

    private final Transport transport;

    public ReplicationClient(Transport transport) {
        this.transport = transport;
    }

    /** Ids of records that were created or changed. */
    public Future<Replicated> updated(String type, Instant start, Instant end) {
        return ask(type, "updated", start, end);
    }

    /** Ids of records that were deleted. */
    public Future<Replicated> deleted(String type, Instant start, Instant end) {
        return ask(type, "deleted", start, end);
    }

    private Future<Replicated> ask(String type, String what, Instant start, Instant end) {
        Request request = Request.get("/sobjects/" + Paths.segment(type) + '/' + what + "?start="
                + Paths.query(start.toString()) + "&end=" + Paths.query(end.toString()));
        return transport
                .send(request)
                .map(answer -> ApiJson.read(
                        request, answer, json -> read(json, what.equals("updated") ? "ids" : "deletedRecords")));
    }

    private static Replicated read(JsonParser json, String list) throws IOException {
        boolean listed = false;
        var records = new TreeMap<String, @Nullable Instant>();
        Instant earliest = null;
        Instant covered = null;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            listed |= name.equals(list) && value == JsonToken.START_ARRAY;
            switch (name) {
                case "ids" -> {
                    while (json.nextToken() != JsonToken.END_ARRAY) {
                        records.put(json.getText(), null);
                    }
                }
                case "deletedRecords" -> {
                    while (json.nextToken() != JsonToken.END_ARRAY) {
                        deletion(json, records);
                    }
                }
                case "earliestDateAvailable" -> earliest = instant(json);
                case "latestDateCovered" -> covered = instant(json);
                default -> json.skipChildren();
            }
        }
        if (covered == null || !listed) {
            throw new IOException("the answer has no latestDateCovered or no " + list);
        }
        return new Replicated(records, earliest, covered);
    }

    private static void deletion(JsonParser json, TreeMap<String, @Nullable Instant> records) throws IOException {
        String id = null;
        Instant at = null;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "id" -> id = json.getText();
                case "deletedDate" -> at = instant(json);
                default -> json.skipChildren();
            }
        }
        if (id == null || at == null) {
            throw new IOException("a deletion has no id or no deletedDate");
        }
        records.merge(id, at, (one, other) -> one.isAfter(other) ? one : other);
    }

    private static Instant instant(JsonParser json) throws IOException {
        if (WireText.revive(json.getText()) instanceof OffsetDateTime at) {
            return at.toInstant();
        }
        throw new IOException("'" + json.getText() + "' is not a date and time");
    }
}
