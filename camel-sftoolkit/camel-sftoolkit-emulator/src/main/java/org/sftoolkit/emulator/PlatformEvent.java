package org.sftoolkit.emulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.sftoolkit.emulator.org.JsonTree;
import org.sftoolkit.emulator.org.ObjectSchema;
import org.sftoolkit.emulator.org.Schema;

/**
 * A type of platform event, for {@link EmulatorBuilder#platformEvent(PlatformEvent)}: the fields that all have and those given.
 * Immutable.
 *
 * <pre>{@code
 * PlatformEvent.named("Order_Placed__e").with(CustomField.text("Order_Number__c", 30).required())
 * }</pre>
 */
public final class PlatformEvent {

    private static final int MOST = 100;

    private final ObjectNode json;

    private PlatformEvent(ObjectNode json) {
        this.json = json;
    }

    /** @param name API name, such as {@code Order_Placed__e} */
    public static PlatformEvent named(String name) {
        if (!name.endsWith("__e")) {
            throw new IllegalArgumentException("the name of a platform event must end in __e, not " + name);
        }
        String label = name.replaceFirst("__e$", "").replace('_', ' ');
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("name", name).put("label", label).put("labelPlural", label);
        json.put("custom", false).put("createable", true).put("layoutable", false);
        for (String inability :
                List.of("updateable", "deletable", "undeletable", "queryable", "retrieveable", "replicateable")) {
            json.put(inability, false);
        }
        json.put("searchable", false);
        ArrayNode fields = json.putArray("fields");
        fields.add(readOnly(CustomField.text("ReplayId", 255)));
        fields.add(readOnly(CustomField.text("EventUuid", 36)));
        fields.add(readOnly(CustomField.dateTime("CreatedDate")));
        fields.add(readOnly(CustomField.lookup("CreatedById", "User")).put("relationshipName", "CreatedBy"));
        return new PlatformEvent(json);
    }

    /**
     * The type that a describe result tells of. Of a shorter one, {@code {"name": "Order_Placed__e", "fields": [...]}}, the fields
     * are enough that are one's own.
     */
    public static PlatformEvent of(String describeJson) {
        JsonNode given;
        try {
            given = JsonTree.read(describeJson);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("unreadable JSON of a platform event: " + e.getOriginalMessage(), e);
        }
        PlatformEvent event = named(given.path("name").asText());
        ObjectNode json = event.json;
        given.properties().forEach(property -> {
            if (!property.getKey().equals("fields")) {
                json.set(property.getKey(), property.getValue());
            }
        });
        for (JsonNode field : given.path("fields")) {
            if (field.path("name").asText().endsWith("__c")) {
                ObjectNode copy = field.deepCopy();
                copy.put("createable", true);
                json.withArray("fields").add(copy);
            }
        }
        return event;
    }

    /** The type with these fields too. */
    public PlatformEvent with(CustomField... fields) {
        ObjectNode copy = json.deepCopy();
        Arrays.stream(fields).forEach(field -> copy.withArray("fields").add(field.json()));
        return new PlatformEvent(copy);
    }

    private static ObjectNode readOnly(CustomField field) {
        return field.json().put("createable", false).put("updateable", false).put("defaultedOnCreate", true);
    }

    /** The schema with this type, whose ids begin with {@code e01} or the next that is free unless it names that itself. */
    Schema addedTo(Schema schema) {
        ObjectNode copy = json.deepCopy();
        if (!copy.path("keyPrefix").isTextual()) {
            String name = copy.path("name").asText();
            copy.put(
                    "keyPrefix",
                    schema.object(name).map(ObjectSchema::keyPrefix).orElseGet(() -> freePrefix(schema)));
        }
        return schema.withObject(copy);
    }

    private static String freePrefix(Schema schema) {
        return IntStream.range(1, MOST)
                .mapToObj("e%02d"::formatted)
                .filter(prefix -> schema.objects().stream().noneMatch(object -> prefix.equals(object.keyPrefix())))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("more platform events than the emulator has ids for"));
    }
}
