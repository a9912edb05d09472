package org.sftoolkit.camel.records;

import io.vertx.core.Future;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.client.ObjectDescription;
import org.sftoolkit.camel.error.InvalidBodyException;
import org.sftoolkit.camel.model.RecordId;
import org.sftoolkit.camel.operation.OperationContext;

/**
 * Compares Ids with the object that a route names, by their first three characters. A delete by Collections names no object to
 * Salesforce, which would delete records of any.
 *
 * @see <a href="https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/field_types.htm">Object Reference: ID Field
 *      Type</a>
 */
final class KeyPrefix {

    private static final int LENGTH = 3;
    /** Prefixes that are the same in every org: they spare a description, which decides if an Id has another. */
    private static final Map<String, String> STANDARD = Map.of(
            "account", "001",
            "contact", "003",
            "lead", "00Q",
            "opportunity", "006",
            "case", "500",
            "campaign", "701",
            "contract", "800",
            "task", "00T",
            "event", "00U",
            "user", "005");

    private KeyPrefix() {}

    /**
     * Fails with an {@link InvalidBodyException} if one of the Ids is of another object.
     *
     * @param type of the object; null if the route has no object
     */
    static Future<Void> require(OperationContext call, @Nullable String type, List<String> ids) {
        String known = type == null ? null : STANDARD.get(type.toLowerCase(Locale.ROOT));
        if (type == null || ids.stream().allMatch(id -> fits(known, id))) {
            return Future.succeededFuture();
        }
        return call.client().metadata().describe(type).map(object -> {
            List<String> foreign = ids.stream()
                    .filter(id -> isOfAnother(object, id))
                    .map(id -> id.substring(0, LENGTH))
                    .toList();
            if (foreign.isEmpty()) {
                return null;
            }
            throw new InvalidBodyException(
                    foreign.size() + " of " + ids.size() + " Ids are of another object than " + object.name()
                            + ": its Ids begin with " + object.keyPrefix() + ", and these with "
                            + String.join(
                                    ", ", foreign.stream().distinct().sorted().toList())
                            + ". No record was deleted: remove these Ids, or remove the object from the URI",
                    null);
        });
    }

    private static boolean fits(@Nullable String prefix, String id) {
        return !RecordId.isId(id) || id.substring(0, LENGTH).equals(prefix);
    }

    /** Whether the Id is of another object; false if the object has no prefix of its own. */
    static boolean isOfAnother(ObjectDescription object, String id) {
        return object.keyPrefix() != null && !fits(object.keyPrefix(), id);
    }
}
