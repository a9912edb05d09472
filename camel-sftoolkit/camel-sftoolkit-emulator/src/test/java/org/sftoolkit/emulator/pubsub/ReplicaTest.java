package org.sftoolkit.emulator.pubsub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sftoolkit.emulator.pubsub.SubscribeTest.soon;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sftoolkit.emulator.SalesforceEmulator;
import org.sftoolkit.emulator.events.EventSettings;
import org.sftoolkit.emulator.org.Org;
import org.sftoolkit.emulator.org.Writer;
import org.sftoolkit.emulator.pubsub.wire.Wire;

/** Rows put together from change events alone are those of the org, whatever was written. */
class ReplicaTest {

    private static final String[] TEXTS = {"Name", "Phone", "Site", "BillingCity", "BillingStreet", "ShippingCity"};

    /** The rows that the events tell of, by id, each a map of fields with parts of compound ones as {@code parent.child}. */
    private final Map<String, Map<String, Object>> rows = new TreeMap<>();

    private final Map<String, Map<String, Object>> deleted = new HashMap<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void eventsAloneMakeTheRowsOfTheOrg(long seed) {
        Random random = new Random(seed);
        try (SalesforceEmulator emulator = SalesforceEmulator.builder()
                        .accessToken(PubSubClient.TOKEN)
                        .events(EventSettings.standard().withMerged(seed % 2 == 0))
                        .start();
                PubSubClient client = new PubSubClient(emulator)) {
            PubSubClient.Subscription subscription = client.subscribe("/data/AccountChangeEvent", 100);
            soon().until(() -> !emulator.events().subscriptions().isEmpty());
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                write(emulator.org(), ids, random);
            }
            int events = emulator.events().list("/data/AccountChangeEvent").size();
            soon().until(() -> {
                int pending = subscription.pending();
                if (pending >= 0 && pending < 50) {
                    subscription.request(50);
                }
                return subscription.events().size() == events;
            });
            Schema schema =
                    client.schema(client.topic("/data/AccountChangeEvent").getSchemaId());
            subscription.events().forEach(event -> apply(schema, event));

            assertThat(rows.keySet())
                    .as("seed " + seed)
                    .isEqualTo(new HashSet<>(emulator.org().all("Account").stream()
                            .map(row -> (String) row.get("Id"))
                            .toList()));
            emulator.org().all("Account").forEach(row -> {
                Map<String, Object> copy = rows.get((String) row.get("Id"));
                for (String field : TEXTS) {
                    assertThat(copy.get(path(field)))
                            .as("seed %d, %s of %s", seed, field, copy)
                            .isEqualTo(row.get(field));
                }
                assertThat(copy.get("NumberOfEmployees")).as("seed " + seed).isEqualTo(number(row));
            });
        }
    }

    private static Object number(Map<String, Object> row) {
        return row.get("NumberOfEmployees") == null ? null : ((Number) row.get("NumberOfEmployees")).intValue();
    }

    private static String path(String field) {
        return field.startsWith("Billing") || field.startsWith("Shipping")
                ? field.replaceFirst("^(Billing|Shipping)", "$1Address.")
                : field;
    }

    private static void write(Org org, List<String> ids, Random random) {
        int kind = random.nextInt(10);
        if (ids.isEmpty() || kind < 3) {
            ids.add(org.insert("Account", values(random, true)));
        } else if (kind == 9) {
            String id = ids.get(random.nextInt(ids.size()));
            if (org.find("Account", id).isPresent()) {
                org.delete("Account", id);
            } else {
                org.undelete("Account", id);
            }
        } else {
            Map<String, Object> values = values(random, false);
            Set<String> some = new HashSet<>();
            for (int i = 0; i < 3; i++) {
                some.add(ids.get(random.nextInt(ids.size())));
            }
            org.write(new Writer(org.userId(), true, true), transaction -> {
                some.stream()
                        .filter(id -> org.find("Account", id).isPresent())
                        .forEach(id -> transaction.update(org.object("Account"), id, values));
                return null;
            });
        }
    }

    private static Map<String, Object> values(Random random, boolean whole) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (String field : TEXTS) {
            if (random.nextInt(3) == 0) {
                values.put(field, random.nextBoolean() ? "v" + random.nextInt(100) : null);
            }
        }
        if (random.nextBoolean()) {
            values.put("NumberOfEmployees", random.nextBoolean() ? random.nextInt(1_000) : null);
        }
        if (whole || values.containsKey("Name")) {
            values.put("Name", "n" + random.nextInt(1_000));
        }
        return values;
    }

    private void apply(Schema schema, Wire.ConsumerEvent event) {
        GenericRecord record = PubSubClient.read(schema, event.getEvent());
        GenericRecord header = (GenericRecord) record.get("ChangeEventHeader");
        for (Object id : (List<?>) header.get("recordIds")) {
            switch (header.get("changeType").toString()) {
                case "CREATE" -> rows.put(id.toString(), all(record));
                case "UNDELETE" -> {
                    deleted.remove(id.toString());
                    rows.put(id.toString(), all(record));
                }
                case "DELETE" -> deleted.put(id.toString(), rows.remove(id.toString()));
                default -> update(rows.get(id.toString()), record, (List<?>) header.get("changedFields"));
            }
        }
    }

    private static Map<String, Object> all(GenericRecord record) {
        Map<String, Object> row = new HashMap<>();
        record.getSchema().getFields().forEach(field -> {
            Object value = record.get(field.pos());
            if (value instanceof GenericRecord compound && field.pos() > 0) {
                compound.getSchema()
                        .getFields()
                        .forEach(child -> row.put(field.name() + "." + child.name(), plain(compound.get(child.pos()))));
            } else {
                row.put(field.name(), plain(value));
            }
        });
        return row;
    }

    private static void update(Map<String, Object> row, GenericRecord record, List<?> bitmaps) {
        for (Object text : bitmaps) {
            String bitmap = text.toString();
            int dash = bitmap.indexOf('-');
            BigInteger bits = new BigInteger(bitmap.substring(dash + 3), 16);
            for (int bit = 0; bit < bits.bitLength(); bit++) {
                if (!bits.testBit(bit)) {
                    continue;
                }
                if (dash < 0) {
                    Schema.Field field = record.getSchema().getFields().get(bit);
                    row.put(field.name(), plain(record.get(bit)));
                } else {
                    Schema.Field parent =
                            record.getSchema().getFields().get(Integer.parseInt(bitmap.substring(0, dash)));
                    Schema compound = parent.schema().getTypes().get(1);
                    GenericRecord value = (GenericRecord) record.get(parent.pos());
                    row.put(
                            parent.name() + "." + compound.getFields().get(bit).name(),
                            value == null ? null : plain(value.get(bit)));
                }
            }
        }
    }

    private static Object plain(Object value) {
        return value instanceof CharSequence ? value.toString() : value;
    }
}
