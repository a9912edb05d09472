package org.sftoolkit.camel.events;

import java.time.Duration;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import org.sftoolkit.camel.poll.Alarm;

/**
 * Time as a subscription knows it.
 *
 * @param elapsed in nanoseconds
 * @param clock   of this machine
 */
public record SubscriptionTime(LongSupplier elapsed, InstantSource clock, Alarm alarm) {

    long nanos() {
        return elapsed.getAsLong();
    }

    Runnable in(Duration wait, Runnable ring) {
        return alarm.in(wait, ring);
    }
}
