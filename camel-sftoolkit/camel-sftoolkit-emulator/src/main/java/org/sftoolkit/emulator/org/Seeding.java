package org.sftoolkit.emulator.org;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Fills an org with records whose parents may come in any order: a record waits until the row that it names by a key is
 * there. Not safe for threads.
 */
public final class Seeding {

    private record Seed(String object, Map<String, Object> fields, String place) {}

    private final Org org;
    private final List<Seed> seeds = new ArrayList<>();

    public Seeding(Org org) {
        this.org = org;
    }

    /**
     * Adds a record; nulls and compound values are left out.
     *
     * @param object its type, unless the record has {@code attributes} with one
     * @param place of the record, for messages
     * @throws IllegalArgumentException if the schema does not have the object
     */
    public void add(String object, Map<?, ?> record, String place) {
        Map<String, Object> fields = new LinkedHashMap<>();
        record.forEach((name, value) -> {
            if (value != null) {
                fields.put(String.valueOf(name), value);
            }
        });
        String type = fields.remove("attributes") instanceof Map<?, ?> attributes
                        && attributes.get("type") instanceof String named
                ? named
                : object;
        ObjectSchema known = org.schema()
                .object(type)
                .orElseThrow(() -> new IllegalArgumentException(
                        place + ": the schema has no object '" + type + "'; add it first"));
        // Compound values are read, never written; their parts stand beside them.
        fields.keySet().removeIf(name -> known.field(name)
                .filter(field -> field.type().isCompound())
                .isPresent());
        seeds.add(new Seed(known.name(), fields, place));
    }

    /**
     * Writes the records. One with the Id of a row that is there, such as the first user's, changes it. Answers their number.
     *
     * @throws IllegalArgumentException naming the place of the first record that is refused; those before it are written
     */
    public int write() {
        List<Seed> waiting = seeds;
        while (!waiting.isEmpty()) {
            List<Seed> left = new ArrayList<>();
            RowRefusedException reason = null;
            for (Seed seed : waiting) {
                try {
                    put(seed);
                } catch (RowRefusedException e) {
                    reason = left.isEmpty() ? e : reason;
                    left.add(seed);
                }
            }
            if (left.size() == waiting.size()) {
                throw new IllegalArgumentException(left.get(0).place() + ": "
                        + reason.error().statusCode() + ": " + reason.error().message());
            }
            waiting = left;
        }
        return seeds.size();
    }

    private void put(Seed seed) {
        Object id = seed.fields().get("Id");
        if (id != null && org.row(org.object(seed.object()), id.toString()).isPresent()) {
            Map<String, Object> rest = new LinkedHashMap<>(seed.fields());
            rest.remove("Id");
            org.update(seed.object(), id.toString(), rest);
        } else {
            org.insert(seed.object(), seed.fields());
        }
    }
}
