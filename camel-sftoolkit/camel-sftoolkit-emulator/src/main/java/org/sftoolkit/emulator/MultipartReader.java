package org.sftoolkit.emulator;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpServerFileUpload;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sftoolkit.emulator.api.ApiException;
import org.sftoolkit.emulator.api.RequestBody;
import org.sftoolkit.emulator.api.RequestBody.Part;
import org.sftoolkit.emulator.org.Blob;

/**
 * Reads a multipart body (REST API Developer Guide: "Insert or Update Blob Data"): the part without a file name is the
 * JSON, those with one go to disk as they come.
 */
final class MultipartReader {

    private MultipartReader() {}

    static boolean isMultipart(Map<String, String> headers) {
        return headers.getOrDefault("content-type", "").startsWith("multipart/form-data");
    }

    /** @param fileLimit most bytes of one file; beyond it the request is refused, with nothing left on disk */
    static Future<RequestBody> read(HttpServerRequest request, TempFolder folder, long fileLimit) {
        Promise<RequestBody> read = Promise.promise();
        List<Future<Part>> parts = new ArrayList<>();
        request.setExpectMultipart(true);
        request.uploadHandler(upload -> parts.add(stored(upload, folder.newFile())));
        request.exceptionHandler(read::tryFail);
        request.endHandler(end -> Future.join(List.copyOf(parts))
                .map(stored -> body(request, parts.stream().map(Future::result).toList(), fileLimit))
                .onComplete(read));
        return read.future()
                .onFailure(refused -> Future.join(List.copyOf(parts)).onComplete(ended -> parts.stream()
                        .filter(Future::succeeded)
                        .map(Future::result)
                        .forEach(folder::remove)));
    }

    private static Future<Part> stored(HttpServerFileUpload upload, Path file) {
        return upload.streamToFileSystem(file.toString())
                .map(done -> new Part(
                        upload.name(), upload.filename(), upload.contentType(), new Blob.OnDisk(file, upload.size())));
    }

    private static RequestBody body(HttpServerRequest request, List<Part> files, long fileLimit) {
        if (files.stream().anyMatch(part -> part.content().size() > fileLimit)) {
            throw new BodyReader.TooLargeException();
        }
        Optional<String> json = request.formAttributes().entries().stream()
                .map(Map.Entry::getValue)
                .findFirst();
        Map<String, Part> parts = new LinkedHashMap<>();
        files.forEach(part -> parts.put(part.name(), part));
        return new RequestBody(json.orElseThrow(MultipartReader::noJson).getBytes(StandardCharsets.UTF_8), parts);
    }

    private static ApiException noJson() {
        return new ApiException(400, "INVALID_MULTIPART_REQUEST", "Multipart message is missing a non-binary part");
    }
}
