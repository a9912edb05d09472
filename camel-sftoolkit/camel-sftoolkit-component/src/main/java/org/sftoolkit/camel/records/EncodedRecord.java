package org.sftoolkit.camel.records;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.sftoolkit.camel.model.WireJson;

/**
 * A record encoded as JSON for a collection. It is encoded before its request is built, so that an encoding failure
 * concerns this record only, and the size of the request is known.
 *
 * @param json its JSON object, in UTF-8; not to be changed
 */
public record EncodedRecord(byte[] json) {

    private static final JsonFactory FACTORY = new JsonFactory();

    /**
     * Encodes a record.
     *
     * @param type   the object's API name
     * @param fields what is sent of it, as {@link org.sftoolkit.camel.model.SentFields} gives it
     */
    public static EncodedRecord of(String type, Map<String, ?> fields) {
        var bytes = new ByteArrayOutputStream(256);
        try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeObjectFieldStart("attributes");
            json.writeStringField("type", type);
            json.writeEndObject();
            for (var field : fields.entrySet()) {
                json.writeFieldName(field.getKey());
                WireJson.writeChecked(json, field.getValue());
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new EncodedRecord(bytes.toByteArray());
    }
}
