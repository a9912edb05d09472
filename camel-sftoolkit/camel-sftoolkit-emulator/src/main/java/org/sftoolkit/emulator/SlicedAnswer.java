package org.sftoolkit.emulator;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import org.sftoolkit.emulator.api.Answer;

/** Sends a slice of a file in chunks, as fast as the client reads. Used on the event loop of its connection only. */
final class SlicedAnswer {

    private static final int BLOCK = 1 << 16;

    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final Answer.Content.Slice slice;
    private final Cut cut;

    SlicedAnswer(HttpServerRequest request, Answer.Content.Slice slice, Cut cut) {
        this.request = request;
        this.response = request.response();
        this.slice = slice;
        this.cut = cut;
    }

    void send() {
        response.putHeader(HttpHeaders.CONTENT_TYPE, slice.type()).setChunked(true);
        if (cut == Cut.CONNECTION_WITHIN) {
            // Uncompressed, so that what was sent so far can be read.
            response.putHeader(HttpHeaders.CONTENT_ENCODING, HttpHeaders.IDENTITY);
        }
        response.write(Buffer.buffer(slice.head()));
        long whole = slice.to() - slice.from();
        long length = cut == Cut.NONE ? whole : whole / 2;
        if (length == 0) {
            end();
            return;
        }
        Vertx.currentContext()
                .owner()
                .fileSystem()
                .open(
                        slice.file().toString(),
                        new OpenOptions().setRead(true).setWrite(false).setCreate(false))
                .onSuccess(file -> send(file, length))
                .onFailure(gone -> request.connection().close());
    }

    private void send(AsyncFile file, long length) {
        file.setReadPos(slice.from()).setReadLength(length).setReadBufferSize(BLOCK);
        file.pipe()
                .endOnSuccess(false)
                .endOnFailure(false)
                .to(response)
                .onSuccess(sent -> end())
                .onFailure(broken -> request.connection().close())
                .onComplete(done -> file.close());
    }

    private void end() {
        if (cut == Cut.CONNECTION_WITHIN) {
            request.connection().close();
        } else {
            response.end();
        }
    }
}
