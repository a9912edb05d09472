package org.sftoolkit.camel.config;

/** The threads on which a route continues after a response. */
public enum ContinueOn {
    /** A pool of Camel's, which the thread pool profile {@code sftoolkit} sizes. */
    POOL,
    /** Vert.x's worker pool. */
    WORKER,
    /** The event loop itself: for routes that certainly never block. */
    EVENT_LOOP
}
