package org.sftoolkit.emulator.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sftoolkit.emulator.org.Org;
import org.sftoolkit.emulator.soql.QueryContext;
import org.sftoolkit.emulator.soql.QueryCursors;
import org.sftoolkit.emulator.soql.Soql;
import org.sftoolkit.emulator.soql.SoqlException;

/** Queries and their pages (REST API Developer Guide: "Query", "QueryAll", "Query Options Header"). */
final class QueryApi {

    private static final Pattern BATCH_SIZE = Pattern.compile("(?i)\\bbatchSize\\s*=\\s*(\\d{1,6})\\b");
    private static final int SMALLEST_BATCH = 200;
    private static final int LARGEST_BATCH = 2_000;

    private final Org org;
    private final QueryCursors cursors;
    private final int pageSize;

    /** @param pageSize rows of a page at most, whatever a client asks for; Salesforce too may give fewer than asked */
    QueryApi(Org org, QueryCursors cursors, int pageSize) {
        this.org = org;
        this.cursors = cursors;
        this.pageSize = pageSize;
    }

    Answer query(ApiCall call) {
        return first(call, false);
    }

    /** Deleted rows are given too. */
    Answer queryAll(ApiCall call) {
        return first(call, true);
    }

    Answer next(ApiCall call) {
        return page(() -> cursors.next(call.param("locator"), call.session().token()));
    }

    private Answer first(ApiCall call, boolean withDeleted) {
        if (call.queryParam("explain").isPresent()) {
            throw new ApiException(501, "NOT_IMPLEMENTED", "The emulator does not support the parameter 'explain'");
        }
        String soql = call.queryParam("q")
                .orElseThrow(() -> new ApiException(400, "MALFORMED_QUERY", "A query string has to be specified"));
        Session session = call.session();
        return page(() -> cursors.first(
                Soql.run(soql, context(call, withDeleted)), session.token(), session.userId(), batchSize(call)));
    }

    /** For whom and when a call's statement runs. */
    QueryContext context(ApiCall call, boolean withDeleted) {
        Session session = call.session();
        return new QueryContext(org, org.clock().instant(), zone(session), session.userId(), call.root(), withDeleted);
    }

    private static Answer page(Supplier<ObjectNode> read) {
        try {
            ObjectNode page = read.get();
            return Answer.ok(page).withRecords(page.path("records").size());
        } catch (SoqlException e) {
            throw new ApiException(400, e.errorCode(), e.getMessage());
        }
    }

    /** The user's own time zone where the row of the user names one, else UTC. */
    private ZoneId zone(Session session) {
        return org.schema()
                .object("User")
                .flatMap(object -> org.row(object, session.userId()))
                .map(user -> (String) user.get("TimeZoneSidKey"))
                .map(ZoneId::of)
                .orElse(ZoneOffset.UTC);
    }

    /** A size outside the documented range is not documented to be an error; assumed to be brought into it. */
    private int batchSize(ApiCall call) {
        Matcher asked = BATCH_SIZE.matcher(call.header("Sforce-Query-Options").orElse(""));
        int batch = asked.find() ? Integer.parseInt(asked.group(1)) : LARGEST_BATCH;
        return Math.min(pageSize, Math.max(SMALLEST_BATCH, Math.min(LARGEST_BATCH, batch)));
    }
}
