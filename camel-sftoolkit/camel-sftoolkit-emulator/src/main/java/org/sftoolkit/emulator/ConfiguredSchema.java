package org.sftoolkit.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.sftoolkit.emulator.org.Schema;

/** Custom objects and fields as a config tells them: {@code objects} and {@code fields}. */
final class ConfiguredSchema {

    private final ConfigReader reader;

    ConfiguredSchema(ConfigReader reader) {
        this.reader = reader;
    }

    /** The schema with what the JSON adds: a describe result, or {@code objects} and {@code fields}. */
    static Schema extended(Schema schema, JsonNode additions) {
        if (additions.path("fields").isArray() || additions.path("result").isObject()) {
            return additions.path("name").asText().endsWith("__e")
                    ? PlatformEvent.of(additions.toString()).addedTo(schema)
                    : schema.withObject(additions.toString());
        }
        ConfiguredSchema config = new ConfiguredSchema(new ConfigReader(""));
        AtomicReference<Schema> extended = new AtomicReference<>(schema);
        config.reader.each("", additions, (name, value) -> {
            switch (name) {
                case "objects" -> extended.set(config.withObjects(extended.get(), name, value));
                case "fields" -> extended.set(config.withFields(extended.get(), name, value));
                default -> throw config.reader.unknown(name, List.of("objects", "fields"));
            }
        });
        return extended.get();
    }

    Schema withObjects(Schema schema, String place, JsonNode objects) {
        AtomicReference<Schema> extended = new AtomicReference<>(schema);
        reader.list(place, objects, (at, object) -> {
            reader.only(at, object, "name", "keyPrefix", "fields");
            List<CustomField> fields = new ArrayList<>();
            if (object.has("fields")) {
                reader.list(at + ".fields", object.path("fields"), (field, json) -> fields.add(field(field, json)));
            }
            try {
                String name = reader.text(at + ".name", object.path("name"));
                CustomField[] own = fields.toArray(CustomField[]::new);
                if (name.endsWith("__e")) {
                    extended.set(PlatformEvent.named(name).with(own).addedTo(extended.get()));
                    return;
                }
                CustomObject custom = CustomObject.named(name, reader.text(at + ".keyPrefix", object.path("keyPrefix")))
                        .with(own);
                extended.set(extended.get().withObject(custom.describe()));
            } catch (IllegalArgumentException e) {
                throw reader.placed(at, e);
            }
        });
        return extended.get();
    }

    Schema withFields(Schema schema, String place, JsonNode fields) {
        AtomicReference<Schema> extended = new AtomicReference<>(schema);
        reader.each(
                place + ".",
                fields,
                (object, list) -> reader.list(place + "." + object, list, (at, json) -> {
                    try {
                        String field = field(at, json).json().toString();
                        extended.set(extended.get().withField(object, field));
                    } catch (IllegalArgumentException e) {
                        throw reader.placed(at, e);
                    }
                }));
        return extended.get();
    }

    private CustomField field(String at, JsonNode json) {
        reader.only(
                at, json, "name", "type", "length", "digits", "decimals", "values", "lookup", "externalId", "required");
        String name = reader.text(at + ".name", json.path("name"));
        int digits = json.path("digits").asInt(18);
        int decimals = json.path("decimals").asInt(2);
        String type = json.path("type").asText("text");
        CustomField field =
                switch (type) {
                    case "text" -> CustomField.text(name, json.path("length").asInt(255));
                    case "longText" ->
                        CustomField.longText(name, json.path("length").asInt(32_000));
                    case "number" -> CustomField.number(name, digits, decimals);
                    case "currency" -> CustomField.currency(name, digits, decimals);
                    case "checkbox" -> CustomField.checkbox(name);
                    case "date" -> CustomField.date(name);
                    case "dateTime" -> CustomField.dateTime(name);
                    case "picklist" -> CustomField.picklist(name, values(at + ".values", json.path("values")));
                    case "lookup" -> CustomField.lookup(name, reader.text(at + ".lookup", json.path("lookup")));
                    default ->
                        throw reader.invalid(
                                at + ".type",
                                "is '" + type
                                        + "': use text, longText, number, currency, checkbox, date, dateTime,"
                                        + " picklist, lookup");
                };
        field = json.path("externalId").asBoolean() ? field.externalId() : field;
        return json.path("required").asBoolean() ? field.required() : field;
    }

    private String[] values(String place, JsonNode list) {
        List<String> values = new ArrayList<>();
        reader.list(place, list, (at, value) -> values.add(reader.text(at, value)));
        return values.toArray(String[]::new);
    }
}
