package org.sftoolkit.camel.operation;

/**
 * Is told of the progress of an exchange, after each request, batch and job step.
 *
 * <p>Called on a worker thread, so it may block. Calls for an exchange come one at a time and in order, the last one
 * before the route continues. Exceptions are logged and have no effect.
 */
@FunctionalInterface
public interface ProgressListener {

    /** Called with the current progress of an exchange. */
    void progressed(Progress progress);
}
