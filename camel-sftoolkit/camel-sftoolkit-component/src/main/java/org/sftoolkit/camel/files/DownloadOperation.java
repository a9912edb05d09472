package org.sftoolkit.camel.files;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.WriteStream;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.client.RecordKey;
import org.sftoolkit.camel.model.FieldNames;
import org.sftoolkit.camel.model.RecordIds;
import org.sftoolkit.camel.model.SObject;
import org.sftoolkit.camel.operation.CallOptions;
import org.sftoolkit.camel.operation.FileProgress;
import org.sftoolkit.camel.operation.HonouredOptions;
import org.sftoolkit.camel.operation.Operation;
import org.sftoolkit.camel.operation.OperationContext;
import org.sftoolkit.camel.operation.Outcome;
import org.sftoolkit.camel.operation.OutcomeHeader;
import org.sftoolkit.camel.operation.OutputType;
import org.sftoolkit.camel.records.FetchOperation;
import org.sftoolkit.camel.records.RecordsClient;
import org.sftoolkit.camel.transport.BodyInput;
import org.sftoolkit.camel.transport.Sink;

/** {@code download}: the file of a record, as a stream that is read while it arrives, in memory, or in a file. */
public final class DownloadOperation implements Operation<RecordIds> {

    private static final String CONTENT_TYPE = "ContentType";
    private static final Pattern PAGE_NAME = Pattern.compile("(?i)\\.[a-z]*html?$");

    @Override
    public Class<RecordIds> input() {
        return RecordIds.class;
    }

    @Override
    public HonouredOptions options() {
        return HonouredOptions.producer("sObject", "blobField", "externalIdField", "outputType");
    }

    @Override
    public void check(CallOptions options) {
        OutputType output = options.query().outputType();
        if (output != null && output != OutputType.STREAM && output != OutputType.BYTES && output != OutputType.FILE) {
            throw new IllegalArgumentException(
                    "outputType=" + output + " is not allowed for download: use STREAM, BYTES or FILE");
        }
    }

    private record Blob(String type, String id, String field) {}

    /**
     * What its record tells of a file.
     *
     * @param name null if it has no such header
     * @param page whether it may be HTML; any other that comes as HTML is the page of a login or a proxy
     */
    private record Told(@Nullable String name, boolean page) {

        static final Told NOTHING = new Told(null, true);
    }

    /** A sink that declines a page in place of a file. */
    private record FileSink(Sink sink, boolean page) implements Sink {

        @Override
        public WriteStream<Buffer> open(int status, MultiMap headers) {
            return sink.open(status, headers);
        }

        @Override
        public boolean accepts(int status, MultiMap headers) {
            String type = headers.get("Content-Type");
            return page
                    || type == null
                    || !type.strip().toLowerCase(Locale.ROOT).startsWith("text/html");
        }

        @Override
        public boolean reopens() {
            return sink.reopens();
        }

        @Override
        public boolean paced() {
            return sink.paced();
        }

        @Override
        public boolean bounded() {
            return sink.bounded();
        }
    }

    @Override
    public Future<Outcome> run(RecordIds input, OperationContext call) {
        Object key = input.single() ? input.value(0, call.options().externalIdField()) : null;
        if (key == null) {
            throw new IllegalArgumentException(
                    "download needs one record: put its Id in the body or in the header CamelSfToolkitId");
        }
        String type = type(input, key, call.options());
        return id(type, key, call).compose(id -> blob(type, id, call)).compose(blob -> told(blob, call)
                .compose(told -> download(blob, told, call)));
    }

    private static String type(RecordIds input, Object key, CallOptions options) {
        String known = options.sObject() == null ? BlobFields.typeOf(key.toString()) : null;
        return known != null ? known : FetchOperation.type("download", input, options);
    }

    private static Future<String> id(String type, Object key, OperationContext call) {
        if (call.options().externalIdField() == null) {
            return Future.succeededFuture(key.toString().strip());
        }
        return FetchOperation.find(
                        new RecordIds(List.of(key), false),
                        type,
                        call.with(call.options().reading(List.of("Id"))))
                .map(found -> FetchOperation.required(found.get(0), key).id());
    }

    private static Future<Blob> blob(String type, String id, OperationContext call) {
        if (type.equalsIgnoreCase(BlobFields.CONTENT_DOCUMENT)) {
            return new RecordsClient(call.client())
                    .fetch(RecordKey.id(type, id), List.of("LatestPublishedVersionId"))
                    .map(document -> new Blob(
                            BlobFields.CONTENT_VERSION,
                            String.valueOf(FieldNames.value(document, "LatestPublishedVersionId")),
                            "VersionData"));
        }
        return BlobFields.of(type, call).map(field -> new Blob(type, id, field));
    }

    private static Future<Told> told(Blob blob, OperationContext call) {
        String field = blob.type().equalsIgnoreCase(BlobFields.CONTENT_VERSION) ? "PathOnClient" : "Name";
        return call.client().metadata().describe(blob.type()).compose(object -> {
            List<String> fields = Stream.of(field, CONTENT_TYPE)
                    .filter(wanted -> object.field(wanted).isPresent())
                    .toList();
            return fields.isEmpty()
                    ? Future.succeededFuture(Told.NOTHING)
                    : new RecordsClient(call.client())
                            .fetch(RecordKey.id(blob.type(), blob.id()), fields)
                            .map(record -> told(record, field));
        });
    }

    private static Told told(SObject record, String field) {
        String name = name(record, field);
        Object type = FieldNames.value(record, CONTENT_TYPE);
        boolean named = name == null || PAGE_NAME.matcher(name).find();
        return new Told(
                name,
                named
                        || type != null
                                && type.toString()
                                        .strip()
                                        .toLowerCase(Locale.ROOT)
                                        .startsWith("text/html"));
    }

    // a name with a path in it must not lead a file component out of its directory
    private static @Nullable String name(SObject record, String field) {
        Object name = FieldNames.value(record, field);
        String path = name == null ? "" : name.toString().replace('\\', '/');
        String last = path.substring(path.lastIndexOf('/') + 1);
        return last.isBlank() || last.equals("..") || last.equals(".") ? null : last;
    }

    private static Future<Outcome> download(Blob blob, Told told, OperationContext call) {
        OutputType output = call.options().query().outputType();
        if (output == OutputType.BYTES) {
            return bytes(blob, told, call);
        }
        return output == OutputType.FILE ? file(blob, told, call) : stream(blob, told, call);
    }

    /** Done as soon as the answer begins: its reader reads while it arrives. */
    private static Future<Outcome> stream(Blob blob, Told told, OperationContext call) {
        var total = new AtomicLong(-1);
        var progress = progress(blob, total, call);
        var content = new BodyInput(BodyInput.DEFAULT_BYTES, progress::add);
        Promise<Outcome> begun = Promise.promise();
        new FilesClient(call.client())
                .download(
                        blob.type(),
                        blob.id(),
                        blob.field(),
                        new FileSink(
                                content.telling((status, headers) -> {
                                    total.set(length(headers));
                                    begun.tryComplete(outcome(content, blob, told.name(), headers));
                                }),
                                told.page()))
                .onSuccess(done -> progress.end())
                .onComplete(content::ended)
                .onFailure(begun::tryFail);
        return begun.future();
    }

    private static long length(MultiMap headers) {
        String length = headers.get("Content-Length");
        return length == null || !length.matches("\\d{1,18}") ? -1 : Long.parseLong(length);
    }

    private static FileProgress progress(Blob blob, AtomicLong total, OperationContext call) {
        return new FileProgress(
                done -> call.progress().progressed(FileProgress.of("download", blob.type(), done, total.get())));
    }

    private static Future<Outcome> bytes(Blob blob, Told told, OperationContext call) {
        var content = new DownloadedBytes();
        return whole(blob, told, call, content::writer, true)
                .map(headers -> outcome(content.bytes(), blob, told.name(), headers));
    }

    private static Future<Outcome> file(Blob blob, Told told, OperationContext call) {
        return call.worker().run(DownloadedFile::create).compose(file -> whole(
                        blob, told, call, progress -> file.writer(call.worker(), progress), false)
                .onFailure(failure -> file.discard(call.worker()))
                .map(headers -> outcome(file, blob, told.name(), headers)));
    }

    /**
     * Downloads the whole file before the route continues; a broken download starts again. Returns the response's
     * headers.
     */
    private static Future<MultiMap> whole(
            Blob blob,
            Told told,
            OperationContext call,
            Function<LongConsumer, WriteStream<Buffer>> target,
            boolean inMemory) {
        var headers = new AtomicReference<MultiMap>();
        var progress = new AtomicReference<FileProgress>();
        var sink = new Sink() {
            @Override
            public WriteStream<Buffer> open(int status, MultiMap sent) {
                headers.set(sent);
                FileProgress begun = progress(blob, new AtomicLong(length(sent)), call);
                progress.set(begun);
                return target.apply(begun::add);
            }

            @Override
            public boolean reopens() {
                return true;
            }

            @Override
            public boolean bounded() {
                return inMemory;
            }
        };
        return new FilesClient(call.client())
                .download(blob.type(), blob.id(), blob.field(), new FileSink(sink, told.page()))
                .map(done -> {
                    Objects.requireNonNull(progress.get()).end(); // there is no answer without it
                    return headers.get();
                });
    }

    private static Outcome outcome(Object body, Blob blob, @Nullable String name, MultiMap answer) {
        Map<OutcomeHeader, Object> headers = new HashMap<>();
        headers.put(OutcomeHeader.ID, blob.id());
        headers.put(OutcomeHeader.FILE_NAME, name);
        if (answer != null) {
            headers.put(OutcomeHeader.CONTENT_TYPE, answer.get("Content-Type"));
        }
        return Outcome.of(body, headers);
    }
}
