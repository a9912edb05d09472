package org.sftoolkit.camel.connection;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.transport.ApiUsage;
import org.sftoolkit.camel.transport.CallCounts;

/**
 * The state of a connection, without secrets.
 *
 * @param name host of the org, with a number if another connection has the same
 * @param inFlight requests in flight
 * @param queued requests that wait for a permit
 * @param apiBudget percent of the daily calls at which calls of the first of its endpoints stop; 0 for no budget
 * @param usage API calls of the org in 24 hours
 * @param counts since the connection began
 * @param parked which limit holds requests back, in words; null if no limit does
 */
public record ConnectionStatus(
        String name,
        int inFlight,
        int queued,
        int apiBudget,
        Optional<ApiUsage> usage,
        CallCounts counts,
        @Nullable String parked) {

    /** The same, with what holds requests back. */
    ConnectionStatus parking(Optional<String> limit) {
        return new ConnectionStatus(name, inFlight, queued, apiBudget, usage, counts, limit.orElse(null));
    }

    /** The same, with the smallest budget of its endpoints. */
    ConnectionStatus within(int budget) {
        return new ConnectionStatus(name, inFlight, queued, budget, usage, counts, parked);
    }

    /** Why calls would fail now; empty if no problem is known. */
    public Optional<String> trouble() {
        if (counts.loginFailure() != null) {
            return Optional.of("the last login failed: " + counts.loginFailure());
        }
        if (parked != null) {
            return Optional.of(parked);
        }
        if (apiBudget > 0 && usage.isPresent() && usage.get().percent() >= apiBudget) {
            return Optional.of("the org has used " + usage.get() + " API calls, which is at or above apiBudget="
                    + apiBudget + "%");
        }
        return Optional.empty();
    }

    /** In the words of consoles and health checks. */
    public Map<String, Object> describe() {
        var words = new LinkedHashMap<String, Object>();
        words.put("connection", name);
        words.put("state", trouble().orElse(counts.logins() == 0 ? "not logged in yet" : "logged in"));
        words.put("logins", counts.logins());
        words.put("requests", counts.requests());
        words.put("failures", counts.failures());
        words.put("retries", counts.repetitions());
        words.put("inFlight", inFlight);
        words.put("queued", queued);
        usage.ifPresent(calls -> words.put("apiUsage", calls.toString()));
        if (apiBudget > 0) {
            words.put("apiBudget", apiBudget);
        }
        return words;
    }
}
