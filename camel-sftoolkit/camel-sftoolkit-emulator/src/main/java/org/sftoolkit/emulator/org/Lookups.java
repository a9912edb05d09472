package org.sftoolkit.emulator.org;

import java.util.Map;

/** What a row needs to know of other rows while it is written. */
interface Lookups {

    /** Refuses an id that is not one of a living row of an object that the field may point at. */
    void requireTarget(FieldSchema field, String id);

    /**
     * The id of the parent named by a key, as in {@code {"External_ID__c": "x"}}.
     *
     * @param parent the nested object; for a polymorphic field its {@code attributes.type} names the object
     */
    String parentByKey(FieldSchema field, Map<?, ?> parent);
}
