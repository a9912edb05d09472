package org.sftoolkit.camel.events;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.model.PublishResult;
import org.sftoolkit.camel.operation.OperationContext;
import org.sftoolkit.camel.operation.WriteOptions;

/** Publishes a batch, and again, alone and after a pause, those of its events that failed for a reason that passes. */
final class PublishAttempts {

    /** Tries of events of which nobody knows whether they are published, if they may be repeated. */
    private static final int MOST_OF_UNKNOWN = 3;

    private final PublishOperation.Publisher publisher;
    private final OperationContext call;
    private final WriteOptions writing;
    private final boolean single;

    /** @param single whether a failure of the call is that of the exchange */
    PublishAttempts(PublishOperation.Publisher publisher, OperationContext call, boolean single) {
        this.publisher = publisher;
        this.call = call;
        this.writing = call.options().records().writing();
        this.single = single;
    }

    /**
     * A result for each row.
     *
     * @param tries of these rows, this one included
     */
    Future<List<PublishResult>> publish(List<PublishOperation.Row> batch, int tries) {
        return publisher
                .publish(batch)
                .transform(done -> done.succeeded()
                        ? again(batch, done.result(), null, tries)
                        : again(batch, lost(batch, done.cause()), done.cause(), tries));
    }

    /** The outcomes of a call that failed. */
    private static List<PublishResult> lost(List<PublishOperation.Row> batch, Throwable failure) {
        return batch.stream()
                .map(row -> row.encoded().payload() == null
                        ? row.refused(row.encoded().errors())
                        : row.lost(failure))
                .toList();
    }

    private Future<List<PublishResult>> again(
            List<PublishOperation.Row> batch, List<PublishResult> results, @Nullable Throwable failure, int tries) {
        var rows = new ArrayList<PublishOperation.Row>();
        for (int i = 0; i < results.size(); i++) {
            if (mayBeRepeated(results.get(i), tries)) {
                rows.add(batch.get(i));
            }
        }
        Future<List<PublishResult>> asTheyAre =
                failure != null && single ? Future.failedFuture(failure) : Future.succeededFuture(results);
        if (rows.isEmpty()) {
            return asTheyAre;
        }
        // a stop ends the pause: what is known of the events stays known
        return call.delays()
                .after(writing.rowRetries().backOff(tries))
                .transform(waited -> waited.failed()
                        ? asTheyAre
                        : publish(rows, tries + 1).map(repeated -> merged(results, repeated)));
    }

    private static List<PublishResult> merged(List<PublishResult> results, List<PublishResult> repeated) {
        Map<Integer, PublishResult> byIndex = new HashMap<>();
        repeated.forEach(result -> byIndex.put(result.index(), result));
        return results.stream()
                .map(result -> byIndex.getOrDefault(result.index(), result))
                .toList();
    }

    private boolean mayBeRepeated(PublishResult result, int tries) {
        if (result.retryable()) {
            return tries <= writing.rowRetries().maxRetries();
        }
        boolean unknown =
                result.errors().stream().anyMatch(error -> error.statusCode().equals(PublishOperation.UNKNOWN));
        return unknown
                && writing.publishing().repeatUnknown()
                && tries <= Math.max(MOST_OF_UNKNOWN, writing.rowRetries().maxRetries());
    }
}
