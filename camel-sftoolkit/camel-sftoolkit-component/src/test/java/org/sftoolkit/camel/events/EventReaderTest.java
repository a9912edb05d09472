package org.sftoolkit.camel.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sftoolkit.camel.events.EventSchema.Field;
import org.sftoolkit.camel.events.EventSchema.Kind;
import org.sftoolkit.camel.model.SObject;

class EventReaderTest {

    private static Field text(String name) {
        return new Field(name, Kind.TEXT, "Text", true, List.of());
    }

    private static final List<Field> FIELDS = List.of(
            new Field("ChangeEventHeader", Kind.COMPOUND, "", false, List.of()),
            text("AccountId"),
            new Field(
                    "Name", Kind.COMPOUND, "", true, List.of(text("Salutation"), text("FirstName"), text("LastName"))),
            new Field("MailingAddress", Kind.COMPOUND, "", true, List.of(text("Street"), text("City"), text("State"))),
            new Field("Amount__c", Kind.DOUBLE, "Currency", true, List.of()),
            new Field("LastModifiedDate", Kind.LONG, "DateTime", true, List.of()),
            new Field("Birthdate", Kind.LONG, "DateOnly", true, List.of()),
            new Field("Place__c", Kind.COMPOUND, "", true, List.of(text("Latitude"), text("Longitude"))));
    private static final EventSchema SCHEMA = new SimulatedBus.JsonSchema("s1", "ContactChangeEvent", FIELDS);

    private static List<ChannelEvent> read(String changeType, Map<String, ?> values, Map<String, ?> header) {
        var all = new LinkedHashMap<String, Object>();
        var whole = new LinkedHashMap<String, Object>(Map.of(
                "entityName",
                "Contact",
                "recordIds",
                List.of("003000000000001AAA"),
                "changeType",
                changeType,
                "transactionKey",
                "t",
                "sequenceNumber",
                1,
                "commitTimestamp",
                1_700_000_000_000L));
        whole.putAll(header);
        all.put("ChangeEventHeader", whole);
        all.putAll(values);
        return EventReader.read(
                "/data/ContactChangeEvent", new EventStream.Received("cjE=", "e", "s1", SCHEMA.encode(all)), SCHEMA);
    }

    @Test
    void bitmapsNameTheFieldsOfTheSchemaAndTheirParts() throws IOException {
        var bitmaps = new FieldBitmaps(FIELDS);
        assertThat(bitmaps.names(List.of("0x30", "2-0x02", "3-0x06")))
                .containsExactly("Amount__c", "LastModifiedDate", "FirstName", "MailingCity", "MailingState");
        assertThat(bitmaps.names(List.of("7-0x3"))).containsExactly("Place__Latitude__s", "Place__Longitude__s");
        assertThat(bitmaps.names(List.of("0x08"))).containsExactly("MailingStreet", "MailingCity", "MailingState");
        assertThat(bitmaps.names(List.of())).isEmpty();
        for (String wrong : List.of("0x100", "9-0x1", "2-0x8", "0xZZ", "6", "")) {
            assertThatThrownBy(() -> bitmaps.names(List.of(wrong))).as(wrong).isInstanceOf(IOException.class);
        }
    }

    @Test
    void bitsOfALargeBitmapAreCountedFromItsEnd() throws IOException {
        var many = new java.util.ArrayList<Field>();
        for (int i = 0; i < 70; i++) {
            many.add(text("F" + i));
        }
        assertThat(new FieldBitmaps(many).names(List.of("0x650004E0")))
                .containsExactly("F5", "F6", "F7", "F10", "F24", "F26", "F29", "F30");
        assertThat(new FieldBitmaps(many).names(List.of("0x200000000000000000")))
                .containsExactly("F69");
    }

    @Test
    void anUpdateHoldsExactlyWhatChangedAndNullForWhatWasEmptied() {
        var values = new LinkedHashMap<String, Object>();
        values.put("Name", Map.of("FirstName", "Ada"));
        values.put("Amount__c", 12.5);
        values.put("AccountId", "001000000000001AAA");
        values.put("LastModifiedDate", 1_700_000_000_123L);
        ChannelEvent event = read(
                        "UPDATE",
                        values,
                        Map.of("changedFields", List.of("0x70", "2-0x02"), "nulledFields", List.of("0x40")))
                .get(0);
        SObject record = event.record();
        assertThat(record.changedFields())
                .containsExactlyInAnyOrder("Amount__c", "LastModifiedDate", "Birthdate", "FirstName");
        assertThat(record).containsEntry("Birthdate", null).containsEntry("FirstName", "Ada");
        assertThat(record.get("LastModifiedDate")).isEqualTo(OffsetDateTime.parse("2023-11-14T22:13:20.123Z"));
        // an enriched field came along, and is no change
        assertThat(record).containsEntry("AccountId", "001000000000001AAA").doesNotContainKey("LastName");
        assertThat(record.id()).isEqualTo("003000000000001AAA");
        assertThat(record.type()).isEqualTo("Contact");
        assertThat(event.change()).isEqualTo(EventChange.UPDATED);
    }

    @Test
    void aNewRecordHoldsItsValuesAsRestReadsThem() {
        ChannelEvent event = read(
                        "CREATE",
                        Map.of(
                                "Name", Map.of("LastName", "Lovelace"),
                                "Birthdate", 0L,
                                "Place__c", Map.of("Latitude", "51.5")),
                        Map.of())
                .get(0);
        assertThat(event.record())
                .containsEntry("LastName", "Lovelace")
                .containsEntry("Birthdate", LocalDate.EPOCH)
                .containsEntry("Place__Latitude__s", "51.5")
                .doesNotContainKeys("FirstName", "Amount__c");
        assertThat(event.change()).isEqualTo(EventChange.CREATED);
    }

    @Test
    void aMergedEventIsOneForEachRecordAndADeletedOneHasItsIdOnly() {
        List<ChannelEvent> events = read(
                "DELETE",
                Map.of("AccountId", "x"),
                Map.of("recordIds", List.of("003000000000001AAA", "003000000000002AAA")));
        assertThat(events).extracting(ChannelEvent::id).containsExactly("003000000000001AAA", "003000000000002AAA");
        assertThat(events.get(1).record()).containsOnlyKeys("Id");
    }

    @Test
    void gapsOverflowsAndWildcardsHoldNoValues() {
        assertThat(read("GAP_UPDATE", Map.of("AccountId", "x"), Map.of()).get(0))
                .satisfies(gap -> assertThat(gap.gap()).isEqualTo("GAP_UPDATE"))
                .satisfies(gap -> assertThat(gap.record()).containsOnlyKeys("Id"));
        ChannelEvent overflow =
                read("GAP_OVERFLOW", Map.of(), Map.of("recordIds", List.of())).get(0);
        assertThat(overflow.id()).isNull();
        assertThat(overflow.header().isOverflow()).isTrue();
        ChannelEvent wildcard =
                read("UPDATE", Map.of(), Map.of("recordIds", List.of("003*"))).get(0);
        assertThat(wildcard.id()).isNull();
        assertThat(wildcard.header().isWildcard()).isTrue();
    }

    @Test
    void shortNamesOfChannelsAreResolved() {
        assertThat(ChannelName.all("/data/ChangeEvents, Account ,Invoice__c,Order_Placed__e,LoginEventStream,"
                        + "BatchApexErrorEvent,ContactChangeEvent,/event/Mine__chn,Event"))
                .containsExactly(
                        "/data/ChangeEvents",
                        "/data/AccountChangeEvent",
                        "/data/Invoice__ChangeEvent",
                        "/event/Order_Placed__e",
                        "/event/LoginEventStream",
                        "/event/BatchApexErrorEvent",
                        "/data/ContactChangeEvent",
                        "/event/Mine__chn",
                        "/data/EventChangeEvent");
        for (String wrong : List.of("", "Mine__chn", "/topic/X", "Account,Account", "a b", "/data/", "Account,")) {
            assertThatIllegalArgumentException().as(wrong).isThrownBy(() -> ChannelName.all(wrong));
        }
        assertThat(ChannelName.object("/data/Invoice__ChangeEvent")).isEqualTo("Invoice__c");
        assertThat(ChannelName.object("/data/ChangeEvents")).isNull();
    }
}
