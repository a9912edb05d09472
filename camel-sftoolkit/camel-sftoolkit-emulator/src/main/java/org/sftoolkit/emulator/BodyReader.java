package org.sftoolkit.emulator;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.sftoolkit.emulator.api.RequestBody;

/** Reads the body of a request into memory, decompressed. */
final class BodyReader {

    /** REST API Developer Guide: a request that is not multipart holds at most 50 MB. */
    private static final int MOST_BYTES = 50 * 1024 * 1024;

    private BodyReader() {}

    /** A body above the limit. */
    static final class TooLargeException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        TooLargeException() {
            super("request body too large", null, false, false);
        }
    }

    static Future<RequestBody> read(HttpServerRequest request, Map<String, String> headers) {
        Promise<RequestBody> read = Promise.promise();
        Buffer body = Buffer.buffer();
        AtomicBoolean tooLarge = new AtomicBoolean();
        request.handler(chunk -> {
            if (body.length() + chunk.length() <= MOST_BYTES) {
                body.appendBuffer(chunk);
            } else {
                tooLarge.set(true);
            }
        });
        request.endHandler(end -> {
            try {
                if (tooLarge.get()) {
                    throw new TooLargeException();
                }
                read.tryComplete(RequestBody.of(decompressed(body.getBytes(), headers.get("content-encoding"))));
            } catch (IOException | RuntimeException e) {
                read.tryFail(e);
            }
        });
        request.exceptionHandler(read::tryFail);
        return read.future();
    }

    private static byte[] decompressed(byte[] body, String encoding) throws IOException {
        if (body.length == 0) {
            return body;
        }
        return all(ContentEncoding.decoded(encoding, new ByteArrayInputStream(body)));
    }

    private static byte[] all(InputStream compressed) throws IOException {
        try (compressed) {
            byte[] bytes = compressed.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new TooLargeException();
            }
            return bytes;
        }
    }
}
