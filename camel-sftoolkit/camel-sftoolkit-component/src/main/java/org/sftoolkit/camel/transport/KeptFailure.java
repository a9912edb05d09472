package org.sftoolkit.camel.transport;

import java.io.UncheckedIOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.error.SfToolkitException;

/**
 * The failure of a stream of rows, thrown again at each further read: a step that reads on, such as one that Camel runs
 * again, must not take the rows behind a gap for all that were left. Not thread-safe.
 */
public final class KeptFailure {

    private @Nullable RuntimeException failure;

    /** Reads, and throws as {@link ReaderThread#typed} does. */
    public <T> T read(Callable<T> reading) {
        if (failure != null) {
            throw failure;
        }
        try {
            return ReaderThread.typed(reading);
        } catch (SfToolkitException | UncheckedIOException broken) {
            failure = broken;
            throw broken;
        }
    }
}
