package org.sftoolkit.emulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A custom field, for {@link EmulatorBuilder#field(String, CustomField)} and {@link CustomObject}: writable, not required,
 * unless told otherwise. Immutable.
 *
 * <pre>{@code
 * CustomField.text("Number__c", 30).externalId()
 * CustomField.picklist("Status__c", "Open", "Paid")
 * }</pre>
 */
public final class CustomField {

    private static final int LONGEST_TEXT = 255;

    private final ObjectNode json;

    private CustomField(ObjectNode json) {
        this.json = json;
    }

    /** Text of at most so many characters, up to 255. */
    public static CustomField text(String name, int length) {
        if (length < 1 || length > LONGEST_TEXT) {
            throw new IllegalArgumentException(name + ": a text field has 1 to 255 characters: use longText for more");
        }
        return of(name, "string").with("length", length);
    }

    /** Text of at most so many characters, over several lines. */
    public static CustomField longText(String name, int length) {
        return of(name, "textarea").with("length", length);
    }

    /** A number of so many digits, of which so many follow the point. */
    public static CustomField number(String name, int digits, int decimals) {
        return of(name, "double").with("precision", digits).with("scale", decimals);
    }

    /** An amount of money of so many digits, of which so many follow the point. */
    public static CustomField currency(String name, int digits, int decimals) {
        return of(name, "currency").with("precision", digits).with("scale", decimals);
    }

    /** True or false. */
    public static CustomField checkbox(String name) {
        CustomField field = of(name, "boolean");
        ObjectNode copy = field.json();
        copy.put("nillable", false).put("defaultedOnCreate", true).put("defaultValue", false);
        return new CustomField(copy);
    }

    /** A day. */
    public static CustomField date(String name) {
        return of(name, "date");
    }

    /** A day and time. */
    public static CustomField dateTime(String name) {
        return of(name, "datetime");
    }

    /** One of these values. */
    public static CustomField picklist(String name, String... values) {
        ObjectNode copy = of(name, "picklist").with("length", LONGEST_TEXT).json();
        ArrayNode list = copy.putArray("picklistValues");
        for (String value : values) {
            list.addObject().put("value", value).put("label", value).put("active", true);
        }
        return new CustomField(copy.put("restrictedPicklist", true));
    }

    /** The Id of a record of this object; {@code Account__c} gives the relationship {@code Account__r}. */
    public static CustomField lookup(String name, String object) {
        ObjectNode copy = of(name, "reference").with("length", 18).json();
        copy.putArray("referenceTo").add(object);
        return new CustomField(copy.put("relationshipName", name.replaceFirst("__c$", "__r")));
    }

    /** The same field as a unique external id, by which records can be upserted. */
    public CustomField externalId() {
        return new CustomField(
                json().put("externalId", true).put("unique", true).put("idLookup", true));
    }

    /** The same field, without which no record is inserted. */
    public CustomField required() {
        return new CustomField(json().put("nillable", false));
    }

    /** @throws IllegalArgumentException when no object or field can be called so */
    static void requireName(String name) {
        if (!name.matches("[A-Za-z][A-Za-z0-9_]*")) {
            throw new IllegalArgumentException(
                    "'" + name + "' cannot be a name: it begins with a letter and has letters, digits and '_'");
        }
    }

    static CustomField of(String name, String type) {
        requireName(name);
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("name", name).put("label", name.replaceFirst("__c$", "").replace('_', ' '));
        json.put("type", type).put("custom", name.endsWith("__c"));
        json.put("createable", true).put("updateable", true).put("nillable", true);
        json.put("filterable", true).put("sortable", true).put("groupable", true);
        return new CustomField(json);
    }

    private CustomField with(String key, int value) {
        return new CustomField(json().put(key, value));
    }

    /** An element of {@code fields} of a describe result; a copy. */
    ObjectNode json() {
        return json.deepCopy();
    }
}
