package org.sftoolkit.camel.files;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.WriteStream;
import java.util.function.LongConsumer;
import org.sftoolkit.camel.transport.SinkStream;

/** What was downloaded, in memory. */
final class DownloadedBytes {

    private Buffer content = Buffer.buffer();

    /** Where the event loop writes; from the start again each time. */
    WriteStream<Buffer> writer(LongConsumer progress) {
        var fresh = Buffer.buffer();
        content = fresh;
        return new SinkStream() {
            @Override
            public Future<Void> write(Buffer data) {
                fresh.appendBuffer(data);
                progress.accept(data.length());
                return Future.succeededFuture();
            }

            @Override
            protected Future<Void> ended() {
                return Future.succeededFuture();
            }
        };
    }

    byte[] bytes() {
        return content.getBytes();
    }
}
