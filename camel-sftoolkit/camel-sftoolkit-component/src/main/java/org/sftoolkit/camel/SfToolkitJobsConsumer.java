package org.sftoolkit.camel;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.EmptyAsyncCallback;
import org.apache.camel.support.ScheduledPollConsumer;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.body.CloseWithExchange;
import org.sftoolkit.camel.bulk.LeftJobs;
import org.sftoolkit.camel.config.OnRecordFailure;
import org.sftoolkit.camel.error.NotFoundException;
import org.sftoolkit.camel.error.RequestRejectedException;
import org.sftoolkit.camel.error.ServerException;
import org.sftoolkit.camel.error.SfToolkitException;
import org.sftoolkit.camel.error.UnreadableResponseException;
import org.sftoolkit.camel.jobs.FailedClaims;
import org.sftoolkit.camel.jobs.JobStore;
import org.sftoolkit.camel.jobs.JobTaker;
import org.sftoolkit.camel.jobs.JobTaker.Claim;
import org.sftoolkit.camel.jobs.StoredJob;
import org.sftoolkit.camel.jobs.StoredJob.Kind;
import org.sftoolkit.camel.jobs.StoredJob.Step;
import org.sftoolkit.camel.model.JobInfo;
import org.sftoolkit.camel.redaction.Redaction;
import org.sftoolkit.camel.transport.LogContext;
import org.sftoolkit.camel.transport.StopSignal;
import org.sftoolkit.camel.transport.Trace;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers the results of bulk jobs that were left to run, each once. A poll asks how jobs stand and delivers those that have ended;
 * between polls nothing waits. Only the scheduler's thread waits.
 */
final class SfToolkitJobsConsumer extends ScheduledPollConsumer {

    private static final Logger LOG = LoggerFactory.getLogger(SfToolkitJobsConsumer.class);

    private final SfToolkitEndpoint endpoint;
    private JobTaker taker;
    private Runnable release = () -> {};
    private LogContext log;
    private LeftJobs jobs;
    private volatile StopSignal stop = new StopSignal();
    // used by the thread that polls
    private FailedClaims failedJobs = new FailedClaims();
    private FailedClaims failedPages = new FailedClaims();

    SfToolkitJobsConsumer(SfToolkitEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
        this.endpoint = endpoint;
    }

    @Override
    protected void doStart() throws Exception {
        stop = new StopSignal();
        failedJobs = new FailedClaims();
        failedPages = new FailedClaims();
        log = endpoint.connection().log().route(getRouteId());
        JobStore store = endpoint.getComponent().jobStores().store(endpoint.getConfiguration());
        taker = Objects.requireNonNull(store, "the endpoint refuses a consumer without a store")
                .taker();
        release = taker::release;
        jobs = new LeftJobs(endpoint.connection()
                .call(
                        endpoint.connection().client(null, stop, endpoint.terms(false, getRouteId()), Trace.NONE),
                        endpoint.getConfiguration().callOptions(endpoint.getSObject(), Map.of()),
                        step -> {},
                        stop)
                .logging(log));
        super.doStart();
    }

    @Override
    @SuppressWarnings("try") // it is there for its thread
    protected void doStop() throws Exception {
        // the jobs are given back in any case
        try (var stopping = new UninterruptedStop()) {
            stop.give();
            super.doStop();
            release.run();
            release = () -> {};
        }
    }

    @Override
    protected void doSuspend() throws Exception {
        super.doSuspend();
        giveBackIfSuspended();
    }

    /** Other nodes do not wait until this one is resumed. Never fails: a consumer that has failed cannot be stopped. */
    private void giveBackIfSuspended() {
        if (isSuspendingOrSuspended()) {
            try {
                taker.giveBackUndelivered();
            } catch (RuntimeException e) {
                log.write(() -> LOG.warn(
                        "The job store cannot be written: jobs wait here until the route goes on or is stopped: {}",
                        Redaction.of(e.toString())));
            }
        }
    }

    @Override
    protected int poll() throws Exception {
        List<SfToolkitException> failures = new ArrayList<>();
        int delivered = 0;
        try {
            Map<Boolean, List<Claim>> jobs = failedJobs.last(taker.claim(false, Integer.MAX_VALUE)).stream()
                    .collect(Collectors.partitioningBy(failedJobs::contains));
            Set<StoredJob> tried = new HashSet<>();
            // behind all others those that failed in their last poll: they may end this one
            for (boolean again : List.of(false, true)) {
                delivered += jobs(jobs.getOrDefault(again, List.of()), failures) + pages(again, tried, failures);
            }
        } finally {
            giveBackIfSuspended();
        }
        if (!failures.isEmpty()) {
            throw failures.get(0);
        }
        return delivered;
    }

    private int jobs(List<Claim> jobs, List<SfToolkitException> failures) throws Exception {
        int delivered = 0;
        for (Claim job : jobs) {
            if (isPollable()) {
                delivered += look(job, failedJobs, failures);
            }
        }
        return delivered;
    }

    private int pages(boolean again, Set<StoredJob> tried, List<SfToolkitException> failures) throws Exception {
        int delivered = 0;
        for (Claim page = nextPage(again, tried); page != null; page = nextPage(again, tried)) {
            delivered += look(page, failedPages, failures);
        }
        return delivered;
    }

    /** What is answered for one job does not hold up the others, and any other failure does so in one poll only. */
    private int look(Claim claim, FailedClaims failed, List<SfToolkitException> failures) throws Exception {
        failed.add(claim);
        try {
            int delivered = look(claim);
            failed.remove(claim);
            return delivered;
        } catch (RequestRejectedException | ServerException | UnreadableResponseException e) {
            failures.add(e);
            return 0;
        }
    }

    private boolean isPollable() {
        return isRunAllowed() && !isSuspendingOrSuspended() && !stop.given();
    }

    /** @param again whether it may be one that failed in its last poll */
    private @Nullable Claim nextPage(boolean again, Set<StoredJob> tried) {
        List<Claim> pages = isPollable() ? failedPages.last(taker.claim(true, 1)) : List.of();
        return pages.stream()
                .filter(page -> (again || !failedPages.contains(page))
                        && tried.add(page.job().at(Step.CLOSED)))
                .findFirst()
                .orElse(null);
    }

    private int look(Claim claim) throws Exception {
        StoredJob job = claim.job();
        JobInfo now;
        try {
            now = await(jobs.info(job));
        } catch (NotFoundException gone) {
            if (!gone.saidBySalesforce()) {
                throw gone;
            }
            warn(job, "Bulk job {} of the load {} is not known to Salesforce any more: its result is lost", claim);
            taker.delivered(claim);
            return 0;
        }
        if (now == null) {
            return 0; // the route stops
        }
        if (LeftJobs.wasNeverClosed(job, now)) {
            if (!claim.load().isNamed()) {
                neverClosed(claim, now);
            }
            return 0; // the next start of its load looks after it
        }
        if (!now.ended()) {
            return 0;
        }
        if (job.kind() == Kind.PAGES && now.complete()) {
            List<String> pages = await(jobs.pages(now));
            if (pages != null) {
                taker.pages(claim, pages);
            }
            return 0;
        }
        return deliver(claim, now);
    }

    /** Its process was killed before the job had all of its data; a load that has a name would be continued by its next start. */
    private void neverClosed(Claim claim, JobInfo now) throws Exception {
        warn(
                claim.job(),
                "Bulk job {} was not closed when the process of the load {} ended. It is aborted, and its rows are not"
                        + " loaded: load them again, and give loads a loadName, by which they are continued",
                claim);
        if (now.open()) {
            await(jobs.abort(claim.job()));
        }
        taker.delivered(claim);
    }

    private void warn(StoredJob job, String what, Claim claim) {
        log.job(job.id()).write(() -> LOG.warn(what, job.id(), claim.load().title()));
    }

    private int deliver(Claim claim, JobInfo ended) throws Exception {
        Future<Object> result = jobs.result(claim.job(), ended);
        Object body = await(result);
        boolean delivering = false;
        try {
            delivering = body != null && isPollable() && taker.delivering(claim);
        } finally {
            if (!delivering) {
                result.onSuccess(CloseWithExchange::close);
            }
        }
        if (body == null || !delivering) {
            return 0;
        }
        JobTaker mine = taker;
        Exchange exchange = createExchange(true);
        JobMessage.write(exchange, claim, ended, body);
        Promise<Boolean> over = Promise.promise();
        var settled = new SettledWithExchange(endpoint::vertx, succeeded -> settle(mine, claim, succeeded, over));
        exchange.getExchangeExtension().addOnCompletion(settled);
        try {
            getAsyncProcessor().process(exchange, EmptyAsyncCallback.get());
        } catch (RuntimeException | Error e) {
            BrokenExchange.end(exchange, e);
        }
        return Boolean.TRUE.equals(await(over.future())) ? 1 : 0;
    }

    /** @param mine took it, and has given it back if the route was stopped meanwhile */
    private void settle(JobTaker mine, Claim claim, boolean succeeded, Promise<Boolean> over) {
        try {
            boolean done = succeeded || endpoint.getConfiguration().getOnRecordFailure() == OnRecordFailure.SKIP;
            boolean known = done ? mine.delivered(claim) : mine.notDelivered(claim);
            if (!known) {
                warn(
                        claim.job(),
                        "The result of bulk job {} of the load {} was taken by another process while it was delivered"
                                + " here: it may come twice",
                        claim);
            }
            over.complete(done);
        } catch (RuntimeException e) {
            over.fail(e);
        }
    }

    /** Null if the route stops: an exchange under way ends its delivery by itself. */
    private <T> @Nullable T await(Future<T> answer) throws Exception {
        try {
            return stop.until(answer).toCompletionStage().toCompletableFuture().get();
        } catch (ExecutionException e) {
            if (stop.given()) {
                return null;
            }
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    @Override
    public SfToolkitEndpoint getEndpoint() {
        return endpoint;
    }
}
