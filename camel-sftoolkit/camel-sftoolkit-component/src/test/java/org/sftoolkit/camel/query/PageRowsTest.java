package org.sftoolkit.camel.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.sftoolkit.camel.client.ApiJson;
import org.sftoolkit.camel.client.RecordReader;
import org.sftoolkit.camel.client.ValueReader;
import org.sftoolkit.camel.model.SObject;

/**
 * Pages of random content in random order, half of them with damaged bytes, cut anywhere: their rows are those of Jackson's parser.
 * {@code -Djqwik.tries.default=100000} reads a million of them.
 */
class PageRowsTest {

    private static final int PAGES = 10;
    private static final String[] TEXTS = {
        "\"\"",
        "\"a\"",
        "\"Ümläut 漢 \uD83D\uDE00\"",
        "\"\\\"]}\\\\\"",
        "\"\\u00e9\\n\\t\\/\"",
        "\"{[,:\"",
        "\"2026-01-31\"",
    };
    private static final String[] NUMBERS = {
        "0",
        "-1",
        "12.50",
        "1e5",
        "1E-7",
        "9223372036854775807",
        "92233720368547758080",
        "0.1",
        "123456789.123456789012345",
        "0e1",
        "0.0",
        "1e400",
    };
    private static final String[] NAMES = {
        "Id", "Name", "Amount", "Owner", "Tags__c", "Körper", "a\\u0062", "X__r", "records"
    };
    private static final String[] BLANKS = {"", "", "", "", " ", "\n", "\t", " \r\n "};

    @Property(shrinking = ShrinkingMode.OFF)
    void rowsAreThoseOfJacksonsParser(@ForAll long seed) throws IOException {
        var random = new Random(seed);
        for (int page = 0; page < PAGES; page++) {
            byte[] bytes = page(random).getBytes(StandardCharsets.UTF_8);
            boolean damaged = random.nextBoolean();
            compare(damaged ? damage(bytes, random) : bytes, damaged, random);
        }
    }

    private static void compare(byte[] page, boolean damaged, Random random) throws IOException {
        List<SObject> rows;
        try {
            rows = rows(page, random);
        } catch (IOException refused) {
            assertThat(damaged)
                    .as(() -> refused + " in " + new String(page, StandardCharsets.UTF_8))
                    .isTrue();
            return;
        }
        assertThat(rows).as(() -> new String(page, StandardCharsets.UTF_8)).isEqualTo(expected(page));
    }

    private static List<SObject> rows(byte[] page, Random random) throws IOException {
        var parser = new PageParser(16);
        var rows = new ArrayList<SObject>();
        int most = 1 + random.nextInt(random.nextBoolean() ? 8 : 600);
        for (int from = 0, to; from < page.length; from = to) {
            to = Math.min(page.length, from + 1 + random.nextInt(most));
            parser.feed(Buffer.buffer(Arrays.copyOfRange(page, from, to))).forEach(row -> rows.add(row.record()));
        }
        parser.end();
        return rows;
    }

    /** The numbers as they are written: a tree would make 0 of 0e1. What was read of it must be JSON. */
    private static List<SObject> expected(byte[] page) throws IOException {
        requireJson(page);
        var rows = new ArrayList<SObject>();
        try (JsonParser json = ApiJson.FACTORY.createParser(page)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                boolean records = json.currentName().equals("records");
                json.nextToken();
                while (records && json.nextToken() == JsonToken.START_OBJECT) {
                    rows.add(RecordReader.record(new ValueReader(true).read(json)));
                }
                json.skipChildren();
            }
        }
        return rows;
    }

    /**
     * By the parser's own factory: Jackson keeps names filled up with the byte 0xFF, so that it takes a broken name which
     * begins with it for one that it knows, and what it refuses depends on what its factory has read.
     */
    private static void requireJson(byte[] page) throws IOException {
        try (JsonParser json = ApiJson.FACTORY.createParser(page)) {
            int depth = 0;
            do {
                JsonToken token = json.nextToken();
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                assertThat(json.getText()).isNotNull();
            } while (depth > 0);
            if (json.nextToken() != null) {
                throw new IOException("something follows the page");
            }
        }
    }

    private static byte[] damage(byte[] page, Random random) {
        byte[] damaged = random.nextInt(4) == 0 ? Arrays.copyOf(page, random.nextInt(page.length)) : page.clone();
        byte[] signs = "\"\\{}[],: 0e\u0000".getBytes(StandardCharsets.UTF_8);
        for (int i = random.nextInt(3); i >= 0 && damaged.length > 0; i--) {
            int at = random.nextInt(damaged.length);
            damaged[at] = random.nextBoolean() ? signs[random.nextInt(signs.length)] : (byte) random.nextInt(256);
        }
        return damaged;
    }

    private static String page(Random random) {
        var rows = new ArrayList<String>();
        for (int i = random.nextInt(5); i > 0; i--) {
            rows.add(record(random, random.nextInt(4) == 0 ? 2 : 1));
        }
        var members = new ArrayList<>(List.of(
                "\"totalSize\":" + rows.size(),
                "\"done\":true",
                "\"nextRecordsUrl\":null",
                "\"other\":" + value(random, 1),
                blank(random) + "\"records\"" + blank(random) + ":" + blank(random) + "["
                        + String.join(blank(random) + "," + blank(random), rows) + blank(random) + "]"));
        Collections.shuffle(members, random);
        return blank(random) + "{" + String.join("," + blank(random), members) + "}" + blank(random);
    }

    private static String record(Random random, int depth) {
        var members = new ArrayList<String>();
        int names = 1 + random.nextInt(NAMES.length); // a row without any field is refused
        for (int i = 0; i < names; i++) {
            members.add("\"" + NAMES[i] + "\"" + blank(random) + ":" + blank(random) + value(random, depth));
        }
        Collections.shuffle(members, random);
        if (random.nextInt(4) > 0) {
            members.add(0, "\"attributes\":{\"type\":\"Account\",\"url\":\"/a\"}");
        }
        return "{" + String.join(blank(random) + ",", members) + "}";
    }

    private static String value(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 7 : 4)) {
            case 0, 1 -> TEXTS[random.nextInt(TEXTS.length)];
            case 2 -> NUMBERS[random.nextInt(NUMBERS.length)];
            case 3 -> random.nextBoolean() ? "null" : Boolean.toString(random.nextBoolean());
            case 4 -> record(random, depth - 1);
            case 5 -> "[" + value(random, depth - 1) + "," + blank(random) + value(random, depth - 1) + "]";
            default -> "{\"totalSize\":1,\"done\":true,\"records\":[" + record(random, depth - 1) + "]}";
        };
    }

    private static String blank(Random random) {
        return BLANKS[random.nextInt(BLANKS.length)];
    }
}
