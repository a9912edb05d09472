package org.sftoolkit.emulator.org;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The rows of one object by id, with an index of each key and each reference to a parent. Not safe for threads: {@link
 * Org} guards it. Rows in the recycle bin stay in the table but leave the indexes.
 */
final class ObjectTable {

    private static final Set<String> UNINDEXED = Set.of("OwnerId", "CreatedById", "LastModifiedById");

    private final ObjectSchema schema;
    private final TreeMap<String, Row> rows = new TreeMap<>();
    /** Both are empty until the first row comes, so that nobody reads the schema of an object that is not used. */
    private List<FieldSchema> indexed = List.of();
    /** By field index; null for a field without one. Maps a value to an id, or to a set of them. */
    private List<Map<Object, Object>> indexes = List.of();

    private int alive;

    ObjectTable(ObjectSchema schema) {
        this.schema = schema;
    }

    private void requireIndexes() {
        if (indexes.isEmpty()) {
            List<Map<Object, Object>> made = new ArrayList<>();
            schema.fields().forEach(field -> made.add(isIndexed(field) ? new HashMap<>() : null));
            indexes = made;
            indexed = schema.fields().stream().filter(ObjectTable::isIndexed).toList();
        }
    }

    ObjectSchema schema() {
        return schema;
    }

    Row get(String id) {
        return rows.get(id);
    }

    /** Number of rows outside the recycle bin. */
    int alive() {
        return alive;
    }

    List<Row> rows(boolean withDeleted) {
        if (withDeleted) {
            return new ArrayList<>(rows.values());
        }
        List<Row> result = new ArrayList<>(alive);
        for (Row row : rows.values()) {
            if (!row.deleted()) {
                result.add(row);
            }
        }
        return result;
    }

    /** Some rows in order of id, behind that one, or with {@code before} those that come right before it. */
    List<Row> rows(String place, boolean before, int limit, boolean withDeleted) {
        Collection<Row> all = before
                ? rows.headMap(place, false).descendingMap().values()
                : rows.tailMap(place, false).values();
        List<Row> some = new ArrayList<>();
        for (Row row : all) {
            if (some.size() == limit) {
                break;
            }
            if (withDeleted || !row.deleted()) {
                some.add(row);
            }
        }
        if (before) {
            Collections.reverse(some);
        }
        return some;
    }

    /** Ids of the living rows with that value in an indexed field, in order of id. */
    Collection<String> idsWith(FieldSchema field, Object value) {
        if (!isIndexed(field)) {
            throw new IllegalArgumentException(schema.name() + "." + field.name() + " has no index");
        }
        if (indexes.isEmpty()) {
            return List.of();
        }
        Map<Object, Object> index = indexes.get(field.index());
        Object key = value instanceof String text && field.type().isNumeric() ? number(field, text) : value;
        Object found = key == null ? null : index.get(keyOf(field, key));
        if (found == null) {
            return List.of();
        }
        return found instanceof String id ? List.of(id) : ids(found);
    }

    /** The living rows with that value in an indexed field, in order of id. */
    List<Row> rowsWith(FieldSchema field, Object value) {
        List<Row> found = new ArrayList<>();
        idsWith(field, value).forEach(id -> found.add(get(id)));
        return found;
    }

    /** Stores a row in place of the one with its id, if any; a null row removes it. Answers what was there before. */
    Row put(String id, Row row) {
        requireIndexes();
        Row before = row == null ? rows.remove(id) : rows.put(id, row);
        if (before != null && !before.deleted()) {
            alive--;
            indexed.forEach(field -> unindex(field, before));
        }
        if (row != null && !row.deleted()) {
            alive++;
            indexed.forEach(field -> index(field, row));
        }
        return before;
    }

    static boolean isIndexed(FieldSchema field) {
        if (field.type() == FieldType.REFERENCE) {
            return !UNINDEXED.contains(field.name());
        }
        return field.type() != FieldType.ID && (field.isKey() || field.unique());
    }

    private void index(FieldSchema field, Row row) {
        Object value = row.get(field);
        if (value == null) {
            return;
        }
        indexes.get(field.index()).merge(keyOf(field, value), row.id(), (known, id) -> {
            Set<String> all = known instanceof String first ? new TreeSet<>(Set.of(first)) : ids(known);
            all.add((String) id);
            return all;
        });
    }

    private void unindex(FieldSchema field, Row row) {
        Object value = row.get(field);
        if (value == null) {
            return;
        }
        indexes.get(field.index()).computeIfPresent(keyOf(field, value), (key, known) -> {
            if (known instanceof String) {
                return null;
            }
            Set<String> all = ids(known);
            all.remove(row.id());
            return all.size() > 1 ? all : all.iterator().next();
        });
    }

    /** Most entries hold one id; a set is made for those with more, which saves memory on unique keys. */
    @SuppressWarnings("unchecked")
    private static Set<String> ids(Object several) {
        return (Set<String>) several;
    }

    // a number in a path is text, and no row holds what no field takes
    private Object number(FieldSchema field, String text) {
        try {
            return ValueReader.read(schema, field, text);
        } catch (RowRefusedException e) {
            return null;
        }
    }

    private static Object keyOf(FieldSchema field, Object value) {
        if (value instanceof BigDecimal number) {
            return number.stripTrailingZeros();
        }
        boolean folded = value instanceof String
                && !field.caseSensitive()
                && !field.type().isId();
        return folded ? ((String) value).toLowerCase(Locale.ROOT) : value;
    }
}
