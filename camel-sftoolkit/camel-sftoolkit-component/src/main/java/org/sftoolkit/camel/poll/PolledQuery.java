package org.sftoolkit.camel.poll;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.soql.PolledStatement;
import org.sftoolkit.camel.soql.SoqlSelect;

/**
 * A query that is read by watermark.
 *
 * @param sObject API name of the object
 * @param fields to read; empty for all
 * @param where condition, or null
 * @param soql the user's own statement instead, or null
 * @param watermarkField holds when a row changed
 * @param includeDeleted whether deleted rows are read too
 * @param pageSize most rows a page; 0 for Salesforce's default
 */
public record PolledQuery(
        String sObject,
        List<String> fields,
        @Nullable String where,
        @Nullable PolledStatement soql,
        String watermarkField,
        boolean includeDeleted,
        int pageSize) {

    /** All records of an object, by the time of their last change. */
    public static PolledQuery of(String sObject, List<String> fields, boolean includeDeleted) {
        return new PolledQuery(sObject, fields, null, null, "SystemModstamp", includeDeleted, 0);
    }

    /** Refuses at once what could never work. */
    public PolledQuery {
        fields = List.copyOf(fields);
        Objects.requireNonNull(sObject, "sObject");
        if (soql == null) {
            var names = new SoqlSelect(sObject, List.of("Id"), where, null, null)
                    .template()
                    .names();
            if (!names.isEmpty()) {
                throw new IllegalArgumentException(
                        "where contains :" + names.iterator().next()
                                + ", but a consumer has no exchange with a value for it: use a property placeholder");
            }
        }
    }
}
