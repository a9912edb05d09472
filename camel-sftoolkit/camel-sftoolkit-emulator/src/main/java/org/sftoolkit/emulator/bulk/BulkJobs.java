package org.sftoolkit.emulator.bulk;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.sftoolkit.emulator.org.RecordIds;

/** The jobs of the org, and how long they live. Safe for threads. */
final class BulkJobs {

    /** Bulk API and Bulk API 2.0 Limits and Allocations: results are kept, and jobs of any state live, for seven days. */
    private static final Duration LIFE = Duration.ofDays(7);

    private final Clock clock;
    private final String instance;
    private final Map<String, JobRun> runs = new LinkedHashMap<>();
    private long made;

    /** @param instance two characters that tell one org's ids from another's */
    BulkJobs(Clock clock, String instance) {
        this.clock = clock;
        this.instance = instance;
    }

    synchronized String newId() {
        return RecordIds.of("750", instance, ++made);
    }

    synchronized void add(JobRun run) {
        runs.put(run.job().id(), run);
    }

    /** The living run of that job and kind. */
    synchronized JobRun find(String id, Predicate<BulkJob> kind) {
        expire();
        JobRun run = RecordIds.normalised(id).map(runs::get).orElse(null);
        if (run == null || !kind.test(run.job())) {
            throw BulkRefusedException.notFound();
        }
        return run;
    }

    synchronized List<BulkJob> list() {
        expire();
        List<BulkJob> jobs = new ArrayList<>();
        runs.values().forEach(run -> jobs.add(run.job()));
        return jobs;
    }

    synchronized void remove(JobRun run) {
        runs.remove(run.job().id());
        run.job().removeFiles();
    }

    private void expire() {
        Iterator<JobRun> all = runs.values().iterator();
        while (all.hasNext()) {
            BulkJob job = all.next().job();
            if (job.changed().plus(LIFE).isBefore(clock.instant())) {
                all.remove();
                job.removeFiles();
            }
        }
    }
}
