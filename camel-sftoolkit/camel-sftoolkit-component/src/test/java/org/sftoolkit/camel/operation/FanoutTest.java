package org.sftoolkit.camel.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sftoolkit.camel.transport.Concurrency;
import org.sftoolkit.camel.transport.StopSignal;

class FanoutTest {

    private final List<Promise<Void>> begun = new ArrayList<>();

    private Future<?> begin(Integer task) {
        Promise<Void> promise = Promise.promise();
        begun.add(promise);
        return promise.future();
    }

    @Test
    void atMostSoManyTasksAreUnderWay() {
        Future<Void> all = Fanout.run(Fanout.of(IntStream.range(0, 7).iterator()), 3, this::begin);
        assertThat(begun).hasSize(3);
        begun.get(1).complete();
        assertThat(begun).hasSize(4);
        for (int i = 0; i < begun.size(); i++) {
            begun.get(i).tryComplete();
        }
        assertThat(begun).hasSize(7);
        assertThat(all.succeeded()).isTrue();
    }

    @Test
    void afterAFailureNoTaskIsBegunAndThoseUnderWayEndFirst() {
        Future<Void> all = Fanout.run(Fanout.of(IntStream.range(0, 7).iterator()), 2, this::begin);
        begun.get(0).fail("down");
        assertThat(begun).hasSize(2);
        assertThat(all.isComplete()).isFalse();
        begun.get(1).complete();
        assertThat(all.cause()).hasMessage("down");
    }

    @Test
    void aTaskThatWasReadWhileAnotherFailedIsNotBegunAndGoesBack() {
        List<Promise<Optional<Integer>>> pulls = new ArrayList<>();
        List<Integer> back = new ArrayList<>();
        var source = new Fanout.Source<Integer>() {
            @Override
            public Future<Optional<Integer>> next() {
                Promise<Optional<Integer>> pull = Promise.promise();
                pulls.add(pull);
                return pull.future();
            }

            @Override
            public void notBegun(Integer task) {
                back.add(task);
            }
        };
        Future<Void> all = Fanout.run(source, 4, this::begin);
        pulls.get(0).complete(Optional.of(1));
        begun.get(0).fail("down");
        assertThat(all.isComplete()).as("the source is being read").isFalse();
        pulls.get(1).complete(Optional.of(2));
        assertThat(all.cause()).hasMessage("down");
        assertThat(begun).hasSize(1);
        assertThat(back).containsExactly(2);
        assertThat(pulls).hasSize(2);
    }

    @Test
    void aStopEndsItWhateverTheSourceDoes() {
        var stop = new StopSignal();
        Promise<Optional<Integer>> pull = Promise.promise();
        List<Integer> back = new ArrayList<>();
        var source = new Fanout.Source<Integer>() {
            @Override
            public Future<Optional<Integer>> next() {
                return begun.isEmpty() ? Future.succeededFuture(Optional.of(1)) : pull.future();
            }

            @Override
            public void notBegun(Integer task) {
                back.add(task);
            }
        };
        Future<Void> all = Fanout.run(source, Concurrency.fixed(2), stop, this::begin);
        stop.give();
        assertThat(all.isComplete()).as("a task is under way").isFalse();
        begun.get(0).complete();
        assertThat(all.cause()).hasMessageContaining("the route was stopped");
        pull.complete(Optional.of(2));
        assertThat(back).as("read too late").containsExactly(2);
        assertThat(begun).hasSize(1);
    }

    @Test
    void aSourceThatFailsEndsTheWhole() {
        Future<Void> all = Fanout.<Integer>run(() -> Future.failedFuture("unreadable"), 2, this::begin);
        assertThat(all.cause()).hasMessage("unreadable");
    }

    @Test
    void anEmptySourceIsDoneAtOnce() {
        assertThat(Fanout.<Integer>run(() -> Future.succeededFuture(Optional.empty()), 2, this::begin)
                        .succeeded())
                .isTrue();
    }

    @Test
    void tasksThatEndAtOnceDoNotDeepenTheStack() {
        var count = new int[1];
        Future<Void> all = Fanout.run(Fanout.of(IntStream.range(0, 200_000).iterator()), 5, task -> {
            count[0]++;
            return Future.succeededFuture();
        });
        assertThat(all.succeeded()).isTrue();
        assertThat(count[0]).isEqualTo(200_000);
    }

    @Test
    void oneTaskIsPulledAtATimeEvenFromASlowSource() {
        List<Promise<Optional<Integer>>> pulls = new ArrayList<>();
        Future<Void> all = Fanout.run(
                () -> {
                    Promise<Optional<Integer>> pull = Promise.promise();
                    pulls.add(pull);
                    return pull.future();
                },
                4,
                this::begin);
        assertThat(pulls).hasSize(1);
        pulls.get(0).complete(Optional.of(1));
        assertThat(pulls).hasSize(2);
        begun.get(0).complete();
        assertThat(pulls).hasSize(2);
        pulls.get(1).complete(Optional.empty());
        assertThat(all.succeeded()).isTrue();
    }
}
