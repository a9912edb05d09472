package org.sftoolkit.emulator.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.IntSupplier;
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
    private static final Pattern WORDS = Pattern.compile("'(?:[^'\\\\]|\\\\.)*+'|[()]|\\w+");

    private static final List<String> TOOLING =
            List.of("User", "UserRole", "Profile", "Group", "GroupMember", "RecordType", "Organization");
    private static final int SMALLEST_BATCH = 200;
    private static final int LARGEST_BATCH = 2_000;

    private final Org org;
    private final QueryCursors cursors;
    private final IntSupplier pageSize;

    /** @param pageSize rows of a page at most, whatever a client asks for; Salesforce too may give fewer than asked */
    QueryApi(Org org, QueryCursors cursors, IntSupplier pageSize) {
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

    /** The Tooling API, as far as it has rows of the data API; there is no code or metadata in this org. */
    Answer tooling(ApiCall call) {
        String soql = call.queryParam("q").or(() -> call.queryParam("explain")).orElse("");
        String object = objectOf(soql);
        if (!object.isEmpty() && TOOLING.stream().noneMatch(object::equalsIgnoreCase)) {
            throw new ApiException(
                    400,
                    "INVALID_TYPE",
                    "sObject type '" + object + "' is not supported. In the Tooling API the emulator has "
                            + String.join(", ", TOOLING));
        }
        return first(call, false);
    }

    /** The object of the outermost FROM, or an empty text. */
    private static String objectOf(String soql) {
        int depth = 0;
        boolean from = false;
        for (Matcher words = WORDS.matcher(soql); words.find(); ) {
            String word = words.group();
            if (word.equals("(") || word.equals(")")) {
                depth += word.equals("(") ? 1 : -1;
            } else if (depth == 0 && from) {
                return word;
            } else {
                from = depth == 0 && word.equalsIgnoreCase("FROM");
            }
        }
        return "";
    }

    Answer next(ApiCall call) {
        return page(() -> cursors.next(call.param("locator"), call.session().token()));
    }

    private Answer first(ApiCall call, boolean withDeleted) {
        if (call.queryParam("explain").isPresent()) {
            return explained(call, withDeleted);
        }
        String soql = call.queryParam("q")
                .orElseThrow(() -> new ApiException(400, "MALFORMED_QUERY", "A query string has to be specified"));
        if (call.queryParam("columns").filter("true"::equalsIgnoreCase).isPresent()) {
            return checked(() -> Answer.ok(Soql.columns(soql, context(call, withDeleted))));
        }
        Session session = call.session();
        return page(() -> cursors.first(
                Soql.run(soql, context(call, withDeleted)), session.token(), session.userId(), batchSize(call)));
    }

    private Answer explained(ApiCall call, boolean withDeleted) {
        String soql = call.queryParam("explain").orElse("");
        if (soql.matches("\\w{15}(\\w{3})?")) {
            throw new ApiException(
                    501, "NOT_IMPLEMENTED", "The emulator explains queries, not reports and list views: " + soql);
        }
        return checked(() -> Answer.ok(Soql.explain(soql, context(call, withDeleted))));
    }

    /** For whom and when a call's statement runs. */
    QueryContext context(ApiCall call, boolean withDeleted) {
        Session session = call.session();
        String root = call.path().startsWith(call.root() + "/tooling/") ? call.root() + "/tooling" : call.root();
        return new QueryContext(
                org, org.clock().instant(), org.zoneOf(session.userId()), session.userId(), root, withDeleted);
    }

    private static Answer page(Supplier<ObjectNode> read) {
        return checked(() -> {
            ObjectNode page = read.get();
            return Answer.ok(page).withRecords(page.path("records").size());
        });
    }

    private static Answer checked(Supplier<Answer> work) {
        try {
            return work.get();
        } catch (SoqlException e) {
            throw new ApiException(400, e.errorCode(), e.getMessage());
        }
    }

    /** A size outside the documented range is not documented to be an error; assumed to be brought into it. */
    private int batchSize(ApiCall call) {
        Matcher asked = BATCH_SIZE.matcher(call.header("Sforce-Query-Options").orElse(""));
        int batch = asked.find() ? Integer.parseInt(asked.group(1)) : LARGEST_BATCH;
        return Math.min(pageSize.getAsInt(), Math.max(SMALLEST_BATCH, Math.min(LARGEST_BATCH, batch)));
    }
}
