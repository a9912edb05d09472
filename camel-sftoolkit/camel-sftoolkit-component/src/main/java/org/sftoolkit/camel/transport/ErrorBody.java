package org.sftoolkit.camel.transport;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sftoolkit.camel.error.ApiError;
import org.sftoolkit.camel.model.DuplicateMatch;
import org.sftoolkit.camel.redaction.Redaction;

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
    /** Length of the text that is examined; errors are at its beginning. */
    private static final int SCANNED = 8 * 1024;

    /** More errors than any request has parts; a message longer than any trigger writes. */
    private static final int MOST_ERRORS = 1_000;

    private static final int LONGEST_MESSAGE = 10_000;

    private ErrorBody() {}

    /** The errors; empty if the response had no body. */
    static List<ApiError> read(String body) {
        String text = body.strip();
        if (text.isEmpty()) {
            return List.of();
        }
        char first = text.charAt(0);
        if (first == '[' || first == '{') {
            return json(text);
        }
        return first == '<'
                ? markup(Redaction.of(beginning(text)))
                : List.of(new ApiError("", excerpt(text), List.of()));
    }

    private static List<ApiError> json(String text) {
        try {
            JsonNode node = JSON.readTree(text);
            var errors = new ArrayList<ApiError>();
            // the errors of a refused tree are given per record
            for (JsonNode record : node.path("results")) {
                record.path("errors").forEach(one -> errors.add(error(one)));
            }
            for (JsonNode one : !errors.isEmpty() ? List.<JsonNode>of() : node.isArray() ? node : List.of(node)) {
                errors.add(error(one));
            }
            return errors.subList(0, Math.min(errors.size(), MOST_ERRORS));
        } catch (JsonProcessingException e) {
            return List.of(new ApiError("", "response that is not JSON: " + excerpt(text), List.of()));
        }
    }

    private static ApiError error(JsonNode node) {
        if (!node.isObject()) {
            return new ApiError("", excerpt(node.asText()), List.of());
        }
        var fields = new ArrayList<String>();
        node.path("fields").forEach(field -> fields.add(field.asText()));
        var duplicates = new ArrayList<DuplicateMatch>();
        node.properties().forEach(member -> {
            if (DuplicateMatch.isKey(member.getKey())) {
                duplicates.addAll(DuplicateMatch.of(JSON.convertValue(member.getValue(), Object.class)));
            }
        });
        return new ApiError(
                first(node, "errorCode", "statusCode", "error"),
                first(node, "message", "error_description"),
                fields,
                duplicates);
    }

    private static String first(JsonNode node, String... names) {
        for (String name : names) {
            if (node.path(name).isTextual()) {
                String text = node.path(name).asText();
                return text.length() <= LONGEST_MESSAGE ? text : text.substring(0, LONGEST_MESSAGE) + "...";
            }
        }
        return "";
    }

    private static List<ApiError> markup(String text) {
        for (Pattern known : List.of(XML_ERROR, XML_FAULT)) {
            Matcher error = known.matcher(text);
            if (error.find()) {
                return List.of(new ApiError(error.group(1), error.group(2), List.of()));
            }
        }
        return List.of(new ApiError("", excerpt(withoutTags(text)), List.of()));
    }

    /** The text between the tags, without scripts and styles; in linear time. */
    private static String withoutTags(String page) {
        var text = new StringBuilder(page.length());
        int at = 0;
        while (at < page.length()) {
            int tag = page.indexOf('<', at);
            if (tag < 0) {
                return text.append(page, at, page.length()).toString();
            }
            text.append(page, at, tag).append(' ');
            at = behind(page, ">", tag);
            for (String hidden : List.of("script", "style")) {
                if (page.regionMatches(true, tag + 1, hidden, 0, hidden.length())) {
                    at = endOf(hidden, page, at);
                }
            }
        }
        return text.toString();
    }

    /** The position after the next such text; the end of the page if there is no such text. */
    private static int behind(String page, String text, int from) {
        int found = page.indexOf(text, from);
        return found < 0 ? page.length() : found + text.length();
    }

    /** The position behind the closing tag. */
    private static int endOf(String hidden, String page, int from) {
        int at = behind(page, "</", from);
        while (at < page.length() && !page.regionMatches(true, at, hidden, 0, hidden.length())) {
            at = behind(page, "</", at);
        }
        return behind(page, ">", at);
    }

    private static String beginning(String text) {
        return text.length() <= SCANNED ? text : text.substring(0, SCANNED);
    }

    static String excerpt(String text) {
        // redacted before it is shortened, because part of a secret would not be recognised
        String line = Redaction.of(beginning(text)).replaceAll("\\s+", " ").strip();
        return line.length() <= EXCERPT ? line : line.substring(0, EXCERPT) + "...";
    }
}
