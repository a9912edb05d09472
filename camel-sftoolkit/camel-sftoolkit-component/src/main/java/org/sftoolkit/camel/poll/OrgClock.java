package org.sftoolkit.camel.poll;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.error.Answer;
import org.sftoolkit.camel.error.UnreadableResponseException;

/**
 * The org's time, checked before it is used. A response is accepted if it agrees with the time elapsed since the last
 * accepted one or, for the first, with this machine's clock. Otherwise the org is asked again until a response
 * agrees, or three responses agree with each other. Thread-safe.
 */
public final class OrgClock {

    private static final double SECOND = 1e9;
    /** Servers of one org do not agree to the second. */
    private static final double TOLERANCE = 3;

    private static final int MOST_ANSWERS = 6;
    private static final int MAJORITY = 3;

    /** Where the zero of the elapsed time lies in the org's time, in seconds: a span, for an answer takes its time. */
    private record Reading(double earliest, double latest, Instant time) {

        private boolean agrees(Reading other) {
            return earliest - TOLERANCE <= other.latest && other.earliest <= latest + TOLERANCE;
        }
    }

    private final Supplier<Future<Instant>> asked;
    private final LongSupplier nanos;
    private final Supplier<Instant> machine;
    private volatile @Nullable Reading believed;

    /**
     * @param asked asks the org
     * @param nanos elapsed time in nanoseconds
     * @param machine this machine's clock
     */
    public OrgClock(Supplier<Future<Instant>> asked, LongSupplier nanos, Supplier<Instant> machine) {
        this.asked = asked;
        this.nanos = nanos;
        this.machine = machine;
    }

    /** The time now, to the second; fails with an {@link UnreadableResponseException} if the answers contradict each other. */
    public Future<Instant> now() {
        Reading reference = believed;
        return ask(reference == null ? reading(machine.get(), nanos.getAsLong()) : reference, new ArrayList<>(), 1);
    }

    private Future<Instant> ask(Reading reference, List<Reading> others, int number) {
        long begin = nanos.getAsLong();
        return asked.get()
                .map(time -> reading(time, begin))
                // an answer without a time that can be read is not an answer
                .recover(failure -> failure instanceof UnreadableResponseException && number < MOST_ANSWERS
                        ? Future.succeededFuture()
                        : Future.failedFuture(failure))
                .compose(reading -> {
                    if (reading != null) {
                        others.add(reading);
                        if (reading.agrees(reference)
                                || others.stream().filter(reading::agrees).count() >= MAJORITY) {
                            believed = reading;
                            return Future.succeededFuture(reading.time());
                        }
                    }
                    return number < MOST_ANSWERS
                            ? ask(reference, others, number + 1)
                            : Future.failedFuture(contradiction(others));
                });
    }

    private Reading reading(Instant time, long begin) {
        double seconds = time.getEpochSecond();
        // the header shows whole seconds
        return new Reading(seconds - nanos.getAsLong() / SECOND, seconds + 1 - begin / SECOND, time);
    }

    private static UnreadableResponseException contradiction(List<Reading> answers) {
        return new UnreadableResponseException(
                "the time of the org is unknown, because its responses contradict each other: "
                        + answers.stream().map(Reading::time).toList()
                        + ". The position is kept, and the next poll tries again",
                true,
                Answer.NONE,
                null);
    }
}
