package org.sftoolkit.camel.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StreamedInputTest {

    private final List<Promise<Buffer>> reads = new ArrayList<>();
    private final List<String> taken = new ArrayList<>();
    private boolean ended;

    private Future<Buffer> read() {
        Promise<Buffer> read = Promise.promise();
        reads.add(read);
        return read.future();
    }

    private StreamedInput input() {
        return new StreamedInput(() -> null, source -> read());
    }

    private void take(Buffer piece) {
        taken.add(piece.toString());
    }

    @Test
    void aPausedInputGivesNothingAndReadsNoFurther() {
        StreamedInput input = input();
        input.endHandler(end -> ended = true);
        input.handler(this::take);
        reads.get(0).complete(Buffer.buffer("a"));
        assertThat(taken).containsExactly("a");
        input.pause();
        reads.get(1).complete(Buffer.buffer("b"));
        assertThat(taken).as("was being read when it was paused").containsExactly("a");
        assertThat(reads).hasSize(2);
        input.resume();
        assertThat(taken).containsExactly("a", "b");
        reads.get(2).complete(null);
        assertThat(ended).isTrue();
    }

    @Test
    void noMorePiecesComeThanAreFetched() {
        StreamedInput input = input();
        input.pause();
        input.handler(this::take);
        assertThat(reads).isEmpty();
        input.fetch(2);
        reads.get(0).complete(Buffer.buffer("a"));
        reads.get(1).complete(Buffer.buffer("b"));
        assertThat(taken).containsExactly("a", "b");
        assertThat(reads).hasSize(2);
        input.fetch(1);
        input.pause();
        reads.get(2).complete(Buffer.buffer("c"));
        assertThat(taken).hasSize(2);
        input.fetch(1);
        assertThat(taken).containsExactly("a", "b", "c");
        assertThat(reads).hasSize(3);
    }
}
