package org.sftoolkit.camel.poll;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DeliveredLogTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final DeliveredLog log = new DeliveredLog();

    private static Position version(int second, String id) {
        return new Position(NOON.plusSeconds(second), id);
    }

    @Test
    void aVersionIsARecordInASecond() {
        log.add(version(0, "001000000000abcAAA"));
        assertThat(log.contains(version(0, "001000000000abcAAA"))).isTrue();
        assertThat(log.contains(version(0, "001000000000abc")))
                .as("the last letters only repeat the case")
                .isTrue();
        assertThat(log.contains(version(0, "001000000000abC"))).isFalse();
        assertThat(log.contains(version(1, "001000000000abcAAA"))).isFalse();
    }

    @Test
    void eachVersionCountsOnce() {
        log.add(version(0, "a"));
        log.add(version(0, "a"));
        log.add(version(0, "b"));
        log.add(version(1, "a"));
        assertThat(log.size()).isEqualTo(3);
    }

    @Test
    void whatIsOlderIsForgotten() {
        log.add(version(0, "a"));
        log.add(version(1, "b"));
        log.add(version(2, "c"));
        log.forgetBefore(NOON.plusSeconds(1));
        assertThat(log.size()).isEqualTo(2);
        assertThat(log.contains(version(0, "a"))).isFalse();
        assertThat(log.contains(version(1, "b"))).as("not before").isTrue();
        log.clear();
        assertThat(log.size()).isZero();
        assertThat(log.contains(version(2, "c"))).isFalse();
    }

    @Test
    void anotherLogIsAddedWhole() {
        log.add(version(0, "a"));
        var other = new DeliveredLog();
        other.add(version(0, "a"));
        other.add(version(0, "b"));
        other.add(version(5, "c"));
        log.addAll(other);
        assertThat(log.size()).isEqualTo(3);
        assertThat(log.newestFirst().keySet())
                .containsExactly(NOON.plusSeconds(5).getEpochSecond(), NOON.getEpochSecond());
    }

    @Test
    void aSetHoldsAnyNumberOfIds() {
        var ids = new IdSet();
        List<Long> added = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            long hash = IdSet.hash("001%012d".formatted(i));
            assertThat(hash).isNotZero();
            assertThat(ids.contains(hash)).isFalse();
            ids.add(hash);
            ids.add(hash);
            added.add(hash);
            assertThat(ids.size()).isEqualTo(i + 1);
        }
        assertThat(added).allMatch(ids::contains);
        List<Long> held = new ArrayList<>();
        ids.forEach(held::add);
        assertThat(held).containsExactlyInAnyOrderElementsOf(added);
    }

    @Test
    void hashesThatWantTheSamePlaceAreAllHeld() {
        var ids = new IdSet();
        long[] same = LongStream.range(1, 100).map(i -> i << 32 | 3).toArray();
        for (long hash : same) {
            ids.add(hash);
        }
        assertThat(ids.size()).isEqualTo(99);
        assertThat(LongStream.of(same).allMatch(ids::contains)).isTrue();
        assertThat(ids.contains(100L << 32 | 3)).isFalse();
    }
}
