package org.sftoolkit.camel.operation;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.sftoolkit.camel.client.BlobPipe;
import org.sftoolkit.camel.client.RecordKey;
import org.sftoolkit.camel.model.FieldNames;
import org.sftoolkit.camel.model.RecordIds;
import org.sftoolkit.camel.model.SObject;

/** {@code download}: the file of a record, as a stream that is read while it arrives, in memory, or in a file. */
public final class DownloadOperation implements Operation<RecordIds> {

    @Override
    public Class<RecordIds> input() {
        return RecordIds.class;
    }

    @Override
    public void check(CallOptions options) {
        OutputType output = options.query().outputType();
        if (output != null && output != OutputType.STREAM && output != OutputType.BYTES && output != OutputType.FILE) {
            throw new IllegalArgumentException("download has outputType=STREAM, BYTES or FILE, not " + output);
        }
    }

    private record Blob(String type, String id, String field) {}

    @Override
    public Future<Outcome> run(RecordIds input, Call call) {
        Object key = input.single() ? input.value(0, call.options().externalIdField()) : null;
        if (key == null) {
            throw new IllegalArgumentException(
                    "download takes one record: give its Id as the body or in the header CamelSfToolkitId");
        }
        String type = type(input, key, call.options());
        return id(type, key, call).compose(id -> blob(type, id, call)).compose(blob -> fileName(blob, call)
                .compose(name -> download(blob, name, call)));
    }

    private static String type(RecordIds input, Object key, CallOptions options) {
        String known = options.sObject() == null ? BlobFields.typeOf(key.toString()) : null;
        return known != null ? known : FetchOperation.type(input, options);
    }

    private static Future<String> id(String type, Object key, Call call) {
        if (call.options().externalIdField() == null) {
            return Future.succeededFuture(key.toString().strip());
        }
        return FetchOperation.find(
                        new RecordIds(List.of(key), false),
                        type,
                        call.with(call.options().reading(List.of("Id"))))
                .map(found -> FetchOperation.required(found.get(0), key).id());
    }

    private static Future<Blob> blob(String type, String id, Call call) {
        if (type.equalsIgnoreCase(BlobFields.CONTENT_DOCUMENT)) {
            return call.client()
                    .records()
                    .fetch(RecordKey.id(type, id), List.of("LatestPublishedVersionId"))
                    .map(document -> new Blob(
                            BlobFields.CONTENT_VERSION,
                            String.valueOf(FieldNames.value(document, "LatestPublishedVersionId")),
                            "VersionData"));
        }
        return BlobFields.of(type, call).map(field -> new Blob(type, id, field));
    }

    /** The file's name as its record knows it; null where it has none. */
    private static Future<String> fileName(Blob blob, Call call) {
        String field = blob.type().equalsIgnoreCase(BlobFields.CONTENT_VERSION) ? "PathOnClient" : "Name";
        return call.client()
                .metadata()
                .describe(blob.type())
                .compose(object -> object.field(field).isEmpty()
                        ? Future.succeededFuture()
                        : call.client()
                                .records()
                                .fetch(RecordKey.id(blob.type(), blob.id()), List.of(field))
                                .map(record -> name(record, field)));
    }

    // a name with a path in it must not lead a file component out of its directory
    private static String name(SObject record, String field) {
        Object name = FieldNames.value(record, field);
        String path = name == null ? "" : name.toString().replace('\\', '/');
        String last = path.substring(path.lastIndexOf('/') + 1);
        return last.isBlank() || last.equals("..") || last.equals(".") ? null : last;
    }

    private static Future<Outcome> download(Blob blob, String name, Call call) {
        OutputType output = call.options().query().outputType();
        if (output == OutputType.BYTES) {
            return call.client()
                    .files()
                    .download(blob.type(), blob.id(), blob.field())
                    .map(content -> outcome(content.getBytes(), blob, name, null));
        }
        return output == OutputType.FILE ? file(blob, name, call) : stream(blob, name, call);
    }

    /** Done as soon as the answer begins: its reader reads while it arrives. */
    private static Future<Outcome> stream(Blob blob, String name, Call call) {
        var total = new AtomicLong(-1);
        var progress = new FileProgress(
                done -> call.progress().progressed(FileProgress.of("download", blob.type(), done, total.get())));
        var pipe = new BlobPipe(progress::add);
        Promise<Outcome> begun = Promise.promise();
        call.client()
                .files()
                .download(blob.type(), blob.id(), blob.field(), (status, headers) -> {
                    var writer = pipe.writer();
                    total.set(length(headers));
                    begun.tryComplete(outcome(pipe, blob, name, headers));
                    return writer;
                })
                .onSuccess(done -> progress.end())
                .onFailure(failure -> {
                    pipe.fail(failure);
                    begun.tryFail(failure);
                });
        return begun.future();
    }

    private static long length(MultiMap headers) {
        String length = headers.get("Content-Length");
        return length == null || !length.matches("\\d{1,18}") ? -1 : Long.parseLong(length);
    }

    private static Future<Outcome> file(Blob blob, String name, Call call) {
        return call.worker().run(DownloadedFile::create).compose(file -> {
            var headers = new MultiMap[1];
            return call.client()
                    .files()
                    .download(blob.type(), blob.id(), blob.field(), (status, sent) -> {
                        headers[0] = sent;
                        return file.writer(call.worker());
                    })
                    .onFailure(failure -> call.worker().run(file::discard))
                    .map(done -> outcome(file, blob, name, headers[0]));
        });
    }

    private static Outcome outcome(Object body, Blob blob, String name, MultiMap answer) {
        Map<OutcomeHeader, Object> headers = new HashMap<>();
        headers.put(OutcomeHeader.ID, blob.id());
        headers.put(OutcomeHeader.FILE_NAME, name);
        if (answer != null) {
            headers.put(OutcomeHeader.CONTENT_TYPE, answer.get("Content-Type"));
        }
        return Outcome.of(body, headers);
    }
}
