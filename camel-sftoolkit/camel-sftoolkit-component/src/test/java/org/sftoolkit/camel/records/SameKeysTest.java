package org.sftoolkit.camel.records;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.sftoolkit.camel.TestCalls;
import org.sftoolkit.camel.client.ObjectDescription;
import org.sftoolkit.camel.model.SourceRecord;
import org.sftoolkit.camel.operation.CallOptions;
import org.sftoolkit.camel.operation.DuplicateKeys;

class SameKeysTest {

    private static final String KEY = "Key__c";

    private final List<String> asked = new ArrayList<>();
    private Optional<ObjectDescription> described;

    private static CallOptions options(DuplicateKeys handling) {
        return TestCalls.options("Account", set -> {
            set.setExternalIdField(KEY);
            set.setDuplicateKeys(handling);
        });
    }

    private SameKeys keys(DuplicateKeys handling) {
        return new SameKeys(options(handling), type -> {
            asked.add(type);
            return described;
        });
    }

    private void describe(String type, boolean caseSensitive) {
        described = Optional.of(
                new ObjectDescription("Account", "001", List.of(TestFields.key(KEY, type, caseSensitive)), Set.of()));
    }

    private static SourceRecord keyed(Object key) {
        return SourceRecord.of(Map.of(KEY, key));
    }

    private static List<SourceRecord> list(Object... keys) {
        return java.util.Arrays.stream(keys).map(SameKeysTest::keyed).toList();
    }

    @Test
    void theFirstRecordWithAKeyIsNamedToThoseThatFollow() {
        var keys = keys(DuplicateKeys.FAIL);
        SameKeys.Match first = keys.match(0, keyed("a"));
        assertThat(first.first()).isEqualTo(-1);
        assertThat(first.ask()).isNull();
        assertThat(keys.match(1, keyed("b")).first()).isEqualTo(-1);
        SameKeys.Match again = keys.match(2, keyed("a"));
        assertThat(again.first()).isZero();
        assertThat(again.key()).isEqualTo(first.key());
        assertThat(asked).as("equal texts need no description").isEmpty();
    }

    @Test
    void recordsWithoutAKeyOrAnObjectAreLikeNoOther() {
        var keys = keys(DuplicateKeys.FAIL);
        assertThat(keys.match(0, SourceRecord.of(Map.of("Name", "x")))).isSameAs(SameKeys.Match.NONE);
        var noObject = TestCalls.options(null, set -> set.setExternalIdField(KEY));
        assertThat(new SameKeys(noObject, type -> Optional.empty()).match(0, keyed("a")))
                .isSameAs(SameKeys.Match.NONE);
    }

    @Test
    void sameKeysOfTwoObjectsAreDifferent() {
        var options = TestCalls.options(null, set -> set.setExternalIdField(KEY));
        var keys = new SameKeys(options, type -> Optional.empty());
        var account = SourceRecord.of(Map.of("attributes", Map.of("type", "Account"), KEY, "a"));
        var contact = SourceRecord.of(Map.of("attributes", Map.of("type", "Contact"), KEY, "a"));
        var lower = SourceRecord.of(Map.of("attributes", Map.of("type", "ACCOUNT"), KEY, "a"));
        assertThat(keys.match(0, account).first()).isEqualTo(-1);
        assertThat(keys.match(1, contact).first()).isEqualTo(-1);
        assertThat(keys.match(2, lower).first()).isZero();
    }

    @Test
    void theCaseOfATextCountsOnlyIfTheFieldRegardsIt() {
        describe("string", false);
        var ignoring = keys(DuplicateKeys.FAIL);
        SameKeys.Match first = ignoring.match(0, keyed("abc"));
        SameKeys.Match same = ignoring.match(1, keyed("ABC"));
        assertThat(same.first()).isZero();
        assertThat(same.key()).isEqualTo(first.key());
        assertThat(asked).containsExactly("Account");

        describe("string", true);
        var regarding = keys(DuplicateKeys.FAIL);
        regarding.match(0, keyed("abc"));
        assertThat(regarding.match(1, keyed("ABC")).first()).isEqualTo(-1);
        assertThat(regarding.match(2, keyed("ABC")).first()).isEqualTo(1);
        assertThat(regarding.match(3, keyed("abc")).first()).isZero();
    }

    @Test
    void theCaseOfAnIdCounts() {
        describe("string", false);
        var keys = keys(DuplicateKeys.FAIL);
        keys.match(0, SourceRecord.of(Map.of("Id", "001000000000abcAAA")));
        assertThat(keys.match(1, SourceRecord.of(Map.of("Id", "001000000000aBcAAA")))
                        .first())
                .isEqualTo(-1);
        assertThat(asked).isEmpty();
    }

    @Test
    void numbersAreComparedByValueInANumberFieldOnly() {
        describe("double", false);
        var numbers = keys(DuplicateKeys.FAIL);
        numbers.match(0, keyed("7"));
        assertThat(numbers.match(1, keyed("7.00")).first()).isZero();
        assertThat(numbers.match(2, keyed("70E-1")).first()).isZero();
        assertThat(numbers.match(3, keyed("+8")).first()).isEqualTo(-1);
        assertThat(numbers.match(4, keyed("8.")).first()).isEqualTo(3);
        numbers.match(5, keyed("90"));
        assertThat(numbers.match(6, keyed("9E1")).first()).isEqualTo(5);

        describe("string", false);
        var texts = keys(DuplicateKeys.FAIL);
        texts.match(0, keyed("7"));
        assertThat(texts.match(1, keyed("7.0")).first()).as("two texts").isEqualTo(-1);
    }

    @Test
    void whatOnlyLooksLikeANumberIsText() {
        describe("string", false);
        var keys = keys(DuplicateKeys.FAIL);
        keys.match(0, keyed("e-e"));
        assertThat(keys.match(1, keyed("E-E")).first()).isZero();
        keys.match(2, keyed("1-e"));
        assertThat(keys.match(3, keyed("1-E")).first()).isEqualTo(2);
        keys.match(4, keyed("1" + "0".repeat(40) + "e"));
        assertThat(keys.match(5, keyed("1" + "0".repeat(40) + "E")).first()).isEqualTo(4);
    }

    @Test
    void numbersOfUpTo40CharactersAreComparedByValue() {
        describe("double", false);
        var keys = keys(DuplicateKeys.FAIL);
        keys.match(0, keyed("1." + "0".repeat(37)));
        assertThat(keys.match(1, keyed("1." + "0".repeat(38))).first()).isZero();
        assertThat(keys.match(2, keyed("1." + "0".repeat(39))).first()).isEqualTo(-1);
    }

    @Test
    void aDescriptionThatIsNotThereYetIsAskedFor() {
        described = null;
        var keys = keys(DuplicateKeys.FAIL);
        keys.match(0, keyed("abc"));
        assertThat(keys.match(1, keyed("ABC")).ask()).isEqualTo("Account");
        describe("string", false);
        assertThat(keys.match(1, keyed("ABC")).first()).isZero();
    }

    @Test
    void anObjectOfWhichNothingIsKnownTakesKeysAsTheyAre() {
        described = Optional.empty();
        var keys = keys(DuplicateKeys.FAIL);
        keys.match(0, keyed("abc"));
        assertThat(keys.match(1, keyed("ABC")).first()).isEqualTo(-1);
    }

    @Test
    void longKeysAreKeptAsADigest() {
        var keys = keys(DuplicateKeys.FAIL);
        String longest = "k".repeat(64 - "account ".length());
        assertThat(keys.match(0, keyed(longest)).key()).isEqualTo("account " + longest);
        SameKeys.Match digest = keys.match(1, keyed(longest + "k"));
        assertThat(digest.key()).hasSize(36).doesNotContain("kk");
        assertThat(keys.match(2, keyed(longest + "k")).first()).isEqualTo(1);
    }

    @Test
    void ofAListThatFailsForItEachRecordOfAKeyIsRefused() {
        var keys = keys(DuplicateKeys.FAIL);
        assertThat(keys.scan(list("a", "b", "a", "c"))).isNull();
        assertThat(keys.isRefused(0)).isTrue();
        assertThat(keys.isRefused(1)).isFalse();
        assertThat(keys.isRefused(2)).isTrue();
        assertThat(keys.isRefused(3)).isFalse();
        assertThat(keys.winner(2)).isEqualTo(2);
    }

    @Test
    void ofAKeyTheFirstOrTheLastRecordIsSent() {
        var first = keys(DuplicateKeys.FIRST);
        first.scan(list("a", "b", "a", "a"));
        assertThat(List.of(first.winner(0), first.winner(1), first.winner(2), first.winner(3)))
                .containsExactly(0, 1, 0, 0);
        assertThat(first.isRefused(0)).isFalse();

        var last = keys(DuplicateKeys.LAST);
        last.scan(list("a", "b", "a", "a"));
        assertThat(List.of(last.winner(0), last.winner(1), last.winner(2), last.winner(3)))
                .containsExactly(3, 1, 3, 3);
        assertThat(last.isRefused(3)).isFalse();
    }

    @Test
    void aScanThatNeedsADescriptionGoesOnWhereItStood() {
        var keys = keys(DuplicateKeys.FIRST);
        List<SourceRecord> all = list("x", "abc", "ABC", "x");
        assertThat(keys.scan(all)).isEqualTo("Account");
        describe("string", false);
        assertThat(keys.scan(all)).isNull();
        assertThat(keys.winner(0)).isZero();
        assertThat(keys.winner(2)).isEqualTo(1);
        assertThat(keys.winner(3)).isZero();
    }

    @Test
    void theErrorNamesTheKeyAndTheCure() {
        assertThat(SameKeys.error("k1").statusCode()).isEqualTo("DUPLICATE_VALUE");
        assertThat(SameKeys.error("k1").message()).contains("k1", "duplicateKeys=FIRST or LAST");
    }
}
