package org.sftoolkit.emulator.soql;

import java.util.ArrayList;
import java.util.Arrays;
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
 * @param outputs what each group shows, by key of the answer
 */
record GroupPlan(
        List<Column<Row>> keys,
        List<Aggregate> aggregates,
        Map<String, Column<GroupRow>> outputs,
        Predicate<Row> filter,
        Predicate<GroupRow> having,
        Optional<Comparator<GroupRow>> order,
        long offset,
        long limit) {

    record Aggregate(AggregateFunction function, Column<Row> column) {}

    List<GroupRow> run(List<Row> candidates) {
        Map<List<Object>, Group> groups = new LinkedHashMap<>();
        if (keys.isEmpty()) {
            groups.put(List.of(), new Group(null));
        }
        for (Row row : candidates) {
            if (filter.test(row)) {
                Object[] key =
                        keys.stream().map(column -> column.comparable(row)).toArray();
                groups.computeIfAbsent(Arrays.asList(key), k -> new Group(row)).add(row);
            }
        }
        List<GroupRow> found = new ArrayList<>();
        groups.values().stream().map(Group::result).filter(having).forEach(found::add);
        order.ifPresent(found::sort);
        int from = (int) Math.min(offset, found.size());
        return found.subList(from, (int) (from + Math.min(limit, found.size() - from)));
    }

    private final class Group {
        private final Object[] shown;
        private final List<AggregateFunction.Accumulator> accumulators;

        private Group(Row first) {
            this.shown = keys.stream().map(column -> column.of(first)).toArray();
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
                            .toArray());
        }
    }
}
