package org.sftoolkit.emulator.soql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.sftoolkit.emulator.org.FieldType;
import org.sftoolkit.emulator.org.Row;
import org.sftoolkit.emulator.org.WireValues;

/** Writes rows as JSON records, with their parents and children. Used by one thread. */
final class RecordWriter {
    private final QueryContext context;
    private final BiFunction<ChildPlan, List<Row>, JsonNode> children;
    private int childRows;

    /** @param children writes a list of children as a page of its own */
    RecordWriter(QueryContext context, BiFunction<ChildPlan, List<Row>, JsonNode> children) {
        this.context = context;
        this.children = children;
    }

    /** Number of child rows met so far, at any depth. */
    int childRows() {
        return childRows;
    }

    ObjectNode record(Row row, Shape shape) {
        return record(row, row.schema().name(), shape);
    }

    private ObjectNode record(Row row, String type, Shape shape) {
        ObjectNode record = JsonNodeFactory.instance.objectNode();
        record.putObject("attributes").put("type", type).put("url", url(row));
        for (Shape.Entry entry : shape.entries()) {
            record.set(entry.key(), value(row, entry));
        }
        return record;
    }

    private JsonNode value(Row row, Shape.Entry entry) {
        if (entry instanceof Shape.Leaf leaf) {
            Object value = leaf.column().of(row);
            if (value != null && leaf.column().type() == FieldType.BASE64) {
                return JsonNodeFactory.instance.textNode(url(row) + "/" + leaf.key());
            }
            return node(leaf.column().type(), value);
        }
        if (entry instanceof Shape.Children list) {
            List<Row> rows = list.plan().of(row);
            childRows += rows.size();
            return rows.isEmpty() ? JsonNodeFactory.instance.nullNode() : children.apply(list.plan(), rows);
        }
        if (entry instanceof Shape.Parent parent) {
            Row found = parent.hop().parent(row, context);
            // A polymorphic parent shows itself as the entity Name, whatever it is.
            return found == null
                    ? JsonNodeFactory.instance.nullNode()
                    : record(
                            found,
                            parent.hop().polymorphic() ? "Name" : found.schema().name(),
                            parent.shape());
        }
        Shape.TypedParent typed = (Shape.TypedParent) entry;
        Row found = typed.hop().parent(row, context);
        if (found == null) {
            return JsonNodeFactory.instance.nullNode();
        }
        // Without a matching WHEN and without ELSE only the attributes remain. Not documented; assumed.
        Shape shape = Optional.ofNullable(typed.byType().get(found.schema().name()))
                .or(typed::otherwise)
                .orElse(new Shape(List.of()));
        return record(found, shape);
    }

    private String url(Row row) {
        return context.dataPath() + "/sobjects/" + row.schema().name() + "/" + row.id();
    }

    /** A stored or computed value as JSON. */
    static JsonNode node(FieldType type, Object value) {
        return json(WireValues.of(type, value));
    }

    private static JsonNode json(Object wire) {
        if (wire == null) {
            return JsonNodeFactory.instance.nullNode();
        }
        if (wire instanceof Boolean bool) {
            return JsonNodeFactory.instance.booleanNode(bool);
        }
        if (wire instanceof BigDecimal number) {
            return DecimalNode.valueOf(number);
        }
        if (wire instanceof Map<?, ?> parts) {
            ObjectNode node = JsonNodeFactory.instance.objectNode();
            parts.forEach((key, part) -> node.set((String) key, json(part)));
            return node;
        }
        return JsonNodeFactory.instance.textNode(wire.toString());
    }
}
