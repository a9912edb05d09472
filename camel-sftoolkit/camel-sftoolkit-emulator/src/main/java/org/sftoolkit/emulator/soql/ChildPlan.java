package org.sftoolkit.emulator.soql;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.sftoolkit.emulator.org.FieldSchema;
import org.sftoolkit.emulator.org.Row;

/**
 * A child subquery: for a parent row, its children. Keeps what a scan found, so one instance serves one execution. Safe
 * for threads.
 */
final class ChildPlan {
    private final RowPlan plan;
    private final FieldSchema reference;
    private volatile Map<Object, List<Row>> byParent;

    /** @param reference the children's field that points at the parent */
    ChildPlan(RowPlan plan, FieldSchema reference) {
        this.plan = plan;
        this.reference = reference;
    }

    RowPlan plan() {
        return plan;
    }

    List<Row> of(Row parent) {
        return plan.select(candidates(parent.id()));
    }

    private List<Row> candidates(String parentId) {
        QueryContext context = plan.context();
        // The index holds living rows only.
        if (!context.withDeleted() && context.org().indexed(reference)) {
            return context.org().rowsWith(plan.object(), reference, parentId);
        }
        Map<Object, List<Row>> found = byParent;
        if (found == null) {
            found = new HashMap<>(context.org().rows(plan.object(), context.withDeleted()).stream()
                    .filter(row -> row.get(reference) != null)
                    .collect(Collectors.groupingBy(row -> row.get(reference))));
            byParent = found;
        }
        return found.getOrDefault(parentId, List.of());
    }
}
