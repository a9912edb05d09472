package org.sftoolkit.emulator.api;

import static org.sftoolkit.emulator.api.Endpoint.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.sftoolkit.emulator.bulk.BulkRefusedException;
import org.sftoolkit.emulator.bulk.BulkService;
import org.sftoolkit.emulator.bulk.IngestAction;
import org.sftoolkit.emulator.bulk.IngestJob;
import org.sftoolkit.emulator.bulk.IngestResult;
import org.sftoolkit.emulator.bulk.JobResults;
import org.sftoolkit.emulator.bulk.JobState;
import org.sftoolkit.emulator.org.Blob;
import org.sftoolkit.emulator.org.Org;

/** Ingest jobs (Bulk API 2.0 and Bulk API Developer Guide: "Bulk API 2.0 Ingest"). */
final class BulkApi {

    private static final String CSV = "text/csv; charset=UTF-8";
    private static final int OLDEST = 41;
    /** Data of a multipart creation, in characters. */
    private static final int MOST_INLINE = 100_000;

    private final Org org;
    private final BulkService bulk;
    private final BulkLists lists;

    BulkApi(Org org, BulkService bulk) {
        this.org = org;
        this.bulk = bulk;
        this.lists = new BulkLists(bulk);
    }

    /** The resources, those that touch files off the event loop. */
    List<Endpoint> endpoints() {
        return List.of(
                data("POST", "/jobs/ingest", since(this::create)).offLoop(),
                data("GET", "/jobs/ingest", since(lists::list)),
                data("GET", "/jobs/ingest/{job}", since(call -> Answer.ok(BulkJobJson.info(job(call))))),
                data("PATCH", "/jobs/ingest/{job}", since(this::change)).offLoop(),
                data("DELETE", "/jobs/ingest/{job}", since(this::delete)).offLoop(),
                data("PUT", "/jobs/ingest/{job}/batches", since(this::upload))
                        .offLoop()
                        .spooled(),
                data("GET", "/jobs/ingest/{job}/successfulResults", results(IngestResult.SUCCESSFUL))
                        .offLoop(),
                data("GET", "/jobs/ingest/{job}/failedResults", results(IngestResult.FAILED))
                        .offLoop(),
                data("GET", "/jobs/ingest/{job}/unprocessedrecords", results(IngestResult.UNPROCESSED))
                        .offLoop());
    }

    /** Turns refusals of the bulk package into those of the API, and hides the resource from versions before its time. */
    static ApiHandler since(int release, ApiHandler handler) {
        return call -> {
            if (call.release() < release) {
                throw ApiException.notFound();
            }
            return refusing(() -> handler.handle(call));
        };
    }

    private static ApiHandler since(ApiHandler handler) {
        return since(OLDEST, handler);
    }

    private static Answer refusing(Supplier<Answer> work) {
        try {
            return work.get();
        } catch (BulkRefusedException e) {
            throw new ApiException(e.status(), e.errorCode(), e.getMessage());
        }
    }

    private Answer create(ApiCall call) {
        BulkRequest request = new BulkRequest(call.jsonObject(), call);
        String operation = request.required("operation");
        IngestAction action =
                IngestAction.named(operation).orElseThrow(() -> BulkRequest.invalid("operation", operation));
        String object = request.required("object");
        IngestJob job = bulk.create(
                request.order(
                        org.schema().object(object).map(known -> known.name()).orElse(object)),
                action,
                request.text("externalIdFieldName"),
                request.text("assignmentRuleId"));
        RequestBody.Part content = call.body().parts().get("content");
        if (content != null) {
            uploadInline(job, (Blob.OnDisk) content.content());
        }
        return Answer.ok(BulkJobJson.brief(job, content == null ? JobState.OPEN : JobState.UPLOAD_COMPLETE));
    }

    /** All in one call: a multipart request with the job and its data. */
    private void uploadInline(IngestJob job, Blob.OnDisk content) {
        try {
            if (Files.readString(content.file()).length() > MOST_INLINE) {
                // Only the limit is documented.
                bulk.abort(job);
                throw new ApiException(
                        400, "API_ERROR", "Data of a multipart request must not exceed " + MOST_INLINE + " characters");
            }
            Path file = bulk.spool();
            Files.move(content.file(), file);
            bulk.upload(job, file);
            bulk.close(job);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Answer upload(ApiCall call) {
        Blob.OnDisk spooled =
                (Blob.OnDisk) call.body().parts().get(RequestBody.SPOOLED).content();
        try {
            IngestJob job = job(call);
            if (spooled.size() > bulk.settings().uploadLimit()) {
                // Only the limit is documented.
                throw new ApiException(
                        413,
                        "API_ERROR",
                        "The upload exceeds the limit of " + bulk.settings().uploadLimit() + " bytes");
            }
            Path file = bulk.spool();
            Files.move(spooled.file(), file);
            bulk.upload(job, file);
            return Answer.empty(201);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            spooled.file().toFile().delete();
        }
    }

    private Answer change(ApiCall call) {
        IngestJob job = job(call);
        Object state = call.jsonObject().get("state");
        if (JobState.UPLOAD_COMPLETE.wireName().equals(state)) {
            bulk.close(job);
            return Answer.ok(BulkJobJson.brief(job, JobState.UPLOAD_COMPLETE));
        }
        if (JobState.ABORTED.wireName().equals(state)) {
            bulk.abort(job);
            return Answer.ok(BulkJobJson.brief(job, JobState.ABORTED));
        }
        throw BulkRequest.invalid("state", String.valueOf(state));
    }

    private Answer delete(ApiCall call) {
        bulk.delete(job(call));
        return Answer.noContent();
    }

    private ApiHandler results(IngestResult which) {
        return since(call -> {
            IngestJob job = job(call);
            Path file = JobResults.of(job, which);
            long rows =
                    switch (which) {
                        case SUCCESSFUL -> job.processed() - job.failed();
                        case FAILED -> job.failed();
                        case UNPROCESSED -> file == null ? 0 : 1;
                    };
            return rows == 0 ? empty(job, which, file) : slice(file, rows);
        });
    }

    private Answer empty(IngestJob job, IngestResult which, Path file) {
        return switch (bulk.settings().emptyResults()) {
            case NO_CONTENT -> Answer.noContent();
            case EMPTY -> Answer.text(200, CSV, "");
            case HEADER -> file != null ? slice(file, 0) : Answer.text(200, CSV, header(job, which));
        };
    }

    /** The header row of results without a file; nothing at all for a job whose upload had no header. */
    private static String header(IngestJob job, IngestResult which) {
        List<String> names = new ArrayList<>(
                switch (which) {
                    case SUCCESSFUL -> List.of("\"sf__Id\"", "\"sf__Created\"");
                    case FAILED -> List.of("\"sf__Id\"", "\"sf__Error\"");
                    case UNPROCESSED -> List.of();
                });
        names.addAll(job.header());
        String delimiter = String.valueOf(job.order().delimiter().character());
        return names.isEmpty()
                ? ""
                : String.join(delimiter, names) + job.order().lineEnding().text();
    }

    private static Answer slice(Path file, long rows) {
        try {
            return Answer.slice(CSV, new byte[0], file, 0, Files.size(file)).withRecords((int) rows);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private IngestJob job(ApiCall call) {
        return bulk.ingestJob(call.param("job"));
    }

    /** An ordered map for JSON. */
    static Map<String, Object> json() {
        return new LinkedHashMap<>();
    }
}
