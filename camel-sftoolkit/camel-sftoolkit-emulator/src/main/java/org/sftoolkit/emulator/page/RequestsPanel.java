package org.sftoolkit.emulator.page;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sftoolkit.emulator.api.Answer;
import org.sftoolkit.emulator.api.ApiCall;
import org.sftoolkit.emulator.api.ApiException;
import org.sftoolkit.emulator.api.Endpoint;
import org.sftoolkit.emulator.api.Instance;
import org.sftoolkit.emulator.control.Controlled;
import org.sftoolkit.emulator.traffic.LoggedRequest;
import org.sftoolkit.emulator.traffic.RequestLog;

/** The requests as they come, and each with headers, bodies and the same call as a command. */
final class RequestsPanel implements Panel {

    private static final String REQUESTS = ROOT + "/requests";
    private static final int SHOWN = 100;

    private final RequestLog log;
    private final Instance instance;

    RequestsPanel(Controlled emulator) {
        this.log = emulator.requests();
        this.instance = emulator.instance();
    }

    @Override
    public List<Endpoint> endpoints() {
        return List.of(
                Panel.get("/requests", this::page),
                Panel.get("/requests/rows", this::rows),
                Panel.post("/requests/forget", this::forget),
                Panel.get("/requests/{number}", this::request));
    }

    private Answer page(ApiCall call) {
        boolean live = isLive(call);
        String resource = resource(call);
        return Layout.page(
                REQUESTS,
                "Requests",
                Html.of(
                        """
                        <form action="/__emulator/page/requests" method="get" class="line">
                        <label for="resource">Only resource</label>
                        <input id="resource" name="resource" value="{}" placeholder="POST composite/sobjects, jobs/*">
                        <input type="hidden" name="live" value="{}">
                        <button type="submit">Show</button>
                        </form>
                        <p><a href="{}">{}</a>
                        <button class="outline" hx-post="/__emulator/page/requests/forget" hx-target="#log" hx-swap="outerHTML">Forget all</button></p>
                        {}
                        """,
                        resource,
                        live ? "yes" : "no",
                        REQUESTS + "?live=" + (live ? "no" : "yes") + "&resource=" + Panel.encoded(resource),
                        live ? "Stop the list" : "Let the list run on",
                        list(resource, live)));
    }

    private Answer rows(ApiCall call) {
        if (call.queryParam("seen").filter(String.valueOf(log.moment())::equals).isPresent()) {
            return Layout.unchanged();
        }
        return Layout.part(list(resource(call), true));
    }

    private Answer forget(ApiCall call) {
        log.reset();
        return Layout.part(list("", true));
    }

    private static boolean isLive(ApiCall call) {
        return call.queryParam("live").filter("no"::equals).isEmpty();
    }

    private static String resource(ApiCall call) {
        return call.queryParam("resource").map(String::strip).orElse("");
    }

    private Html list(String resource, boolean live) {
        long moment = log.moment();
        List<RequestLog.Numbered> newest = log.newest(resource.isEmpty() ? "*" : resource, SHOWN);
        Html poll = Html.when(
                live,
                " hx-get=\"{}\" hx-trigger=\"every 1s\" hx-swap=\"outerHTML\"",
                REQUESTS + "/rows?seen=" + moment + "&resource=" + Panel.encoded(resource));
        return Html.of(
                """
                <div id="log"{}>
                <p>{} requests since the start, {} being worked on. The newest {} are shown.</p>
                {}
                </div>
                """,
                poll,
                log.count(),
                log.inFlight(),
                newest.size(),
                Layout.table(
                        "Requests",
                        List.of("Time", "Method", "Path", "Status", "ms", "Records"),
                        Html.all(newest.stream().map(RequestsPanel::row))));
    }

    private static Html row(RequestLog.Numbered numbered) {
        LoggedRequest request = numbered.request();
        String path = request.safePath();
        return Html.of(
                """
                <tr class="{}"><td>{}</td><td>{}</td><td><a id="request-{}" href="{}">{}</a></td><td>{}</td>\
                <td class="number">{}</td><td class="number">{}</td></tr>
                """,
                request.status() >= 400 || request.status() == 0 ? "failed" : "fine",
                request.time(),
                request.method(),
                numbered.number(),
                REQUESTS + "/" + numbered.number(),
                path.length() > 120 ? path.substring(0, 120) + "…" : path,
                request.status() == 0 ? "no answer" : request.status(),
                millis(request),
                request.records());
    }

    private static String millis(LoggedRequest request) {
        return String.format(Locale.ROOT, "%.1f", request.took().toNanos() / 1e6);
    }

    private Answer request(ApiCall call) {
        String number = call.param("number");
        LoggedRequest request = (number.matches("\\d{1,18}")
                        ? log.find(Long.parseLong(number))
                        : Optional.<LoggedRequest>empty())
                .orElseThrow(() -> new ApiException(404, "NOT_FOUND", "request " + number + " is not remembered"));
        return Layout.page(
                REQUESTS,
                request.method() + " " + request.resource(),
                Html.of(
                        """
                        <p><code>{}</code></p>
                        <p>{} at {}, {} ms, {} bytes, {} records</p>
                        <h2>Request</h2>
                        {}
                        {}
                        <h2>Answer</h2>
                        {}
                        {}
                        <h2>The same call as a command</h2>
                        <pre tabindex="0">{}</pre>
                        """,
                        request.method() + " " + request.safePath(),
                        request.status() == 0 ? "No answer" : "Status " + request.status(),
                        request.time(),
                        millis(request),
                        request.bodySize(),
                        request.records(),
                        headers(request.safeHeaders()),
                        body(request.safeBody(), request.bodySize() > 0),
                        headers(request.answerHeaders()),
                        body(request.safeAnswer(), request.status() != 204 && request.status() != 0),
                        Curl.of(instance.url(), request)));
    }

    private static Html headers(Map<String, String> headers) {
        return headers.isEmpty()
                ? Html.NONE
                : Layout.definitions(headers.entrySet().stream()
                        .map(header -> Layout.definition(header.getKey(), header.getValue()))
                        .toList());
    }

    private Html body(String text, boolean had) {
        if (text != null) {
            return Html.of("<pre tabindex=\"0\">{}</pre>", text);
        }
        return Html.when(
                had,
                "<p>The body was not kept. {}</p>",
                log.keptBody() > 0 ? "" : "The log keeps bodies if keepBodies is set (Limits).");
    }

    /** A logged request as a command for a shell, without its credentials. */
    private static final class Curl {

        /** What curl sets by itself, or what must not be repeated. */
        private static final Set<String> LEFT_OUT = Set.of(
                "host",
                "content-length",
                "connection",
                "user-agent",
                "accept-encoding",
                "content-encoding",
                "transfer-encoding",
                "expect",
                "upgrade",
                "http2-settings");

        private Curl() {}

        static String of(String url, LoggedRequest request) {
            StringBuilder command = new StringBuilder("curl");
            if (!request.method().equals("GET")) {
                command.append(" -X ").append(request.method());
            }
            command.append(' ').append(quoted(url + request.safePath()));
            for (Map.Entry<String, String> header : request.safeHeaders().entrySet()) {
                if (header.getKey().equals("authorization")) {
                    command.append(" \\\n  -H \"Authorization: Bearer $TOKEN\"");
                } else if (!LEFT_OUT.contains(header.getKey())) {
                    command.append(" \\\n  -H ").append(quoted(header.getKey() + ": " + header.getValue()));
                }
            }
            if (request.body() != null && !request.body().isEmpty()) {
                command.append(" \\\n  --data-binary ").append(quoted(request.safeBody()));
            }
            return command.toString();
        }

        /** One word of a shell, whatever it holds. */
        private static String quoted(String text) {
            return "'" + text.replace("'", "'\\''") + "'";
        }
    }
}
