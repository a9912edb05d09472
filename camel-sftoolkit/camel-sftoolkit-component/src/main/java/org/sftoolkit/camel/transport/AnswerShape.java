package org.sftoolkit.camel.transport;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Checks that a successful response has the body that the API promises. The check comes before the body is read, so
 * that a read with a damaged response is retried like one with a broken connection.
 */
final class AnswerShape {

    private static final int NO_CONTENT = 204;
    private static final String DATA_API = "/services/data/";

    private AnswerShape() {}

    /** The fault of the body of a success; null if there is no fault. */
    static @Nullable String defect(Request request, Response response) {
        if (isPage(response)) {
            return "an HTML page instead of data";
        }
        if (!taken(request, response)) {
            return "an answer of the type " + ErrorBody.excerpt(type(response).toLowerCase(Locale.ROOT)) + " where "
                    + (request.accept() == null ? "another" : request.accept()) + " was asked for";
        }
        boolean json = isJson(response) || type(response).isEmpty() && "application/json".equals(request.accept());
        if (response.body().length == 0) {
            return mustHaveBody(request, response, json) ? "an empty response instead of JSON" : null;
        }
        return json && !JsonEnds.whole(response.body())
                ? "a response that claims to be JSON but is incomplete or invalid"
                : null;
    }

    /** Whether it has the requested type; a body that a sink declined does not. */
    private static boolean taken(Request request, Response response) {
        boolean hasBody = response.body().length > 0 || request.sink() != null && response.status() != NO_CONTENT;
        return !hasBody
                || request.accepts(response.header("Content-Type"))
                        && (request.sink() == null || request.sink().accepts(response.status(), response.headers()));
    }

    /** Whether it is HTML, from a proxy or from Salesforce's edge servers. */
    static boolean isPage(Response response) {
        return isOf("text/html", response) && response.body().length > 0;
    }

    // The data API answers 200 with a body and 204 without; only Apex REST and sinks know other successes.
    private static boolean mustHaveBody(Request request, Response response, boolean json) {
        return response.status() == 200
                && request.sink() == null
                && request.path().contains(DATA_API)
                && (json || type(response).isEmpty());
    }

    private static boolean isJson(Response response) {
        return isOf("application/json", response);
    }

    private static boolean isOf(String type, Response response) {
        return type(response).regionMatches(true, 0, type, 0, type.length());
    }

    private static String type(Response response) {
        String type = response.header("Content-Type");
        return type == null ? "" : type;
    }

    /**
     * Detects incomplete JSON: every object, array and string that begins must end. It makes one pass over the bytes and
     * does not parse, because the response is parsed later anyway.
     */
    static final class JsonEnds {

        private static final String BEGINNINGS = "{[\"-tfn0123456789";

        private JsonEnds() {}

        /** Whether the text (UTF-8) is an object, an array or a scalar that is not cut off. */
        static boolean whole(byte[] text) {
            int at = 0;
            while (at < text.length && text[at] <= ' ') {
                at++;
            }
            if (at == text.length || BEGINNINGS.indexOf(text[at]) < 0) {
                return false;
            }
            int depth = 0;
            while (at < text.length) {
                byte b = text[at++];
                if (b == '"') {
                    at = behindString(text, at);
                    if (at > text.length) {
                        return false;
                    }
                } else if (b == '{' || b == '[') {
                    depth++;
                } else if ((b == '}' || b == ']') && --depth < 0) {
                    return false;
                }
            }
            return depth == 0;
        }

        /** The position after the closing quote of a string, or after the text if there is no closing quote. */
        private static int behindString(byte[] text, int begin) {
            for (int i = begin; i < text.length; i++) {
                byte b = text[i];
                if (b == '"') {
                    return i + 1;
                }
                if (b == '\\') {
                    i++;
                }
            }
            return text.length + 1;
        }
    }
}
