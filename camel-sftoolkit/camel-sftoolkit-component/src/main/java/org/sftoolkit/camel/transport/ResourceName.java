package org.sftoolkit.camel.transport;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Names the resource of a request without ids, object names and data: few names, for metrics and lists.
 *
 * <p>{@code sobjects/row}, {@code composite/sobjects}, {@code query}, {@code jobs/ingest/batches}, {@code tooling/query} ...
 */
public final class ResourceName {

    private static final Set<String> OF_OBJECTS =
            Set.of("describe", "updated", "deleted", "listviews", "quickActions", "layouts", "approvalLayouts");
    private static final Set<String> WITH_KINDS = Set.of("composite", "oauth2");
    private static final Set<String> KNOWN = Set.of(
            "query",
            "queryAll",
            "search",
            "parameterizedSearch",
            "limits",
            "composite",
            "sobjects",
            "jobs",
            "recent",
            "theme",
            "tabs",
            "actions",
            "process",
            "quickActions",
            "chatter",
            "connect",
            "ui-api",
            "analytics",
            "apexrest",
            "oauth2",
            "Soap",
            "executeAnonymous",
            "completions");

    private ResourceName() {}

    /** The name of the request's resource; {@code other} for one that this class does not know. */
    public static String of(Request request) {
        List<String> parts = parts(request.path());
        if (parts.isEmpty() || parts.get(0).isEmpty()) {
            return "versions";
        }
        if (parts.get(0).equals("tooling") && parts.size() > 1) {
            return "tooling/" + name(parts.subList(1, parts.size()));
        }
        return name(parts);
    }

    /** The segments below the API's version, without those at the end that are empty. */
    private static List<String> parts(String path) {
        int query = path.indexOf('?');
        int end = query < 0 ? path.length() : query;
        int at = behindVersion(path, end);
        var parts = new ArrayList<String>(4);
        while (at < end) {
            int slash = path.indexOf('/', at);
            int stop = slash < 0 || slash > end ? end : slash;
            parts.add(path.substring(at, stop));
            at = stop + 1;
        }
        while (!parts.isEmpty() && parts.get(parts.size() - 1).isEmpty()) {
            parts.remove(parts.size() - 1);
        }
        return parts;
    }

    private static int behindVersion(String path, int end) {
        int host = path.indexOf("://");
        int slash = host < 0 || host > end ? 0 : path.indexOf('/', host + 3);
        int at = behind(path, slash < 0 ? end : slash, "/services/data");
        if (at > slash && path.startsWith("/v", at)) {
            at += 2;
            while (at < path.length() && (Character.isDigit(path.charAt(at)) || path.charAt(at) == '.')) {
                at++;
            }
        }
        return behind(path, behind(path, at, "/"), "services/");
    }

    private static int behind(String path, int at, String prefix) {
        return path.startsWith(prefix, at) ? at + prefix.length() : at;
    }

    private static String name(List<String> parts) {
        String first = parts.get(0);
        if (!KNOWN.contains(first)) {
            return "other";
        }
        return switch (first) {
            case "sobjects" -> ofObject(parts);
            case "jobs" -> ofJob(parts);
            default -> WITH_KINDS.contains(first) && parts.size() > 1 ? first + '/' + parts.get(1) : first;
        };
    }

    private static String ofObject(List<String> parts) {
        return switch (parts.size()) {
            case 1 -> "sobjects";
            case 2 -> "sobjects/object";
            default -> OF_OBJECTS.contains(parts.get(2)) ? "sobjects/" + parts.get(2) : "sobjects/row";
        };
    }

    /** {@code jobs/ingest}, {@code jobs/ingest/job}, {@code jobs/ingest/failedResults}. */
    private static String ofJob(List<String> parts) {
        String kind = String.join("/", parts.subList(0, Math.min(2, parts.size())));
        return switch (parts.size()) {
            case 1, 2 -> kind;
            case 3 -> kind + "/job";
            default -> kind + '/' + parts.get(3);
        };
    }
}
