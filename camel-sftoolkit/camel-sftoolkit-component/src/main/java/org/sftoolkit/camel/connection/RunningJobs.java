package org.sftoolkit.camel.connection;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.sftoolkit.camel.model.JobInfo;
import org.sftoolkit.camel.operation.JobWatch;

/** The running bulk jobs of a connection's exchanges and consumers, for consoles and metrics. Thread-safe. */
final class RunningJobs implements JobWatch {

    private final String connection;
    private final Metering.ConnectionMeters meters;
    private final Set<Running> running = ConcurrentHashMap.newKeySet();

    RunningJobs(String connection, Metering.ConnectionMeters meters) {
        this.connection = connection;
        this.meters = meters;
    }

    @Override
    public Watched begin(JobInfo job) {
        var begun = new Running(job);
        running.add(begun);
        meterState(job);
        return begun;
    }

    List<RunningJob> all() {
        return running.stream()
                .map(each -> new RunningJob(connection, each.last, each.since))
                .toList();
    }

    private void meterState(JobInfo job) {
        meters.jobsActive(operation(job), job.state(), () -> count(operation(job), job.state()));
    }

    private static String operation(JobInfo job) {
        return job.operation() == null ? "unknown" : job.operation();
    }

    private int count(String operation, String state) {
        return (int) running.stream()
                .filter(each -> operation(each.last).equals(operation)
                        && each.last.state().equals(state))
                .count();
    }

    private final class Running implements Watched {

        private final Instant since = Instant.now();
        private final long begin = System.nanoTime();
        private final AtomicBoolean ended = new AtomicBoolean();
        private volatile JobInfo last;
        private long processed;
        private long failed;

        private Running(JobInfo job) {
            last = job;
            processed = job.processed();
            failed = job.failed();
        }

        @Override
        public void now(JobInfo job) {
            if (ended.get()) {
                return;
            }
            meterRows(job);
            boolean moved = !job.state().equals(last.state());
            last = job;
            if (moved) {
                meterState(job);
            }
        }

        // some answers hold no counters, so that these never go back
        private synchronized void meterRows(JobInfo job) {
            long more = Math.max(0, job.processed() - processed);
            long moreFailed = Math.max(0, job.failed() - failed);
            processed += more;
            failed += moreFailed;
            meters.jobRows(operation(job), more, moreFailed);
        }

        @Override
        public void end() {
            if (ended.compareAndSet(false, true)) {
                running.remove(this);
                meters.jobOver(operation(last), last.state(), System.nanoTime() - begin);
            }
        }
    }
}
