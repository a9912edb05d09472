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
import org.sftoolkit.emulator.api.RequestBody;
import org.sftoolkit.emulator.org.Blob;

/**
 * Reads the body of a request into a file, decompressed, without blocking; whoever takes the body also takes the
 * file.
 */
final class BodySpool {

    private BodySpool() {}

    static Future<RequestBody> read(
            Vertx vertx, HttpServerRequest request, Map<String, String> headers, TempFolder folder) {
        request.pause();
        String type = headers.get("content-type");
        String encoding = headers.get("content-encoding");
        Path file = folder.newFile();
        return vertx.fileSystem()
                .open(file.toString(), new OpenOptions().setWrite(true))
                .compose(open -> {
                    request.resume();
                    return request.pipeTo(open);
                })
                .compose(done -> vertx.executeBlocking(
                        () -> encoding == null ? whole(file) : decoded(encoding, file, folder), false))
                .map(blob -> new RequestBody(
                        new byte[0],
                        Map.of(RequestBody.SPOOLED, new RequestBody.Part(RequestBody.SPOOLED, null, type, blob))))
                .onFailure(broken -> folder.remove(file));
    }

    private static Blob whole(Path file) throws IOException {
        return new Blob.OnDisk(file, Files.size(file));
    }

    private static Blob decoded(String encoding, Path file, TempFolder folder) throws IOException {
        Path plain = folder.newFile();
        try (InputStream in = ContentEncoding.decoded(encoding, Files.newInputStream(file))) {
            Files.copy(in, plain);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(plain);
            throw e;
        } finally {
            Files.delete(file);
        }
        return whole(plain);
    }
}
