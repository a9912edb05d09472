package org.sftoolkit.emulator.control;

import com.fasterxml.jackson.databind.JsonNode;
import org.sftoolkit.emulator.org.Schema;

/** Reads additions to a schema. */
@FunctionalInterface
public interface SchemaReader {

    /**
     * The schema with what the JSON adds: a describe result, or {@code objects} and {@code fields} as the config file has them.
     *
     * @throws IllegalArgumentException when it is not understood, naming the place
     */
    Schema extended(Schema schema, JsonNode additions);
}
