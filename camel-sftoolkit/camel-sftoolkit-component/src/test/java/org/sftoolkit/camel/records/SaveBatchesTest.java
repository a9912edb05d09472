package org.sftoolkit.camel.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.sftoolkit.camel.SfToolkitConfiguration;
import org.sftoolkit.camel.TestCalls;
import org.sftoolkit.camel.client.ObjectDescription;
import org.sftoolkit.camel.model.Records;
import org.sftoolkit.camel.model.SaveError;
import org.sftoolkit.camel.model.SaveResult;
import org.sftoolkit.camel.model.SaveResults;
import org.sftoolkit.camel.model.SourceRecord;
import org.sftoolkit.camel.operation.DuplicateKeys;
import org.sftoolkit.camel.operation.OnPartialFailure;
import org.sftoolkit.camel.operation.SaveMode;
import org.sftoolkit.camel.records.SavePlan.Action;
import org.sftoolkit.camel.transport.LogContext;

class SaveBatchesTest {

    private static final String KEY = "Key__c";
    private static final String ID = "00100000000000%dAAA";

    private final SaveResultCollector results = new SaveResultCollector(4, true);
    private SaveBatches batches;

    private void list(Consumer<SfToolkitConfiguration> set, Map<?, ?>... records) {
        list(Records.of(Arrays.stream(records).map(SourceRecord::of).toList()), set);
    }

    private void stream(Consumer<SfToolkitConfiguration> set, Map<?, ?>... records) {
        list(Records.streamed(Arrays.stream(records).map(SourceRecord::of).iterator(), () -> {}), set);
    }

    private void list(Records records, Consumer<SfToolkitConfiguration> set) {
        batches = new SaveBatches(records, TestCalls.options(null, set), results);
    }

    private SaveBatch ready() {
        SaveBatches.Next next = batches.next();
        assertThat(next).isInstanceOf(SaveBatches.Ready.class);
        return ((SaveBatches.Ready) next).batch();
    }

    private void assertEnd() {
        assertThat(batches.next()).isEqualTo(new SaveBatches.End());
    }

    private List<SaveBatch> all() {
        List<SaveBatch> all = new ArrayList<>();
        for (SaveBatches.Next next = batches.next(); next instanceof SaveBatches.Ready ready; next = batches.next()) {
            all.add(ready.batch());
        }
        assertEnd();
        return all;
    }

    private static List<Integer> places(SaveBatch batch) {
        return batch.entries().stream().map(SaveBatch.Entry::place).toList();
    }

    private List<SaveResult> results() {
        return (SaveResults)
                results.outcome(OnPartialFailure.RETURN, LogContext.NONE).body();
    }

    private static Map<String, Object> account(Object... fields) {
        return record("Account", fields);
    }

    private static Map<String, Object> record(String type, Object... fields) {
        var record = new LinkedHashMap<String, Object>();
        record.put("attributes", Map.of("type", type));
        for (int i = 0; i < fields.length; i += 2) {
            record.put((String) fields[i], fields[i + 1]);
        }
        return record;
    }

    private static Map<?, ?>[] accounts(int count) {
        return IntStream.range(0, count).mapToObj(i -> account("Name", "a" + i)).toArray(Map[]::new);
    }

    private static void defaults(SfToolkitConfiguration set) {}

    private static void byKey(SfToolkitConfiguration set) {
        set.setExternalIdField(KEY);
    }

    private static Consumer<SfToolkitConfiguration> twins(DuplicateKeys handling) {
        return set -> {
            set.setExternalIdField(KEY);
            set.setDuplicateKeys(handling);
        };
    }

    private static void allOrNone(SfToolkitConfiguration set) {
        set.setAllOrNone(true);
    }

    private static void small(SfToolkitConfiguration set) {
        set.setBatchSize(2);
    }

    private static ObjectDescription described(String name) {
        return new ObjectDescription(
                name,
                "001",
                List.of(TestFields.text("Name", true, true), TestFields.key(KEY, "string", false)),
                Set.of());
    }

    @Test
    void aRequestHoldsOneKindOfWrite() {
        list(
                SaveBatchesTest::byKey,
                account("Name", "a"),
                account("Id", ID.formatted(1)),
                account(KEY, "k1"),
                account("Name", "b"),
                account("Id", ID.formatted(2)));
        List<SaveBatch> all = all();
        assertThat(all).extracting(SaveBatch::action).containsExactly(Action.INSERT, Action.UPDATE, Action.UPSERT);
        assertThat(places(all.get(0))).containsExactly(0, 3);
        assertThat(places(all.get(1))).containsExactly(1, 4);
        assertThat(places(all.get(2))).containsExactly(2);
        assertThat(all).allSatisfy(batch -> assertThat(batch.later()).isFalse());
    }

    @Test
    void anUpsertHoldsOneObjectAndOtherWritesHoldSeveral() {
        list(
                SaveBatchesTest::byKey,
                account(KEY, "k1"),
                record("Contact", KEY, "k1"),
                record("ACCOUNT", KEY, "k2"),
                account("Name", "a"),
                record("Contact", "LastName", "b"));
        List<SaveBatch> all = all();
        assertThat(all.stream().map(SaveBatchesTest::places)).containsExactly(List.of(0, 2), List.of(1), List.of(3, 4));
    }

    @Test
    void aRequestGoesAsSoonAsItIsFull() {
        stream(SaveBatchesTest::small, accounts(5));
        assertThat(places(ready())).containsExactly(0, 1);
        assertThat(batches.unsent(List.of())).as("nothing was read ahead").isEmpty();
        assertThat(places(ready())).containsExactly(2, 3);
        assertThat(places(ready())).containsExactly(4);
        assertEnd();
    }

    @Test
    void salesforcesMostRecordsARequestIsTheDefault() {
        list(SaveBatchesTest::defaults, accounts(201));
        assertThat(all().stream().map(batch -> batch.entries().size())).containsExactly(200, 1);
    }

    @Test
    void aRequestHoldsTenRunsOfTypes() {
        Map<?, ?>[] records = Stream.concat(
                        Stream.of(account("Name", "x")),
                        IntStream.range(0, 11)
                                .mapToObj(i -> record(i % 2 == 0 ? "account" : "Contact", "LastName", "a")))
                .toArray(Map[]::new);
        list(SaveBatchesTest::defaults, records);
        assertThat(all().stream().map(batch -> batch.entries().size())).containsExactly(11, 1);
    }

    @Test
    void aRequestHoldsFiveMillionBytes() {
        String half = "x".repeat(BatchBuilder.MAX_BYTES / 2 - 100);
        list(
                SaveBatchesTest::defaults,
                account("Name", half),
                account("Name", half),
                account("Name", half),
                account("Name", "y".repeat(BatchBuilder.MAX_BYTES + 1)));
        assertThat(all().stream().map(SaveBatchesTest::places))
                .as("one that is larger goes alone")
                .containsExactly(List.of(0, 1), List.of(2), List.of(3));
    }

    @Test
    void exactlyTheMostBytesFitARequest() {
        int frame = "{\"attributes\":{\"type\":\"Account\"},\"Name\":\"\"}".length();
        list(
                SaveBatchesTest::defaults,
                account("Name", "x".repeat(BatchBuilder.MAX_BYTES - 2 * frame - 1)),
                account("Name", "y"),
                account("Name", ""));
        assertThat(places(ready())).containsExactly(0, 1);
    }

    @Test
    void recordsThatNeedNoRequestHaveTheirResultAtOnce() {
        list(
                set -> set.setMode(SaveMode.UPDATE),
                account("Name", "no Id"),
                account("Id", ID.formatted(1), "Name", "b"));
        assertThat(places(ready())).containsExactly(1);
        assertThat(results.isSet(0)).isTrue();
        assertThat(results.isSet(1)).isFalse();
        assertEnd();
    }

    @Test
    void aSkippedRecordOfAListIsInItsResultAndOneOfAStreamIsNot() {
        Map<String, Object> empty = account("Id", ID.formatted(1));
        empty.remove("attributes");
        Consumer<SfToolkitConfiguration> unchanged = set -> set.setOnlyChanges(true);
        batches =
                new SaveBatches(Records.one(SourceRecord.of(empty)), TestCalls.options("Account", unchanged), results);
        assertEnd();
        assertThat(results()).containsExactly(SaveResult.unchanged(0, ID.formatted(1), empty));

        var streamed = new SaveResultCollector(1, true);
        batches = new SaveBatches(
                Records.streamed(List.of(SourceRecord.of(empty)).iterator(), () -> {}),
                TestCalls.options("Account", unchanged),
                streamed);
        assertEnd();
        assertThat((SaveResults) streamed.outcome(OnPartialFailure.RETURN, LogContext.NONE)
                        .body())
                .containsExactly(SaveResult.unchanged(0, ID.formatted(1), null));
    }

    @Test
    void anObjectIsDescribedBeforeARecordThatNeedsIt() {
        stream(set -> set.setStripReadOnly(true), account("Name", "a"), account("Name", "b"), record("Contact"));
        assertThat(batches.next()).isEqualTo(new SaveBatches.Unknown("Account"));
        assertThat(batches.unsent(List.of())).singleElement().satisfies(entry -> assertThat(entry.place())
                .isZero());
        batches.describe("ACCOUNT", Optional.of(described("Account")));
        assertThat(batches.next()).isEqualTo(new SaveBatches.Unknown("Contact"));
        var refusal = new SaveError("NOT_FOUND", "there is no Contact", List.of(), false);
        batches.refuse("contact", refusal);
        assertThat(places(ready())).containsExactly(0, 1);
        assertEnd();
        assertThat(results.isSet(2)).isTrue();
    }

    @Test
    void aDescriptionDecidesWhatIsSent() {
        stream(set -> set.setStripReadOnly(true), account("Name", "a", "Formula__c", "b"));
        batches.next();
        var formula = TestFields.text("Formula__c", false, false);
        batches.describe("Account", Optional.of(new ObjectDescription("Account", "001", List.of(formula), Set.of())));
        assertThat(ready().entries().get(0).plan().fields()).containsOnlyKeys("Name");
    }

    @Test
    void aDescriptionThatIsNotToBeHadLetsRecordsGoAsTheyAre() {
        Map<String, Object> withNull = account("Site", null);
        stream(SaveBatchesTest::defaults, withNull);
        assertThat(batches.next()).isEqualTo(new SaveBatches.Unknown("Account"));
        batches.describe("Account", Optional.empty());
        assertThat(ready().entries().get(0).plan().fields()).containsEntry("Site", null);
    }

    @Test
    void aRecordWithoutAnObjectIsRefusedThoughADescriptionIsNeeded() {
        stream(set -> set.setStripReadOnly(true), Map.of("Name", "a"));
        assertEnd();
        assertThat(results().get(0).errors().get(0).statusCode()).isEqualTo("MISSING_OBJECT");
    }

    @Test
    void allOrNoneTakesOneRequest() {
        list(SaveBatchesTest::allOrNone, accounts(200));
        assertThat(ready().entries()).hasSize(200);
        assertEnd();

        list(SaveBatchesTest::allOrNone, accounts(201));
        assertThatThrownBy(batches::next)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at most 200 records");

        list(SaveBatchesTest::allOrNone, account("Name", "a"), account("Id", ID.formatted(1)));
        assertThatThrownBy(batches::next).hasMessageContaining("one kind of write");
    }

    @Test
    void withAllOrNoneOneRecordThatCannotBeSentRefusesAll() {
        list(
                set -> {
                    set.setAllOrNone(true);
                    set.setMode(SaveMode.UPDATE);
                },
                account("Id", ID.formatted(0), "Name", "a"),
                account("Name", "no Id"),
                account("Id", ID.formatted(2), "Name", "c"));
        assertEnd();
        assertThat(results()).extracting(SaveResult::success).containsExactly(false, false, false);
        assertThat(results().stream().map(result -> result.errors().get(0).statusCode()))
                .containsExactly(
                        "ALL_OR_NONE_OPERATION_ROLLED_BACK", "MISSING_ARGUMENT", "ALL_OR_NONE_OPERATION_ROLLED_BACK");
    }

    @Test
    void ofAListThatIsLookedThroughEachRecordOfAKeyIsRefused() {
        list(twins(DuplicateKeys.FAIL), account(KEY, "k"), account(KEY, "l"), account(KEY, "k"));
        assertThat(all().stream().map(SaveBatchesTest::places)).containsExactly(List.of(1));
        assertThat(results.isSet(0)).isTrue();
        assertThat(results.isSet(1)).isFalse();
        assertThat(results.isSet(2)).isTrue();
    }

    @Test
    void ofAListTheFirstOrTheLastOfAKeyIsSentAndTheOthersGetItsResult() {
        list(twins(DuplicateKeys.LAST), account(KEY, "k"), account(KEY, "l"), account(KEY, "k"));
        assertThat(all().stream().map(SaveBatchesTest::places)).containsExactly(List.of(1, 2));
        results.set(SaveResult.written(1, ID.formatted(1), true, "l"));
        results.set(SaveResult.written(2, ID.formatted(2), true, "k"));
        batches.settleTwins();
        assertThat(results().get(0).id()).isEqualTo(ID.formatted(2));
        assertThat(results().get(0).skipped()).isTrue();
        assertThat(results().get(0).record()).isEqualTo(account(KEY, "k"));
    }

    @Test
    void aListOfWhichAllAreNewIsNotLookedThrough() {
        list(
                set -> {
                    set.setMode(SaveMode.INSERT);
                    set.setExternalIdField(KEY);
                    set.setBatchSize(1);
                },
                account(KEY, "k"),
                account(KEY, "k"));
        assertThat(all().stream().map(SaveBatchesTest::places)).containsExactly(List.of(0), List.of(1));
    }

    @Test
    void keysThatOnlyLookAlikeNeedADescriptionOfAListToo() {
        list(SaveBatchesTest::byKey, account(KEY, "k"), account(KEY, "K"));
        assertThat(batches.next()).isEqualTo(new SaveBatches.Unknown("Account"));
        batches.describe("Account", Optional.of(described("Account")));
        assertEnd();
        assertThat(results.isSet(0)).isTrue();
        assertThat(results.isSet(1)).isTrue();
    }

    @Test
    void keysOfAStreamThatOnlyLookAlikeNeedADescriptionToo() {
        stream(twins(DuplicateKeys.FIRST), account(KEY, "k"), account(KEY, "K"));
        assertThat(batches.next()).isEqualTo(new SaveBatches.Unknown("Account"));
        batches.describe("Account", Optional.of(described("Account")));
        assertThat(places(ready())).containsExactly(0);
        assertEnd();
    }

    @Test
    void ofAStreamKeysOfOneRequestAreSettledInIt() {
        stream(twins(DuplicateKeys.FAIL), account(KEY, "k"), account(KEY, "l"), account(KEY, "k"), account(KEY, "k"));
        assertThat(all().stream().map(SaveBatchesTest::places)).containsExactly(List.of(1));
        assertThat(Stream.of(0, 2, 3).allMatch(results::isSet)).isTrue();

        stream(twins(DuplicateKeys.FIRST), account(KEY, "k"), account(KEY, "k"));
        SaveBatch first = ready();
        assertThat(places(first)).containsExactly(0);
        assertThat(first.entries().get(0).twins())
                .extracting(SaveBatch.Entry::place)
                .containsExactly(1);

        stream(twins(DuplicateKeys.LAST), account(KEY, "k"), account(KEY, "k"), account(KEY, "l"), account(KEY, "k"));
        SaveBatch last = ready();
        assertThat(places(last)).as("at the place of the first").containsExactly(3, 2);
        assertThat(last.entries().get(0).twins())
                .extracting(SaveBatch.Entry::place)
                .containsExactlyInAnyOrder(0, 1);
    }

    @Test
    void theLastOfAKeyCountsWithItsOwnSize() {
        String large = "x".repeat(BatchBuilder.MAX_BYTES - 1000);
        stream(
                twins(DuplicateKeys.LAST),
                account(KEY, "k", "Name", "small"),
                account(KEY, "k", "Name", large),
                account(KEY, "l", "Name", "y".repeat(1000)));
        assertThat(all().stream().map(SaveBatchesTest::places)).containsExactly(List.of(1), List.of(2));

        stream(
                twins(DuplicateKeys.LAST),
                account(KEY, "k", "Name", large),
                account(KEY, "k", "Name", "small"),
                account(KEY, "l", "Name", large));
        assertThat(all().stream().map(SaveBatchesTest::places)).containsExactly(List.of(1, 2));
    }

    private static Consumer<SfToolkitConfiguration> single(DuplicateKeys handling) {
        return twins(handling).andThen(set -> set.setBatchSize(1));
    }

    @Test
    void ofAStreamAKeyThatWasSentAlreadyIsRefusedOrHasItsResult() {
        stream(single(DuplicateKeys.FAIL), account(KEY, "k"), account(KEY, "k"));
        assertThat(all().stream().map(SaveBatchesTest::places)).containsExactly(List.of(0));
        assertThat(results.isSet(1)).isTrue();

        stream(single(DuplicateKeys.FIRST), account(KEY, "k"), account(KEY, "l"), account(KEY, "k"));
        assertThat(all().stream().map(SaveBatchesTest::places)).containsExactly(List.of(0), List.of(1));
        results.set(SaveResult.written(0, ID.formatted(7), true, null));
        batches.settleTwins();
        assertThat(results.isSet(2)).isTrue();
    }

    @Test
    void ofAStreamTheLastOfAKeyThatWasSentWaitsForTheFirst() {
        stream(
                twins(DuplicateKeys.LAST).andThen(SaveBatchesTest::small),
                account(KEY, "k"),
                account(KEY, "l"),
                account(KEY, "m"),
                account(KEY, "k"));
        assertThat(places(ready())).containsExactly(0, 1);
        SaveBatch before = ready();
        assertThat(places(before)).as("goes before it").containsExactly(2);
        assertThat(before.later()).isFalse();
        SaveBatch later = ready();
        assertThat(places(later)).containsExactly(3);
        assertThat(later.later()).isTrue();
        assertEnd();
    }

    @Test
    void childrenOfOneParentAreInOneGroup() {
        Consumer<SfToolkitConfiguration> grouped = set -> {
            set.setGroupBy("AccountId");
            set.setConcurrency("4");
        };
        Map<?, ?>[] children = IntStream.range(0, 40)
                .mapToObj(i -> record("Contact", "AccountId", i % 2 == 0 ? "p" + i % 10 : "P" + i % 10))
                .toArray(Map[]::new);
        list(grouped, children);
        List<SaveBatch> all = all();
        assertThat(all).extracting(SaveBatch::group).doesNotHaveDuplicates().allSatisfy(group -> assertThat(group)
                .isBetween(0, 3));
        assertThat(all).hasSizeGreaterThan(1);
        for (SaveBatch batch : all) {
            Set<Object> parents = batch.entries().stream()
                    .map(entry -> entry.record().fields().get("AccountId"))
                    .collect(java.util.stream.Collectors.toSet());
            all.stream().filter(other -> other != batch).forEach(other -> assertThat(other.entries())
                    .noneMatch(entry -> parents.contains(entry.record().fields().get("AccountId"))));
        }
    }

    @Test
    void recordsWithoutAParentAreSpreadOverTheGroups() {
        list(
                set -> {
                    set.setGroupBy("AccountId");
                    set.setConcurrency("2");
                },
                accounts(401));
        assertThat(all())
                .extracting(SaveBatch::group, batch -> batch.entries().size())
                .containsExactly(
                        org.assertj.core.api.Assertions.tuple(0, 200),
                        org.assertj.core.api.Assertions.tuple(1, 200),
                        org.assertj.core.api.Assertions.tuple(0, 1));
    }

    @Test
    void allOrNoneIsOneRequestThoughItsRecordsHaveParents() {
        list(
                set -> {
                    set.setGroupBy("AccountId");
                    set.setConcurrency("4");
                    set.setAllOrNone(true);
                },
                record("Contact", "AccountId", "a"),
                record("Contact", "AccountId", "b"),
                record("Contact", "AccountId", "c"));
        assertThat(places(ready())).containsExactly(0, 1, 2);
    }

    @Test
    void whatWasReadAndNotSentIsKnown() {
        stream(
                twins(DuplicateKeys.FIRST).andThen(set -> set.setBatchSize(3)),
                account(KEY, "a"),
                account("Name", "b"),
                account(KEY, "a"),
                account(KEY, "c"),
                account(KEY, "d"),
                account(KEY, "e"));
        SaveBatch first = ready();
        assertThat(places(first)).containsExactly(0, 3, 4);
        assertThat(batches.unsent(List.of(first)))
                .extracting(SaveBatch.Entry::place)
                .containsExactlyInAnyOrder(0, 1, 2, 3, 4);
    }

    @Test
    void insertsOfAListWithoutAnyKeyAreCounted() {
        list(SaveBatchesTest::byKey, account("Name", "a"), account("Name", "b"));
        all();
        assertThat(batches.insertsWithoutAnyKey()).isEqualTo(2);

        list(SaveBatchesTest::byKey, account("Name", "a"), account(KEY, "k"));
        all();
        assertThat(batches.insertsWithoutAnyKey()).as("the name is right").isZero();

        list(SaveBatchesTest::defaults, account("Name", "a"));
        all();
        assertThat(batches.insertsWithoutAnyKey()).as("no key was asked for").isZero();

        list(SaveBatchesTest.twins(DuplicateKeys.FAIL).andThen(set -> set.setMode(SaveMode.INSERT)), account("N", 1));
        all();
        assertThat(batches.insertsWithoutAnyKey()).as("all are to be new").isZero();
    }

    @Test
    void aRecordIsEncodedAsItsRowOfTheRequest() {
        list(SaveBatchesTest::byKey, account(KEY, "k1", "Name", "Acme"));
        assertThat(new String(ready().entries().get(0).json().json(), java.nio.charset.StandardCharsets.UTF_8))
                .isEqualTo("{\"attributes\":{\"type\":\"Account\"},\"Key__c\":\"k1\",\"Name\":\"Acme\"}");
    }
}
