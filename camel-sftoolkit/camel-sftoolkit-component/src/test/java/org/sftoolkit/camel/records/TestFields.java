package org.sftoolkit.camel.records;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.sftoolkit.camel.client.FieldDescription;

/** Fields as an org describes them. */
final class TestFields {

    private TestFields() {}

    private static ObjectNode field(String name, String type, boolean createable, boolean updateable) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("name", name)
                .put("type", type)
                .put("createable", createable)
                .put("updateable", updateable);
    }

    static FieldDescription text(String name, boolean createable, boolean updateable) {
        return FieldDescription.of(field(name, "string", createable, updateable));
    }

    /** An external id that is unique. */
    static FieldDescription key(String name, String type, boolean caseSensitive) {
        return FieldDescription.of(field(name, type, true, true)
                .put("externalId", true)
                .put("unique", true)
                .put("caseSensitive", caseSensitive));
    }
}
