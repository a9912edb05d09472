package org.sftoolkit.camel.config;

/** On which threads a route goes on after Salesforce has answered. */
public enum ContinueOn {
    /** A pool of Camel's, which the thread pool profile {@code sftoolkit} sizes. */
    POOL,
    /** Vert.x's worker pool. */
    WORKER,
    /** The event loop itself: for routes that certainly never block. */
    EVENT_LOOP
}
