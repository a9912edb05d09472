package org.sftoolkit.emulator.org;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The schema, a table for each of its objects, and the ids to come. Not safe for threads: {@link Org} guards it. */
final class Tables {

    private static final Set<String> KEPT = Set.of("User", "Organization", "Profile");

    private final String instance;
    private final Map<String, ObjectTable> tables = new HashMap<>();
    private final Map<String, Long> numbers = new HashMap<>();
    /** Read without the lock too. */
    private volatile Schema schema;

    private volatile Instant schemaChanged;

    Tables(Schema schema, String instance, Instant now) {
        this.schema = schema;
        this.instance = instance;
        this.schemaChanged = now;
        schema.objects().forEach(object -> tables.put(object.name(), new ObjectTable(object)));
    }

    Schema schema() {
        return schema;
    }

    Instant schemaChanged() {
        return schemaChanged;
    }

    ObjectTable of(ObjectSchema object) {
        return tables.get(object.name());
    }

    /** An id that no row has. */
    String newId(String prefix) {
        String id = id(prefix, next(prefix));
        ObjectTable table = schema.objectOfId(id).map(this::of).orElse(null);
        // Rows that were put back, or filled in with their ids, may hold some of the next ids.
        while (table != null && table.get(id) != null) {
            id = id(prefix, next(prefix));
        }
        return id;
    }

    /** The id of that number. */
    String id(String prefix, long number) {
        return RecordIds.of(prefix, instance, number);
    }

    /** The next value of a counter, from 1. */
    long next(String counter) {
        return numbers.merge(counter, 1L, Long::sum);
    }

    /** Takes all rows out as if they had never been, except users and what every org has from the start. */
    void forgetAll() {
        tables.replaceAll((name, table) -> KEPT.contains(name) ? table : new ObjectTable(table.schema()));
    }

    /**
     * Another schema from now on. Objects may come, and fields to those that are there.
     *
     * @throws IllegalArgumentException when an object with rows would change otherwise
     */
    void change(UnaryOperator<Schema> change, Instant now) {
        Schema next = change.apply(schema);
        Map<String, ObjectTable> changed = new HashMap<>();
        for (ObjectSchema object : next.objects()) {
            ObjectTable before = tables.get(object.name());
            if (before == null || before.schema() != object) {
                changed.put(object.name(), laidOut(before, object));
            }
        }
        tables.putAll(changed);
        // Clients ask by the second whether a describe result has changed.
        Instant later = schemaChanged.plus(Duration.ofSeconds(1));
        schemaChanged = later.isAfter(now) ? later : now;
        schema = next;
    }

    private static ObjectTable laidOut(ObjectTable before, ObjectSchema object) {
        ObjectTable table = new ObjectTable(object);
        List<Row> rows = before == null ? List.of() : before.rows(true);
        if (!rows.isEmpty() && !object.extendsFieldsOf(before.schema())) {
            throw new IllegalArgumentException(
                    object.name() + " has rows, so it can only get more fields: reset the org before you replace it");
        }
        rows.forEach(row -> table.put(row.id(), row.in(object)));
        return table;
    }

    /** All rows, those in the recycle bin too. */
    Map<String, List<Row>> snapshot() {
        Map<String, List<Row>> rows = new HashMap<>();
        tables.forEach((name, table) -> rows.put(name, table.rows(true)));
        return rows;
    }

    /** These rows in place of all; objects that they do not name become empty. */
    void restore(Map<String, List<Row>> rows) {
        tables.replaceAll((name, table) -> {
            ObjectTable fresh = new ObjectTable(table.schema());
            new ArrayList<>(rows.getOrDefault(name, List.of()))
                    .forEach(row -> fresh.put(row.id(), row.in(table.schema())));
            return fresh;
        });
    }
}
