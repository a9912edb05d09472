package org.sftoolkit.camel.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.sftoolkit.camel.SfToolkitConfiguration;
import org.sftoolkit.camel.TestCalls;
import org.sftoolkit.camel.client.FieldDescription;
import org.sftoolkit.camel.client.ObjectDescription;
import org.sftoolkit.camel.model.SObject;
import org.sftoolkit.camel.model.SentFields;
import org.sftoolkit.camel.model.SourceRecord;
import org.sftoolkit.camel.operation.CallOptions;
import org.sftoolkit.camel.operation.SaveMode;
import org.sftoolkit.camel.records.SavePlan.Action;

class SavePlanTest {

    private static final String ID = "001000000000001AAA";

    private static final ObjectDescription ACCOUNT = new ObjectDescription(
            "Account",
            "001",
            List.of(
                    field("Name", true, true),
                    field("CreatedById", false, false),
                    field("Origin__c", true, false),
                    field("Rating__c", false, true)),
            Set.of());

    private static FieldDescription field(String name, boolean createable, boolean updateable) {
        return TestFields.text(name, createable, updateable);
    }

    private static CallOptions options(Consumer<SfToolkitConfiguration> set) {
        return TestCalls.options("Account", set);
    }

    private static SavePlan plan(Consumer<SfToolkitConfiguration> set, SourceRecord record) {
        return SavePlan.of(record, options(set), new SentFields(), null);
    }

    private static SavePlan plan(Consumer<SfToolkitConfiguration> set, Map<?, ?> record) {
        return plan(set, SourceRecord.of(record));
    }

    private static SavePlan described(Consumer<SfToolkitConfiguration> set, Map<?, ?> record) {
        return SavePlan.of(SourceRecord.of(record), options(set), new SentFields(), ACCOUNT);
    }

    private static void assertRefused(SavePlan plan, String code, String... words) {
        assertThat(plan.action()).isEqualTo(Action.REFUSE);
        assertThat(plan.fields()).isEmpty();
        assertThat(plan.problem().statusCode()).isEqualTo(code);
        assertThat(plan.problem().message()).contains(words);
        assertThat(plan.problem().retryable()).isFalse();
    }

    private static void byKey(SfToolkitConfiguration set) {
        set.setExternalIdField("Key__c");
    }

    private static void defaults(SfToolkitConfiguration set) {}

    private static void onlyChanges(SfToolkitConfiguration set) {
        set.setOnlyChanges(true);
    }

    private static void stripping(SfToolkitConfiguration set) {
        set.setStripReadOnly(true);
    }

    private static Consumer<SfToolkitConfiguration> mode(SaveMode mode) {
        return set -> {
            set.setMode(mode);
            set.setExternalIdField("Key__c");
        };
    }

    private static SObject read() {
        var values = new LinkedHashMap<String, Object>();
        values.put("Id", ID);
        values.put("Name", "Acme");
        values.put("Key__c", "k1");
        return SObject.read("Account", values);
    }

    @Test
    void byItselfARecordWithAKeyIsUpsertedElseWithAnIdUpdatedElseInserted() {
        var upsert = plan(SavePlanTest::byKey, Map.of("Key__c", "k1", "Id", ID, "Name", "Acme"));
        assertThat(upsert.action()).isEqualTo(Action.UPSERT);
        assertThat(upsert.requiredKey()).isEqualTo("k1");
        assertThat(upsert.fields()).containsOnly(entry("Name", "Acme"));
        assertThat(upsert.type()).isEqualTo("Account");
        assertThat(upsert.problem()).isNull();

        var update = plan(SavePlanTest::byKey, Map.of("Key__c", " ", "Id", ID, "Name", "Acme"));
        assertThat(update.action()).isEqualTo(Action.UPDATE);
        assertThat(update.requiredKey()).isEqualTo(ID);
        assertThat(update.fields())
                .as("a key by which it is not found is a field")
                .containsKeys("Name", "Key__c");

        var insert = plan(SavePlanTest::byKey, Map.of("Id", "", "Name", "Acme"));
        assertThat(insert.action()).isEqualTo(Action.INSERT);
        assertThat(insert.key()).isNull();
        assertThat(insert.fields()).containsOnly(entry("Name", "Acme"));
    }

    @Test
    void aModeRefusesTheRecordsThatItCannotWrite() {
        assertRefused(
                plan(mode(SaveMode.INSERT), Map.of("Id", ID)), "INVALID_FIELD_FOR_INSERT_UPDATE", "already has an Id");
        assertRefused(plan(mode(SaveMode.UPDATE), Map.of("Key__c", "k1")), "MISSING_ARGUMENT", "has no Id");
        assertRefused(plan(mode(SaveMode.UPSERT), Map.of("Id", ID)), "MISSING_ARGUMENT", "no value for Key__c");
        assertRefused(
                plan(set -> set.setUpdateOnly(true), Map.of("Name", "Acme")), "MISSING_ARGUMENT", "updateOnly=true");
    }

    @Test
    void aModeWritesTheRecordsThatItCan() {
        assertThat(plan(mode(SaveMode.INSERT), Map.of("Key__c", "k1")).action()).isEqualTo(Action.INSERT);
        assertThat(plan(mode(SaveMode.INSERT), Map.of("Key__c", "k1")).fields()).containsKey("Key__c");
        assertThat(plan(mode(SaveMode.UPDATE), Map.of("Key__c", "k1", "Id", ID)).action())
                .isEqualTo(Action.UPDATE);
        assertThat(plan(mode(SaveMode.UPSERT), Map.of("Key__c", "k1", "Id", ID)).action())
                .isEqualTo(Action.UPSERT);
        assertThat(plan(set -> set.setUpdateOnly(true), Map.of("Id", ID)).action())
                .isEqualTo(Action.UPDATE);
    }

    @Test
    void whatIsNoRecordOrHasNoObjectIsRefused() {
        assertRefused(
                plan(SavePlanTest::defaults, SourceRecord.unusable("x", "this is no record")),
                "INVALID_RECORD",
                "this is no record");
        var noObject = TestCalls.options(null, set -> {});
        assertRefused(
                SavePlan.of(SourceRecord.of(Map.of("Name", "Acme")), noObject, new SentFields(), null),
                "MISSING_OBJECT",
                "sftoolkit:save:Account");
    }

    @Test
    void theEndpointsObjectComesBeforeTheRecordsOwn() {
        var contact = SourceRecord.of(Map.of("attributes", Map.of("type", "Contact")));
        assertThat(SavePlan.type(contact, options(SavePlanTest::defaults))).isEqualTo("Account");
        assertThat(SavePlan.type(contact, TestCalls.options(null, set -> {}))).isEqualTo("Contact");
    }

    @Test
    void aValueThatCannotBeSentRefusesItsRecordOnly() {
        assertRefused(
                plan(SavePlanTest::defaults, Map.of("Name", new java.io.ByteArrayInputStream(new byte[0]))),
                "INVALID_VALUE",
                "Name",
                "read only once");
    }

    @Test
    void onlyChangesSendsWhatChangedAndSkipsWhatDidNot() {
        SObject account = read();
        var untouched = plan(SavePlanTest::onlyChanges, SourceRecord.of(account));
        assertThat(untouched.action()).isEqualTo(Action.SKIP);
        assertThat(untouched.key()).isEqualTo(ID);
        assertThat(untouched.type()).isEqualTo("Account");
        assertThat(untouched.problem()).isNull();

        account.put("Name", "Acme Corp.");
        var changed = plan(SavePlanTest::onlyChanges, SourceRecord.of(account));
        assertThat(changed.action()).isEqualTo(Action.UPDATE);
        assertThat(changed.fields()).containsOnly(entry("Name", "Acme Corp."));
    }

    @Test
    void withoutOnlyChangesAnUpdateThatSetsNothingIsStillSent() {
        assertThat(plan(SavePlanTest::defaults, Map.of("Id", ID)).action()).isEqualTo(Action.UPDATE);
    }

    @Test
    void anUpsertWhoseOnlyChangeIsItsKeyIsSentForItMayCreateTheRecord() {
        Consumer<SfToolkitConfiguration> changesByKey = set -> {
            set.setOnlyChanges(true);
            set.setExternalIdField("Key__c");
        };
        SObject account = read();
        assertThat(plan(changesByKey, SourceRecord.of(account)).action()).isEqualTo(Action.SKIP);
        account.put("Key__c", "k2");
        var plan = plan(changesByKey, SourceRecord.of(account));
        assertThat(plan.action()).isEqualTo(Action.UPSERT);
        assertThat(plan.fields()).isEmpty();
    }

    @Test
    void aRowOfAListNamesItsRecordFirst() {
        assertThat(plan(SavePlanTest::defaults, Map.of("Id", ID, "Name", "Acme"))
                        .row(null))
                .containsExactly(entry("id", ID), entry("Name", "Acme"));
        assertThat(plan(SavePlanTest::byKey, Map.of("Key__c", "k1", "Name", "Acme"))
                        .row("Key__c"))
                .containsExactly(entry("Key__c", "k1"), entry("Name", "Acme"));
        assertThat(plan(SavePlanTest::byKey, Map.of("Name", "Acme")).row("Key__c"))
                .containsExactly(entry("Name", "Acme"));
    }

    @Test
    void anUpsertWhoseRecordWasFoundBecomesAnUpdate() {
        var update = plan(SavePlanTest::byKey, Map.of("Key__c", "k1", "Name", "Acme"))
                .byId(ID);
        assertThat(update.action()).isEqualTo(Action.UPDATE);
        assertThat(update.row(null)).containsExactly(entry("id", ID), entry("Name", "Acme"));
        assertThat(update.type()).isEqualTo("Account");
    }

    @Test
    void strippingLeavesOutWhatTheKindOfWriteCannotSet() {
        var all = Map.of("Name", "a", "createdbyid", "b", "Origin__c", "c", "Rating__c", "d", "Unknown__c", "e");
        assertThat(described(SavePlanTest::stripping, all).fields())
                .containsOnlyKeys("Name", "Origin__c", "Unknown__c");

        var known = new HashMap<>(all);
        known.put("Id", ID);
        assertThat(described(SavePlanTest::stripping, known).fields())
                .containsOnlyKeys("Name", "Rating__c", "Unknown__c");
        assertThat(described(SavePlanTest::stripping, known).key()).isEqualTo(ID);

        var keyed = new HashMap<>(all);
        keyed.put("Key__c", "k1");
        assertThat(described(
                                set -> {
                                    set.setStripReadOnly(true);
                                    set.setExternalIdField("Key__c");
                                },
                                keyed)
                        .fields())
                .as("it is not known whether it exists")
                .containsOnlyKeys("Name", "Origin__c", "Rating__c", "Unknown__c");
    }

    @Test
    void withoutStrippingADescriptionLeavesAllFields() {
        assertThat(described(SavePlanTest::defaults, Map.of("CreatedById", "b")).fields())
                .containsOnlyKeys("CreatedById");
    }

    @Test
    void anUpdateOfWhichStrippingLeavesNothingIsSkippedOnlyWithOnlyChanges() {
        var readOnly = Map.of("Id", ID, "CreatedById", "b");
        assertThat(described(SavePlanTest::stripping, readOnly).action()).isEqualTo(Action.UPDATE);
        Consumer<SfToolkitConfiguration> both = set -> {
            set.setStripReadOnly(true);
            set.setOnlyChanges(true);
        };
        assertThat(described(both, readOnly).action()).isEqualTo(Action.SKIP);
        assertThat(described(both, Map.of("Id", ID, "Name", "Acme")).action()).isEqualTo(Action.UPDATE);
        assertThat(described(both, Map.of("CreatedById", "b")).action())
                .as("an insert creates a record all the same")
                .isEqualTo(Action.INSERT);
    }

    @Test
    void strippingChangesNothingOfARefusal() {
        assertRefused(
                described(
                        set -> {
                            set.setStripReadOnly(true);
                            set.setMode(SaveMode.UPDATE);
                        },
                        Map.of("Name", "a")),
                "MISSING_ARGUMENT",
                "has no Id");
    }

    @Test
    void aDescriptionIsNeededToStripAndForNullsAmongTheFieldsThatAreSent() {
        var plain = SourceRecord.of(Map.of("Name", "Acme"));
        assertThat(SavePlan.needsDescription(plain, options(SavePlanTest::defaults)))
                .isFalse();
        assertThat(SavePlan.needsDescription(plain, options(SavePlanTest::stripping)))
                .isTrue();
        assertThat(SavePlan.needsDescription(
                        SourceRecord.unusable("x", "this is no record"), options(SavePlanTest::stripping)))
                .isFalse();

        SObject account = read();
        account.put("Site", null);
        account.markUnchanged();
        assertThat(SavePlan.needsDescription(SourceRecord.of(account), options(SavePlanTest::defaults)))
                .isTrue();
        assertThat(SavePlan.needsDescription(SourceRecord.of(account), options(SavePlanTest::onlyChanges)))
                .as("the null is not sent")
                .isFalse();
    }

    @Test
    void theKeyOfARecordIsItsExternalIdElseItsIdOf18Characters() {
        var both = SourceRecord.of(Map.of("Key__c", 7, "Id", ID.substring(0, 15)));
        assertThat(SavePlan.key(both, options(SavePlanTest::byKey))).isEqualTo("7");
        assertThat(SavePlan.key(both, options(SavePlanTest::defaults))).isEqualTo(SavePlan.BY_ID + ID);
        assertThat(SavePlan.key(both, options(mode(SaveMode.UPDATE)))).isEqualTo(SavePlan.BY_ID + ID);
        assertThat(SavePlan.key(both, options(mode(SaveMode.UPSERT)))).isEqualTo("7");
        assertThat(SavePlan.key(both, options(mode(SaveMode.INSERT)))).isNull();
    }

    @Test
    void aRecordWithoutAReadableKeyHasNoKey() {
        assertThat(SavePlan.key(SourceRecord.of(Map.of("Name", "Acme")), options(SavePlanTest::byKey)))
                .isNull();
        assertThat(SavePlan.key(SourceRecord.unusable("x", "no record"), options(SavePlanTest::byKey)))
                .isNull();
        var blank = SourceRecord.of(Map.of("Key__c", "  ", "Id", ID));
        assertThat(SavePlan.key(blank, options(SavePlanTest::byKey))).isEqualTo(SavePlan.BY_ID + ID);
        assertThat(SavePlan.key(blank, options(mode(SaveMode.UPSERT)))).isNull();
        assertThat(SavePlan.key(SourceRecord.of(Map.of("Key__c", Map.of())), options(SavePlanTest::byKey)))
                .as("it is refused for that later")
                .isNull();
    }
}
