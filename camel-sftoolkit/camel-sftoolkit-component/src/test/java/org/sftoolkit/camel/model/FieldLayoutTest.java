package org.sftoolkit.camel.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;

class FieldLayoutTest {

    private static final List<String> NAMES = List.of("Id", "Name", "Phone", "Address", "Owner");
    private static final List<String> KEYS = List.of("Id", "Name", "Phone", "Address", "Owner", "Fax", "attributes");

    /** Two records of the same values, of which one shares its names with others. */
    private final Object[] first = {"001", "Acme", null, new LinkedHashMap<>(Map.of("City", "Rome")), "o"};

    private SObject plain() {
        var values = new LinkedHashMap<String, Object>();
        for (int i = 0; i < first.length; i++) {
            values.put(NAMES.get(i), copy(first[i]));
        }
        return SObject.read("Account", values);
    }

    private SObject shared(FieldLayout layout) {
        var values = new Object[first.length];
        for (int i = 0; i < first.length; i++) {
            values[i] = copy(first[i]);
        }
        return SObject.read("Account", layout, values);
    }

    private static Object copy(Object value) {
        return value instanceof Map<?, ?> map ? new LinkedHashMap<>(map) : value;
    }

    @Property(tries = 1_000, shrinking = ShrinkingMode.OFF)
    void aRecordThatSharesItsNamesActsAsOneThatDoesNot(@ForAll long seed) {
        var layout = new FieldLayout(NAMES);
        SObject plain = plain();
        SObject shared = shared(layout);
        SObject neighbour = shared(layout);
        var steps = new ArrayList<String>();
        var random = new Random(seed);
        for (int i = 0; i < 12; i++) {
            long step = random.nextLong();
            Object a = step(plain, new Random(step), steps);
            Object b = step(shared, new Random(step), new ArrayList<>());
            assertThat(b).as("%s", steps).isEqualTo(a);
            assertThat(shared).as("%s", steps).isEqualTo(plain).hasSameSizeAs(plain);
            assertThat(shared.toString()).as("%s", steps).isEqualTo(plain.toString());
            assertThat(shared.changedFields()).as("%s", steps).containsExactlyElementsOf(plain.changedFields());
            assertThat(List.copyOf(shared.keySet())).as("%s", steps).isEqualTo(List.copyOf(plain.keySet()));
        }
        assertThat(neighbour).isEqualTo(plain());
    }

    private static Object step(SObject record, Random random, List<String> steps) {
        String key = KEYS.get(random.nextInt(KEYS.size()));
        Object value = random.nextInt(4) == 0 ? null : "v" + random.nextInt(3);
        int kind = random.nextInt(9);
        steps.add(kind + " " + key + " " + value);
        switch (kind) {
            case 0:
                return record.remove(key);
            case 1:
                return record.get(key);
            case 2:
                record.setId("002");
                return record.id();
            case 3:
                record.markUnchanged();
                return record.containsKey(key);
            case 4:
                var other = SObject.of("Account", new LinkedHashMap<>(Map.of(key, "merged")));
                other.markUnchanged();
                record.merge(other);
                return record.size();
            case 5:
                return record.values().removeIf(found -> Objects.equals(found, value));
            case 6:
                return record.entrySet().removeIf(entry -> entry.getKey().equals(key));
            case 7:
                for (var entry : record.entrySet()) {
                    if (entry.getKey().equals(key)) {
                        return entry.setValue(value);
                    }
                }
                return null;
            default:
                if (record.get("Address") instanceof Map<?, ?> address && value != null) {
                    change(address, value);
                }
                return record.put(key, value);
        }
    }

    @SuppressWarnings("unchecked") // made above
    private static void change(Map<?, ?> address, Object city) {
        ((Map<String, Object>) address).put("City", city);
    }

    @Test
    void aNameThatStandsTwiceIsRefused() {
        assertThatThrownBy(() -> new FieldLayout(List.of("Id", "Id")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Id");
    }

    @Test
    void asManyValuesAsNamesAreNeeded() {
        var layout = new FieldLayout(NAMES);
        assertThatThrownBy(() -> SObject.read("Account", layout, new Object[1]))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
