package org.sftoolkit.emulator.soql;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.sftoolkit.emulator.org.Row;

/**
 * A resolved SELECT of groups, ready to run.
 *
 * @param keys what is grouped by; empty for one group of everything
 * @param rollUps for each way to group the rows, the keys that it sums over: one empty set, unless ROLLUP or CUBE ask for more
 * @param outputs what each group shows, by key of the answer
 */
record GroupPlan(
        List<Column<Row>> keys,
        List<BitSet> rollUps,
        List<Aggregate> aggregates,
        Map<String, Column<GroupRow>> outputs,
        Predicate<Row> filter,
        Predicate<GroupRow> having,
        Optional<Comparator<GroupRow>> order,
        long offset,
        long limit) {

    record Aggregate(AggregateFunction function, Column<Row> column) {}

    List<GroupRow> run(List<Row> candidates) {
        // Groups first, then their subtotals; only ORDER BY promises an order.
        List<Map<List<Object>, Group>> groupings = new ArrayList<>();
        for (BitSet rollUp : rollUps) {
            Map<List<Object>, Group> groups = new LinkedHashMap<>();
            if (keys.isEmpty()) {
                groups.put(List.of(), new Group(null, rollUp));
            }
            groupings.add(groups);
        }
        for (Row row : candidates) {
            if (filter.test(row)) {
                group(row, groupings);
            }
        }
        List<GroupRow> found = new ArrayList<>();
        for (Map<List<Object>, Group> groups : groupings) {
            groups.values().stream().map(Group::result).filter(having).forEach(found::add);
        }
        order.ifPresent(found::sort);
        int from = (int) Math.min(offset, found.size());
        return found.subList(from, (int) (from + Math.min(limit, found.size() - from)));
    }

    private void group(Row row, List<Map<List<Object>, Group>> groupings) {
        Object[] values = keys.stream().map(column -> column.comparable(row)).toArray();
        for (int i = 0; i < groupings.size(); i++) {
            BitSet rollUp = rollUps.get(i);
            Object[] key = values.clone();
            rollUp.stream().forEach(rolled -> key[rolled] = null);
            groupings
                    .get(i)
                    .computeIfAbsent(Arrays.asList(key), k -> new Group(row, rollUp))
                    .add(row);
        }
    }

    private final class Group {
        private final Object[] shown;
        private final BitSet rolledUp;
        private final List<AggregateFunction.Accumulator> accumulators;

        private Group(Row first, BitSet rolledUp) {
            this.shown = keys.stream().map(column -> column.of(first)).toArray();
            rolledUp.stream().forEach(rolled -> shown[rolled] = null);
            this.rolledUp = rolledUp;
            this.accumulators = aggregates.stream()
                    .map(aggregate -> aggregate.function().over(aggregate.column()))
                    .toList();
        }

        private void add(Row row) {
            accumulators.forEach(accumulator -> accumulator.add(row));
        }

        private GroupRow result() {
            return new GroupRow(
                    shown,
                    accumulators.stream()
                            .map(AggregateFunction.Accumulator::result)
                            .toArray(),
                    rolledUp);
        }
    }
}
