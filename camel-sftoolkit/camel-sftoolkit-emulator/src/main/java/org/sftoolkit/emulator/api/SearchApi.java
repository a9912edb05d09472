package org.sftoolkit.emulator.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.sftoolkit.emulator.soql.SearchRequest;
import org.sftoolkit.emulator.soql.SoqlException;
import org.sftoolkit.emulator.soql.Sosl;

/** Searches (REST API Developer Guide: "Search", "Parameterized Search"). */
final class SearchApi {

    /** The release from which records stand in an object. Not documented; assumed. */
    private static final int WRAPPED_SINCE = 37;

    private static final Set<String> UNSUPPORTED = Set.of(
            "dataCategories",
            "dataCategory",
            "division",
            "metadata",
            "netWorkIds",
            "networkIds",
            "pricebookId",
            "snippet",
            "updateTracking",
            "updateViewStat",
            "filterBuilder",
            "highlights");

    private final QueryApi queries;

    /** @param queries knows for whom and when a statement runs */
    SearchApi(QueryApi queries) {
        this.queries = queries;
    }

    Answer search(ApiCall call) {
        String sosl = call.queryParam("q")
                .orElseThrow(() -> new ApiException(400, "MALFORMED_SEARCH", "A query string has to be specified"));
        return answer(call, () -> Sosl.run(sosl, queries.context(call, false)));
    }

    Answer byParameters(ApiCall call) {
        call.query().keySet().forEach(SearchApi::requireSupported);
        List<String> statements = new ArrayList<>();
        for (String object : texts(call.query().get("sobject"))) {
            statements.add(statement(
                    object,
                    texts(call.query()
                            .getOrDefault(object + ".fields", call.query().get("fields"))),
                    call.query().get(object + ".where"),
                    call.query().get(object + ".orderBy"),
                    call.query().get(object + ".limit"),
                    call.query().get(object + ".offset")));
        }
        return parameterized(call, call.query().get("q"), statements, call.query());
    }

    Answer byBody(ApiCall call) {
        Map<String, Object> body = call.jsonObject();
        body.keySet().forEach(SearchApi::requireSupported);
        List<String> statements = new ArrayList<>();
        if (body.get("sobjects") instanceof List<?> objects) {
            for (Object element : objects) {
                if (!(element instanceof Map<?, ?> object) || !(object.get("name") instanceof String name)) {
                    throw new ApiException(400, "JSON_PARSER_ERROR", "Each of sobjects must have a name");
                }
                statements.add(statement(
                        name,
                        strings(object.get("fields") == null ? body.get("fields") : object.get("fields")),
                        text(object.get("where")),
                        text(object.get("orderBy")),
                        text(object.get("limit")),
                        text(object.get("offset"))));
            }
        }
        return parameterized(call, text(body.get("q")), statements, body);
    }

    private Answer parameterized(ApiCall call, String text, List<String> statements, Map<String, ?> parameters) {
        if (text == null || text.isBlank()) {
            throw new ApiException(400, "MALFORMED_SEARCH", "A query string has to be specified");
        }
        String in = text(parameters.get("in"));
        SearchRequest request = new SearchRequest(
                text,
                in == null ? "ALL" : in,
                statements,
                number(parameters.get("overallLimit"), SearchRequest.MAX_RECORDS),
                number(parameters.get("defaultLimit"), SearchRequest.RECORDS_PER_OBJECT));
        return answer(call, () -> Sosl.run(request, queries.context(call, false)));
    }

    private Answer answer(ApiCall call, Supplier<ArrayNode> search) {
        try {
            ArrayNode records = search.get();
            Object body = call.release() >= WRAPPED_SINCE ? Map.of("searchRecords", records) : records;
            return Answer.ok(body).withRecords(records.size());
        } catch (SoqlException e) {
            throw new ApiException(400, e.errorCode(), e.getMessage());
        }
    }

    private static void requireSupported(String parameter) {
        if (UNSUPPORTED.contains(parameter)) {
            throw new ApiException(
                    501, "NOT_IMPLEMENTED", "The emulator does not support the parameter '" + parameter + "'");
        }
    }

    private static String statement(
            String object, List<String> fields, String where, String orderBy, String limit, String offset) {
        return "SELECT " + (fields.isEmpty() ? "Id" : String.join(", ", fields)) + " FROM " + object
                + (where == null ? "" : " WHERE " + where)
                + (orderBy == null ? "" : " ORDER BY " + orderBy)
                + (limit == null ? "" : " LIMIT " + limit)
                + (offset == null ? "" : " OFFSET " + offset);
    }

    private static List<String> texts(String commaSeparated) {
        return commaSeparated == null
                ? List.of()
                : Arrays.stream(commaSeparated.split(",")).map(String::strip).toList();
    }

    private static List<String> strings(Object array) {
        return array instanceof List<?> list
                ? list.stream().map(SearchApi::text).toList()
                : List.of();
    }

    private static String text(Object value) {
        return value == null ? null : value.toString();
    }

    private static long number(Object value, long otherwise) {
        String text = text(value);
        if (text == null) {
            return otherwise;
        }
        if (!text.matches("\\d{1,9}")) {
            throw new ApiException(400, "MALFORMED_SEARCH", "not a number: " + text);
        }
        return Long.parseLong(text);
    }
}
