package org.sftoolkit.emulator.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sftoolkit.emulator.org.DuplicateRule;
import org.sftoolkit.emulator.org.RowRefusedException;
import org.sftoolkit.emulator.org.SaveError;

/** Writes error bodies; only this class does so (REST API Developer Guide: "Status Codes and Error Responses"). */
public final class ApiErrors {

    private ApiErrors() {}

    /** The answer to a refused call: an array with one error. */
    public static Answer of(ApiException refused) {
        return of(refused.status(), refused.errorCode(), refused.getMessage(), refused.fields());
    }

    /** The answer to a write of one row that was refused. */
    public static Answer of(RowRefusedException refused) {
        SaveError error = refused.error();
        return refused.duplicates() == null
                ? of(400, error.statusCode(), error.message(), error.fields())
                : duplicates(error, refused.duplicates());
    }

    /** The misspelt key is Salesforce's. */
    private static Answer duplicates(SaveError error, DuplicateRule.Duplicates found) {
        List<Object> records = new ArrayList<>();
        for (String id : found.ids()) {
            Map<String, Object> record = new LinkedHashMap<>();
            record.put("attributes", Map.of("type", found.object()));
            record.put("Id", id);
            Map<String, Object> match = new LinkedHashMap<>();
            match.put("additionalInformation", List.of());
            match.put("fieldDiffs", List.of());
            match.put("matchConfidence", 100.0);
            match.put("record", record);
            records.add(match);
        }
        Map<String, Object> matches = new LinkedHashMap<>();
        matches.put("entityType", found.object());
        matches.put("errors", List.of());
        matches.put("matchEngine", "ExactMatchEngine");
        matches.put("matchRecords", records);
        matches.put("rule", found.object() + "_Match_Rule");
        matches.put("size", records.size());
        matches.put("success", true);
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("allowSave", true);
        result.put("duplicateRule", found.object() + "_Duplicate_Rule");
        result.put("duplicateRuleEntityType", found.object());
        result.put("errorMessage", error.message());
        result.put("matchResults", List.of(matches));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("duplicateResut", result);
        json.put("errorCode", error.statusCode());
        json.put("message", error.message());
        return Answer.json(400, List.of(json));
    }

    /** @param fields null for an answer without that key */
    public static Answer of(int status, String errorCode, String message, List<String> fields) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("message", message);
        error.put("errorCode", errorCode);
        if (fields != null) {
            error.put("fields", fields);
        }
        return Answer.json(status, List.of(error));
    }

    /** An error in the results of a call for many rows, whose code is called {@code statusCode}. */
    static Map<String, Object> ofRow(SaveError error) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("statusCode", error.statusCode());
        json.put("message", error.message());
        json.put("fields", error.fields());
        return json;
    }

    /** The answer to a refused login: an object, not an array. */
    static Answer ofLogin(int status, String error, String description) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("error", error);
        json.put("error_description", description);
        return Answer.json(status, json).with("Cache-Control", "no-store");
    }

    /** What the web server in front of Salesforce answers itself: 413, 414, 431. */
    public static Answer badMessage(int status, String reason) {
        return Answer.text(
                status,
                "text/html;charset=iso-8859-1",
                "<h1>Bad Message " + status + "</h1><pre>reason: " + reason + "</pre>");
    }
}
