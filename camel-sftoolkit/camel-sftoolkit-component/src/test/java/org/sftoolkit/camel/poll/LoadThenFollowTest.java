package org.sftoolkit.camel.poll;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoadThenFollowTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Cursor START = Cursor.beginning("load:Account");
    private static final Cursor LOADED = START.window(NOON).closed();

    private final List<String> happened = new ArrayList<>();
    private final Deque<Batch> load = new ArrayDeque<>();
    private final Deque<Batch> follow = new ArrayDeque<>();
    private final LoadThenFollow source = new LoadThenFollow(source("load", load), source("follow", follow));

    /** Gives these batches. */
    private PollSource source(String name, Deque<Batch> batches) {
        return new PollSource() {
            @Override
            public Reading read(Cursor place) {
                happened.add(name + " from " + place.from());
                return new Reading() {
                    @Override
                    public Future<Batch> next() {
                        return Future.succeededFuture(batches.remove());
                    }

                    @Override
                    public void close() {
                        happened.add("close " + name);
                    }
                };
            }

            @Override
            public Instant horizon(Cursor place) {
                return name.equals("load") ? NOON.minusSeconds(1) : NOON.minusSeconds(2);
            }
        };
    }

    @Test
    void whatChangesIsFollowedFromWhereTheLoadEnded() {
        Batch some = new Batch(List.of(), START.load("job1:5"), true);
        Batch loaded = new Batch(List.of(), LOADED, true);
        Batch followed = Batch.idle(LOADED.window(NOON.plusSeconds(9)).closed());
        load.addAll(List.of(some, loaded));
        follow.add(followed);
        var reading = source.read(START);
        assertThat(List.of(
                        reading.next().result(),
                        reading.next().result(),
                        reading.next().result()))
                .containsExactly(some, loaded, followed);
        assertThat(happened).containsExactly("load from null", "close load", "follow from " + NOON);
    }

    @Test
    void aGapLeadsFromFollowingToLoadingAgain() {
        follow.add(Batch.step(LOADED.restarted()));
        load.add(Batch.idle(LOADED));
        var reading = source.read(LOADED);
        reading.next();
        assertThat(reading.next().result()).isEqualTo(Batch.idle(LOADED));
        assertThat(happened).containsExactly("follow from " + NOON, "close follow", "load from null");
    }

    @Test
    void aReadingThatIsGivenUpIsClosed() {
        source.read(LOADED).close();
        assertThat(happened).containsExactly("follow from " + NOON, "close follow");
    }

    @Test
    void whatMayComeAgainIsForTheSourceOfThePlaceToSay() {
        assertThat(source.horizon(START)).isEqualTo(NOON.minusSeconds(1));
        assertThat(source.horizon(LOADED)).isEqualTo(NOON.minusSeconds(2));
    }
}
