package org.sftoolkit.emulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;

/**
 * A custom object, for {@link EmulatorBuilder#object}: the fields that every object has ({@code Id}, {@code Name},
 * {@code OwnerId}, the audit fields) and those given. Immutable.
 *
 * <pre>{@code
 * CustomObject.named("Invoice__c", "a0I")
 *     .with(CustomField.text("Number__c", 30).externalId(), CustomField.currency("Amount__c", 16, 2))
 * }</pre>
 */
public final class CustomObject {

    private static final List<String> USERS = List.of("CreatedById", "LastModifiedById");
    private static final List<String> TIMES = List.of("CreatedDate", "LastModifiedDate", "SystemModstamp");

    private final ObjectNode json;

    private CustomObject(ObjectNode json) {
        this.json = json;
    }

    /**
     * An object with the fields that all have.
     *
     * @param name      API name, such as {@code Invoice__c}
     * @param keyPrefix three characters that its Ids begin with and no other object's do, such as {@code a0I}
     */
    public static CustomObject named(String name, String keyPrefix) {
        CustomField.requireName(name);
        if (!keyPrefix.matches("[0-9A-Za-z]{3}")) {
            throw new IllegalArgumentException("keyPrefix " + keyPrefix + ": use three letters or digits");
        }
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        String label = name.replaceFirst("__c$", "").replace('_', ' ');
        json.put("name", name)
                .put("label", label)
                .put("labelPlural", label + "s")
                .put("keyPrefix", keyPrefix);
        json.put("custom", name.endsWith("__c"));
        for (String ability : List.of(
                "createable",
                "updateable",
                "deletable",
                "undeletable",
                "queryable",
                "retrieveable",
                "replicateable",
                "searchable",
                "layoutable")) {
            json.put(ability, true);
        }
        ArrayNode fields = json.putArray("fields");
        fields.add(readOnly(CustomField.of("Id", "id").json()).put("length", 18).put("idLookup", true));
        fields.add(readOnly(CustomField.checkbox("IsDeleted").json()));
        fields.add(CustomField.of("Name", "string")
                .json()
                .put("length", 80)
                .put("nameField", true)
                .put("idLookup", true));
        fields.add(CustomField.lookup("OwnerId", "User")
                .json()
                .put("relationshipName", "Owner")
                .put("defaultedOnCreate", true));
        for (String user : USERS) {
            fields.add(readOnly(CustomField.lookup(user, "User").json())
                    .put("relationshipName", user.substring(0, user.length() - 2)));
        }
        for (String time : TIMES) {
            fields.add(readOnly(CustomField.dateTime(time).json()));
        }
        return new CustomObject(json);
    }

    /** The object with these fields too. */
    public CustomObject with(CustomField... fields) {
        ObjectNode copy = json.deepCopy();
        Arrays.stream(fields).forEach(field -> copy.withArray("fields").add(field.json()));
        return new CustomObject(copy);
    }

    private static ObjectNode readOnly(ObjectNode field) {
        return field.put("createable", false)
                .put("updateable", false)
                .put("nillable", false)
                .put("defaultedOnCreate", true);
    }

    /** A describe result. */
    String describe() {
        return json.toString();
    }
}
