package org.sftoolkit.camel.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sftoolkit.camel.client.StreamedInput;

/** Streams of uploads: one block at a time, whatever their taker does meanwhile. */
class PartContentTest {

    private static final byte[] CONTENT = new byte[1_000_000];

    private final List<String> events = new ArrayList<>();
    private final Buffer taken = Buffer.buffer();

    @TempDir
    private Path folder;

    static {
        for (int i = 0; i < CONTENT.length; i++) {
            CONTENT[i] = (byte) (i * 31 >> 5);
        }
    }

    /** Work that is done at once, as where another thread is quicker. */
    private static <T> Future<T> atOnce(Callable<T> work) {
        try {
            return Future.succeededFuture(work.call());
        } catch (Exception e) {
            return Future.failedFuture(e);
        }
    }

    private void take(ReadStream<Buffer> source) {
        source.endHandler(end -> events.add("end"));
        source.handler(block -> {
            events.add("begin");
            source.pause();
            source.resume();
            taken.appendBuffer(block);
            events.add("done");
        });
    }

    private void assertOneAtATime() {
        assertThat(taken.getBytes()).isEqualTo(CONTENT);
        assertThat(events).hasSizeGreaterThan(5).endsWith("end");
        for (int i = 0; i < events.size() - 1; i += 2) {
            assertThat(events.subList(i, i + 2)).containsExactly("begin", "done");
        }
    }

    @Test
    void noBlockOfAFileOvertakesTheOneBefore() throws Exception {
        Path file = Files.write(folder.resolve("part.csv"), CONTENT);
        take(new StreamedInput(
                PartContent.all(RepeatableBytes.of(file), CONTENT.length).blocks()::next, PartContentTest::atOnce));
        assertOneAtATime();
    }

    @Test
    void noPieceOfAStreamOvertakesTheOneBefore() {
        take(StreamedInput.of(new ByteArrayInputStream(CONTENT), PartContentTest::atOnce));
        assertOneAtATime();
    }
}
