package org.sftoolkit.camel;

import java.util.concurrent.TimeUnit;

/**
 * The stop of a consumer or producer. Camel interrupts the thread that stops routes when its patience ends, before a wait or in
 * the midst of it. A stop that went on then would close connections and event loops on which exchanges still come to their
 * end, and those would never end. The thread is interrupted again when the stop is done.
 */
final class UninterruptedStop implements AutoCloseable {

    private boolean interrupted = Thread.interrupted();

    /** Something that takes some time. */
    @FunctionalInterface
    interface Wait<T> {
        T most(long nanos) throws Exception;
    }

    /** Waits so long at most, whoever interrupts. */
    <T> T await(long seconds, Wait<T> wait) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (true) {
            try {
                return wait.most(Math.max(0, end - System.nanoTime()));
            } catch (InterruptedException early) {
                interrupted = true;
            }
        }
    }

    @Override
    public void close() {
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
