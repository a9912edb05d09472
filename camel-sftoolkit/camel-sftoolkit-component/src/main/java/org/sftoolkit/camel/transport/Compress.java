package org.sftoolkit.camel.transport;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;

/**
 * Compresses request bodies that are large enough. It stands next to the wire, so that a body is encoded just before
 * it is sent. Stateless.
 *
 * @see <a
 *     href="https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/intro_rest_compression.htm">REST
 *     API Developer Guide: Compression Headers</a>
 */
public final class Compress implements Filter {

    /** Smaller bodies fit into one or two packets uncompressed. */
    static final int SMALLEST = 2048;

    @Override
    public Future<Response> apply(Request request, Transport next) {
        if (!(request.body() instanceof Body.Bytes bytes)) {
            return next.send(request);
        }
        Buffer plain = bytes.content().get();
        if (plain.length() < SMALLEST) {
            return next.send(request.carrying(new Body.Bytes(bytes.contentType(), () -> plain)));
        }
        Buffer packed = gzip(plain.getBytes());
        return next.send(request.carrying(new Body.Bytes(bytes.contentType(), () -> packed))
                .withHeader("Content-Encoding", "gzip"));
    }

    private static Buffer gzip(byte[] plain) {
        var packed = new ByteArrayOutputStream(plain.length / 4);
        try (var out = new GZIPOutputStream(packed)) {
            out.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Buffer.buffer(packed.toByteArray());
    }
}
