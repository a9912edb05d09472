package org.sftoolkit.camel;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
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
import org.sftoolkit.camel.jobs.JobStore;
import org.sftoolkit.camel.jobs.JobTaker;
import org.sftoolkit.camel.jobs.JobTaker.Claim;
import org.sftoolkit.camel.jobs.StoredJob;
import org.sftoolkit.camel.jobs.StoredJob.Kind;
import org.sftoolkit.camel.model.BulkResult;
import org.sftoolkit.camel.model.JobInfo;
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
    /** Jobs that could not be asked for or read in their last poll. Used by the thread that polls. */
    private Set<String> failing = new LinkedHashSet<>();

    SfToolkitJobsConsumer(SfToolkitEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
        this.endpoint = endpoint;
    }

    @Override
    protected void doStart() throws Exception {
        stop = new StopSignal();
        failing = new LinkedHashSet<>();
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
    protected void doStop() throws Exception {
        // Camel interrupts the stopping thread after a timeout; the jobs are given back anyway
        boolean interrupted = Thread.interrupted();
        try {
            stop.give();
            super.doStop();
            release.run();
            release = () -> {};
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    protected void doSuspend() throws Exception {
        super.doSuspend();
        // other nodes do not wait until this one is resumed
        taker.giveBackUndelivered();
    }

    @Override
    protected int poll() throws Exception {
        int delivered = 0;
        List<RequestRejectedException> refused = new ArrayList<>();
        for (Claim claim : failedLast(taker.claim(false, Integer.MAX_VALUE))) {
            if (isPollable()) {
                delivered += look(claim, refused);
            }
        }
        Set<StoredJob> tried = new HashSet<>();
        for (Claim page = nextPage(tried); page != null; page = nextPage(tried)) {
            delivered += look(page, refused);
        }
        if (!refused.isEmpty()) {
            throw refused.get(0);
        }
        return delivered;
    }

    /** What Salesforce refuses for one job does not hold up the others, and any other failure does so in one poll only. */
    private int look(Claim claim, List<RequestRejectedException> refused) throws Exception {
        String key = key(claim);
        failing.remove(key);
        failing.add(key);
        try {
            int delivered = look(claim);
            failing.remove(key);
            return delivered;
        } catch (RequestRejectedException e) {
            refused.add(e);
            return 0;
        }
    }

    /** Those that failed come behind the others, and among them the one that failed last. */
    private List<Claim> failedLast(List<Claim> claims) {
        List<String> order = List.copyOf(failing);
        var sorted = new ArrayList<>(claims);
        sorted.sort(Comparator.comparing(claim -> order.indexOf(key(claim))));
        return sorted;
    }

    private static String key(Claim claim) {
        return claim.job().id() + '/' + claim.job().part();
    }

    private boolean isPollable() {
        return isRunAllowed() && !isSuspendingOrSuspended() && !stop.given();
    }

    private @Nullable Claim nextPage(Set<StoredJob> tried) {
        List<Claim> pages = isPollable() ? failedLast(taker.claim(true, 1)) : List.of();
        return pages.stream()
                .filter(page -> tried.add(page.job().at(StoredJob.Step.CLOSED)))
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
        if (job.kind() == Kind.INGEST && (now.open() || wasNeverClosed(job, now))) {
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

    private static boolean wasNeverClosed(StoredJob job, JobInfo now) {
        return job.step() == StoredJob.Step.CREATED && now.ended() && !now.complete();
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
        exchange.getMessage().setBody(body);
        setHeaders(exchange, claim, ended, body);
        CloseWithExchange.add(exchange, body);
        Promise<Boolean> over = Promise.promise();
        exchange.getExchangeExtension()
                .addOnCompletion(
                        new SettledWithExchange(endpoint::vertx, succeeded -> settle(mine, claim, succeeded, over)));
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

    private static void setHeaders(Exchange exchange, Claim claim, JobInfo ended, Object body) {
        IdHeader.setJob(exchange, claim.job().id());
        var message = exchange.getMessage();
        message.setHeader(SfToolkitConstants.SOBJECT, ended.object());
        message.setHeader(SfToolkitConstants.JOB_STATE, ended.state());
        if (claim.load().isNamed()) {
            message.setHeader(SfToolkitConstants.LOAD, claim.load().name());
        }
        if (claim.job().kind() == Kind.PAGE) {
            message.setHeader(
                    SfToolkitConstants.PAGE, Integer.valueOf(claim.job().part().replaceAll("\\D", "")));
        }
        if (body instanceof BulkResult result) {
            message.setHeader(SfToolkitConstants.SUCCEEDED, result.succeededCount());
            message.setHeader(SfToolkitConstants.FAILED, result.failedCount());
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
