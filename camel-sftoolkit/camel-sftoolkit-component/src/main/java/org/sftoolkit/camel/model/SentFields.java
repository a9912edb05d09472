package org.sftoolkit.camel.model;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a record is written, through every API: values by the table of {@link WireValue}; parents by an external id; addresses
 * and locations, which Salesforce gives as a whole, as the fields that they are made of. What only came with a reading, parents and
 * children beside the record, stays behind.
 *
 * <p>One for each list of records, as it remembers whose names it has checked. Not thread-safe.
 *
 * @see <a href="https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/compound_fields.htm">Object Reference:
 *      Compound Fields</a>
 */
public final class SentFields {

    private static final String ATTRIBUTES = "attributes";
    private final NameCheck fieldNames = new NameCheck();
    private @Nullable ObjectShape described;
    /** For names with a null value: the parts of a compound field, empty for a plain field or a relationship. */
    private final Map<String, Optional<List<String>>> nulls = new HashMap<>();

    /**
     * The fields to send, in the record's order; their values are those of {@link WireValue}, and maps for parents. It may
     * be the record's own map: read it, and never change it.
     *
     * @param names the fields of the record to send
     * @param keys fields by which Salesforce finds the record, which are not sent among the others
     * @param shape of its object
     * @throws InvalidValueException for a field that cannot be written
     */
    public Map<String, Object> of(SourceRecord record, Collection<String> names, Set<String> keys, ObjectShape shape) {
        fieldNames.check(record.fields().keySet());
        if (isSentAsItIs(record, names, keys)) {
            return record.fields();
        }
        var sent = new LinkedHashMap<String, Object>(names.size() * 4 / 3 + 1);
        if (described != shape) {
            described = shape;
            nulls.clear();
        }
        Writing writing = null; // most records have only plain values
        for (String name : names) {
            Object value = record.fields().get(name);
            if (value != null && Scalars.isCertainly(value) && name.indexOf('.') < 0) {
                sent.put(name, plain(name, value));
            } else if (!name.equals(ATTRIBUTES)) {
                writing = writing == null ? new Writing(record, shape, sent) : writing;
                writing.field(name, value);
            }
        }
        if (writing != null) {
            writing.finish();
        }
        sent.keySet().removeIf(name -> isOneOf(keys, name));
        return sent;
    }

    // most records of a list are, and a copy of each would cost more than its JSON
    private static boolean isSentAsItIs(SourceRecord record, Collection<String> names, Set<String> keys) {
        if (names.size() != record.fields().size()) {
            return false;
        }
        for (var field : record.fields().entrySet()) {
            String name = field.getKey();
            Object value = field.getValue();
            if (value == null
                    || !Scalars.isCertainly(value)
                    || name.indexOf('.') >= 0
                    || isOneOf(keys, name)
                    || plain(name, value) != value) {
                return false;
            }
        }
        return true;
    }

    private static boolean isOneOf(Set<String> keys, String name) {
        for (String key : keys) {
            if (key.equalsIgnoreCase(name)) {
                return true;
            }
        }
        return false;
    }

    /**
     * The plain value that identifies a record, or null.
     *
     * @throws InvalidValueException for what cannot be a key
     */
    public static @Nullable Object key(String field, @Nullable Object value) {
        Object plain = plain(field, value);
        if (value != null && (plain instanceof Map || plain instanceof Collection || plain instanceof byte[])) {
            throw new InvalidValueException(
                    field,
                    "an external id must be a plain value such as text or a number, not a "
                            + value.getClass().getName());
        }
        return plain;
    }

    private static @Nullable Object plain(String name, @Nullable Object value) {
        try {
            return WireValue.of(value);
        } catch (IllegalArgumentException e) {
            throw new InvalidValueException(name, String.valueOf(e.getMessage()));
        }
    }

    /** One record on its way. */
    private final class Writing {

        private final SourceRecord record;
        private final ObjectShape shape;
        private final Map<String, Object> sent;
        private final boolean read;
        private final Map<String, Map<String, Object>> compounds = new LinkedHashMap<>();
        private final Map<String, String> cleared = new LinkedHashMap<>();

        Writing(SourceRecord record, ObjectShape shape, Map<String, Object> sent) {
            this.record = record;
            this.shape = shape;
            this.sent = sent;
            this.read = record.origin() instanceof SObject origin && origin.isRead();
        }

        void field(String name, @Nullable Object given) {
            if (name.indexOf('.') > 0) {
                if (!read || isChanged(name)) {
                    flat(name, given);
                }
                return;
            }
            Object value = plain(name, given);
            if (value instanceof Collection<?> many) {
                if (read && !isChanged(name) || areChildren(many)) {
                    return;
                }
                value = choices(name, many);
            }
            if (value == null) {
                nothing(name);
            } else if (value instanceof Map<?, ?> map) {
                structure(name, map);
            } else {
                sent.put(name, value);
            }
        }

        private boolean isChanged(String name) {
            return record.changedFields().contains(name);
        }

        private static @Nullable String choices(String name, Collection<?> many) {
            try {
                return WireValue.multiPicklist(many);
            } catch (IllegalArgumentException e) {
                throw new InvalidValueException(name, String.valueOf(e.getMessage()));
            }
        }

        /** A null: of a field it is sent; of what was read as a structure it says nothing. */
        private void nothing(String name) {
            Optional<List<String>> parts = nulls.computeIfAbsent(name, this::parts);
            if (parts.isPresent() && !parts.get().isEmpty()) {
                if (!read || isChanged(name)) {
                    var none = new LinkedHashMap<String, Object>();
                    parts.get().forEach(part -> none.put(part, null));
                    compounds.put(name, none);
                }
            } else if (parts.isEmpty()) {
                if (read && isChanged(name)) {
                    cleared.put(shape.lookup(name), name);
                }
            } else {
                sent.put(name, null);
            }
        }

        /** Empty for the name of a parent or of children. */
        private Optional<List<String>> parts(String name) {
            return name.endsWith("__r") || shape.isRelationship(name)
                    ? Optional.empty()
                    : Optional.of(shape.parts(name));
        }

        private void structure(String name, Map<?, ?> map) {
            Map<String, Object> parts = CompoundField.parts(name, map);
            if (parts != null) {
                var plain = new LinkedHashMap<String, Object>();
                parts.forEach((part, value) -> plain.put(part, SentFields.plain(part, value)));
                compounds.put(name, plain);
            } else if (!wasRead(map)) {
                parent(name, type(map), map);
            }
        }

        private static @Nullable Object type(Map<?, ?> parent) {
            if (parent instanceof SObject typed && typed.type() != null) {
                return typed.type();
            }
            return parent.get(ATTRIBUTES) instanceof Map<?, ?> attributes ? attributes.get("type") : null;
        }

        /** {@code Account.Key__c}, or {@code Account:What.Key__c}, as columns of CSV name a parent. */
        private void flat(String name, @Nullable Object value) {
            int dot = name.indexOf('.');
            parent(name.substring(0, dot), null, java.util.Collections.singletonMap(name.substring(dot + 1), value));
        }

        private void parent(String name, @Nullable Object named, Map<?, ?> parent) {
            int colon = name.indexOf(':');
            String relationship = name.substring(colon + 1);
            Object type = colon > 0 ? name.substring(0, colon) : named;
            String key = null;
            Object value = null;
            for (var entry : parent.entrySet()) {
                if (ATTRIBUTES.equals(entry.getKey())) {
                    continue;
                }
                if (key != null) {
                    throw new InvalidValueException(
                            name,
                            "a parent must have exactly one external id, but this one has " + key + " and "
                                    + entry.getKey());
                }
                key = String.valueOf(entry.getKey());
                value = entry.getValue();
            }
            if (key == null) {
                throw new InvalidValueException(name, "a parent needs an external id, but this one has no field");
            }
            if (!NameCheck.isName(key)) {
                throw new InvalidValueException(
                        "INVALID_FIELD", name, "the field that identifies this parent has an invalid name");
            }
            Object plain = SentFields.plain(name + '.' + key, value);
            if (plain instanceof Map || plain instanceof Collection || key.indexOf('.') >= 0) {
                throw new InvalidValueException(
                        name + '.' + key,
                        "the external id of a parent must be a plain value, and only the direct parent can be given");
            }
            if (plain == null || "".equals(plain)) { // to Salesforce an empty text is null
                cleared.put(shape.lookup(relationship), relationship);
            } else {
                link(name, relationship, type, key, plain);
            }
        }

        private void link(String name, String relationship, @Nullable Object type, String key, Object value) {
            if (FieldNames.find(sent, relationship) != null) {
                throw new InvalidValueException("INVALID_FIELD", name, "the record contains this parent twice");
            }
            var link = new LinkedHashMap<String, Object>();
            if (type != null) {
                link.put(ATTRIBUTES, Map.of("type", WireText.of(type)));
            }
            link.put(key, value);
            sent.put(relationship, link);
        }

        void finish() {
            compounds.forEach((name, parts) -> parts.forEach((part, value) -> put(name, part, value)));
            cleared.forEach((lookup, relationship) -> {
                if (FieldNames.find(sent, relationship) == null) {
                    put(relationship, lookup, null);
                }
            });
        }

        /** A part. One in the record itself takes precedence, unless it is older than the whole. */
        private void put(String whole, String part, @Nullable Object value) {
            String given = FieldNames.find(sent, part);
            if (given == null || isChanged(whole) && !isChanged(given)) {
                sent.put(given == null ? part : given, value);
            }
        }

        private static boolean areChildren(Collection<?> many) {
            return many.stream().anyMatch(one -> one instanceof Map<?, ?> child && wasRead(child));
        }

        private static boolean wasRead(Map<?, ?> nested) {
            return nested instanceof SObject record && record.isRead()
                    || nested.get(ATTRIBUTES) instanceof Map<?, ?> attributes && attributes.get("url") != null
                    || nested.containsKey("records") && nested.containsKey("totalSize");
        }
    }
}
