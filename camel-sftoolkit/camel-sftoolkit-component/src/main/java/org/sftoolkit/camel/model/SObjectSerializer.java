package org.sftoolkit.camel.model;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import java.io.IOException;

/** Lets every Jackson mapper, even one that knows no {@code java.time}, write records as Salesforce's own JSON. */
final class SObjectSerializer extends JsonSerializer<SObject> {

    @Override
    public void serialize(SObject record, JsonGenerator json, SerializerProvider provider) throws IOException {
        WireJson.writeRecord(json, record);
    }
}
