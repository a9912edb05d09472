package org.sftoolkit.emulator.api;

import static org.sftoolkit.emulator.api.Endpoint.admin;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.sftoolkit.emulator.bulk.BulkService;
import org.sftoolkit.emulator.fault.FaultJson;
import org.sftoolkit.emulator.fault.FaultPlan;
import org.sftoolkit.emulator.org.FieldSchema;
import org.sftoolkit.emulator.org.ObjectSchema;
import org.sftoolkit.emulator.org.Org;
import org.sftoolkit.emulator.org.Row;
import org.sftoolkit.emulator.org.WireValues;
import org.sftoolkit.emulator.soql.QueryCursors;
import org.sftoolkit.emulator.traffic.LoggedRequest;
import org.sftoolkit.emulator.traffic.RequestLog;

/**
 * What {@code SalesforceEmulator} offers in Java, over HTTP, for tests in other processes. Not of Salesforce; needs no
 * session, is neither logged nor counted.
 */
public final class AdminApi {

    private final Org org;
    private final Sessions sessions;
    private final RequestLog requests;
    private final FaultPlan faults;
    private final QueryCursors cursors;
    private final BulkService bulk;
    private final AdminGuard guard;

    /** @param hosts names of hosts, besides loopback, under which these resources are served; {@code *} for all */
    public AdminApi(
            Org org,
            Sessions sessions,
            RequestLog requests,
            FaultPlan faults,
            QueryCursors cursors,
            BulkService bulk,
            List<String> hosts) {
        this.bulk = bulk;
        this.guard = new AdminGuard(hosts);
        this.org = org;
        this.sessions = sessions;
        this.requests = requests;
        this.faults = faults;
        this.cursors = cursors;
    }

    /** The table of these resources. */
    public List<Endpoint> endpoints() {
        return Stream.of(
                        admin("GET", "/health", call -> Answer.ok(Map.of("status", "UP"))),
                        admin("GET", "/export", this::export).offLoop(),
                        admin("GET", "/faults", this::listFaults),
                        admin("POST", "/faults", this::addFault),
                        admin("DELETE", "/faults", this::clearFaults),
                        admin("POST", "/reset", this::reset).offLoop(),
                        admin("POST", "/expire", this::expire),
                        admin("GET", "/cursors", this::countCursors),
                        admin("DELETE", "/cursors", this::expireCursors),
                        admin("GET", "/requests", this::listRequests),
                        admin("GET", "/records/{object}", this::records).offLoop())
                .map(endpoint -> endpoint.handledBy(guard.guarded(endpoint.handler())))
                .toList();
    }

    private Answer listFaults(ApiCall call) {
        return Answer.ok(faults.rules().stream().map(FaultJson::of).toList());
    }

    private Answer addFault(ApiCall call) {
        try {
            FaultJson.addTo(faults, Json.object(call.body().bytes()));
        } catch (IllegalArgumentException e) {
            throw new ApiException(400, "INVALID_FAULT", e.getMessage());
        }
        return Answer.empty(201);
    }

    private Answer clearFaults(ApiCall call) {
        faults.clear();
        return Answer.noContent();
    }

    /** Empties the org and the log and forgets the faults, the query cursors and the bulk jobs; sessions live on. */
    private Answer reset(ApiCall call) {
        bulk.clear();
        cursors.expireAll();
        faults.clear();
        requests.reset();
        org.clear();
        return Answer.noContent();
    }

    private Answer expire(ApiCall call) {
        sessions.expireAll();
        return Answer.noContent();
    }

    private Answer countCursors(ApiCall call) {
        return Answer.ok(Map.of("open", cursors.size()));
    }

    private Answer expireCursors(ApiCall call) {
        cursors.expireAll();
        return Answer.noContent();
    }

    private Answer listRequests(ApiCall call) {
        List<LoggedRequest> listed =
                call.queryParam("resource").map(requests::list).orElseGet(requests::list);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("count", listed.size());
        json.put("inFlight", requests.inFlight());
        json.put("peakInFlight", requests.peakInFlight());
        json.put("logins", sessions.opened());
        json.put("refusedLogins", sessions.refused());
        json.put("requests", listed.stream().map(AdminApi::request).toList());
        return Answer.ok(json);
    }

    /** All living rows by object, in a form that seeds have. */
    private Answer export(ApiCall call) {
        Map<String, Object> json = new LinkedHashMap<>();
        for (ObjectSchema object : org.schema().objects()) {
            List<Row> rows = org.rows(object, false);
            if (!rows.isEmpty()) {
                json.put(object.name(), rows.stream().map(AdminApi::record).toList());
            }
        }
        return Answer.ok(json);
    }

    private Answer records(ApiCall call) {
        ObjectSchema object = org.schema().object(call.param("object")).orElseThrow(ApiException::notFound);
        boolean withDeleted = call.queryParam("deleted").filter("true"::equals).isPresent();
        return Answer.ok(
                org.rows(object, withDeleted).stream().map(AdminApi::record).toList());
    }

    private static Map<String, Object> record(Row row) {
        Map<String, Object> json = new LinkedHashMap<>();
        for (FieldSchema field : row.schema().fields()) {
            json.put(field.name(), WireValues.of(field, row.get(field)));
        }
        return json;
    }

    private static Map<String, Object> request(LoggedRequest request) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("time", request.time().toString());
        json.put("method", request.method());
        json.put("resource", request.resource());
        json.put("path", request.path());
        json.put("status", request.status());
        json.put("userAgent", request.userAgent());
        json.put("bodySize", request.bodySize());
        json.put("records", request.records());
        json.put("headers", request.safeHeaders());
        if (request.body() != null) {
            json.put("body", request.body());
        }
        return json;
    }
}
