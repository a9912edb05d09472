package org.sftoolkit.camel.files;

import io.vertx.core.Future;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.client.ObjectDescription;
import org.sftoolkit.camel.client.RecordKey;
import org.sftoolkit.camel.client.StreamedInput;
import org.sftoolkit.camel.error.Answer;
import org.sftoolkit.camel.error.PartialFailureException;
import org.sftoolkit.camel.error.RequestRejectedException;
import org.sftoolkit.camel.model.FieldNames;
import org.sftoolkit.camel.model.SaveResult;
import org.sftoolkit.camel.model.SaveResults;
import org.sftoolkit.camel.model.SentFields;
import org.sftoolkit.camel.model.Upload;
import org.sftoolkit.camel.operation.CallOptions;
import org.sftoolkit.camel.operation.FileProgress;
import org.sftoolkit.camel.operation.HonouredOptions;
import org.sftoolkit.camel.operation.OpenedContent;
import org.sftoolkit.camel.operation.Operation;
import org.sftoolkit.camel.operation.OperationContext;
import org.sftoolkit.camel.operation.Outcome;
import org.sftoolkit.camel.operation.OutcomeHeader;
import org.sftoolkit.camel.records.RecordsClient;

/** {@code upload}: a record with a file, or another file for a record; read while it is sent. */
public final class UploadOperation implements Operation<Upload> {

    private static final String UNKNOWN_TYPE = "application/octet-stream";

    @Override
    public Class<Upload> input() {
        return Upload.class;
    }

    @Override
    public HonouredOptions options() {
        return HonouredOptions.producer(
                "sObject",
                "dryRun",
                "blobField",
                "fileName",
                "contentType",
                "linkTo",
                "assignmentRule",
                "duplicateRule",
                "updateMru");
    }

    @Override
    public void check(CallOptions options) {
        if (BlobFields.CONTENT_DOCUMENT.equalsIgnoreCase(options.sObject())) {
            throw new IllegalArgumentException("use ContentVersion to upload a file: Salesforce creates its document");
        }
    }

    @Override
    public Future<Outcome> run(Upload upload, OperationContext call) {
        String type = type(upload, call.options());
        return call.client().metadata().describe(type).compose(object -> BlobFields.of(type, call)
                .compose(field -> send(upload, object, field, call)));
    }

    private static String type(Upload upload, CallOptions options) {
        String named = options.sObject();
        if (named == null && upload.record() != null) {
            named = upload.record().type();
        }
        return named == null ? BlobFields.CONTENT_VERSION : named;
    }

    private static Future<Outcome> send(Upload upload, ObjectDescription object, String field, OperationContext call) {
        var opened = new OpenedContent(upload.content(), done -> call.progress()
                .progressed(FileProgress.of(
                        "upload", object.name(), done, upload.content().length())));
        var blob = new BlobPart(
                field,
                name(upload, call.options()),
                contentType(upload, call.options()),
                upload.content().length(),
                upload.content().repeatable(),
                opened::open,
                input -> StreamedInput.of(input, call.worker()::run));
        String id = upload.id();
        Map<String, Object> fields = new UploadFields(upload, object, blob, call.options()).fields();
        Map<String, String> headers = call.options().writeHeaders();
        if (call.options().dryRun()) {
            return planned(object, id, field, call).map(ready -> outcome(planned(id, upload)));
        }
        Future<String> sent = id == null
                ? new FilesClient(call.client())
                        .insert(object.name(), fields, blob, headers)
                        .map(answer -> {
                            if (!answer.success()) {
                                throw new RequestRejectedException(
                                        "Salesforce rejected the file", new Answer(200, answer.errors(), null));
                            }
                            return answer.id();
                        })
                : replace(object, id, field, fields, blob, call);
        return sent.onComplete(done -> call.worker().run(opened::close))
                .recover(failure -> Future.failedFuture(opened.explain(failure)))
                .map(saved -> result(saved, id == null, upload))
                .compose(saved -> link(Objects.requireNonNull(saved.id()), object, upload, call)
                        .recover(failure -> Future.failedFuture(notLinked(saved, failure)))
                        .map(linked -> outcome(saved)));
    }

    private static Future<String> replace(
            ObjectDescription object,
            String id,
            String field,
            Map<String, Object> fields,
            BlobPart blob,
            OperationContext call) {
        requireReplaceable(object, field);
        return new FilesClient(call.client())
                .replace(object.name(), id, fields, blob, call.options().writeHeaders())
                .map(done -> id);
    }

    private static void requireReplaceable(ObjectDescription object, String field) {
        if (object.field(field).filter(known -> !known.updateable()).isPresent()) {
            throw new IllegalArgumentException(object.name() + '.' + field
                    + " cannot be replaced: upload a new ContentVersion with the same ContentDocumentId");
        }
    }

    /** Looks for the record whose file is to be replaced. The content is not read. */
    private static Future<?> planned(
            ObjectDescription object, @Nullable String id, String field, OperationContext call) {
        if (id == null) {
            return Future.succeededFuture();
        }
        requireReplaceable(object, field);
        return new RecordsClient(call.client()).fetch(RecordKey.id(object.name(), id), List.of("Id"));
    }

    private static SaveResult planned(@Nullable String id, Upload upload) {
        Object origin = upload.record() == null ? null : upload.record().origin();
        return SaveResult.written(0, id, id == null, origin);
    }

    /** A new ContentVersion is linked by its document, which came into being with it. */
    private static Future<Void> link(String id, ObjectDescription object, Upload upload, OperationContext call) {
        String target = UploadFields.linkTo(upload, call.options());
        if (target == null || upload.id() != null || !object.name().equals(BlobFields.CONTENT_VERSION)) {
            return Future.succeededFuture();
        }
        return new RecordsClient(call.client())
                .fetch(RecordKey.id(object.name(), id), List.of("ContentDocumentId"))
                .compose(version -> {
                    var link = new LinkedHashMap<String, Object>();
                    link.put("ContentDocumentId", FieldNames.value(version, "ContentDocumentId"));
                    link.put("LinkedEntityId", target);
                    // viewers of the record see the file, as for files that are attached on its page
                    link.put("ShareType", "V");
                    return new RecordsClient(call.client())
                            .insert("ContentDocumentLink", link, call.options().requestHeaders());
                })
                .mapEmpty();
    }

    /** Not to be repeated as it is: another upload would make another file. */
    private static PartialFailureException notLinked(SaveResult saved, Throwable failure) {
        return new PartialFailureException(
                "the file was saved as " + saved.id() + " but could not be linked to its record",
                new SaveResults(List.of(saved)),
                failure);
    }

    private static SaveResult result(String id, boolean created, Upload upload) {
        Object origin = upload.record() == null ? null : upload.record().origin();
        if (created && upload.record() != null) {
            upload.record().acceptId(id);
        }
        return SaveResult.written(0, id, created, origin);
    }

    private static Outcome outcome(SaveResult saved) {
        var headers = new HashMap<OutcomeHeader, Object>();
        headers.put(OutcomeHeader.ID, saved.id());
        headers.put(OutcomeHeader.CREATED, saved.created());
        return Outcome.of(saved, headers);
    }

    private static String name(Upload upload, CallOptions options) {
        String name =
                upload.fileName() != null ? upload.fileName() : options.files().fileName();
        if (name == null || name.isBlank()) {
            return "file";
        }
        String path = name.replace('\\', '/');
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static String contentType(Upload upload, CallOptions options) {
        if (options.files().contentType() != null) {
            return options.files().contentType();
        }
        return upload.contentType() == null ? UNKNOWN_TYPE : upload.contentType();
    }

    /** The fields sent with a file: those of the user, and if they are missing the file name fields. */
    private static final class UploadFields {

        private final Upload upload;
        private final ObjectDescription object;
        private final BlobPart blob;
        private final CallOptions options;

        UploadFields(Upload upload, ObjectDescription object, BlobPart blob, CallOptions options) {
            this.upload = upload;
            this.object = object;
            this.blob = blob;
            this.options = options;
        }

        /** Id of the record that the file is attached to, or null. */
        static @Nullable String linkTo(Upload upload, CallOptions options) {
            return upload.linkTo() != null ? upload.linkTo() : options.files().linkTo();
        }

        Map<String, Object> fields() {
            var fields = new LinkedHashMap<String, Object>();
            if (upload.record() != null) {
                fields.putAll(new SentFields()
                        .of(upload.record(), upload.record().fields().keySet(), Set.of(), object));
                fields.keySet().removeIf(name -> name.equalsIgnoreCase("Id") || name.equalsIgnoreCase(blob.field()));
            }
            if (upload.id() != null) {
                return fields;
            }
            String link = linkTo(upload, options);
            switch (object.name()) {
                case BlobFields.CONTENT_VERSION -> {
                    putIfAbsent(fields, "Title", withoutExtension(blob.fileName()));
                    putIfAbsent(fields, "PathOnClient", blob.fileName());
                }
                case "Attachment" -> {
                    putIfAbsent(fields, "Name", blob.fileName());
                    putIfAbsent(fields, "ContentType", blob.contentType());
                    if (link != null) {
                        putIfAbsent(fields, "ParentId", link);
                    }
                }
                default -> {
                    if (object.field("Name").filter(name -> name.createable()).isPresent()) {
                        putIfAbsent(fields, "Name", blob.fileName());
                    }
                }
            }
            return fields;
        }

        private static void putIfAbsent(Map<String, Object> fields, String name, Object value) {
            if (FieldNames.find(fields, name) == null) {
                fields.put(name, value);
            }
        }

        private static String withoutExtension(String name) {
            int dot = name.lastIndexOf('.');
            return dot <= 0 ? name : name.substring(0, dot);
        }
    }
}
