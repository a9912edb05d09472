package org.sftoolkit.camel.jobs;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.sftoolkit.camel.jobs.JobTaker.Claim;

/** Jobs whose last try has failed: they come behind the others, and among them the one that failed last. Not thread-safe. */
public final class FailedClaims {

    private final Map<String, Long> failed = new HashMap<>();
    private long tries;

    /** Puts claims into order, and forgets the failures of all other jobs. */
    public List<Claim> last(List<Claim> claims) {
        failed.keySet().retainAll(claims.stream().map(FailedClaims::key).collect(Collectors.toSet()));
        var sorted = new ArrayList<>(claims);
        sorted.sort(Comparator.comparing(claim -> failed.getOrDefault(key(claim), 0L)));
        return sorted;
    }

    /** Whether the last try of a job has failed. */
    public boolean contains(Claim claim) {
        return failed.containsKey(key(claim));
    }

    /** The last try of a job has failed. */
    public void add(Claim claim) {
        failed.put(key(claim), ++tries);
    }

    /** The last try of a job has succeeded. */
    public void remove(Claim claim) {
        failed.remove(key(claim));
    }

    private static String key(Claim claim) {
        return claim.job().id() + '/' + claim.job().part();
    }
}
