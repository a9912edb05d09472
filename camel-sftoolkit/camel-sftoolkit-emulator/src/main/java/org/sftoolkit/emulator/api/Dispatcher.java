package org.sftoolkit.emulator.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.sftoolkit.emulator.org.ApiUsage;
import org.sftoolkit.emulator.org.RowRefusedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the endpoint of a call, sees to version, session and limits, and turns refusals into answers. Safe for threads. */
public final class Dispatcher {

    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
    private static final List<String> METHODS = List.of("HEAD", "GET", "POST", "PUT", "PATCH", "DELETE");
    /** What Salesforce has under a version and the emulator has not, in lower case. */
    private static final Set<String> UNSUPPORTED = Set.of(
            "actions",
            "analytics",
            "appmenu",
            "async-queries",
            "chatter",
            "commerce",
            "connect",
            "consent",
            "contact-tracing",
            "dedupe",
            "domino",
            "emailconnect",
            "event",
            "eventbus",
            "folders",
            "graphql",
            "iot",
            "jsonxform",
            "knowledgemanagement",
            "licensing",
            "localizedvalue",
            "metadata",
            "payments",
            "prechatforms",
            "process",
            "quickactions",
            "scheduling",
            "search",
            "smartdatadiscovery",
            "support",
            "tabs",
            "theme",
            "tooling",
            "ui-api",
            "wave");

    /** What Salesforce has beside the data API and the emulator has not: a beginning of the path, in lower case. */
    private static final List<String> UNSUPPORTED_PATHS = List.of(
            "services/apexrest",
            "services/oauth2/authorize",
            "services/oauth2/device",
            "services/oauth2/singleaccess",
            "services/soap/m",
            "services/soap/s",
            "services/auth",
            "secur/frontdoor.jsp",
            ".well-known");

    /** An endpoint, and its template in pieces: made once, as each call is held against many of them. */
    private record Route(Endpoint endpoint, List<String> segments) {}

    private final List<Route> routes;
    private final Map<String, List<Route>> byMethod;
    private final Sessions sessions;
    private final ApiUsage usage;
    private final Instance instance;

    public Dispatcher(List<Endpoint> endpoints, Sessions sessions, ApiUsage usage, Instance instance) {
        this.routes = endpoints.stream()
                .map(endpoint -> new Route(endpoint, endpoint.segments()))
                .toList();
        this.byMethod = routes.stream()
                .collect(Collectors.groupingBy(route -> route.endpoint().method()));
        this.sessions = sessions;
        this.usage = usage;
        this.instance = instance;
    }

    /** A call with the endpoint that it belongs to. */
    public record Matched(Endpoint endpoint, ApiCall call) {}

    /** The endpoint for a call; empty if there is no endpoint, see {@link #unmatched}. */
    public Optional<Matched> match(ApiCall call) {
        String method = call.method().equals("HEAD") ? "GET" : call.method();
        List<String> segments = segments(call.path());
        for (Route route : byMethod.getOrDefault(method, List.of())) {
            Optional<Map<String, String>> params = Endpoint.match(route.segments(), segments);
            if (params.isPresent()) {
                return Optional.of(new Matched(route.endpoint(), call.matched(params.get())));
            }
        }
        return Optional.empty();
    }

    /** Answers a call from the wire, which counts against the limits. */
    public Answer answer(Matched matched) {
        return guarded(matched, () -> {
            ApiCall call = matched.call();
            if (matched.endpoint().access() != Endpoint.Access.SESSION) {
                return matched.endpoint().handler().handle(call);
            }
            Versions.require(call.param("version"));
            requireJsonWanted(call);
            Session session = session(call);
            if (!usage.count()) {
                throw new ApiException(403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.");
            }
            return Versions.marked(matched.endpoint().handler().handle(call.in(session)), call.release());
        });
    }

    /** Answers a call from within another one, in whose session it runs and whose cost includes it. */
    public Answer answerWithin(Session session, ApiCall call) {
        return match(call)
                .map(matched -> guarded(matched, () -> {
                    if (matched.endpoint().resource().startsWith("jobs/")) {
                        throw new ApiException(
                                400,
                                "INVALID_REQUEST",
                                "Bulk jobs are not supported within a composite request: " + call.path());
                    }
                    if (matched.endpoint().access() != Endpoint.Access.SESSION) {
                        throw ApiException.notFound();
                    }
                    Versions.require(matched.call().param("version"));
                    return matched.endpoint().handler().handle(matched.call().in(session));
                }))
                .orElseGet(() -> unmatched(call));
    }

    /** The answer to a call for which there is no endpoint. */
    public Answer unmatched(ApiCall call) {
        List<String> segments = segments(call.path());
        try {
            if (segments.size() > 2 && segments.get(1).equals("data")) {
                Versions.require(segments.get(2));
            }
            List<String> allowed = allowed(segments);
            if (!allowed.isEmpty()) {
                throw new ApiException(
                        405,
                        "METHOD_NOT_ALLOWED",
                        "HTTP Method '" + call.method() + "' not allowed. Allowed are " + String.join(",", allowed));
            }
            requireSupported(segments);
            throw ApiException.notFound();
        } catch (ApiException e) {
            return ApiErrors.of(e);
        }
    }

    private static void requireSupported(List<String> segments) {
        if (segments.size() > 3 && UNSUPPORTED.contains(segments.get(3).toLowerCase(Locale.ROOT))) {
            throw new ApiException(
                    501, "NOT_IMPLEMENTED", "The emulator does not support the resource '" + segments.get(3) + "'");
        }
        String path = String.join("/", segments);
        UNSUPPORTED_PATHS.stream()
                .filter(path.toLowerCase(Locale.ROOT)::startsWith)
                .findFirst()
                .ifPresent(known -> {
                    throw new ApiException(
                            501,
                            "NOT_IMPLEMENTED",
                            "The emulator does not support '/" + path.substring(0, known.length()) + "'");
                });
    }

    private static void requireJsonWanted(ApiCall call) {
        String accepted = call.header("Accept").orElse("*/*");
        if (accepted.contains("xml") && !accepted.contains("json") && !accepted.contains("*/*")) {
            throw new ApiException(406, "NOT_ACCEPTABLE", "The emulator does not support answers in XML");
        }
    }

    private Session session(ApiCall call) {
        return BearerToken.of(call)
                .filter(token -> call.baseUrl().equals(instance.url()))
                .flatMap(sessions::use)
                .orElseThrow(() -> new ApiException(401, "INVALID_SESSION_ID", "Session expired or invalid"));
    }

    private List<String> allowed(List<String> segments) {
        Set<String> methods = routes.stream()
                .filter(route -> Endpoint.match(route.segments(), segments).isPresent())
                .map(route -> route.endpoint().method())
                .collect(Collectors.toSet());
        if (methods.contains("GET")) {
            methods.add("HEAD");
        }
        return METHODS.stream().filter(methods::contains).toList();
    }

    private static Answer guarded(Matched matched, Supplier<Answer> work) {
        try {
            return work.get();
        } catch (ApiException e) {
            return ApiErrors.of(e);
        } catch (RowRefusedException e) {
            return ApiErrors.of(e);
        } catch (MultipleChoicesException e) {
            return e.answer();
        } catch (RuntimeException e) {
            LOG.error(
                    "The emulator failed at {} {}",
                    matched.endpoint().method(),
                    matched.endpoint().template(),
                    e);
            return ApiErrors.of(500, "UNKNOWN_EXCEPTION", "An unexpected error occurred in the emulator: " + e, null);
        }
    }

    private static List<String> segments(String path) {
        List<String> segments = new ArrayList<>();
        for (String segment : path.split("/")) {
            if (!segment.isEmpty()) {
                segments.add(segment);
            }
        }
        return segments;
    }
}
