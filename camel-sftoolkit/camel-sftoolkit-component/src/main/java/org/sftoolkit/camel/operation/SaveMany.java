package org.sftoolkit.camel.operation;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.sftoolkit.camel.error.RequestRejectedException;
import org.sftoolkit.camel.model.Records;
import org.sftoolkit.camel.model.SaveError;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Saves a list by sObject Collections: reads record after record, plans each, and sends a batch as soon as it is full, so
 * that a list of any length needs memory for the batches under way and the results only.
 */
final class SaveMany {

    private static final Logger LOG = LoggerFactory.getLogger(SaveMany.class);

    private final Call call;
    private final CallOptions options;
    private final Records input;
    private final ResultSlots slots = new ResultSlots(16);
    private final SaveBatches batches;
    private final ReadAhead<SaveBatch> reading = new ReadAhead<>(this::read);
    private final Reloading reloading;
    private final Strands strands = new Strands();
    private final Set<Future<?>> underWay = ConcurrentHashMap.newKeySet();

    SaveMany(Call call, Records input) {
        this.call = call;
        this.options = call.options();
        this.input = input;
        this.batches = new SaveBatches(input, options, slots);
        this.reloading = new Reloading(call);
    }

    Future<Outcome> save() {
        return Fanout.run(reading, options.concurrency(), call.stop(), this::send)
                .onComplete(ended -> batches.settleTwins())
                .compose(done -> reloading.finish())
                .eventually(() -> rest().onComplete(read -> call.close(input)))
                .recover(this::ended)
                .onSuccess(done -> doubt(batches.insertsWithoutAnyKey()))
                .map(done -> slots.outcome(options.records().onPartialFailure(), call.log()));
    }

    private void doubt(int inserts) {
        if (inserts > 0) {
            call.log()
                    .write(() -> LOG.warn(
                            "{}: {} records were sent as new ones, for none of the list has a value for"
                                    + " externalIdField={}: where its name is misspelt they are created again each time"
                                    + " (mode=UPSERT refuses them)",
                            call.log().about(),
                            inserts,
                            options.externalIdField()));
        }
    }

    private Future<Optional<SaveBatch>> read() {
        // reading a stream may block, and so may the getters of a bean
        return call.worker().run(batches::next).compose(next -> {
            if (next instanceof SaveBatches.Unknown unknown) {
                return describe(unknown.type()).compose(done -> read());
            }
            return Future.succeededFuture(
                    next instanceof SaveBatches.Ready ready ? Optional.of(ready.batch()) : Optional.empty());
        });
    }

    private Future<Void> describe(String type) {
        return call.client()
                .metadata()
                .describe(type)
                .<Void>map(description -> {
                    batches.describe(type, Optional.of(description));
                    return null;
                })
                .recover(failure -> {
                    if (!options.records().writing().stripReadOnly()) {
                        batches.describe(type, Optional.empty());
                        return Future.succeededFuture();
                    }
                    if (failure instanceof RequestRejectedException) {
                        batches.refuse(type, BatchFailure.errors(failure).get(0));
                        return Future.succeededFuture();
                    }
                    return Future.failedFuture(failure);
                });
    }

    private Future<?> send(SaveBatch batch) {
        Future<?> before = batch.later() ? Future.join(List.copyOf(underWay)) : Future.succeededFuture();
        Future<?> sent = before.transform(ended -> options.records().writing().groupBy() == null
                ? write(batch)
                : strands.run(batch.group(), () -> write(batch)));
        underWay.add(sent);
        return sent.onComplete(ended -> underWay.remove(sent));
    }

    private Future<Void> write(SaveBatch batch) {
        return new BatchWrite(call, input, slots, reloading).write(batch).onComplete(done -> call.progress()
                .progressed(slots.progress("save", options.sObject(), input.size())));
    }

    /** A source that gives nothing does not hold up the end of the route. */
    private Future<List<SaveBatch>> rest() {
        return call.stop().until(reading.rest()).otherwise(List.of());
    }

    /** What was read and not sent is reported as such; what was written is told in any case. */
    private <T> Future<T> ended(Throwable cause) {
        var error = new SaveError("NOT_SENT", "not sent, because the list ended early: " + cause, List.of(), true);
        return rest().compose(rest -> {
            batches.unsent(rest).forEach(entry -> slots.set(entry.failure(error)));
            return Future.failedFuture(slots.endedBy(cause));
        });
    }
}
