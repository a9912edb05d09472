package org.sftoolkit.camel.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.sftoolkit.camel.model.SObject;

class ValueReaderTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Rows that are nearly alike: what the reader expects of one by the row before must never show. */
    @Property(tries = 1_000, shrinking = ShrinkingMode.OFF)
    void rowsReadTogetherEqualRowsReadAlone(@ForAll long seed) throws IOException {
        var random = new Random(seed);
        var rows = new ArrayList<String>();
        var text = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            rows.add(record(random, 0));
            text.append(rows.get(i)).append('\n');
        }
        var together = new ValueReader(true);
        try (JsonParser json = JSON.createParser(text.toString())) {
            for (String row : rows) {
                json.nextToken();
                Object read = together.read(json);
                Object alone = alone(row);
                assertThat(read).as("%s%nof %s", row, rows).isEqualTo(alone);
                assertThat(String.valueOf(read)).as("%s", row).isEqualTo(String.valueOf(alone));
                assertThat(plain(read)).isEqualTo(withoutAttributes(JSON.readValue(row, Object.class)));
            }
        }
    }

    private static Object alone(String row) throws IOException {
        try (JsonParser json = JSON.createParser(row)) {
            json.nextToken();
            return new ValueReader(true).read(json);
        }
    }

    private static String record(Random random, int depth) {
        var fields = new ArrayList<String>();
        int shape = random.nextInt(8);
        if (shape != 7) {
            fields.add(
                    random.nextInt(9) == 0
                            ? "\"attributes\":{\"url\":\"/a\"}"
                            : "\"attributes\":{\"type\":\"T" + depth + "\",\"url\":\"/a\"}");
        }
        List<String> names = new ArrayList<>(List.of("Id", "Name", "Owner", "Parent", "List"));
        if (shape == 6) {
            names.remove(random.nextInt(names.size()));
        } else if (shape == 5) {
            names.add(random.nextInt(names.size()), "More");
        } else if (shape == 4) {
            java.util.Collections.shuffle(names, random);
        }
        for (String name : names) {
            fields.add('"' + name + "\":" + value(random, depth));
        }
        if (shape == 3) {
            fields.add(random.nextInt(fields.size() + 1), "\"Late\":{\"attributes\":{\"type\":\"L\"},\"Id\":null}");
        }
        return '{' + String.join(",", fields) + '}';
    }

    private static String value(Random random, int depth) {
        return switch (random.nextInt(depth > 2 ? 4 : 7)) {
            case 0 -> "null";
            case 1 -> "\"text " + random.nextInt(9) + "\"";
            case 2 -> Integer.toString(random.nextInt(99));
            case 3 -> "true";
            case 4 -> record(random, depth + 1);
            case 5 -> "[" + record(random, depth + 1) + "," + value(random, depth + 1) + "]";
            default -> "{}";
        };
    }

    /** As plain maps and lists. */
    private static Object plain(Object value) {
        if (value instanceof Map<?, ?> map) {
            var plain = new LinkedHashMap<Object, Object>();
            map.forEach((name, member) -> plain.put(name, plain(member)));
            return plain;
        }
        return value instanceof List<?> list
                ? list.stream().map(ValueReaderTest::plain).toList()
                : value;
    }

    private static Object withoutAttributes(Object value) {
        if (value instanceof Map<?, ?> map) {
            var plain = new LinkedHashMap<Object, Object>();
            map.forEach((name, member) -> {
                if (!name.equals("attributes")) {
                    plain.put(name, withoutAttributes(member));
                }
            });
            return plain;
        }
        return value instanceof List<?> list
                ? new ArrayList<>(
                        list.stream().map(ValueReaderTest::withoutAttributes).toList())
                : value;
    }

    /** A record of which the attributes come last is read as one all the same. */
    @org.junit.jupiter.api.Test
    void attributesMayStandAnywhere() throws IOException {
        assertThat(alone("{\"Id\":\"1\",\"attributes\":{\"type\":\"Account\"}}"))
                .isInstanceOfSatisfying(
                        SObject.class, record -> assertThat(record.type()).isEqualTo("Account"));
    }
}
