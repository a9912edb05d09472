package org.sftoolkit.camel.poll;

import java.time.Duration;

/** Rings once after a time, unless it was disarmed before. */
@FunctionalInterface
public interface Alarm {

    /** Arms it. What is answered disarms it. */
    Runnable in(Duration time, Runnable ring);
}
