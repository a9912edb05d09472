package org.sftoolkit.emulator;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.sftoolkit.emulator.api.RequestBody;
import org.sftoolkit.emulator.org.Blob;

/** Reads the body of a request into a file, decompressed, without blocking; whoever takes the body over takes the file. */
final class BodySpool {

    private BodySpool() {}

    static Future<RequestBody> read(
            Vertx vertx, HttpServerRequest request, Map<String, String> headers, TempFolder folder) {
        request.pause();
        String type = headers.get("content-type");
        boolean zipped = "gzip".equalsIgnoreCase(headers.get("content-encoding"));
        Path file = folder.newFile();
        return vertx.fileSystem()
                .open(file.toString(), new OpenOptions().setWrite(true))
                .compose(open -> {
                    request.resume();
                    return request.pipeTo(open);
                })
                .compose(done -> vertx.executeBlocking(() -> zipped ? unzipped(file, folder) : whole(file), false))
                .map(blob -> new RequestBody(
                        new byte[0],
                        Map.of(RequestBody.SPOOLED, new RequestBody.Part(RequestBody.SPOOLED, null, type, blob))));
    }

    private static Blob whole(Path file) throws IOException {
        return new Blob.OnDisk(file, Files.size(file));
    }

    private static Blob unzipped(Path file, TempFolder folder) throws IOException {
        Path plain = folder.newFile();
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            Files.copy(in, plain);
        }
        Files.delete(file);
        return whole(plain);
    }
}
