package org.sftoolkit.examples.sync;

import java.util.List;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.sftoolkit.camel.model.SObject;

/** Carries the shared fields of an Account from one org to the other. */
public final class AccountCopy {

    private static final List<String> SHARED = List.of("External_ID__c", "Name", "Industry");

    private AccountCopy() {}

    /** The other org's record with the values of the change; a new one where it has none. */
    public static SObject onto(@Body SObject other, @ExchangeProperty("change") Map<String, Object> change) {
        SObject record = other == null ? new SObject("Account") : other;
        SHARED.forEach(field -> record.put(field, change.get(field)));
        return record;
    }
}
