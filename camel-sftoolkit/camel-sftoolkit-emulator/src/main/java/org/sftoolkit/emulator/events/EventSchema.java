package org.sftoolkit.emulator.events;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.apache.avro.JsonProperties;
import org.apache.avro.Schema;
import org.sftoolkit.emulator.org.CompoundParts;
import org.sftoolkit.emulator.org.FieldSchema;
import org.sftoolkit.emulator.org.FieldType;
import org.sftoolkit.emulator.org.ObjectSchema;

/**
 * The Avro schema of the events of one object or platform event, and where each of its fields comes from. Immutable. Changes
 * with every change of the object, and with it the id (Pub/Sub API Guide: "Event Schema").
 */
final class EventSchema {

    static final String NAMESPACE = "com.sforce.eventbus";
    static final String HEADER = "ChangeEventHeader";

    private static final Set<String> LEFT_OUT =
            Set.of("Id", "IsDeleted", "SystemModstamp", "LastViewedDate", "LastReferencedDate", "LastActivityDate");
    private static final List<String> ADDRESS = List.of(
            "Street",
            "City",
            "State",
            "PostalCode",
            "Country",
            "StateCode",
            "CountryCode",
            "Latitude",
            "Longitude",
            "Xyz",
            "GeocodeAccuracy");
    private static final List<String> LOCATION = List.of("Latitude", "Longitude");
    private static final List<String> PERSON =
            List.of("Salutation", "FirstName", "LastName", "MiddleName", "InformalName", "Suffix");

    private final String id;
    private final Schema avro;
    private final List<Slot> slots;

    /**
     * A field of the schema.
     *
     * @param position in the record
     * @param field where its value comes from
     * @param children the fields of a compound one, in the order of its record; null for one that the object does not have;
     *     empty for a plain field
     * @param record the Avro record of a compound field, else null
     */
    record Slot(int position, FieldSchema field, List<FieldSchema> children, Schema record) {

        boolean isCompound() {
            return record != null;
        }
    }

    private EventSchema(Schema avro, List<Slot> slots) {
        Schema named = avro;
        this.id = idOf(named.toString());
        this.avro = named;
        this.slots = slots;
    }

    /** The schema of an object's change events. */
    static EventSchema ofChanges(ObjectSchema object) {
        List<Schema.Field> fields = new ArrayList<>();
        List<Slot> slots = new ArrayList<>();
        fields.add(new Schema.Field(HEADER, header()));
        List<FieldSchema> parts = partsOfCompounds(object);
        Schema address = compound("Address", ADDRESS);
        Schema location = compound("Geolocation", LOCATION);
        for (FieldSchema field : object.fields()) {
            if (LEFT_OUT.contains(field.name())
                    || field.type() == FieldType.BASE64
                    || field.calculated()
                    || parts.contains(field)) {
                continue;
            }
            Slot slot = new Slot(fields.size(), field, List.of(), null);
            Schema type = Schema.create(AvroTypes.of(field.type()));
            List<Schema> union = List.of(Schema.create(Schema.Type.NULL), type);
            String doc = AvroTypes.doc(field);
            if (field.type().isCompound()) {
                boolean place = field.type() == FieldType.LOCATION;
                Schema record = place ? location : address;
                slot = new Slot(fields.size(), field, children(object, field, place ? LOCATION : ADDRESS), record);
                union = List.of(Schema.create(Schema.Type.NULL), record);
            } else if (isPersonName(object, field)) {
                Schema record = compound("PersonName", PERSON);
                slot = new Slot(fields.size(), field, names(object), record);
                union = List.of(Schema.create(Schema.Type.NULL), record);
                doc = "Data:PersonName";
            } else if (object.name().equals("Account") && field.name().equals("Name")) {
                // The record is that of person accounts, which the emulator does not have.
                union = List.of(Schema.create(Schema.Type.NULL), type, compound("Switchable_PersonName", PERSON));
                doc = "Data:SwitchablePersonName";
            }
            slots.add(slot);
            fields.add(new Schema.Field(field.name(), Schema.createUnion(union), doc, JsonProperties.NULL_VALUE));
        }
        return new EventSchema(record(changeEventName(object.name()), fields), List.copyOf(slots));
    }

    /** The schema of a platform event. */
    static EventSchema ofPlatformEvent(ObjectSchema type) {
        List<Schema.Field> fields = new ArrayList<>();
        List<Slot> slots = new ArrayList<>();
        fields.add(new Schema.Field(
                "CreatedDate", Schema.create(Schema.Type.LONG), "CreatedDate:DateTime", (Object) null));
        fields.add(new Schema.Field(
                "CreatedById", Schema.create(Schema.Type.STRING), "CreatedBy:EntityId", (Object) null));
        type.field("CreatedDate").ifPresent(field -> slots.add(new Slot(0, field, List.of(), null)));
        type.field("CreatedById").ifPresent(field -> slots.add(new Slot(1, field, List.of(), null)));
        for (FieldSchema field : type.fields()) {
            if (field.name().endsWith("__c")) {
                slots.add(new Slot(fields.size(), field, List.of(), null));
                fields.add(new Schema.Field(
                        field.name(),
                        Schema.createUnion(Schema.create(Schema.Type.NULL), Schema.create(AvroTypes.of(field.type()))),
                        AvroTypes.doc(field),
                        JsonProperties.NULL_VALUE));
            }
        }
        return new EventSchema(record(type.name(), fields), List.copyOf(slots));
    }

    /** The schema that channels of several objects name as theirs; their events have the schemas of the objects. */
    static EventSchema ofAnyChange(String name) {
        return new EventSchema(record(name, List.of(new Schema.Field(HEADER, header()))), List.of());
    }

    /** AccountChangeEvent, Invoice__ChangeEvent. */
    static String changeEventName(String object) {
        return object.replaceFirst("__c$", "__") + "ChangeEvent";
    }

    private static Schema record(String name, List<Schema.Field> fields) {
        return Schema.createRecord(name, null, NAMESPACE, false, fields);
    }

    private static Schema header() {
        Schema text = Schema.create(Schema.Type.STRING);
        Schema number = Schema.create(Schema.Type.LONG);
        Schema texts = Schema.createArray(text);
        Schema type = Schema.createEnum(
                "ChangeType",
                null,
                NAMESPACE,
                Arrays.stream(ChangeType.values()).map(Enum::name).toList());
        return record(
                HEADER,
                List.of(
                        new Schema.Field("entityName", text),
                        new Schema.Field("recordIds", texts),
                        new Schema.Field("changeType", type),
                        new Schema.Field("changeOrigin", text),
                        new Schema.Field("transactionKey", text),
                        new Schema.Field("sequenceNumber", Schema.create(Schema.Type.INT)),
                        new Schema.Field("commitTimestamp", number),
                        new Schema.Field("commitNumber", number),
                        new Schema.Field("commitUser", text),
                        new Schema.Field("nulledFields", texts),
                        new Schema.Field("diffFields", texts),
                        new Schema.Field("changedFields", texts)));
    }

    private static Schema compound(String name, List<String> children) {
        List<Schema.Field> fields = new ArrayList<>();
        for (String child : children) {
            boolean number = child.equals("Latitude") || child.equals("Longitude");
            Schema type = Schema.create(number ? Schema.Type.DOUBLE : Schema.Type.STRING);
            fields.add(new Schema.Field(
                    child,
                    Schema.createUnion(Schema.create(Schema.Type.NULL), type),
                    number ? "Data:Double" : "Data:Text",
                    JsonProperties.NULL_VALUE));
        }
        return record(name, fields);
    }

    private static boolean isPersonName(ObjectSchema object, FieldSchema field) {
        return field.name().equals("Name") && object.field("LastName").isPresent();
    }

    private static List<FieldSchema> names(ObjectSchema object) {
        List<FieldSchema> names = new ArrayList<>();
        PERSON.forEach(name -> names.add(object.field(name).orElse(null)));
        return names;
    }

    private static List<FieldSchema> children(ObjectSchema object, FieldSchema compound, List<String> parts) {
        List<FieldSchema> children = new ArrayList<>();
        parts.forEach(
                part -> children.add(CompoundParts.field(object, compound, part).orElse(null)));
        return children;
    }

    private static List<FieldSchema> partsOfCompounds(ObjectSchema object) {
        List<FieldSchema> parts = new ArrayList<>();
        for (FieldSchema field : object.fields()) {
            if (field.type().isCompound()) {
                parts.addAll(children(object, field, field.type() == FieldType.LOCATION ? LOCATION : ADDRESS));
            } else if (isPersonName(object, field)) {
                parts.addAll(names(object));
            }
        }
        return parts;
    }

    private static String idOf(String json) {
        try {
            byte[] digest = MessageDigest.getInstance("MD5").digest(json.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** 22 characters. */
    String id() {
        return id;
    }

    Schema avro() {
        return avro;
    }

    /** In the order of the record, without the header. */
    List<Slot> slots() {
        return slots;
    }
}
