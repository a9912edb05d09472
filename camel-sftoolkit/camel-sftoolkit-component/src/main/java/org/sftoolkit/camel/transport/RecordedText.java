package org.sftoolkit.camel.transport;

import io.vertx.core.MultiMap;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.redaction.Redaction;

/**
 * What a recording tells of a call: no token, password or other secret, and {@value #ORG} in place of the org's address. Of headers
 * it keeps those of a list only. Thread-safe.
 */
final class RecordedText {

    /** Stands for scheme and host of the org and of its login. */
    static final String ORG = "{{org}}";
    /** Stands where a secret or a body stood. */
    static final String REMOVED = "(removed)";

    private static final Set<String> HEADERS = Set.of(
            "accept",
            "content-type",
            "etag",
            "if-match",
            "if-modified-since",
            "if-none-match",
            "if-unmodified-since",
            "last-modified",
            "location",
            "range",
            "retry-after",
            "warning");

    private static final String SECRETS = "access_token|refresh_token|id_token|client_secret|password|security_?token"
            + "|session_?id|assertion|signature|private_?key|code_verifier|new_?password|token";
    private static final List<Pattern> SECRET_VALUES = List.of(
            Pattern.compile("(\"(?:" + SECRETS + ")\"\\s*:\\s*\")(?:[^\"\\\\]|\\\\.)*+", Pattern.CASE_INSENSITIVE),
            // JSON within a text of JSON
            Pattern.compile(
                    "(\\\\\"(?:" + SECRETS + ")\\\\\"\\s*:\\s*\\\\\")(?:(?!\\\\\").)*+", Pattern.CASE_INSENSITIVE),
            Pattern.compile("((?:^|[?&;,\"'\\s])(?:" + SECRETS + ")=)[^&\\s\"]*+", Pattern.CASE_INSENSITIVE),
            Pattern.compile("(<(?:\\w+:)?(?:" + SECRETS + ")(?:\\s[^>]*)?>)[^<]*+", Pattern.CASE_INSENSITIVE));
    private static final Pattern INSTANCE = Pattern.compile(
            "(?:\"instance_url\"\\s*:\\s*\"|<serverUrl>)(https?:(?:\\\\?/){2}[^/\"<\\\\]+)", Pattern.CASE_INSENSITIVE);

    private final Set<String> origins = ConcurrentHashMap.newKeySet();

    /** Whether what this resource takes and gives are secrets. */
    static boolean isLogin(String resource) {
        String path = resource.toLowerCase(Locale.ROOT);
        return path.contains("/services/oauth2/") || path.contains("/services/soap/");
    }

    /** Takes note of the scheme and host of an URL. */
    void learnOrigin(String url) {
        int scheme = url.indexOf("://");
        if (scheme > 0) {
            int end = url.indexOf('/', scheme + 3);
            origins.add(end < 0 ? url : url.substring(0, end));
        }
    }

    /** A path and its query, without the host. */
    String path(String url) {
        int scheme = url.indexOf("://");
        int slash = scheme < 0 ? 0 : url.indexOf('/', scheme + 3);
        return slash < 0 ? "/" : text(url.substring(slash));
    }

    /** The headers that say how a call is to be understood, by their names in lower case. */
    Map<String, String> headers(MultiMap headers) {
        var kept = new TreeMap<String, String>();
        headers.forEach(header -> {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (HEADERS.contains(name) || name.startsWith("sforce-")) {
                kept.put(name, text(header.getValue()));
            }
        });
        return kept;
    }

    /** A text without secrets. */
    String text(String text) {
        var instance = INSTANCE.matcher(text);
        while (instance.find()) {
            origins.add(instance.group(1).replace("\\", ""));
        }
        String clear = Redaction.ofWhole(text);
        for (Pattern secret : SECRET_VALUES) {
            clear = secret.matcher(clear).replaceAll("$1" + REMOVED);
        }
        for (String origin : origins) {
            clear = clear.replace(origin, ORG).replace(origin.replace("/", "\\/"), ORG);
        }
        return clear;
    }

    /**
     * A body: its {@code length}, and as much of it as the recording keeps, as {@code text}, or as {@code base64} if it is no text.
     *
     * @param bytes  what was kept
     * @param length of all of it
     * @param login  whether it is one of a login, of which what is sent is left out
     */
    Map<String, Object> body(byte[] bytes, long length, @Nullable String type, boolean login) {
        var json = new LinkedHashMap<String, Object>();
        if (length == 0) {
            return json;
        }
        json.put("length", length);
        boolean form = type != null && type.startsWith("application/x-www-form-urlencoded");
        boolean cut = length > bytes.length;
        json.put("cut", cut);
        if (login && form) {
            json.put("text", REMOVED);
            return json;
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, whole(bytes, cut)))
                    .toString();
            json.put("text", text(text));
        } catch (CharacterCodingException e) {
            json.put("base64", Base64.getEncoder().encodeToString(bytes));
        }
        return json;
    }

    /** Where the last whole character ends, if the text was cut. */
    private static int whole(byte[] bytes, boolean cut) {
        int end = bytes.length;
        while (cut && end > 0 && end > bytes.length - 4 && (bytes[end - 1] & 0xC0) == 0x80) {
            end--;
        }
        return cut && end > 0 && (bytes[end - 1] & 0xC0) == 0xC0 ? end - 1 : end;
    }
}
