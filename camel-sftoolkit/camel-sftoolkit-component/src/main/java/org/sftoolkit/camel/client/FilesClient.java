package org.sftoolkit.camel.client;

import static io.vertx.core.http.HttpMethod.PATCH;
import static io.vertx.core.http.HttpMethod.POST;

import io.vertx.core.Future;
import java.util.Map;
import org.sftoolkit.camel.transport.Replay;
import org.sftoolkit.camel.transport.Request;
import org.sftoolkit.camel.transport.Sink;
import org.sftoolkit.camel.transport.Transport;

/**
 * Records with a file in them.
 *
 * @see <a href="https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/dome_sobject_insert_update_blob.htm">REST
 *      API Developer Guide: Insert or Update Blob Data</a>
 */
public final class FilesClient {

    private final Transport transport;

    public FilesClient(Transport transport) {
        this.transport = transport;
    }

    /** Creates a record with its file. */
    public Future<WriteAnswer> insert(String type, Map<String, ?> fields, BlobPart blob, Map<String, String> headers) {
        Request request = Request.of(
                        POST, "/sobjects/" + Paths.segment(type), MultipartForm.of(type, fields, blob), Replay.NEVER)
                .withHeaders(headers);
        return transport.send(request).map(answer -> ApiJson.read(request, answer, WriteAnswer::read));
    }

    /** Puts another file into a record. */
    public Future<Void> replace(
            String type, String id, Map<String, ?> fields, BlobPart blob, Map<String, String> headers) {
        Request request = Request.of(
                        PATCH,
                        "/sobjects/" + Paths.segment(type) + '/' + Paths.segment(id),
                        MultipartForm.of(type, fields, blob),
                        Replay.IDEMPOTENT)
                .withHeaders(headers);
        return transport.send(request).compose(answer -> WriteAnswer.done(request, answer, id));
    }

    /** Reads a file into the sink; completes when all of it has arrived. */
    public Future<Void> download(String type, String id, String blobField, Sink sink) {
        return transport
                .send(Request.get(path(type, id, blobField))
                        .withHeader("Accept", "*/*")
                        .into(sink))
                .mapEmpty();
    }

    private static String path(String type, String id, String blobField) {
        return "/sobjects/" + Paths.segment(type) + '/' + Paths.segment(id) + '/' + Paths.segment(blobField);
    }
}
