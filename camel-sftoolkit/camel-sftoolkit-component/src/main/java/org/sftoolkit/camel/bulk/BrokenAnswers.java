package org.sftoolkit.camel.bulk;

import java.io.IOException;
import org.sftoolkit.camel.error.Answer;
import org.sftoolkit.camel.error.SfToolkitException;
import org.sftoolkit.camel.error.UnreadableResponseException;
import org.sftoolkit.camel.transport.Delays;
import org.sftoolkit.camel.transport.ReaderThread;
import org.sftoolkit.camel.transport.RetryPolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides how often an answer that breaks is requested again. Used by one reader, whose thread may wait. */
final class BrokenAnswers {

    private static final Logger LOG = LoggerFactory.getLogger(BrokenAnswers.class);
    private static final int MOST_FAILURES = 5;

    /** Answers in a row that are whole, and something else than they should be. */
    private static final int MOST_DEFECTS = 3;

    private final String what;
    private final Delays delays;
    private final RetryPolicy retries;
    private final int mostFailures;
    /** In a row, between which no byte came. */
    private int failures;

    /** @param what it is, for people */
    BrokenAnswers(String what, Delays delays, RetryPolicy retries) {
        this.what = what;
        this.delays = delays;
        this.retries = retries;
        this.mostFailures = Math.min(MOST_FAILURES, 2 * retries.tries() - 1);
    }

    /** Bytes have come: what broke before counts no more. */
    void recovered() {
        failures = 0;
    }

    /**
     * Returns after a pause if the answer may be requested again.
     *
     * @param taken bytes that have been given out
     * @throws IOException with a typed cause if it has failed too often
     */
    void met(IOException failure, long taken) throws IOException {
        if (++failures > most(failure)) {
            throw typed(failure);
        }
        LOG.debug("The {} are requested again from byte {}: {}", what, taken, failure.getMessage());
        if (failures > 1) {
            ReaderThread.await(delays.after(retries.backOff(failures - 1)));
        }
    }

    private int most(IOException failure) {
        if (failure.getCause() instanceof SfToolkitException known) {
            return known.retryable() ? mostFailures : 0;
        }
        return MOST_DEFECTS;
    }

    private IOException typed(IOException failure) {
        if (failure.getCause() instanceof SfToolkitException) {
            return failure;
        }
        String text = "the " + what + " cannot be read: " + failure.getMessage();
        return new IOException(text, new UnreadableResponseException(text, true, Answer.NONE, failure));
    }
}
