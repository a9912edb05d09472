package org.sftoolkit.camel.operation;

import io.vertx.core.Future;
import org.sftoolkit.camel.client.ObjectDescription;

/** Optional descriptions of objects; without them records are sent as they are. */
public final class Descriptions {

    private Descriptions() {}

    /** The description; null if it is not available, because Salesforce's errors for the records say more. */
    public static Future<ObjectDescription> ifKnown(Future<ObjectDescription> description) {
        return description.otherwiseEmpty();
    }
}
