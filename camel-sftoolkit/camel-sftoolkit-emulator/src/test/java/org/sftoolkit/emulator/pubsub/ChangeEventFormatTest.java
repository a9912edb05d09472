package org.sftoolkit.emulator.pubsub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sftoolkit.emulator.pubsub.SubscribeTest.soon;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sftoolkit.emulator.CustomField;
import org.sftoolkit.emulator.CustomObject;
import org.sftoolkit.emulator.SalesforceEmulator;
import org.sftoolkit.emulator.events.EventSettings;
import org.sftoolkit.emulator.org.Writer;
import org.sftoolkit.emulator.pubsub.wire.Wire;

/** The bytes of change events, read by Avro's own reader and by the bitmaps of the guide. */
class ChangeEventFormatTest {

    private final SalesforceEmulator emulator = SalesforceEmulator.builder()
            .accessToken(PubSubClient.TOKEN)
            .object(CustomObject.named("Invoice__c", "a0I")
                    .with(
                            CustomField.longText("Text__c", 131_072),
                            CustomField.longText("More__c", 2_000_000),
                            CustomField.date("Due__c"),
                            CustomField.checkbox("Paid__c"),
                            CustomField.number("Count__c", 8, 0)))
            .start();
    private final PubSubClient client = new PubSubClient(emulator);

    @AfterEach
    void close() {
        client.close();
        emulator.close();
    }

    private PubSubClient.Subscription opened(String channel) {
        PubSubClient.Subscription subscription = client.subscribe(channel, 100);
        soon().until(() -> emulator.events().subscriptions().stream()
                .anyMatch(open -> open.channel().equals(channel)));
        return subscription;
    }

    private Wire.ConsumerEvent event(PubSubClient.Subscription subscription, int index) {
        soon().until(() -> subscription.events().size() > index);
        return subscription.events().get(index);
    }

    /** Names of fields as the Change Data Capture Developer Guide decodes them. */
    private List<String> decoded(Wire.ConsumerEvent event, String list) {
        GenericRecord record = client.read(event.getEvent());
        List<String> names = new ArrayList<>();
        for (Object text : (List<?>) client.header(event).get(list)) {
            String bitmap = text.toString();
            assertThat(bitmap).matches("(\\d+-)?0x([0-9A-F]{2})+");
            int dash = bitmap.indexOf('-');
            Schema.Field parent =
                    dash < 0 ? null : record.getSchema().getFields().get(Integer.parseInt(bitmap.substring(0, dash)));
            Schema schema = parent == null
                    ? record.getSchema()
                    : parent.schema().getTypes().stream()
                            .filter(type -> type.getType() == Schema.Type.RECORD)
                            .findFirst()
                            .orElseThrow();
            BigInteger bits = new BigInteger(bitmap.substring(dash + 3), 16);
            IntStream.range(0, bits.bitLength())
                    .filter(bits::testBit)
                    .forEach(bit -> names.add((parent == null ? "" : parent.name() + ".")
                            + schema.getFields().get(bit).name()));
        }
        return names;
    }

    @Test
    void bitmapsNameWhatChangedAndWhatWasEmptied() {
        String account = emulator.org().insert("Account", Map.of("Name", "Acme", "BillingCity", "Bonn", "Phone", "1"));
        String contact = emulator.org().insert("Contact", Map.of("LastName", "Ada", "FirstName", "A."));
        PubSubClient.Subscription subscription = opened("/data/ChangeEvents");
        Map<String, Object> changes = new HashMap<>(Map.of("Name", "Acme & Co", "BillingStreet", "Main 1"));
        changes.put("Phone", null);
        changes.put("BillingCity", null);

        emulator.org().update("Account", account, changes);
        emulator.org().update("Contact", contact, Collections.singletonMap("FirstName", null));

        Wire.ConsumerEvent first = event(subscription, 0);
        assertThat(decoded(first, "changedFields"))
                .containsExactlyInAnyOrder(
                        "Name", "Phone", "LastModifiedDate", "BillingAddress.Street", "BillingAddress.City");
        assertThat(decoded(first, "nulledFields")).containsExactlyInAnyOrder("Phone", "BillingAddress.City");
        assertThat(client.values(first).get("BillingAddress")).contains("\"Street\": \"Main 1\"");
        Wire.ConsumerEvent second = event(subscription, 1);
        assertThat(decoded(second, "changedFields")).containsExactlyInAnyOrder("LastModifiedDate", "Name.FirstName");
        assertThat(decoded(second, "nulledFields")).containsExactly("Name.FirstName");
    }

    @Test
    void aRecordNamedOnceIsReferredToAfterwards() {
        Schema schema = client.schema(client.topic("/data/AccountChangeEvent").getSchemaId());

        assertThat(schema.getFullName()).isEqualTo("com.sforce.eventbus.AccountChangeEvent");
        assertThat(schema.getFields().get(0).name()).isEqualTo("ChangeEventHeader");
        assertThat(schema.getField("BillingAddress").schema().getTypes().get(1))
                .isSameAs(schema.getField("ShippingAddress").schema().getTypes().get(1));
        assertThat(schema.getField("Name").schema().getTypes())
                .extracting(Schema::getName)
                .containsExactly("null", "string", "Switchable_PersonName");
        assertThat(schema.getField("Name").doc()).isEqualTo("Data:SwitchablePersonName");
        assertThat(schema.getField("NumberOfEmployees")
                        .schema()
                        .getTypes()
                        .get(1)
                        .getType())
                .isEqualTo(Schema.Type.INT);
        assertThat(schema.getField("AnnualRevenue").doc()).isEqualTo("Data:Currency");
        assertThat(schema.getFields()).extracting(Schema.Field::name).doesNotContain("Id", "IsDeleted", "BillingCity");
    }

    @Test
    void valuesOfACustomObjectAreTyped() {
        PubSubClient.Subscription subscription = opened("/data/Invoice__ChangeEvent");

        emulator.org()
                .insert("Invoice__c", Map.of("Name", "I-1", "Due__c", "2026-02-01", "Paid__c", true, "Count__c", 7));

        GenericRecord record = client.read(event(subscription, 0).getEvent());
        assertThat(record.get("Due__c")).isEqualTo(1_769_904_000_000L);
        assertThat(record.get("Paid__c")).isEqualTo(true);
        assertThat(record.get("Count__c")).isEqualTo(7.0);
        assertThat(record.getSchema().getField("Due__c").doc()).startsWith("Data:DateOnly:00N");
    }

    @Test
    void rowsOfATransactionShareItsKeyAndAreNumbered() {
        PubSubClient.Subscription subscription = opened("/data/ChangeEvents");

        emulator.org()
                .write(Writer.client(emulator.org().userId()).from("com/salesforce/api/soap/66.0;client=x"), t -> {
                    String account = t.insert(emulator.org().object("Account"), Map.of("Name", "A"));
                    t.insert(emulator.org().object("Contact"), Map.of("LastName", "C", "AccountId", account));
                    return t.update(emulator.org().object("Account"), account, Map.of("Phone", "1"));
                });
        emulator.org().insert("Account", Map.of("Name", "B"));
        event(subscription, 2);

        List<GenericRecord> headers =
                subscription.events().stream().map(client::header).toList();
        assertThat(headers)
                .extracting(h -> h.get("entityName") + " " + h.get("changeType") + " " + h.get("sequenceNumber"))
                .containsExactly("Account CREATE 1", "Contact CREATE 2", "Account CREATE 1");
        assertThat(headers.get(0).get("transactionKey"))
                .isEqualTo(headers.get(1).get("transactionKey"));
        assertThat(headers.get(2).get("transactionKey"))
                .isNotEqualTo(headers.get(1).get("transactionKey"));
        assertThat(headers.get(0).get("changeOrigin")).hasToString("com/salesforce/api/soap/66.0;client=x");
        assertThat(headers.get(2).get("changeOrigin")).hasToString("");
        assertThat(client.values(subscription.events().get(0))).containsEntry("Phone", "1");
    }

    @Test
    void whatIsRolledBackMakesNoEvent() {
        assertThat(emulator.events().list("/data/ChangeEvents")).isEmpty();

        emulator.org().writeTogether(() -> emulator.org().insert("Account", Map.of("Name", "A")), inserted -> false);

        assertThat(emulator.events().list("/data/ChangeEvents")).isEmpty();
    }

    @Test
    void rowsThatChangedAlikeShareAnEventIfTold() {
        emulator.events().change(EventSettings.standard().withMerged(true));
        String a = emulator.org().insert("Account", Map.of("Name", "A"));
        String b = emulator.org().insert("Account", Map.of("Name", "B"));
        String c = emulator.org().insert("Account", Map.of("Name", "C"));
        PubSubClient.Subscription subscription = opened("/data/AccountChangeEvent");

        emulator.org().write(Writer.client(emulator.org().userId()), t -> {
            t.update(emulator.org().object("Account"), a, Map.of("Phone", "1"));
            t.update(emulator.org().object("Account"), c, Map.of("Phone", "2"));
            return t.update(emulator.org().object("Account"), b, Map.of("Phone", "1"));
        });
        event(subscription, 1);

        assertThat(subscription.events().stream().map(client::header).toList())
                .extracting(h -> h.get("recordIds") + " " + h.get("sequenceNumber"))
                .containsExactly("[" + a + ", " + b + "] 1", "[" + c + "] 2");
    }

    @Test
    void longTextsComeAsDifferencesIfTold() throws Exception {
        emulator.events().change(EventSettings.standard().withDifferences(true));
        String before = "line of forty characters, give or take\n".repeat(50);
        String after = before + "one more\n";
        String id = emulator.org().insert("Invoice__c", Map.of("Name", "I", "Text__c", before));
        PubSubClient.Subscription subscription = opened("/data/Invoice__ChangeEvent");

        emulator.org().update("Invoice__c", id, Map.of("Text__c", after));
        emulator.org().update("Invoice__c", id, Map.of("Text__c", "all new"));

        Wire.ConsumerEvent difference = event(subscription, 0);
        assertThat(decoded(difference, "diffFields")).containsExactly("Text__c");
        String sha = java.util.HexFormat.of()
                .formatHex(java.security.MessageDigest.getInstance("SHA-256")
                        .digest(after.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        assertThat(client.values(difference).get("Text__c"))
                .isEqualTo("--- \n+++ " + sha + "\n@@ -50,0 +51 @@\n+one more\n");
        Wire.ConsumerEvent whole = event(subscription, 1);
        assertThat(decoded(whole, "diffFields")).isEmpty();
        assertThat(client.values(whole)).containsEntry("Text__c", "all new");
    }

    @Test
    void eventLargerThanAMegabyteComesAsAGap() {
        PubSubClient.Subscription subscription = opened("/data/Invoice__ChangeEvent");

        String id = emulator.org().insert("Invoice__c", Map.of("Name", "I", "More__c", "x".repeat(1_100_000)));

        assertThat(client.header(event(subscription, 0)))
                .extracting(h -> h.get("changeType") + " " + h.get("recordIds") + " " + h.get("sequenceNumber"))
                .isEqualTo("GAP_CREATE [" + id + "] 1");
    }

    @Test
    void transactionOfAHundredThousandChangesOverflows() {
        emulator.events().change(EventSettings.standard().withKept(2));
        PubSubClient.Subscription subscription = opened("/data/ContactChangeEvent");

        PubSubClient.Subscription lost = opened("/data/AccountChangeEvent");

        emulator.org().write(new Writer(emulator.org().userId(), true, true), t -> {
            for (int i = 0; i <= 100_000; i++) {
                t.insert(emulator.org().object("Account"), Map.of("Name", "A"));
            }
            return t.insert(emulator.org().object("Contact"), Map.of("LastName", "C"));
        });

        assertThat(client.header(event(subscription, 0)))
                .extracting(h -> h.get("changeType") + " " + h.get("recordIds"))
                .isEqualTo("GAP_OVERFLOW []");
        soon().until(lost::ended);
        assertThat(lost.errorCode()).endsWith("subscription.fetch.replayid.corrupted");
        assertThat(emulator.events().list("/data/AccountChangeEvent"))
                .singleElement()
                .satisfies(event -> assertThat(event.fields().toString()).contains("GAP_OVERFLOW"));
    }

    @Test
    void schemaChangesInTheMiddleOfAStreamAndTheOldOneStaysReadable() {
        PubSubClient.Subscription subscription = opened("/data/AccountChangeEvent");
        emulator.org().insert("Account", Map.of("Name", "before"));
        String before = client.topic("/data/AccountChangeEvent").getSchemaId();

        emulator.org()
                .changeSchema(schema -> schema.withField(
                        "Account", "{\"name\":\"Segment__c\",\"type\":\"string\",\"createable\":true,\"length\":20}"));
        emulator.org().insert("Account", Map.of("Name", "after", "Segment__c", "S"));
        event(subscription, 1);

        assertThat(subscription.events())
                .extracting(event -> event.getEvent().getSchemaId())
                .doesNotHaveDuplicates()
                .containsExactly(
                        before, client.topic("/data/AccountChangeEvent").getSchemaId());
        assertThat(client.values(subscription.events().get(0))).containsEntry("Name", "before");
        assertThat(client.values(subscription.events().get(1))).containsEntry("Segment__c", "S");
    }

    @Test
    void onlyChosenObjectsHaveChannels() {
        emulator.events().change(EventSettings.standard().withChangeObjects("Contact"));

        emulator.org().insert("Account", Map.of("Name", "A"));
        emulator.org().insert("Contact", Map.of("LastName", "C"));

        assertThat(emulator.events().channels())
                .containsExactly("/data/ChangeEvents", "/data/ContactChangeEvent", "/event/Order_Placed__e");
        assertThat(emulator.events().list("/data/ChangeEvents")).hasSize(1);
    }
}
