package org.sftoolkit.emulator.page;

import java.util.Map;
import java.util.Set;
import org.sftoolkit.emulator.traffic.LoggedRequest;

/** A logged request as a command for a shell, without its credentials. */
final class Curl {

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
