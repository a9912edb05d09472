package org.sftoolkit.examples.webhook;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.sftoolkit.camel.model.SObject;

/** What of a form becomes a Contact: these fields and no others. */
public final class ContactForm {

    private ContactForm() {}

    /**
     * The fields of a Contact.
     *
     * @throws IllegalArgumentException where one is missing
     */
    public static Map<String, Object> contact(@Body Map<String, Object> form) {
        var contact = new LinkedHashMap<String, Object>();
        contact.put("External_ID__c", text(form, "key"));
        contact.put("LastName", text(form, "lastName"));
        return contact;
    }

    private static String text(Map<String, Object> form, String field) {
        if (form.get(field) instanceof String text && !text.isBlank()) {
            return text;
        }
        throw new IllegalArgumentException(field + " is missing");
    }

    /** The Contact, linked to the Account that was found, if one was. */
    public static Map<String, Object> linked(
            @Body List<SObject> accounts, @ExchangeProperty("contact") Map<String, Object> contact) {
        if (!accounts.isEmpty()) {
            contact.put("AccountId", accounts.get(0).get("Id"));
        }
        return contact;
    }
}
