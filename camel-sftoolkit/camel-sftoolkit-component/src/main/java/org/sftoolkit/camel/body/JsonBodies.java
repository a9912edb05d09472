package org.sftoolkit.camel.body;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadFeature;

/** How JSON in bodies is read. */
final class JsonBodies {

    /** Refuses an object with the same key twice: one of two values would be lost without a word. */
    static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private JsonBodies() {}
}
