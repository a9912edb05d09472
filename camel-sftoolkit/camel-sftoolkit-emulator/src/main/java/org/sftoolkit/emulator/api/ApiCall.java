package org.sftoolkit.emulator.api;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One call of a resource, from the wire or from within a composite request. Immutable.
 *
 * @param method upper case
 * @param path percent-encoded, without the query
 * @param query decoded; several values of one name are joined by commas
 * @param headers by lower-case name
 * @param body never null
 * @param params decoded values of the {@code {names}} in the endpoint's template
 * @param session null if the resource needs no session
 * @param baseUrl scheme, host and port that the client used, without a slash at the end
 */
public record ApiCall(
        String method,
        String path,
        Map<String, String> query,
        Map<String, String> headers,
        RequestBody body,
        Map<String, String> params,
        Session session,
        String baseUrl) {

    /** A call as it comes from the wire, not yet matched to an endpoint. */
    public static ApiCall of(String method, String uri, Map<String, String> headers, RequestBody body, String baseUrl) {
        int mark = uri.indexOf('?');
        String path = mark < 0 ? uri : uri.substring(0, mark);
        Map<String, String> query = mark < 0 ? Map.of() : decoded(uri.substring(mark + 1));
        return new ApiCall(method.toUpperCase(Locale.ROOT), path, query, headers, body, Map.of(), null, baseUrl);
    }

    /** The value of a {@code {name}} in the endpoint's template. */
    public String param(String name) {
        return params.get(name);
    }

    /** A parameter behind the {@code ?}; names are case-sensitive. */
    public Optional<String> queryParam(String name) {
        return Optional.ofNullable(query.get(name));
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    /** The API version of the path, such as {@code 66.0}; null outside {@code /services/data}. */
    public String version() {
        String version = params.get("version");
        return version == null ? null : version.substring(1);
    }

    /** The release number of {@link #version()}, such as 66. */
    public int release() {
        return Integer.parseInt(version().substring(0, version().indexOf('.')));
    }

    /** Begin of the paths of this version, such as {@code /services/data/v66.0}. */
    public String root() {
        return "/services/data/v" + version();
    }

    /**
     * The body, or the JSON part of a multipart body, as a JSON object.
     *
     * @throws ApiException 415 when the client says that it is something else; a missing type is let pass
     */
    public Map<String, Object> jsonObject() {
        String type = header("Content-Type").orElse("application/json").toLowerCase(Locale.ROOT);
        if (!type.contains("json") && !type.startsWith("multipart/form-data")) {
            throw new ApiException(
                    415, "UNSUPPORTED_MEDIA_TYPE", "The emulator reads JSON here, not the content type " + type);
        }
        return Json.object(body.bytes());
    }

    /** The body as a form, by field name. */
    public Map<String, String> form() {
        return decoded(new String(body.bytes(), StandardCharsets.UTF_8));
    }

    ApiCall matched(Map<String, String> pathParams) {
        return new ApiCall(method, path, query, headers, body, pathParams, session, baseUrl);
    }

    /** This call with its body. */
    public ApiCall with(RequestBody wholeBody) {
        return new ApiCall(method, path, query, headers, wholeBody, params, session, baseUrl);
    }

    ApiCall in(Session opened) {
        return new ApiCall(method, path, query, headers, body, params, opened, baseUrl);
    }

    /** This call with another method. */
    public ApiCall as(String otherMethod) {
        return new ApiCall(otherMethod, path, query, headers, body, params, session, baseUrl);
    }

    private static Map<String, String> decoded(String form) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String pair : form.split("&")) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            if (!name.isEmpty()) {
                String value = equals < 0 ? "" : decodedText(pair.substring(equals + 1));
                fields.merge(decodedText(name), value, (first, next) -> first + "," + next);
            }
        }
        return fields;
    }

    private static String decodedText(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new ApiException(400, "MALFORMED_QUERY", "Illegal percent-encoding in the request");
        }
    }

    /** Headers as {@link ApiCall} wants them: by lower-case name, several of one name joined. */
    public static Map<String, String> foldedHeaders(Iterable<Map.Entry<String, String>> headers) {
        Map<String, String> folded = new TreeMap<>();
        headers.forEach(header -> folded.merge(
                header.getKey().toLowerCase(Locale.ROOT), header.getValue(), (first, next) -> first + ", " + next));
        return folded;
    }
}
