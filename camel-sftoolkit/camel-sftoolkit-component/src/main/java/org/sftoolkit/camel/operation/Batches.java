package org.sftoolkit.camel.operation;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Sends a list in requests of so many entries, {@code concurrency} of them at a time. */
final class Batches {

    private Batches() {}

    static <T> Future<Void> send(List<T> all, int size, CallOptions options, Function<List<T>, Future<?>> request) {
        var batches = new ArrayList<List<T>>();
        for (int from = 0; from < all.size(); from += size) {
            batches.add(all.subList(from, Math.min(all.size(), from + size)));
        }
        if (options.records().allOrNone() && batches.size() > 1) {
            throw new IllegalArgumentException("allOrNone holds for one request, and " + all.size() + " records take "
                    + batches.size() + ": send at most " + size + ", or turn allOrNone off");
        }
        return Fanout.run(Fanout.of(batches.iterator()), options.concurrency(), request);
    }
}
