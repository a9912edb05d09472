package org.sftoolkit.camel;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;
import org.apache.camel.support.ExchangeHelper;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.body.CloseWithExchange;
import org.sftoolkit.camel.body.OpenBodies;
import org.sftoolkit.camel.bulk.BulkInput;
import org.sftoolkit.camel.client.SalesforceClient;
import org.sftoolkit.camel.config.OnLimit;
import org.sftoolkit.camel.config.OptionRules;
import org.sftoolkit.camel.connection.MeteringLookup;
import org.sftoolkit.camel.connection.Tracing;
import org.sftoolkit.camel.error.InvalidInputException;
import org.sftoolkit.camel.events.PublishOperation;
import org.sftoolkit.camel.jobs.JobStore;
import org.sftoolkit.camel.model.Records;
import org.sftoolkit.camel.operation.CallOptions;
import org.sftoolkit.camel.operation.Operation;
import org.sftoolkit.camel.operation.OperationContext;
import org.sftoolkit.camel.operation.Outcome;
import org.sftoolkit.camel.operation.Progress;
import org.sftoolkit.camel.operation.Worker;
import org.sftoolkit.camel.poll.ControlOperation;
import org.sftoolkit.camel.transport.CallTerms;
import org.sftoolkit.camel.transport.StopSignal;
import org.sftoolkit.camel.transport.Trace;

/**
 * Passes exchanges to one operation and back, without holding a thread. Every path, including failures and errors,
 * ends the exchange exactly once.
 *
 * @param <I> input of the operation
 */
final class SfToolkitProducer<I> extends DefaultAsyncProducer {

    private static final int STOP_SECONDS = 10;

    private final SfToolkitEndpoint endpoint;
    private final Operation<I> operation;
    private final ExchangeOptions options;
    private final OutcomeWriter writer;
    private final Worker worker;
    private final OpenBodies bodies;
    private final UnsettledJobs unsettled;
    /** By route. */
    private final Map<String, CallTerms> terms = new ConcurrentHashMap<>();

    private volatile StopSignal stop = new StopSignal();
    private RecordMeter meter;
    private Continuation continuation;
    private WorkTracker tracker;
    private Runnable endOfTracking = () -> {};
    private Supplier<Trace> tracing = () -> Trace.NONE;
    private @Nullable JobStore jobStore;

    private SfToolkitProducer(
            SfToolkitEndpoint endpoint, Operation<I> operation, ExchangeOptions options, OutcomeWriter writer) {
        super(endpoint);
        this.endpoint = endpoint;
        this.operation = operation;
        this.options = options;
        this.writer = writer;
        this.bodies = new OpenBodies(endpoint.getCamelContext());
        this.unsettled = new UnsettledJobs(endpoint.operation(), endpoint.getSObject());
        this.worker = Worker.of(endpoint::vertx);
    }

    /** The producer of an endpoint, whose operation has what it needs. */
    static SfToolkitProducer<?> of(SfToolkitEndpoint endpoint) {
        Operation<?> operation = endpoint.operation().create();
        if (operation instanceof ControlOperation control) {
            return of(endpoint, control.over(new RouteConsumers(endpoint.getComponent())));
        }
        return operation instanceof PublishOperation publish
                ? of(endpoint, publish.over(() -> endpoint.connection()
                        .bus(endpoint.options().wire())))
                : of(endpoint, operation);
    }

    private static <I> SfToolkitProducer<I> of(SfToolkitEndpoint endpoint, Operation<I> operation) {
        boolean byHeader = OptionRules.names(endpoint.getConfiguration().getAllowHeaderOverride())
                .contains("sObject");
        return new SfToolkitProducer<>(
                endpoint,
                operation,
                new ExchangeOptions(endpoint.options(), operation, endpoint::adaptiveLimit),
                new OutcomeWriter(
                        endpoint.options().recordClass(), endpoint.getSObject(), byHeader, endpoint::connection));
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        stop = new StopSignal();
        jobStore = operation.options().names().contains("jobStore")
                ? endpoint.getComponent().jobStores().store(endpoint.getConfiguration())
                : null;
        continuation = endpoint.continuation();
        tracker = endpoint.workTracker();
        endOfTracking = tracker::close;
        tracing = Tracing.in(endpoint.getCamelContext());
        meter = new RecordMeter(MeteringLookup.in(endpoint.getCamelContext()), endpoint.operation());
    }

    @Override
    protected void doStop() throws Exception {
        // jobs on the server are aborted in any case
        try (var stopping = new UninterruptedStop()) {
            var ended = stop.give().toCompletionStage().toCompletableFuture();
            bodies.closeThoseOfStoppedRoutes();
            stopping.await(STOP_SECONDS, most -> ended.get(most, TimeUnit.NANOSECONDS));
        } finally {
            endOfTracking.run();
        }
        super.doStop();
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        SalesforceClient client = client(ExchangeHelper.getRouteId(exchange));
        WorkTracker follower = tracker;
        Work followed = follower.begin(exchange);
        var progress =
                new ProgressReports(exchange, endpoint.getConfiguration().getProgressListener(), worker, followed);
        Future<Outcome> work =
                begin(exchange, client, progress).onComplete(done -> follower.end(exchange, followed, done));
        if (!progress.settled().isComplete() || !work.isComplete()) {
            // all progress reports are delivered before the route continues
            work = work.eventually(progress::settled);
        }
        if (work.isComplete()) {
            end(exchange, work, client);
            callback.done(true);
            return true;
        }
        work.onComplete(done -> continuation.run(() -> {
            end(exchange, done, client);
            try {
                callback.done(false);
            } catch (Error e) {
                // from a later step; this is a pool thread, and nobody would see the error
                BrokenExchange.end(exchange, e);
            }
        }));
        return false;
    }

    /** An opened body is closed with its exchange if the operation fails before it reads. */
    private static void closeInTheEnd(Exchange exchange, @Nullable Object input) {
        if (input instanceof BulkInput.OfRecords load) {
            closeInTheEnd(exchange, load.records());
        } else if (input instanceof BulkInput.Csv csv) {
            closeInTheEnd(exchange, csv.utf8());
        } else if (input instanceof Records records && !records.inMemory()) {
            CloseWithExchange.add(exchange, (Closeable) () -> {
                try {
                    records.close().close();
                } catch (IOException | RuntimeException e) {
                    throw e;
                } catch (Exception e) {
                    throw new IOException(e);
                }
            });
        } else if (input instanceof InputStream stream) {
            CloseWithExchange.add(exchange, stream);
        }
    }

    private Future<Outcome> begin(Exchange exchange, SalesforceClient client, ProgressReports progress) {
        I input = null;
        try {
            CallOptions asked = options.of(exchange.getMessage());
            unsettled.requireNone(exchange, operation, asked);
            input = CallReader.input(exchange, operation, asked);
            OperationContext call = endpoint.connection().call(client(client, asked), asked, progress, stop);
            return operation
                    .run(input, call.keeping(jobStore).logging(call.log().about(about(exchange, asked))))
                    .onSuccess(outcome -> tellEnd(outcome, asked, progress));
        } catch (Throwable e) {
            closeInTheEnd(exchange, input);
            return Future.failedFuture(e);
        }
    }

    private SalesforceClient client(@Nullable String route) {
        boolean parks = endpoint.getConfiguration().getOnLimit() == OnLimit.PARK;
        CallTerms agreed = terms.computeIfAbsent(String.valueOf(route), any -> endpoint.terms(parks, route));
        SalesforceClient client = endpoint.connection().client(endpoint.adaptiveLimit(), stop, agreed, tracing.get());
        if (!parks) {
            return client;
        }
        long most = endpoint.getConfiguration().getParkTimeout();
        return client.behind(
                endpoint.connection().parking(agreed.share(), stop, most == 0 ? null : Duration.ofMillis(most)));
    }

    private static SalesforceClient client(SalesforceClient client, CallOptions asked) {
        SalesforceClient sending = client.with(asked.requestHeaders());
        return asked.dryRun() ? sending.reading() : sending;
    }

    /** The log context of an exchange. */
    private String about(Exchange exchange, CallOptions asked) {
        String route = ExchangeHelper.getRouteId(exchange);
        String object = asked.sObject() == null ? "" : ':' + asked.sObject();
        return (route == null ? "" : "route " + route + ", ") + "sftoolkit:" + endpoint.operation() + object;
    }

    /** An operation with one request has no steps, so its end is reported. */
    private void tellEnd(Outcome outcome, CallOptions asked, ProgressReports progress) {
        boolean stream = outcome.body() instanceof Iterator || outcome.body() instanceof InputStream;
        if (!stream && progress.wantsMore()) {
            RecordMeter.Count records = RecordMeter.Count.of(outcome.body());
            progress.progressed(new Progress(
                    endpoint.getOperationName(),
                    asked.sObject(),
                    records.all(),
                    records.failed(),
                    records.all(),
                    null,
                    "end"));
        }
    }

    /** Wraps the failure, because the code below does not know that the value came from an exchange. */
    private static Throwable typed(Throwable failure) {
        return failure instanceof IllegalArgumentException refused
                ? new InvalidInputException(String.valueOf(refused.getMessage()), refused)
                : failure;
    }

    private void end(Exchange exchange, AsyncResult<Outcome> done, SalesforceClient client) {
        try {
            if (done.succeeded()) {
                if (done.result().settled() != null) {
                    exchange.getExchangeExtension()
                            .addOnCompletion(new SettledWithExchange(
                                    endpoint::vertx, done.result().settled()));
                }
                meter.succeeded(done.result().body());
                writer.write(exchange, done.result(), client);
                bodies.opened(exchange);
            } else {
                Throwable failure = typed(done.cause());
                unsettled.remember(exchange, failure);
                meter.failed(failure);
                writer.write(exchange, failure, client);
            }
        } catch (Throwable e) {
            exchange.setException(e);
        }
    }
}
