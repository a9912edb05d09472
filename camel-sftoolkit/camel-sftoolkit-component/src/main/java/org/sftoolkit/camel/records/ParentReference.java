package org.sftoolkit.camel.records;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.model.SourceRecord;
import org.sftoolkit.camel.model.WireText;
import org.sftoolkit.camel.model.WireValue;

/**
 * A parent by its external id, as a record names it.
 *
 * @param relationship such as {@code Account} or {@code Parent__r}
 * @param key          field of the parent
 * @param value        as text
 */
record ParentReference(String relationship, String key, String value) {

    static List<ParentReference> of(SourceRecord record) {
        var references = new ArrayList<ParentReference>();
        record.fields().forEach((name, given) -> {
            Object value = held(given);
            int dot = name.indexOf('.');
            if (dot > 0) { // Account.Key__c, or Account:What.Key__c
                add(references, name.substring(name.indexOf(':') + 1, dot), name.substring(dot + 1), value);
            } else if (value instanceof Map<?, ?> parent) {
                parent.forEach((key, keyValue) -> add(references, name, key.toString(), keyValue));
            }
        });
        return references;
    }

    private static void add(List<ParentReference> references, String relationship, String key, @Nullable Object value) {
        String text = text(value);
        if (text != null) {
            references.add(new ParentReference(relationship, key, text));
        }
    }

    /** By its content, as it is written: a parent may be within an {@code Optional}, or a bean or JSON. */
    private static @Nullable Object held(@Nullable Object value) {
        try {
            return WireValue.of(value);
        } catch (IllegalArgumentException unreadable) {
            return null; // it is refused when it is written
        }
    }

    static @Nullable String text(@Nullable Object value) {
        Object held = held(value);
        return held == null || held instanceof Map || held instanceof Collection ? null : WireText.of(held);
    }
}
