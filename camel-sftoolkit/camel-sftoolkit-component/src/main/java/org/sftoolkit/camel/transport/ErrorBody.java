package org.sftoolkit.camel.transport;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sftoolkit.camel.error.ApiError;

/**
 * Reads the errors of a refusal in each of Salesforce's shapes: a JSON array (data APIs), a JSON object (OAuth), XML, HTML
 * (the edge, and requests that are too long), plain text.
 *
 * @see <a href="https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/errorcodes.htm">REST API
 *      Developer Guide: Status Codes and Error Responses</a>
 */
final class ErrorBody {

    private static final int EXCERPT = 200;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern XML_ERROR = Pattern.compile(
            "<(?:\\w+:)?(?:errorCode|exceptionCode)>([^<]*)<.*?<(?:\\w+:)?(?:message|exceptionMessage)>([^<]*)<",
            Pattern.DOTALL);
    private static final Pattern XML_FAULT = Pattern.compile(
            "<faultcode>(?:\\w+:)?([^<]*)</faultcode>.*?<faultstring>(?:\\1: )?([^<]*)<", Pattern.DOTALL);
    private static final Pattern TAG = Pattern.compile("<(script|style)\\b.*?</\\1>|<[^>]*>", Pattern.DOTALL);

    private ErrorBody() {}

    /** The errors; empty where the answer had no body. */
    static List<ApiError> read(String body) {
        String text = body.strip();
        if (text.isEmpty()) {
            return List.of();
        }
        char first = text.charAt(0);
        if (first == '[' || first == '{') {
            return json(text);
        }
        return first == '<' ? markup(text) : List.of(new ApiError(null, excerpt(text), List.of()));
    }

    private static List<ApiError> json(String text) {
        try {
            JsonNode node = JSON.readTree(text);
            var errors = new ArrayList<ApiError>();
            // a tree that was refused tells its errors record by record
            for (JsonNode record : node.path("results")) {
                record.path("errors").forEach(one -> errors.add(error(one)));
            }
            for (JsonNode one : !errors.isEmpty() ? List.<JsonNode>of() : node.isArray() ? node : List.of(node)) {
                errors.add(error(one));
            }
            return errors;
        } catch (JsonProcessingException e) {
            return List.of(new ApiError(null, "answer that is no JSON: " + excerpt(text), List.of()));
        }
    }

    private static ApiError error(JsonNode node) {
        if (!node.isObject()) {
            return new ApiError(null, excerpt(node.asText()), List.of());
        }
        var fields = new ArrayList<String>();
        node.path("fields").forEach(field -> fields.add(field.asText()));
        return new ApiError(
                first(node, "errorCode", "statusCode", "error"), first(node, "message", "error_description"), fields);
    }

    private static String first(JsonNode node, String... names) {
        for (String name : names) {
            if (node.path(name).isTextual()) {
                return node.path(name).asText();
            }
        }
        return null;
    }

    private static List<ApiError> markup(String text) {
        for (Pattern known : List.of(XML_ERROR, XML_FAULT)) {
            Matcher error = known.matcher(text);
            if (error.find()) {
                return List.of(new ApiError(error.group(1), error.group(2), List.of()));
            }
        }
        return List.of(new ApiError(null, excerpt(TAG.matcher(text).replaceAll(" ")), List.of()));
    }

    static String excerpt(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        return line.length() <= EXCERPT ? line : line.substring(0, EXCERPT) + "...";
    }
}
