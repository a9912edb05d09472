package org.sftoolkit.emulator.soql;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Predicate;
import org.sftoolkit.emulator.org.ObjectSchema;
import org.sftoolkit.emulator.org.Row;

/**
 * A resolved SELECT of rows, ready to run.
 *
 * @param order by the ORDER BY clause; nothing without one
 * @param limit number of rows at most, after {@code offset} of them were left out
 */
record RowPlan(
        QueryContext context,
        ObjectSchema object,
        Shape shape,
        Predicate<Row> filter,
        Optional<Comparator<Row>> order,
        long offset,
        long limit) {

    /** Beyond this a sort of everything is cheaper than a heap. */
    private static final int LARGEST_HEAP = 100_000;

    /** The rows that match, in order; the candidates are in order of id, which also settles ties. */
    List<Row> select(List<Row> candidates) {
        long wanted = limit > Long.MAX_VALUE - offset ? Long.MAX_VALUE : offset + limit;
        List<Row> found;
        if (order.isEmpty()) {
            found = first(candidates, wanted);
        } else if (wanted <= LARGEST_HEAP && wanted < candidates.size()) {
            found = smallest(candidates, (int) wanted);
        } else {
            found = first(candidates, Long.MAX_VALUE);
            found.sort(order.get());
        }
        int from = (int) Math.min(offset, found.size());
        int to = (int) Math.min(wanted, found.size());
        return from == 0 && to == found.size() ? found : List.copyOf(found.subList(from, to));
    }

    private List<Row> first(List<Row> candidates, long wanted) {
        List<Row> found = new ArrayList<>();
        for (Row row : candidates) {
            if (found.size() >= wanted) {
                break;
            }
            if (filter.test(row)) {
                found.add(row);
            }
        }
        return found;
    }

    /** Holds no more than the wanted rows at any time; a million candidates need no list of matches. */
    private List<Row> smallest(List<Row> candidates, int wanted) {
        if (wanted == 0) {
            return List.of();
        }
        Comparator<Placed> placed =
                Comparator.comparing(Placed::row, order.get()).thenComparingInt(Placed::place);
        PriorityQueue<Placed> heap = new PriorityQueue<>(Math.min(wanted, 1024) + 1, placed.reversed());
        int place = 0;
        for (Row row : candidates) {
            place++;
            if (!filter.test(row)) {
                continue;
            }
            if (heap.size() < wanted) {
                heap.add(new Placed(row, place));
            } else if (order.get().compare(row, heap.peek().row()) < 0) {
                heap.poll();
                heap.add(new Placed(row, place));
            }
        }
        List<Placed> kept = new ArrayList<>(heap);
        kept.sort(placed);
        List<Row> found = new ArrayList<>(kept.size());
        kept.forEach(entry -> found.add(entry.row()));
        return Collections.unmodifiableList(found);
    }

    private record Placed(Row row, int place) {}
}
