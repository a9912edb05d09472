package org.sftoolkit.camel.model;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What of a record can be sent: parents and children that were read beside it stay behind, addresses and locations, which
 * Salesforce gives as a whole, go as the fields that they are made of.
 *
 * @see <a href="https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/compound_fields.htm">Object Reference:
 *      Compound Fields</a>
 */
public final class SentFields {

    private SentFields() {}

    /**
     * The fields to send, in the record's order.
     *
     * @param names those of the record's fields that are asked for
     * @param keys  fields by which Salesforce finds the record, which are not sent among the others
     */
    public static Map<String, Object> of(SourceRecord record, Collection<String> names, Set<String> keys) {
        var sent = new LinkedHashMap<String, Object>(names.size() * 2);
        var compounds = new LinkedHashMap<String, Map<String, Object>>();
        for (String name : names) {
            Object value = record.fields().get(name);
            if (!Scalars.isCertainly(value) && value instanceof Map<?, ?> map) {
                Map<String, Object> parts = CompoundField.parts(name, map);
                if (parts != null) {
                    compounds.put(name, parts);
                } else if (!wasRead(map)) {
                    sent.put(name, value);
                }
            } else if (!areChildren(value)) {
                sent.put(name, value);
            }
        }
        compounds.forEach((name, parts) -> parts.forEach((part, value) -> {
            String given = FieldNames.find(sent, part);
            if (given == null || isNewer(name, given, record)) {
                sent.put(given == null ? part : given, value);
            }
        }));
        for (String key : keys) {
            String given = FieldNames.find(sent, key);
            if (given != null) {
                sent.remove(given);
            }
        }
        return sent;
    }

    /** Whether the whole was changed after it was read, and its part was not. */
    private static boolean isNewer(String whole, String part, SourceRecord record) {
        return record.changedFields().contains(whole) && !record.changedFields().contains(part);
    }

    private static boolean areChildren(Object value) {
        return value instanceof Collection<?> many
                && many.stream().anyMatch(one -> one instanceof Map<?, ?> child && wasRead(child));
    }

    private static boolean wasRead(Map<?, ?> nested) {
        return nested instanceof SObject record && record.isRead()
                || nested.get("attributes") instanceof Map<?, ?> attributes && attributes.get("url") != null
                || nested.containsKey("records") && nested.containsKey("totalSize");
    }
}
