package org.sftoolkit.camel.events;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.error.Answer;
import org.sftoolkit.camel.error.ApiError;
import org.sftoolkit.camel.error.EventBusException;
import org.sftoolkit.camel.error.PartialFailureException;
import org.sftoolkit.camel.error.RequestRejectedException;
import org.sftoolkit.camel.error.SfToolkitException;
import org.sftoolkit.camel.model.PublishResult;
import org.sftoolkit.camel.model.PublishResults;
import org.sftoolkit.camel.model.Records;
import org.sftoolkit.camel.model.SaveError;
import org.sftoolkit.camel.model.SaveResults;
import org.sftoolkit.camel.model.SourceRecord;
import org.sftoolkit.camel.operation.CallOptions;
import org.sftoolkit.camel.operation.Fanout;
import org.sftoolkit.camel.operation.HonouredOptions;
import org.sftoolkit.camel.operation.OnPartialFailure;
import org.sftoolkit.camel.operation.Operation;
import org.sftoolkit.camel.operation.OperationContext;
import org.sftoolkit.camel.operation.Outcome;
import org.sftoolkit.camel.operation.OutcomeHeader;
import org.sftoolkit.camel.operation.Progress;
import org.sftoolkit.camel.operation.Via;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code publish}: platform events, one or a list, with a result for each in the order of the input. */
public final class PublishOperation implements Operation<Records> {

    private static final Logger LOG = LoggerFactory.getLogger(PublishOperation.class);
    private static final int MOST_EVENTS = 200;
    /** Error of events of a call whose answer was lost. */
    static final String UNKNOWN = "UNKNOWN";

    private final Supplier<BusSession> bus;

    /** To look at; it publishes once it has a bus. */
    public PublishOperation() {
        this(() -> {
            throw new IllegalStateException("there is no event bus");
        });
    }

    private PublishOperation(Supplier<BusSession> bus) {
        this.bus = bus;
    }

    /** The same, over this bus. */
    public PublishOperation over(Supplier<BusSession> session) {
        return new PublishOperation(session);
    }

    @Override
    public Class<Records> input() {
        return Records.class;
    }

    @Override
    public HonouredOptions options() {
        return HonouredOptions.producer("sObject", "via", "concurrency", "batchSize", "onPartialFailure", "dryRun")
                .and("retryRecords", "checkFields", "repeatUnknown")
                .instead("externalIdField", "events are no records: each is published anew");
    }

    /** Whether these options need the artifact of the wire. */
    public static boolean needsBus(CallOptions options) {
        return options.bulk().publishVia() != Via.REST;
    }

    @Override
    public void check(CallOptions options) {
        if (options.bulk().publishVia() == Via.BULK) {
            throw new IllegalArgumentException("via=BULK works with sftoolkit:save only: use PUBSUB, REST or AUTO");
        }
        options.requireBatch("publish", MOST_EVENTS);
        if (options.sObject() == null && !options.mayCome("sObject")) {
            throw new IllegalArgumentException(
                    "no event is given: add it to the URI, as in sftoolkit:publish:Order_Placed__e");
        }
        if (options.sObject() != null) {
            ChannelName.published(options.sObject());
        }
    }

    @Override
    public Future<Outcome> run(Records input, OperationContext call) {
        String channel = ChannelName.published(call.options().requiredObject("publish"));
        return publisher(channel, input.single(), call).compose(publisher -> publish(input, publisher, channel, call));
    }

    private Future<Publisher> publisher(String channel, boolean single, OperationContext call) {
        if (!needsBus(call.options())) {
            return Future.succeededFuture(new RestPublisher(channel, single, call));
        }
        return BusPublisher.of(bus.get(), channel, call)
                .<Publisher>map(publisher -> publisher)
                .recover(failure -> call.options().bulk().publishVia() == Via.AUTO
                                && failure instanceof EventBusException refusal
                                && refusal.code().equals("service.tenant.license")
                        ? Future.succeededFuture(new RestPublisher(channel, single, call))
                        : Future.failedFuture(failure));
    }

    private static Future<Outcome> publish(Records input, Publisher publisher, String channel, OperationContext call) {
        var results = new ArrayList<PublishResult>();
        var batches =
                new PublishBatches(input.iterator(), publisher, call.options().batchOf(MOST_EVENTS), input.inMemory());
        return Fanout.run(
                        () -> call.worker().run(() -> Optional.ofNullable(batches.next())),
                        call.options().concurrency(),
                        call.stop(),
                        batch -> (call.options().dryRun()
                                        ? planned(batch)
                                        : new PublishAttempts(publisher, call, input.single()).publish(batch, 1))
                                .onSuccess(published -> {
                                    synchronized (results) {
                                        published.forEach(result -> put(results, result));
                                        call.progress()
                                                .progressed(new Progress(
                                                        "publish",
                                                        ChannelName.event(channel),
                                                        results.size(),
                                                        results.stream()
                                                                .filter(result -> result != null && !result.success())
                                                                .count(),
                                                        input.size(),
                                                        null,
                                                        "batch"));
                                    }
                                }))
                .eventually(() -> {
                    call.close(input);
                    return Future.succeededFuture();
                })
                .recover(failure -> Future.failedFuture(ended(results, failure)))
                .map(done -> outcome(input, results, call));
    }

    /** What would become of a batch. */
    private static Future<List<PublishResult>> planned(List<Row> batch) {
        return Future.succeededFuture(batch.stream()
                .map(row -> row.encoded().payload() == null
                        ? row.refused(row.encoded().errors())
                        : new PublishResult(
                                row.index(),
                                true,
                                null,
                                null,
                                List.of(),
                                row.record().origin()))
                .toList());
    }

    private static void put(List<PublishResult> results, PublishResult result) {
        while (results.size() <= result.index()) {
            results.add(null);
        }
        results.set(result.index(), result);
    }

    /** A list that ended early tells what was published, for that must not be published again. */
    private static Throwable ended(List<PublishResult> results, Throwable failure) {
        List<PublishResult> known = results.stream().filter(Objects::nonNull).toList();
        return known.stream().noneMatch(PublishResult::success)
                ? failure
                : new PartialFailureException(
                        new SaveResults(
                                known.stream().map(PublishResult::asSaved).toList()),
                        failure);
    }

    private static Outcome outcome(Records input, List<PublishResult> list, OperationContext call) {
        var results = new PublishResults(list);
        if (input.single()) {
            return one(results.get(0));
        }
        List<PublishResult> failed = results.failed();
        if (!failed.isEmpty()) {
            if (call.options().records().onPartialFailure() == OnPartialFailure.FAIL) {
                throw new PartialFailureException(new SaveResults(
                        list.stream().map(PublishResult::asSaved).toList()));
            }
            PublishResult first = failed.get(0);
            call.log()
                    .write(() -> LOG.warn(
                            "{}: {} of {} events were not published, the first at place {} of the list: {}; the results"
                                    + " name them",
                            call.log().about(),
                            failed.size(),
                            results.size(),
                            first.index(),
                            first.errors()));
        }
        var headers = new HashMap<OutcomeHeader, Object>();
        headers.put(OutcomeHeader.SUCCEEDED, results.size() - failed.size());
        headers.put(OutcomeHeader.FAILED, failed.size());
        headers.put(OutcomeHeader.FAILED_RECORDS, results.failedRecords());
        return Outcome.of(results, headers);
    }

    private static Outcome one(PublishResult result) {
        if (!result.success()) {
            throw new RequestRejectedException(
                    "the event was not published",
                    new Answer(
                            0,
                            result.errors().stream()
                                    .map(error -> new ApiError(error.statusCode(), error.message(), error.fields()))
                                    .toList(),
                            null));
        }
        Map<OutcomeHeader, Object> headers = new HashMap<>();
        if (result.eventId() != null) {
            headers.put(OutcomeHeader.EVENT_ID, result.eventId());
        }
        if (result.replayId() != null) {
            headers.put(OutcomeHeader.REPLAY_ID, result.replayId());
        }
        return Outcome.of(result, headers);
    }

    /** A row of a batch, encoded or refused. */
    record Row(int index, String eventId, SourceRecord record, EventEncoder.Encoded encoded, boolean kept) {

        PublishResult refused(List<SaveError> errors) {
            return new PublishResult(index, false, eventId, null, errors, record.origin());
        }

        /** A call that failed as a whole: an answer that was lost may be of events that were published. */
        PublishResult lost(Throwable failure) {
            boolean retryable = failure instanceof SfToolkitException known && known.retryable();
            return refused(List.of(new SaveError(
                    retryable ? "NOT_PUBLISHED" : UNKNOWN,
                    String.valueOf(failure.getMessage()),
                    List.of(),
                    retryable)));
        }

        PublishResult published(@Nullable String eventId, @Nullable String replayId) {
            return new PublishResult(index, true, eventId, replayId, List.of(), kept ? record.origin() : null);
        }
    }

    /** A way to publish. */
    interface Publisher {

        /** Encodes an event, or tells why the record cannot be sent. */
        EventEncoder.Encoded encode(SourceRecord record);

        /** Publishes a batch; a result for each row. */
        Future<List<PublishResult>> publish(List<Row> batch);
    }
}
