package org.sftoolkit.camel.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.sftoolkit.camel.CapturedLog;
import org.sftoolkit.camel.error.PartialFailureException;
import org.sftoolkit.camel.model.SaveError;
import org.sftoolkit.camel.model.SaveResult;
import org.sftoolkit.camel.model.SaveResults;
import org.sftoolkit.camel.operation.OnPartialFailure;
import org.sftoolkit.camel.operation.OutcomeHeader;
import org.sftoolkit.camel.operation.Progress;
import org.sftoolkit.camel.transport.LogContext;

class SaveResultCollectorTest {

    private static final SaveError RULE = new SaveError("RULE", "no", List.of(), false);

    private final SaveResultCollector results = new SaveResultCollector(2, true);

    private static SaveResult written(int place) {
        return SaveResult.written(place, "00100000000000%dAAA".formatted(place), true, "record " + place);
    }

    private static SaveResult failure(int place) {
        return SaveResult.failure(place, null, List.of(RULE), "record " + place);
    }

    @Test
    void resultsThatComeInAnyOrderStandAtTheirPlaces() {
        results.set(failure(4));
        results.set(written(1));
        assertThat(results.isSet(4)).isTrue();
        assertThat(results.isSet(1)).isTrue();
        assertThat(results.isSet(0)).isFalse();
        assertThat(results.isSet(5)).isFalse();
        results.set(written(0));
        results.set(written(2));
        results.set(written(3));
        var outcome = results.outcome(OnPartialFailure.RETURN, LogContext.NONE);
        assertThat((SaveResults) outcome.body()).extracting(SaveResult::index).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void headersCountWhatSucceededAndHoldWhatFailed() {
        results.set(written(0));
        results.set(failure(1));
        results.set(SaveResult.unchanged(2, "001000000000002AAA", "record 2"));
        var outcome = results.outcome(OnPartialFailure.RETURN, LogContext.NONE);
        assertThat(outcome.headers())
                .containsEntry(OutcomeHeader.SUCCEEDED, 2)
                .containsEntry(OutcomeHeader.FAILED, 1)
                .containsEntry(OutcomeHeader.FAILED_RECORDS, List.of("record 1"));
    }

    @Test
    void aListWithFailuresFailsIfThatIsAskedFor() {
        results.set(written(0));
        assertThat(results.outcome(OnPartialFailure.FAIL, LogContext.NONE).body())
                .isInstanceOf(SaveResults.class);
        results.set(failure(1));
        assertThatThrownBy(() -> results.outcome(OnPartialFailure.FAIL, LogContext.NONE))
                .isInstanceOfSatisfying(PartialFailureException.class, failure -> assertThat(failure.results())
                        .hasSize(2));
    }

    @Test
    void failuresAreWarnedOfOnceWithTheFirstReason() {
        try (var log = new CapturedLog()) {
            results.set(written(0));
            results.outcome(OnPartialFailure.RETURN, LogContext.NONE);
            assertThat(log.lines()).isEmpty();
            results.set(failure(1));
            results.outcome(OnPartialFailure.RETURN, LogContext.NONE);
            assertThat(log.lines()).singleElement().asString().contains("1 of 2 records failed", "place 1", "RULE: no");
        }
        assertThat(SaveResultCollector.reason(List.of())).isEqualTo("no reason was given");
    }

    @Test
    void progressCountsEachRecordOnceWhateverItsResultBecomes() {
        results.set(failure(0));
        assertThat(results.someFailed()).isTrue();
        results.set(written(0));
        assertThat(results.someFailed()).isFalse();
        results.set(failure(1));
        results.set(failure(1));
        Progress progress = results.progress("save", "Account", 5L);
        assertThat(progress.done()).isEqualTo(2);
        assertThat(progress.failed()).isEqualTo(1);
        assertThat(progress.total()).isEqualTo(5);
    }

    @Test
    void nothingIsWrittenBeforeARecordIsOrMayBe() {
        results.set(failure(0));
        results.set(SaveResult.unchanged(1, "001000000000001AAA", null));
        assertThat(results.noneWritten()).isTrue();
        results.set(written(2));
        assertThat(results.noneWritten()).isFalse();

        var unknown = new SaveResultCollector(1, true);
        unknown.mayBeWritten();
        assertThat(unknown.noneWritten()).isFalse();

        var dry = new SaveResultCollector(1, false);
        dry.set(written(0));
        assertThat(dry.noneWritten()).as("a dry run writes nothing").isTrue();
    }

    @Test
    void aRecordThatWasNotSentHasTheResultOfTheOneThatWas() {
        results.set(written(0));
        results.copy(0, 1, "twin", true);
        results.copy(0, 2, "twin of a stream", false);
        results.copy(7, 3, "twin of nothing", true);
        results.set(failure(4));
        results.copy(4, 3, "twin of a failure", false);
        var all = (SaveResults)
                results.outcome(OnPartialFailure.RETURN, LogContext.NONE).body();
        assertThat(all.get(1)).isEqualTo(SaveResult.unchanged(1, "001000000000000AAA", "twin"));
        assertThat(all.get(2)).isEqualTo(SaveResult.unchanged(2, "001000000000000AAA", null));
        assertThat(all.get(3)).isEqualTo(SaveResult.failure(3, null, List.of(RULE), "twin of a failure"));
    }

    @Test
    void aListThatEndsEarlyReportsWhatWasWritten() {
        var cause = new IllegalStateException("unreadable");
        results.set(failure(1));
        assertThat(results.endedBy(cause)).as("nothing was written").isSameAs(cause);
        results.set(written(2));
        assertThat(results.endedBy(cause)).isInstanceOfSatisfying(PartialFailureException.class, failure -> {
            assertThat(failure.getCause()).isSameAs(cause);
            assertThat(failure.results()).hasSize(3);
            assertThat(failure.results().get(0).errors()).singleElement().satisfies(error -> assertThat(error.message())
                    .contains("before the result of this record was known"));
            assertThat(failure.results().get(1)).isEqualTo(failure(1));
            assertThat(failure.results().get(2)).isEqualTo(written(2));
        });
    }
}
