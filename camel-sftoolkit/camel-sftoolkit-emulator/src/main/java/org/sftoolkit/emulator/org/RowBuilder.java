package org.sftoolkit.emulator.org;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Lays the fields that a client sent over a new or a stored row, checking each by the object's describe result. */
final class RowBuilder {

    /** Who writes: a client of the API, bound by createable and updateable, or the test that fills the org. */
    enum Access {
        API,
        SEED
    }

    private final Lookups lookups;
    private final ObjectSchema object;
    private final boolean insert;
    private final Access access;
    private final Object[] values;
    private final boolean[] sent;
    /** Fields whose parent was named by a key. */
    private final Set<FieldSchema> byKey = new HashSet<>();

    private RowBuilder(Lookups lookups, ObjectSchema object, Object[] values, boolean insert, Access access) {
        this.lookups = lookups;
        this.object = object;
        this.values = values;
        this.insert = insert;
        this.access = access;
        this.sent = new boolean[values.length];
    }

    static RowBuilder insert(Lookups lookups, ObjectSchema object, Access access) {
        return new RowBuilder(lookups, object, new Object[object.fields().size()], true, access);
    }

    static RowBuilder update(Lookups lookups, Row row, Access access) {
        return new RowBuilder(lookups, row.schema(), row.copyOfValues(), false, access);
    }

    /** Takes over the fields of one record; {@code attributes} is passed over. */
    RowBuilder take(Map<String, ?> record) {
        record.forEach((name, value) -> {
            if (!name.equals("attributes")) {
                take(name, value);
            }
        });
        return this;
    }

    /** Sets a field that no client may set, if no client (or test) has. */
    RowBuilder system(String name, Object value) {
        object.field(name).ifPresent(field -> {
            if (access == Access.API || !sent[field.index()]) {
                values[field.index()] = value;
            }
        });
        return this;
    }

    /** Sets a field that was not sent. */
    RowBuilder preset(String name, Object value) {
        object.field(name).filter(field -> !sent[field.index()]).ifPresent(field -> values[field.index()] = value);
        return this;
    }

    /** The value so far of the field of that name, or null. */
    Object value(String name) {
        return object.field(name).map(field -> values[field.index()]).orElse(null);
    }

    /** The row with its defaults and derived fields, or a refusal when something required is missing. */
    Row build() {
        if (insert) {
            object.fields().forEach(this::applyDefault);
        }
        DerivedFields.fill(object, values, sent, insert);
        requireRequired();
        return new Row(object, values);
    }

    private void take(String name, Object value) {
        FieldSchema field = object.field(name).orElse(null);
        if (field == null) {
            takeParent(name, value);
            return;
        }
        requireWritable(field);
        if (byKey.contains(field)) {
            throw named(field);
        }
        Object read = ValueReader.read(object, field, value);
        if (read != null && field.type() == FieldType.REFERENCE) {
            lookups.requireTarget(field, (String) read);
        }
        set(field, read);
    }

    private void takeParent(String name, Object value) {
        FieldSchema field = object.fieldByRelationship(name)
                .orElseThrow(() -> RowRefusedException.of(
                        "INVALID_FIELD", "No such column '" + name + "' on sobject of type " + object.name(), name));
        requireWritable(field);
        if (value == null) {
            set(field, null);
        } else if (value instanceof Map<?, ?> parent) {
            if (sent[field.index()]) {
                throw named(field);
            }
            byKey.add(field);
            set(field, lookups.parentByKey(field, parent));
        } else {
            throw RowRefusedException.of(
                    "INVALID_FIELD", "Cannot reference a foreign key field " + name + ".", field.name());
        }
    }

    private static RowRefusedException named(FieldSchema field) {
        return RowRefusedException.of(
                "INVALID_FIELD",
                "Cannot specify both an external ID reference " + field.relationshipName() + " and a salesforce id, "
                        + field.name(),
                field.name());
    }

    private void set(FieldSchema field, Object value) {
        values[field.index()] = value;
        sent[field.index()] = true;
    }

    private void requireWritable(FieldSchema field) {
        if (access == Access.SEED) {
            return;
        }
        if (field.name().equals("Id")) {
            throw RowRefusedException.of(
                    "INVALID_FIELD_FOR_INSERT_UPDATE", "cannot specify Id in an insert call", "Id");
        }
        if (insert ? !field.createable() : !field.updateable()) {
            throw RowRefusedException.of(
                    "INVALID_FIELD_FOR_INSERT_UPDATE",
                    "Unable to create/update fields: " + field.name()
                            + ". Please check the security settings of this field and verify that it is read/write for"
                            + " your profile or permission set.",
                    field.name());
        }
    }

    private void applyDefault(FieldSchema field) {
        if (sent[field.index()] || values[field.index()] != null) {
            return;
        }
        if (field.type() == FieldType.BOOLEAN) {
            values[field.index()] = Boolean.TRUE.equals(field.defaultValue()) || "true".equals(field.defaultValue());
        } else if (field.defaultValue() != null && !field.type().isCompound()) {
            values[field.index()] = ValueReader.read(object, field, field.defaultValue());
        }
    }

    // an update leaves alone what was not sent; the code with which emptying is refused is not documented, assumed
    private boolean mustHaveValue(FieldSchema field) {
        boolean emptied =
                access == Access.API && sent[field.index()] && !field.nillable() && field.type() != FieldType.BOOLEAN;
        return emptied || insert && field.requiredOnCreate();
    }

    private void requireRequired() {
        if (access == Access.SEED && insert && object.name().equals("User")) {
            return;
        }
        List<String> missing = object.fields().stream()
                .filter(field -> values[field.index()] == null && mustHaveValue(field))
                .map(FieldSchema::name)
                .toList();
        if (!missing.isEmpty()) {
            throw new RowRefusedException(
                    new SaveError("REQUIRED_FIELD_MISSING", "Required fields are missing: " + missing, missing));
        }
    }

    /** Fields that Salesforce works out from others when a row is saved (Object Reference, the page of each object). */
    private static final class DerivedFields {

        private static final Set<String> CLOSED_CASE = Set.of("Closed");
        private static final Map<String, Integer> PROBABILITY = Map.of(
                "Prospecting", 10,
                "Qualification", 10,
                "Needs Analysis", 20,
                "Value Proposition", 50,
                "Id. Decision Makers", 60,
                "Perception Analysis", 70,
                "Proposal/Price Quote", 75,
                "Negotiation/Review", 90,
                "Closed Won", 100,
                "Closed Lost", 0);

        private DerivedFields() {}

        static void fill(ObjectSchema object, Object[] values, boolean[] sent, boolean insert) {
            object.field("Name").filter(name -> name.type() == FieldType.STRING).ifPresent(name -> {
                if (object.field("LastName").isPresent()) {
                    values[name.index()] = fullName(object, values);
                }
            });
            switch (object.name()) {
                case "Opportunity" -> opportunity(object, values, sent, insert);
                case "Case" ->
                    object.field("Status").ifPresent(status -> {
                        boolean closed = CLOSED_CASE.contains(String.valueOf(values[status.index()]));
                        object.field("IsClosed").ifPresent(field -> values[field.index()] = closed);
                    });
                case "Attachment", "Document" ->
                    object.field("Body")
                            .filter(body -> values[body.index()] instanceof Blob)
                            .ifPresent(body -> set(
                                    object,
                                    "BodyLength",
                                    values,
                                    BigDecimal.valueOf(((Blob) values[body.index()]).size())));
                default -> {}
            }
        }

        private static String fullName(ObjectSchema object, Object[] values) {
            String name = Stream.of("FirstName", "MiddleName", "LastName", "Suffix")
                    .flatMap(part -> object.field(part).stream())
                    .map(field -> values[field.index()])
                    .filter(part -> part != null)
                    .map(Object::toString)
                    .collect(Collectors.joining(" "));
            return name.isEmpty() ? null : name;
        }

        private static void opportunity(ObjectSchema object, Object[] values, boolean[] sent, boolean insert) {
            FieldSchema stage = object.field("StageName").orElse(null);
            if (stage == null || values[stage.index()] == null) {
                return;
            }
            String name = (String) values[stage.index()];
            set(object, "IsClosed", values, name.startsWith("Closed"));
            set(object, "IsWon", values, name.equals("Closed Won"));
            object.field("Probability").ifPresent(field -> {
                Integer usual = PROBABILITY.get(name);
                boolean follows = sent[stage.index()] && !sent[field.index()];
                if (usual != null && (insert && !sent[field.index()] || follows)) {
                    values[field.index()] = new BigDecimal(usual);
                }
                Consumer<FieldSchema> expect = amount -> {
                    if (values[amount.index()] != null && values[field.index()] != null) {
                        BigDecimal expected = ((BigDecimal) values[amount.index()])
                                .multiply((BigDecimal) values[field.index()])
                                .movePointLeft(2);
                        set(object, "ExpectedRevenue", values, expected);
                    }
                };
                object.field("Amount").ifPresent(expect);
            });
        }

        private static void set(ObjectSchema object, String name, Object[] values, Object value) {
            object.field(name).ifPresent(field -> values[field.index()] = value);
        }
    }
}
