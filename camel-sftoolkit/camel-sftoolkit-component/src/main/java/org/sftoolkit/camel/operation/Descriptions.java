package org.sftoolkit.camel.operation;

import io.vertx.core.Future;
import org.sftoolkit.camel.client.ObjectDescription;

/** Descriptions of objects that are of use, but without which records can be sent as they stand. */
public final class Descriptions {

    private Descriptions() {}

    /** The description; null if it cannot be had: what Salesforce says to the records themselves is of more use. */
    public static Future<ObjectDescription> ifKnown(Future<ObjectDescription> description) {
        return description.otherwiseEmpty();
    }
}
