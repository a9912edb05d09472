package org.sftoolkit.emulator.api;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sftoolkit.emulator.events.EventBus;
import org.sftoolkit.emulator.org.ObjectSchema;
import org.sftoolkit.emulator.org.Org;
import org.sftoolkit.emulator.org.PublishedEvent;

/** Schemas of events, and what a publisher is answered (Platform Events Developer Guide: "REST API Resources"). */
final class EventApi {

    private final Org org;
    private final EventBus bus;

    EventApi(Org org, EventBus bus) {
        this.org = org;
        this.bus = bus;
    }

    /** {@code GET event/eventSchema/{schemaId}}. */
    Answer schema(ApiCall call) {
        return answer(call, call.param("schemaId"));
    }

    /** {@code GET sobjects/{event}/eventSchema}. */
    Answer schemaOf(ApiCall call) {
        ObjectSchema event = org.schema()
                .object(call.param("object"))
                .filter(ObjectSchema::isPlatformEvent)
                .orElseThrow(ApiException::notFound);
        return answer(call, bus.channel("/event/" + event.name()).orElseThrow().schemaId());
    }

    private Answer answer(ApiCall call, String schemaId) {
        if (call.queryParam("payloadFormat")
                .filter("EXPANDED"::equalsIgnoreCase)
                .isPresent()) {
            throw new ApiException(
                    501, "NOT_IMPLEMENTED", "The emulator does not support the payloadFormat EXPANDED; use COMPACT");
        }
        return bus.schema(schemaId)
                .map(json -> Answer.ok(withUuid(json, schemaId)))
                .orElseThrow(ApiException::notFound);
    }

    private static Map<String, Object> withUuid(String schema, String schemaId) {
        Map<String, Object> json = new LinkedHashMap<>(Json.object(schema.getBytes(StandardCharsets.UTF_8)));
        json.put("uuid", schemaId);
        return json;
    }

    /** What an event's publisher finds among the errors, although there is no error. */
    static List<Object> enqueued(String id) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("statusCode", "OPERATION_ENQUEUED");
        json.put("message", PublishedEvent.uuidOf(id));
        json.put("fields", List.of());
        return List.of(json);
    }
}
