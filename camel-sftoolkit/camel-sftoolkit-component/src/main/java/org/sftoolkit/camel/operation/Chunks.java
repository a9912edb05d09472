package org.sftoolkit.camel.operation;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.sftoolkit.camel.transport.Concurrency;
import org.sftoolkit.camel.transport.StopSignal;

/** Cuts a list into requests and joins their answers in its order. */
public final class Chunks {

    private Chunks() {}

    /**
     * Answers for each entry, in the order of the entries.
     *
     * @param request gives exactly one answer an entry of its part, in order
     */
    public static <T, R> Future<List<R>> map(
            List<T> all,
            int size,
            Concurrency concurrency,
            StopSignal stop,
            Function<List<T>, Future<List<R>>> request) {
        List<R> answers = Collections.synchronizedList(new ArrayList<>(Collections.nCopies(all.size(), (R) null)));
        record Part<T>(int from, List<T> entries) {}
        var parts = new ArrayList<Part<T>>();
        for (int from = 0; from < all.size(); from += size) {
            parts.add(new Part<>(from, all.subList(from, Math.min(all.size(), from + size))));
        }
        return Fanout.run(Fanout.of(parts.iterator()), concurrency, stop, part -> request.apply(part.entries())
                        .onSuccess(some -> {
                            for (int i = 0; i < some.size(); i++) {
                                answers.set(part.from() + i, some.get(i));
                            }
                        }))
                .map(done -> answers);
    }
}
