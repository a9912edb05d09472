package org.sftoolkit.camel.files;

import static io.vertx.core.http.HttpMethod.PATCH;
import static io.vertx.core.http.HttpMethod.POST;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.vertx.core.Future;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.sftoolkit.camel.client.ApiJson;
import org.sftoolkit.camel.client.Paths;
import org.sftoolkit.camel.client.WriteAnswer;
import org.sftoolkit.camel.model.WireJson;
import org.sftoolkit.camel.transport.Body;
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

    /** A record in JSON and its file as two parts of one body (RFC 7578), without holding the file. */
    private static final class MultipartForm {

        private MultipartForm() {}

        static Body of(String type, Map<String, ?> fields, BlobPart blob) {
            String boundary = "sftoolkit-" + UUID.randomUUID();
            byte[] head = head(boundary, type, fields, blob);
            byte[] tail = ("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.US_ASCII);
            long length = blob.length() < 0 ? -1 : head.length + blob.length() + tail.length;
            return new Body.Stream(
                    "multipart/form-data; boundary=" + boundary,
                    () -> blob.stream().apply(around(head, blob.open().get(), tail)),
                    length,
                    blob.repeatable());
        }

        private static InputStream around(byte[] head, InputStream content, byte[] tail) {
            return new SequenceInputStream(Collections.enumeration(
                    List.of(new ByteArrayInputStream(head), content, new ByteArrayInputStream(tail))));
        }

        private static byte[] head(String boundary, String type, Map<String, ?> fields, BlobPart blob) {
            var bytes = new ByteArrayOutputStream(512);
            // the names that Salesforce's documentation gives this part
            String name = type.equalsIgnoreCase("Document") ? "entity_document" : "entity_content";
            write(
                    bytes,
                    "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + name
                            + "\"\r\nContent-Type: application/json; charset=UTF-8\r\n\r\n");
            bytes.writeBytes(json(fields));
            write(
                    bytes,
                    "\r\n--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + quotable(blob.field())
                            + "\"; filename=\"" + quotable(blob.fileName()) + "\"\r\nContent-Type: "
                            + blob.contentType().replaceAll("[\r\n]", " ") + "\r\n\r\n");
            return bytes.toByteArray();
        }

        private static byte[] json(Map<String, ?> fields) {
            var bytes = new ByteArrayOutputStream(256);
            try (JsonGenerator json = new JsonFactory().createGenerator(bytes)) {
                WireJson.writeMap(json, fields);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return bytes.toByteArray();
        }

        private static void write(ByteArrayOutputStream bytes, String text) {
            bytes.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        }

        /** As browsers write names into a quoted string. */
        private static String quotable(String text) {
            return text.replace("\"", "%22").replace("\r", "%0D").replace("\n", "%0A");
        }
    }
}
