package org.sftoolkit.emulator.api;

import static org.sftoolkit.emulator.api.Endpoint.open;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.sftoolkit.emulator.bulk.BulkRefusedException;
import org.sftoolkit.emulator.bulk.ClassicJob;
import org.sftoolkit.emulator.bulk.ClassicJobs;
import org.sftoolkit.emulator.org.ApiUsage;
import org.sftoolkit.emulator.org.Org;

/**
 * The Bulk API before 2.0, which older clients still use (Bulk API 2.0 and Bulk API Developer Guide: "Bulk API"), under {@code
 * /services/async}. Content in ZIP files and chunking by primary key are refused by name.
 */
final class ClassicBulkApi {

    private static final Set<String> OPERATIONS =
            Set.of("insert", "update", "upsert", "delete", "hardDelete", "query", "queryAll");

    private final Org org;
    private final ClassicJobs jobs;
    private final Sessions sessions;
    private final Instance instance;
    private final ApiUsage usage;

    ClassicBulkApi(Org org, ClassicJobs jobs, Sessions sessions, Instance instance, ApiUsage usage) {
        this.org = org;
        this.jobs = jobs;
        this.sessions = sessions;
        this.instance = instance;
        this.usage = usage;
    }

    List<Endpoint> endpoints() {
        String batch = "/job/{job}/batch/{batch}";
        return List.of(
                resource("POST", "/job", this::create),
                resource("GET", "/job/{job}", call -> ClassicBulkForm.of(call, job(call))
                        .job(200, job(call))),
                resource("POST", "/job/{job}", this::change),
                resource("POST", "/job/{job}/batch", this::add),
                resource("GET", "/job/{job}/batch", call -> ClassicBulkForm.of(call, job(call))
                        .batches(job(call))),
                resource("GET", batch, call -> ClassicBulkForm.of(call, job(call))
                        .batch(200, batch(call))),
                resource("GET", batch + "/request", this::request),
                resource("GET", batch + "/result", this::result),
                resource("GET", batch + "/result/{result}", this::rows));
    }

    private Endpoint resource(String method, String path, ApiHandler handler) {
        return open(method, "/services/async/{asyncVersion}" + path, guarded(handler))
                .offLoop();
    }

    /** Session and limits, and refusals in the form of this API: an object, and 400 for a dead session. */
    private ApiHandler guarded(ApiHandler handler) {
        return call -> {
            try {
                Versions.require("v" + call.param("asyncVersion"));
                String token = call.header("X-SFDC-Session")
                        .or(() -> BearerToken.of(call))
                        .orElse("");
                Session session = sessions.use(token)
                        .filter(living -> call.baseUrl().equals(instance.url()))
                        .orElseThrow(() -> new ApiException(400, "InvalidSessionId", "Invalid session id"));
                if (!usage.count()) {
                    throw new ApiException(403, "ExceededQuota", "TotalRequests Limit exceeded.");
                }
                return handler.handle(call.in(session));
            } catch (BulkRefusedException e) {
                return ClassicBulkForm.of(call).error(e.status(), e.errorCode(), e.getMessage());
            } catch (ApiException e) {
                return ClassicBulkForm.of(call).error(e.status(), e.errorCode(), e.getMessage());
            }
        };
    }

    private Answer create(ApiCall call) {
        Map<String, Object> wanted = ClassicBulkForm.of(call).object(call.body().bytes(), "jobInfo");
        String operation = required(wanted, "operation");
        if (!OPERATIONS.contains(operation)) {
            throw new ApiException(400, "InvalidJob", "Invalid operation: " + operation);
        }
        String type = text(wanted, "contentType");
        if (type != null && type.startsWith("ZIP_")) {
            throw new ApiException(501, "FeatureNotEnabled", "The emulator does not support the content type " + type);
        }
        String object = required(wanted, "object");
        ClassicJob job = jobs.create(new ClassicJob.Order(
                org.schema().object(object).map(known -> known.name()).orElse(object),
                operation,
                text(wanted, "externalIdFieldName"),
                Set.of("Serial", "1").contains(String.valueOf(wanted.get("concurrencyMode"))) ? "Serial" : "Parallel",
                content(type == null ? "XML" : type),
                call.session().userId(),
                call.param("asyncVersion"),
                WriteRequest.origin(call, "bulkapi", call.param("asyncVersion"))));
        return ClassicBulkForm.of(call, job).job(201, job);
    }

    private static ClassicJob.Content content(String type) {
        try {
            return ClassicJob.Content.valueOf(type.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new ApiException(400, "InvalidJob", "Invalid contentType: " + type + ": use CSV, JSON or XML");
        }
    }

    private Answer change(ApiCall call) {
        ClassicJob job = job(call);
        String state = required(ClassicBulkForm.of(call).object(call.body().bytes(), "jobInfo"), "state");
        switch (state) {
            case "Closed" -> jobs.close(job);
            case "Aborted" -> jobs.abort(job);
            default -> throw new ApiException(400, "InvalidJobState", "Invalid state: " + state);
        }
        return ClassicBulkForm.of(call, job).job(200, job);
    }

    private Answer add(ApiCall call) {
        ClassicJob job = job(call);
        ClassicBulkForm rows = ClassicBulkForm.ofContent(job);
        ClassicJob.Batch batch = jobs.add(job, call.body().bytes(), rows::records);
        return ClassicBulkForm.of(call, job).batch(201, batch);
    }

    private Answer request(ApiCall call) {
        ClassicJob.Batch batch = batch(call);
        return ClassicBulkForm.raw(batch.job(), batch.request());
    }

    private Answer result(ApiCall call) {
        ClassicJob.Batch batch = ended(call);
        return batch.job().order().query()
                ? ClassicBulkForm.of(call, batch.job()).resultList(List.of(resultId(batch)))
                : ClassicBulkForm.ofContent(batch.job()).results(batch);
    }

    private Answer rows(ApiCall call) {
        ClassicJob.Batch batch = ended(call);
        if (!resultId(batch).equals(call.param("result"))) {
            throw new ApiException(400, "InvalidBatch", "Invalid result id: " + call.param("result"));
        }
        return ClassicBulkForm.ofContent(batch.job()).rows(batch);
    }

    /** A batch has one result here, however many rows. */
    private static String resultId(ClassicJob.Batch batch) {
        return "752" + batch.id().substring(3, 15);
    }

    private ClassicJob.Batch ended(ApiCall call) {
        ClassicJob.Batch batch = batch(call);
        if (batch.state() != ClassicJob.BatchState.COMPLETED) {
            throw new ApiException(
                    400,
                    "InvalidBatch",
                    "Batch not completed: it is " + batch.state().wireName());
        }
        return batch;
    }

    private ClassicJob job(ApiCall call) {
        return jobs.job(call.param("job"));
    }

    private ClassicJob.Batch batch(ApiCall call) {
        return jobs.batch(job(call), call.param("batch"));
    }

    private static String required(Map<String, Object> json, String name) {
        String text = text(json, name);
        if (text == null) {
            throw new ApiException(400, "InvalidJob", "Required property missing: " + name);
        }
        return text;
    }

    private static String text(Map<String, Object> json, String name) {
        Object value = json.get(name);
        return value == null ? null : value.toString();
    }

    /** An ordered map. */
    static Map<String, Object> ordered() {
        return new LinkedHashMap<>();
    }
}
