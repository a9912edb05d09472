package org.sftoolkit.emulator.control;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.sftoolkit.emulator.api.ApiCall;
import org.sftoolkit.emulator.api.ApiException;
import org.sftoolkit.emulator.api.ApiHandler;

/**
 * Keeps web pages and other machines away from the emulator's own resources: the host that a call names must be this
 * machine's, an origin must be the emulator itself, and a change must say that it is JSON. So neither a form of a foreign
 * page nor a name that was pointed to this machine (DNS rebinding) gets through.
 */
public final class LocalCallers {

    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");
    private static final List<String> CHANGES = List.of("POST", "PUT", "PATCH");

    private final Set<String> hosts;

    /** @param more names of hosts besides this machine's loopback; {@code *} for all */
    public LocalCallers(List<String> more) {
        hosts = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        hosts.addAll(LOOPBACK);
        hosts.addAll(more);
    }

    /** The same handler for calls that are let pass. */
    public ApiHandler guarded(ApiHandler handler) {
        return call -> {
            checkCaller(call);
            String type = call.header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
            if (CHANGES.contains(call.method()) && !type.startsWith("application/json")) {
                throw new ApiException(
                        415,
                        "UNSUPPORTED_MEDIA_TYPE",
                        "Changes need the header 'Content-Type: application/json', with an empty body too");
            }
            return handler.handle(call);
        };
    }

    /** The same handler of a form for calls that are let pass: a change must be sent by a script of the emulator's own page. */
    public ApiHandler guardedForm(ApiHandler handler) {
        return call -> {
            checkCaller(call);
            // A foreign page cannot send this header without asking first, and is never allowed to.
            if (CHANGES.contains(call.method()) && call.header("HX-Request").isEmpty()) {
                throw new ApiException(403, "FORBIDDEN", "Changes are made by the emulator's own page");
            }
            return handler.handle(call);
        };
    }

    private void checkCaller(ApiCall call) {
        String host = call.header("Host").orElse("");
        if (!hosts.contains("*") && !hosts.contains(name(host))) {
            throw new ApiException(
                    403,
                    "FORBIDDEN",
                    "The emulator's own resources are not for the host '" + host
                            + "': call them by localhost, or allow the host");
        }
        call.header("Origin")
                .filter(origin -> !origin.replaceFirst("^https?://", "").equalsIgnoreCase(host))
                .ifPresent(origin -> {
                    throw new ApiException(
                            403, "FORBIDDEN", "The emulator's own resources are not for the origin '" + origin + "'");
                });
    }

    /** The host without its port. */
    private static String name(String host) {
        return host.replaceFirst(":\\d*$", "");
    }
}
