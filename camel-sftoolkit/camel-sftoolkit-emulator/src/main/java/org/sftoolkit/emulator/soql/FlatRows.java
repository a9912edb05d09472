package org.sftoolkit.emulator.soql;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.sftoolkit.emulator.org.FieldType;
import org.sftoolkit.emulator.org.Row;
import org.sftoolkit.emulator.org.WireValues;

/**
 * A statement whose rows are given out as a flat table of text, as query jobs of Bulk API 2.0 do: one column an entry of the
 * SELECT list, parents as dotted columns. Checked when it is made, run when it is asked for rows.
 */
public final class FlatRows {

    /** A column, and how its text is read from a row. */
    private record Cell(String name, List<Hop> hops, Column<Row> column) {}

    private final Query query;
    private final Scope scope;
    private final RowPlan plan;
    private final List<Cell> cells = new ArrayList<>();

    private FlatRows(Query query, Scope scope, RowPlan plan) {
        this.query = query;
        this.scope = scope;
        this.plan = plan;
        flatten(plan.shape(), "", List.of());
    }

    /**
     * Checks a statement (Bulk API 2.0 and Bulk API Developer Guide: "Create a Query Job").
     *
     * @throws SoqlException if Salesforce refuses it, as a statement or for query jobs
     */
    public static FlatRows of(String statement, QueryContext context) {
        Query query = Parser.parse(statement);
        Planner planner = new Planner(statement, context);
        Scope scope = planner.scope(query);
        boolean aggregate = query.isCountAll() || !query.groupBy().isEmpty() || GroupCompiler.hasAggregate(query);
        if (aggregate || query.offset().isPresent()) {
            throw unsupported("Aggregate Relationships not supported in Bulk Query");
        }
        return new FlatRows(query, scope, planner.rowPlan(query, scope));
    }

    /** The object of FROM as the org spells it. */
    public String object() {
        return plan.object().name();
    }

    /** Names of the columns, in the order of the SELECT list. */
    public List<String> columns() {
        return cells.stream().map(Cell::name).toList();
    }

    /** The rows that the org holds now; null is empty text. */
    public Iterator<List<String>> rows() {
        Iterator<Row> rows = plan.select(Candidates.of(query, scope)).iterator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return rows.hasNext();
            }

            @Override
            public List<String> next() {
                Row row = rows.next();
                List<String> texts = new ArrayList<>(cells.size());
                cells.forEach(cell -> texts.add(text(cell, row)));
                return texts;
            }
        };
    }

    private void flatten(Shape shape, String prefix, List<Hop> hops) {
        for (Shape.Entry entry : shape.entries()) {
            if (entry instanceof Shape.Leaf leaf) {
                if (leaf.column().type().isCompound()) {
                    throw unsupported("Selecting compound data not supported in Bulk Query");
                }
                if (leaf.column().type() == FieldType.BASE64) {
                    throw unsupported("Binary fields not supported in Bulk Query");
                }
                cells.add(new Cell(prefix + leaf.key(), hops, leaf.column()));
            } else if (entry instanceof Shape.Parent parent) {
                List<Hop> further = new ArrayList<>(hops);
                further.add(parent.hop());
                flatten(parent.shape(), prefix + parent.key() + ".", List.copyOf(further));
            } else if (entry instanceof Shape.Children) {
                throw unsupported("Aggregate Relationships not supported in Bulk Query");
            } else {
                throw unsupported("TYPEOF not supported in Bulk Query");
            }
        }
    }

    private String text(Cell cell, Row row) {
        Row at = row;
        for (Hop hop : cell.hops()) {
            at = hop.parent(at, plan.context());
        }
        Object value = at == null ? null : cell.column().of(at);
        if (value instanceof Instant instant) {
            // In CSV, unlike in JSON, the offset is a Z.
            return WireValues.datetime(instant).replace("+0000", "Z");
        }
        Object wire = WireValues.of(cell.column().type(), value);
        return wire == null ? "" : wire instanceof BigDecimal number ? number.toPlainString() : wire.toString();
    }

    private static SoqlException unsupported(String message) {
        return new SoqlException("API_ERROR", message);
    }
}
