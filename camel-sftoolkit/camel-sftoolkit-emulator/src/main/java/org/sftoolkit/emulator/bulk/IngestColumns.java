package org.sftoolkit.emulator.bulk;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sftoolkit.emulator.org.FieldSchema;
import org.sftoolkit.emulator.org.FieldType;
import org.sftoolkit.emulator.org.ObjectSchema;

/**
 * The header of an upload, bound to the fields of the object (Bulk API 2.0 and Bulk API Developer Guide: "Prepare CSV Files",
 * "Relationship Fields in a Header Row"). Immutable.
 */
final class IngestColumns {

    private static final String NULL = "#N/A";

    /** How a column is written into a record. */
    private sealed interface Target {
        record Plain(FieldSchema field, boolean exact) implements Target {}

        record Parent(String relationship, String field, String type) implements Target {}
    }

    private final List<String> names;
    private final List<Target> targets;

    private IngestColumns(List<String> names, List<Target> targets) {
        this.names = names;
        this.targets = targets;
    }

    /** Throws {@link JobFailedException} at the first name that is not a field. */
    static IngestColumns bind(List<String> header, ObjectSchema object, IngestAction action) {
        if (action.deletes() && !(header.size() == 1 && header.get(0).equalsIgnoreCase("Id"))) {
            // The guide only says that the header is to be Id alone; the message is the one of Bulk API 1.0.
            throw new JobFailedException("InvalidBatch : The '" + action.wireName() + "' batch must contain only ids");
        }
        List<Target> targets = new ArrayList<>();
        header.forEach(name -> targets.add(target(name, object)));
        return new IngestColumns(List.copyOf(header), List.copyOf(targets));
    }

    List<String> names() {
        return names;
    }

    /** The record that a row stands for: empty cells are left out, {@code #N/A} is null. */
    Map<String, Object> record(CsvLine line) {
        Map<String, Object> record = new LinkedHashMap<>();
        for (int i = 0; i < targets.size(); i++) {
            String cell = line.cell(i);
            if (cell.isEmpty()) {
                continue;
            }
            Object value = cell.equals(NULL) ? null : cell;
            if (targets.get(i) instanceof Target.Plain plain) {
                record.put(plain.field().name(), value);
            } else {
                Target.Parent parent = (Target.Parent) targets.get(i);
                record.put(parent.relationship(), value == null ? null : parentRecord(parent, value));
            }
        }
        return record;
    }

    /** The row as results show it: names that differ in case come back empty, decimal numbers in Java's form. */
    List<String> echo(CsvLine line) {
        List<String> cells = new ArrayList<>(targets.size());
        for (int i = 0; i < targets.size(); i++) {
            String cell = line.cell(i);
            if (targets.get(i) instanceof Target.Plain plain) {
                cells.add(plain.exact() ? normalised(plain.field(), cell) : "");
            } else {
                cells.add(cell);
            }
        }
        return cells;
    }

    private static Map<String, Object> parentRecord(Target.Parent parent, Object value) {
        Map<String, Object> record = new LinkedHashMap<>();
        if (parent.type() != null) {
            record.put("attributes", Map.of("type", parent.type()));
        }
        record.put(parent.field(), value);
        return record;
    }

    private static String normalised(FieldSchema field, String cell) {
        if (field.type() != FieldType.DOUBLE || cell.isEmpty() || cell.equals(NULL)) {
            return cell;
        }
        try {
            return Double.toString(Double.parseDouble(cell));
        } catch (NumberFormatException e) {
            return cell;
        }
    }

    private static Target target(String name, ObjectSchema object) {
        int dot = name.indexOf('.');
        if (dot < 0) {
            FieldSchema field = object.field(name).orElseThrow(() -> unknown(name));
            return new Target.Plain(field, field.name().equals(name));
        }
        int colon = name.indexOf(':');
        String type = colon < 0 || colon > dot ? null : name.substring(0, colon);
        String relationship = name.substring(type == null ? 0 : colon + 1, dot);
        FieldSchema reference = object.fieldByRelationship(relationship).orElseThrow(() -> unknown(name));
        if (type != null && !reference.polymorphic()) {
            throw new JobFailedException(
                    "InvalidBatch : type is not needed for non polymorphic foreign key references: " + relationship);
        }
        if (type == null && reference.polymorphic()) {
            // Documented to be an error, without its words.
            throw new JobFailedException(
                    "InvalidBatch : type is needed for polymorphic foreign key references: " + relationship);
        }
        String field = name.substring(dot + 1);
        if (field.isEmpty() || field.indexOf('.') >= 0) {
            throw unknown(name);
        }
        return new Target.Parent(relationship, field, type);
    }

    private static JobFailedException unknown(String name) {
        return new JobFailedException("InvalidBatch : Field name not found : " + name);
    }
}
