package org.sftoolkit.emulator.soql;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.sftoolkit.emulator.org.Row;

/** The rows of a statement as JSON records, all of one page, as query jobs of the Bulk API before 2.0 give them. Immutable. */
public final class RecordRows {

    private final RowPlan plan;
    private final List<Row> rows;

    private RecordRows(RowPlan plan, List<Row> rows) {
        this.plan = plan;
        this.rows = rows;
    }

    /**
     * Runs a statement.
     *
     * @throws SoqlException if it is refused, as counts and groups are
     */
    public static RecordRows of(String statement, QueryContext context) {
        if (!(Soql.run(statement, context) instanceof QueryResult.Rows found)) {
            throw new SoqlException("FEATURENOTENABLED", "Aggregate Relationships not supported in Bulk Query");
        }
        return new RecordRows(found.plan(), found.rows());
    }

    /** Number of records. */
    public long count() {
        return rows.size();
    }

    /** The records, written when they are asked for. */
    public List<ObjectNode> records() {
        RecordWriter writer = new RecordWriter(plan.context(), (children, found) -> {
            throw new SoqlException("FEATURENOTENABLED", "Aggregate Relationships not supported in Bulk Query");
        });
        List<ObjectNode> records = new ArrayList<>(rows.size());
        rows.forEach(row -> records.add(writer.record(row, plan.shape())));
        return records;
    }
}
