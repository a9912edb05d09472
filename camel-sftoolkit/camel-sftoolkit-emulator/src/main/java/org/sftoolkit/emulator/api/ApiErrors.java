package org.sftoolkit.emulator.api;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
        return of(400, error.statusCode(), error.message(), error.fields());
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
