package org.sftoolkit.emulator.api;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.sftoolkit.emulator.bulk.BulkJob;
import org.sftoolkit.emulator.bulk.Delimiter;
import org.sftoolkit.emulator.bulk.LineEnding;

/** The JSON with which a job is asked for. Immutable. */
record BulkRequest(Map<String, Object> json, ApiCall call) {

    BulkRequest {
        Set<String> known = Set.of(
                "object",
                "operation",
                "externalIdFieldName",
                "contentType",
                "columnDelimiter",
                "lineEnding",
                "assignmentRuleId",
                "query");
        json.keySet().stream().filter(name -> !known.contains(name)).findFirst().ifPresent(name -> {
            throw new ApiException(400, "JSON_PARSER_ERROR", "Unrecognized field \"" + name + "\"");
        });
        String type = text(json, "contentType");
        if (type != null && !type.equals("CSV")) {
            throw invalid("contentType", type);
        }
    }

    String text(String property) {
        return text(json, property);
    }

    String required(String property) {
        String text = text(property);
        if (text == null) {
            throw new ApiException(400, "API_ERROR", "Required property missing: '" + property + "'");
        }
        return text;
    }

    /** @param object the job's object as the org spells it, or as requested if that is not known yet */
    BulkJob.Order order(String object) {
        return new BulkJob.Order(
                object,
                call.session().userId(),
                call.version(),
                choice("columnDelimiter", Delimiter.COMMA, Delimiter.values()),
                choice("lineEnding", LineEnding.LF, LineEnding.values()),
                WriteRequest.origin(call, "bulkapi", call.version()));
    }

    static ApiException invalid(String property, String value) {
        return new ApiException(
                400, "API_ERROR", "Invalid value: '" + value + "' supplied for property: '" + property + "'");
    }

    private <E extends Enum<E>> E choice(String property, E preset, E[] values) {
        String wanted = text(property);
        return wanted == null
                ? preset
                : Arrays.stream(values)
                        .filter(value -> value.name().equals(wanted))
                        .findFirst()
                        .orElseThrow(() -> invalid(property, wanted));
    }

    private static String text(Map<String, Object> json, String property) {
        Object value = json.get(property);
        return value == null ? null : value.toString();
    }
}
