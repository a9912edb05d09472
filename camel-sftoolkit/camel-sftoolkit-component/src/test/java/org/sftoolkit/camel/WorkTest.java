package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.sftoolkit.camel.operation.Progress;

class WorkTest {

    private final AtomicLong clock = new AtomicLong();
    private final Work work = new Work("sftoolkit:save:Account", "nightly", "E1", clock::get);

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }

    private static Progress step(long done, long failed, Long total, String job, String step) {
        return new Progress("save", "Account", done, failed, total, job, step);
    }

    @Test
    void theLineHasShareRateAndTimeLeft() {
        pass(Duration.ofSeconds(30));
        work.progressed(step(120_000, 3, 600_000L, null, "batch"));
        assertThat(work.line())
                .isEqualTo("route nightly, sftoolkit:save:Account: 120000 of 600000 records (20 %), 3 failed in 30 s,"
                        + " 4000 a second, 2 min 0 s left");
    }

    @Test
    void whatIsNotKnownIsNotTold() {
        pass(Duration.ofSeconds(75));
        assertThat(work.line()).isEqualTo("route nightly, sftoolkit:save:Account: 0 records in 1 min 15 s");
        work.progressed(step(300, 0, null, null, "page"));
        assertThat(work.line())
                .isEqualTo("route nightly, sftoolkit:save:Account: 300 records in 1 min 15 s, 4 a second");
        work.progressed(step(300, 0, 0L, null, "page"));
        assertThat(work.line()).doesNotContain("%").doesNotContain("left");
    }

    @Test
    void jobsOfALoadAddUp() {
        pass(Duration.ofSeconds(10));
        work.progressed(step(0, 0, 100L, "750A", "uploaded"));
        work.progressed(step(0, 0, 50L, "750B", "uploaded"));
        work.progressed(step(80, 2, 100L, "750A", "InProgress"));
        work.progressed(step(25, 1, 50L, "750B", "InProgress"));
        // the answer to an abort or a close has no counters
        work.progressed(step(0, 0, null, "750A", "JobComplete"));
        assertThat(work.line()).contains("105 of 150 records (70 %), 3 failed").endsWith("job 750A JobComplete");
        assertThat(work.describe()).containsEntry("jobs", "750A,750B").containsEntry("percent", 70L);
    }

    @Test
    void aLineIsDueOnceAnInterval() {
        Duration interval = Duration.ofSeconds(10);
        assertThat(work.due(interval)).isFalse();
        pass(interval);
        assertThat(work.due(interval)).isTrue();
        assertThat(work.due(interval)).isFalse();
        pass(interval);
        assertThat(work.due(interval)).isTrue();
    }

    @Test
    void theLastTwentyThatTookLongAreKept() {
        var board = new WorkBoard();
        for (int i = 0; i < 25; i++) {
            var one = new Work("sftoolkit:save:Account", null, "E" + i, clock::get);
            pass(Duration.ofSeconds(2));
            one.end(i == 24 ? new IllegalStateException() : null);
            board.ended(one, Duration.ZERO);
            var quick = new Work("sftoolkit:save:Account", null, "quick", clock::get);
            quick.end(null);
            board.ended(quick, Duration.ZERO);
        }
        assertThat(board.lastEnded()).hasSize(20).noneMatch(words -> words.get("exchange")
                .equals("quick"));
        assertThat(board.lastEnded().get(0))
                .containsEntry("exchange", "E24")
                .containsEntry("outcome", "IllegalStateException")
                .containsEntry("seconds", 2L);
        assertThat(board.lastEnded().get(1)).containsEntry("outcome", "done");
    }
}
