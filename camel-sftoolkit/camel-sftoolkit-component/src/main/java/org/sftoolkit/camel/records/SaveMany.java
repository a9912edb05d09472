package org.sftoolkit.camel.records;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.error.RequestRejectedException;
import org.sftoolkit.camel.model.Records;
import org.sftoolkit.camel.model.SaveError;
import org.sftoolkit.camel.operation.CallOptions;
import org.sftoolkit.camel.operation.Fanout;
import org.sftoolkit.camel.operation.OperationContext;
import org.sftoolkit.camel.operation.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Saves a list by sObject Collections: reads record after record, plans each, and sends a batch as soon as it is full, so
 * that a list of any length needs memory for the batches under way and the results only.
 */
final class SaveMany {

    private static final Logger LOG = LoggerFactory.getLogger(SaveMany.class);

    private final OperationContext call;
    private final CallOptions options;
    private final Records input;
    private final SaveResultCollector slots;
    private final SaveBatches batches;
    private final ReadAhead<SaveBatch> reading = new ReadAhead<>(this::read);
    private final Reloading reloading;
    private final SequencePerKey strands = new SequencePerKey();
    private final Set<Future<?>> underWay = ConcurrentHashMap.newKeySet();

    SaveMany(OperationContext call, Records input) {
        this.call = call;
        this.options = call.options();
        this.input = input;
        this.slots = new SaveResultCollector(expected(input), !options.dryRun());
        this.batches = new SaveBatches(input, options, slots);
        this.reloading = new Reloading(call);
    }

    private static int expected(Records input) {
        Long size = input.inMemory() ? input.size() : null;
        return size == null ? 16 : size.intValue();
    }

    Future<Outcome> save() {
        return written().map(done -> done.outcome(options.records().onPartialFailure(), call.log()));
    }

    /** Saves the list and gives its results, whatever became of single records. */
    Future<SaveResultCollector> written() {
        return Fanout.run(reading, options.concurrency(), call.stop(), this::send)
                .onComplete(ended -> batches.settleTwins())
                .compose(done -> reloading.finish())
                .eventually(() -> rest().onComplete(read -> call.close(input)))
                .recover(this::ended)
                .onSuccess(done -> doubt(batches.insertsWithoutAnyKey()))
                .map(done -> slots);
    }

    private void doubt(int inserts) {
        if (inserts > 0) {
            call.log()
                    .write(() -> LOG.warn(
                            "{}: {} records were sent as new records, because no record of the list has a value for"
                                    + " externalIdField={}. If its name is wrong, they are created again each time: set"
                                    + " mode=UPSERT to refuse them",
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
        return call.traced("save batch", batch.entries().size(), inner -> new BatchWrite(inner, input, slots, reloading)
                        .write(batch))
                .onComplete(
                        done -> call.progress().progressed(slots.progress("save", options.sObject(), input.size())));
    }

    /** A source that gives nothing does not hold up the end of the route. */
    private Future<List<SaveBatch>> rest() {
        return call.stop().until(reading.rest()).otherwise(List.of());
    }

    /** Records that were read but not sent are reported as such; written records are always reported. */
    private <T> Future<T> ended(Throwable cause) {
        var error = new SaveError("NOT_SENT", "not sent, because reading the list failed: " + cause, List.of(), true);
        return rest().compose(rest -> {
            batches.unsent(rest).forEach(entry -> slots.set(entry.failure(error)));
            return Future.failedFuture(slots.endedBy(cause));
        });
    }

    /** Does tasks of one strand one after the other, those of different strands independently. Thread-safe. */
    private static final class SequencePerKey {

        private final Map<Integer, Future<?>> last = new HashMap<>();

        /** Does the task once the strand's earlier ones have ended, however they ended. */
        synchronized <T> Future<T> run(int strand, Supplier<Future<T>> task) {
            Future<?> before = last.getOrDefault(strand, Future.succeededFuture());
            Future<T> mine = before.transform(ended -> task.get());
            last.put(strand, mine);
            return mine;
        }
    }

    /**
     * Reads the next task ahead while earlier tasks run, so that no task waits for its input. Thread-safe.
     *
     * @param <T> a task
     */
    static final class ReadAhead<T> implements Fanout.Source<T> {

        private final Fanout.Source<T> source;
        private final List<T> takenBack = new ArrayList<>();
        private @Nullable Future<Optional<T>> ready;

        ReadAhead(Fanout.Source<T> source) {
            this.source = source;
        }

        @Override
        public synchronized Future<Optional<T>> next() {
            Future<Optional<T>> next = ready == null ? source.next() : ready;
            // only after this one was read, because the source allows one caller at a time
            ready = next.compose(task -> task.isPresent() ? source.next() : Future.succeededFuture(task));
            return next;
        }

        @Override
        public synchronized void notBegun(T task) {
            takenBack.add(task);
        }

        /** Tasks that were read but not taken, once the reading has ended. */
        synchronized Future<List<T>> rest() {
            Future<Optional<T>> last = ready == null ? Future.succeededFuture(Optional.empty()) : ready;
            return last.otherwise(unreadable -> Optional.empty()).map(this::withTakenBack);
        }

        private synchronized List<T> withTakenBack(Optional<T> last) {
            var rest = new ArrayList<>(takenBack);
            last.ifPresent(rest::add);
            return rest;
        }
    }
}
