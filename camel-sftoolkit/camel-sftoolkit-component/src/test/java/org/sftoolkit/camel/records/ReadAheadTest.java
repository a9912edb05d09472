package org.sftoolkit.camel.records;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sftoolkit.camel.records.SaveMany.ReadAhead;

class ReadAheadTest {

    private final List<Promise<Optional<Integer>>> asked = new ArrayList<>();
    private final ReadAhead<Integer> source = new ReadAhead<>(() -> {
        Promise<Optional<Integer>> promise = Promise.promise();
        asked.add(promise);
        return promise.future();
    });

    @Test
    void theNextTaskIsReadWhileTheFirstIsUnderWay() {
        Future<Optional<Integer>> first = source.next();
        assertThat(asked).hasSize(1);
        asked.get(0).complete(Optional.of(1));
        assertThat(first.result()).contains(1);
        assertThat(asked).hasSize(2);
        asked.get(1).complete(Optional.of(2));
        assertThat(asked).as("one ahead, no more").hasSize(2);
        assertThat(source.next().result()).contains(2);
        assertThat(asked).hasSize(3);
    }

    @Test
    void afterTheEndTheSourceIsNotAskedAgain() {
        source.next();
        asked.get(0).complete(Optional.empty());
        assertThat(source.next().result()).isEmpty();
        assertThat(asked).hasSize(1);
    }

    @Test
    void readButUntakenTasksAreTheRest() {
        assertThat(source.rest().result()).isEmpty();
        source.next();
        asked.get(0).complete(Optional.of(1));
        Future<List<Integer>> rest = source.rest();
        assertThat(rest.isComplete()).as("the reading goes on").isFalse();
        asked.get(1).complete(Optional.of(2));
        assertThat(rest.result()).containsExactly(2);
    }

    @Test
    void aTaskThatWasTakenBackBelongsToTheRest() {
        source.next();
        asked.get(0).complete(Optional.of(1));
        asked.get(1).complete(Optional.empty());
        source.notBegun(1);
        assertThat(source.rest().result()).containsExactly(1);
    }

    @Test
    void aFailureIsToldInItsTurn() {
        source.next();
        asked.get(0).complete(Optional.of(1));
        asked.get(1).fail(new IllegalStateException("unreadable"));
        assertThat(source.next().cause()).hasMessage("unreadable");
        assertThat(source.rest().result()).isEmpty();
    }
}
