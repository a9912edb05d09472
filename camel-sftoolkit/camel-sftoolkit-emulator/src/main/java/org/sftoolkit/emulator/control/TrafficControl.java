package org.sftoolkit.emulator.control;

import static org.sftoolkit.emulator.control.Field.Type.FLAG;
import static org.sftoolkit.emulator.control.Field.Type.INTEGER;
import static org.sftoolkit.emulator.control.Field.Type.TEXT;
import static org.sftoolkit.emulator.control.Field.Type.TIME;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.sftoolkit.emulator.api.Answer;
import org.sftoolkit.emulator.api.ApiCall;
import org.sftoolkit.emulator.bulk.Blackhole;
import org.sftoolkit.emulator.bulk.BulkJob;
import org.sftoolkit.emulator.bulk.BulkService;
import org.sftoolkit.emulator.bulk.BulkSettings;
import org.sftoolkit.emulator.bulk.BulkSettings.EmptyResults;
import org.sftoolkit.emulator.bulk.BulkSettings.SecondUpload;
import org.sftoolkit.emulator.traffic.LoggedRequest;
import org.sftoolkit.emulator.traffic.RequestLog;

/** What has come over the wire, and how bulk jobs are processed. */
final class TrafficControl {

    private static final String BULK = "bulk";

    private final Controlled emulator;
    private final BulkService bulk;
    private final Map<String, Blackhole> blackholes = new ConcurrentHashMap<>();

    TrafficControl(Controlled emulator) {
        this.emulator = emulator;
        this.bulk = emulator.bulk();
    }

    List<Resource> resources() {
        return List.of(
                Resource.of(
                                "GET",
                                "/requests",
                                "requests",
                                200,
                                "The requests that were answered, oldest first, without credentials.",
                                this::requests)
                        .java("RequestLog.list", "RequestLog.count", "RequestLog.peakInFlight")
                        .query(Field.of("resource", TEXT, "POST composite/sobjects", "only these, keys as for faults")),
                Resource.of("DELETE", "/requests", "requests", 204, "Forgets all requests.", this::forget)
                        .java("RequestLog.reset"),
                Resource.of("GET", "/bulk", BULK, 200, "How bulk jobs are processed, and the jobs.", this::bulk)
                        .java("BulkService.settings", "BulkService.jobs"),
                Resource.of("PATCH", "/bulk", BULK, 200, "Changes how bulk jobs are processed.", this::change)
                        .java("BulkService.change")
                        .body(
                                Field.of("automatic", FLAG, false, "whether jobs run by themselves"),
                                Field.of("stepDelay", TIME, "100ms", "pause before each step"),
                                Field.of("batchRows", INTEGER, 10_000, "rows of an internal batch"),
                                Field.of("pageRows", INTEGER, 50_000, "rows of a page of query results"),
                                Field.of("listPage", INTEGER, 1_000, "jobs of a page of the list"),
                                Field.of("uploadLimit", INTEGER, 150_000_000, "most bytes of an upload"),
                                Field.of("secondUpload", TEXT, "CLOSE_REFUSED", "what a second upload meets")
                                        .among(names(SecondUpload.values())),
                                Field.of("emptyResults", TEXT, "HEADER", "what results without rows look like")
                                        .among(names(EmptyResults.values())),
                                Field.of("hardDelete", FLAG, true, "whether hard deletes are permitted")),
                Resource.of(
                                "POST",
                                "/bulk/step",
                                BULK,
                                200,
                                "Moves the job that waits longest one step on.",
                                this::step)
                        .java("BulkService.step")
                        .offLoop(),
                Resource.of("POST", "/bulk/run", BULK, 204, "Processes all jobs that wait, to their end.", this::run)
                        .java("BulkService.runAll")
                        .offLoop(),
                Resource.of(
                        "GET",
                        "/bulk/blackholes",
                        BULK,
                        200,
                        "The rows that were counted and not stored, by object.",
                        this::blackholes),
                Resource.of(
                                "POST",
                                "/bulk/blackholes",
                                BULK,
                                201,
                                "From now on rows of ingest jobs for this object are counted and not stored.",
                                this::addBlackhole)
                        .java("BulkService.blackhole")
                        .body(Field.of("object", TEXT, "Account", "name of the object")
                                .must()));
    }

    private Answer requests(ApiCall call, Values body) {
        RequestLog log = emulator.requests();
        List<LoggedRequest> listed = call.queryParam("resource").map(log::list).orElseGet(log::list);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("count", listed.size());
        json.put("inFlight", log.inFlight());
        json.put("peakInFlight", log.peakInFlight());
        json.put("logins", emulator.sessions().opened());
        json.put("refusedLogins", emulator.sessions().refused());
        json.put("requests", listed.stream().map(TrafficControl::json).toList());
        return Answer.ok(json);
    }

    private static Map<String, Object> json(LoggedRequest request) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("time", request.time().toString());
        json.put("method", request.method());
        json.put("resource", request.resource());
        json.put("path", request.safePath());
        json.put("status", request.status());
        json.put("userAgent", request.userAgent());
        json.put("bodySize", request.bodySize());
        json.put("records", request.records());
        json.put("millis", Math.floor(request.took().toNanos() / 1_000.0) / 1_000);
        json.put("headers", request.safeHeaders());
        if (request.body() != null) {
            json.put("body", request.safeBody());
        }
        if (request.answer() != null) {
            json.put("answer", request.safeAnswer());
        }
        return json;
    }

    private Answer forget(ApiCall call, Values body) {
        emulator.requests().reset();
        return Answer.noContent();
    }

    private Answer bulk(ApiCall call, Values body) {
        BulkSettings settings = bulk.settings();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("automatic", settings.automatic());
        json.put("stepDelay", settings.stepDelay().toMillis() + "ms");
        json.put("batchRows", settings.batchRows());
        json.put("pageRows", settings.pageRows());
        json.put("listPage", settings.listPage());
        json.put("uploadLimit", settings.uploadLimit());
        json.put("secondUpload", settings.secondUpload().name());
        json.put("emptyResults", settings.emptyResults().name());
        json.put("hardDelete", settings.hardDelete());
        json.put("jobs", bulk.jobs().stream().map(TrafficControl::json).toList());
        return Answer.ok(json);
    }

    private static Map<String, Object> json(BulkJob job) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", job.id());
        json.put("object", job.order().object());
        json.put("operation", job.operation());
        json.put("state", job.state().wireName());
        json.put("processed", job.processed());
        return json;
    }

    private Answer change(ApiCall call, Values body) {
        BulkSettings now = bulk.settings();
        now = body.time("stepDelay").map(now::withStepDelay).orElse(now);
        now = new BulkSettings(
                body.flag("automatic").orElse(now.automatic()),
                now.stepDelay(),
                count(body, "batchRows", now.batchRows()),
                count(body, "pageRows", now.pageRows()),
                count(body, "listPage", now.listPage()),
                body.number("uploadLimit").orElse(now.uploadLimit()),
                body.text("secondUpload").map(SecondUpload::valueOf).orElse(now.secondUpload()),
                body.text("emptyResults").map(EmptyResults::valueOf).orElse(now.emptyResults()),
                body.flag("hardDelete").orElse(now.hardDelete()));
        bulk.change(now);
        return bulk(call, body);
    }

    private static int count(Values body, String name, int now) {
        long value = body.number(name).orElse((long) now);
        if (value < 1 || value > Integer.MAX_VALUE) {
            throw Values.refused("\"" + name + "\" must be 1 or more, not " + value);
        }
        return (int) value;
    }

    private Answer step(ApiCall call, Values body) {
        return Answer.ok(Map.of("stepped", bulk.step()));
    }

    private Answer run(ApiCall call, Values body) {
        bulk.runAll();
        return Answer.noContent();
    }

    private Answer blackholes(ApiCall call, Values body) {
        Map<String, Object> json = new TreeMap<>();
        blackholes.forEach((object, blackhole) -> json.put(object, blackhole.rows()));
        return Answer.ok(json);
    }

    private Answer addBlackhole(ApiCall call, Values body) {
        String object = emulator.org().object(body.text("object").orElseThrow()).name();
        blackholes.put(object, bulk.blackhole(object));
        return Answer.empty(201);
    }

    private static String[] names(Enum<?>... values) {
        return Arrays.stream(values)
                .map(value -> value.name().toUpperCase(Locale.ROOT))
                .toArray(String[]::new);
    }
}
