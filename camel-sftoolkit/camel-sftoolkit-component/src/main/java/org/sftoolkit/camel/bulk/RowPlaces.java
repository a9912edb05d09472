package org.sftoolkit.camel.bulk;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.client.ObjectDescription;
import org.sftoolkit.camel.model.BulkResult.Part;
import org.sftoolkit.camel.model.BulkRow;
import org.sftoolkit.camel.operation.BulkAction;

/**
 * Places in the input of the rows of one job, found again by what results give back. Of rows with equal content, which are all the same
 * to Salesforce, those that were written are taken for the first in the input, and those that were refused for the last. Filled by one
 * thread, then read by any.
 */
final class RowPlaces {

    private final RowIdentity identity;
    private final Map<Object, int[]> places = new HashMap<>();

    /**
     * @param externalIdField of an upsert; not needed for another action
     * @param object null if it is not known
     */
    RowPlaces(
            BulkAction action,
            List<String> columns,
            @Nullable String externalIdField,
            @Nullable ObjectDescription object) {
        this.identity = new RowIdentity(action, columns, externalIdField, object);
    }

    void add(int place, List<String> cells) {
        places.merge(identity.of(cells), new int[] {place}, (known, more) -> {
            int[] all = Arrays.copyOf(known, known.length + 1);
            all[known.length] = place;
            return all;
        });
    }

    /** Gives rows that are read in the order of their results their places. For one reader. */
    UnaryOperator<BulkRow> reading(Part part) {
        var met = new HashMap<Object, Integer>();
        return row -> {
            Object same = identity.of(row.cells());
            int[] known = places.get(same);
            if (known == null) {
                return row;
            }
            int number = known.length == 1 ? 1 : met.merge(same, 1, Integer::sum);
            if (number > known.length) {
                return row;
            }
            return row.at(known[part == Part.FAILED ? known.length - number : number - 1]);
        };
    }
}
