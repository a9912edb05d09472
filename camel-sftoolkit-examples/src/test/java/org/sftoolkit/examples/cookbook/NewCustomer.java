package org.sftoolkit.examples.cookbook;

import java.util.Map;
import org.apache.camel.Body;
import org.sftoolkit.camel.model.CompositeRequest;

/** The requests that make a customer of a form. */
public final class NewCustomer {

    private NewCustomer() {}

    /** An Account and its Contact, both or neither. */
    public static CompositeRequest requests(@Body Map<String, Object> form) {
        return new CompositeRequest()
                .allOrNone(true)
                .add("account", "POST", "sobjects/Account", Map.of("Name", form.get("company")))
                .add(
                        "contact",
                        "POST",
                        "sobjects/Contact",
                        Map.of("LastName", form.get("lastName"), "AccountId", "@{account.id}"));
    }
}
