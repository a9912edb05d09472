package org.sftoolkit.emulator;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.sftoolkit.emulator.api.RequestBody;
import org.sftoolkit.emulator.org.Blob;

/** Reads the body of a request into a temporary file, decompressed, without blocking; whoever takes it removes it. */
final class BodySpool {

    private BodySpool() {}

    static Future<RequestBody> read(Vertx vertx, HttpServerRequest request, Map<String, String> headers) {
        request.pause();
        String type = headers.get("content-type");
        boolean zipped = "gzip".equalsIgnoreCase(headers.get("content-encoding"));
        return vertx.fileSystem()
                .createTempFile("sftoolkit-emulator-body", ".tmp")
                .compose(file -> vertx.fileSystem()
                        .open(file, new OpenOptions().setWrite(true).setTruncateExisting(true))
                        .compose(open -> {
                            request.resume();
                            return request.pipeTo(open);
                        })
                        .compose(done -> vertx.executeBlocking(() -> finish(Path.of(file), zipped), false))
                        .onFailure(e -> vertx.fileSystem().delete(file)))
                .map(blob -> new RequestBody(
                        new byte[0],
                        Map.of(RequestBody.SPOOLED, new RequestBody.Part(RequestBody.SPOOLED, null, type, blob))));
    }

    private static Blob finish(Path file, boolean zipped) throws IOException {
        if (zipped) {
            Path plain = Files.createTempFile("sftoolkit-emulator-body", ".tmp");
            try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
                Files.copy(in, plain, StandardCopyOption.REPLACE_EXISTING);
            }
            Files.move(plain, file, StandardCopyOption.REPLACE_EXISTING);
        }
        return new Blob.OnDisk(file, Files.size(file));
    }
}
