package org.sftoolkit.camel.operation;

/**
 * Hears how far an exchange has come, after each request, batch and job step.
 *
 * <p>Called on a worker thread, so it may block; one call at a time an exchange, in order, the last one before the route
 * goes on. What it throws is logged and changes nothing.
 */
@FunctionalInterface
public interface ProgressListener {

    /** An exchange has come so far. */
    void progressed(Progress progress);
}
