package org.sftoolkit.camel.transport;

import io.vertx.core.Future;
import java.time.Duration;

/** Waits without holding a thread. */
@FunctionalInterface
public interface Delays {

    /** Completes after this time; fails at once if the connection is closed before. */
    Future<Void> after(Duration time);
}
