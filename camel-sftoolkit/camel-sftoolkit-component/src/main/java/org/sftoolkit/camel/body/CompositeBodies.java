package org.sftoolkit.camel.body;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Converter;
import org.sftoolkit.camel.model.CompositeRequest;
import org.sftoolkit.camel.rest.CompositeInput;

/** Camel's type converters to composite requests. */
@Converter(generateLoader = true)
public final class CompositeBodies {

    private static final ObjectMapper JSON =
            new ObjectMapper(JsonBodies.FACTORY).enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private CompositeBodies() {}

    /** The body as it is sent. */
    @Converter
    public static CompositeInput of(Map<?, ?> body) {
        var copy = new LinkedHashMap<String, Object>();
        body.forEach((key, value) -> copy.put(String.valueOf(key), value));
        return new CompositeInput(copy);
    }

    /** One that was built. */
    @Converter
    public static CompositeInput of(CompositeRequest request) {
        return new CompositeInput(request.body());
    }

    /** JSON. */
    @Converter
    public static CompositeInput of(String json) throws IOException {
        return of(JSON.readValue(json, Map.class));
    }

    /** JSON. */
    @Converter
    public static CompositeInput of(byte[] json) throws IOException {
        return of(JSON.readValue(json, Map.class));
    }

    /** JSON. */
    @Converter
    public static CompositeInput of(InputStream json) throws IOException {
        return of(JSON.readValue(json, Map.class));
    }

    /** JSON. */
    @Converter
    public static CompositeInput of(JsonNode json) {
        return of(JSON.convertValue(json, Map.class));
    }
}
