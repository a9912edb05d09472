package org.sftoolkit.camel.body;

import java.io.ByteArrayInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.util.ListIterator;
import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.error.ConsumedBodyException;
import org.sftoolkit.camel.model.ReadOnce;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One use of a body that can be read once. It begins with the first reading, not before. Not thread-safe. */
final class OneShotUse {

    private static final Logger LOG = LoggerFactory.getLogger(OneShotUse.class);

    private final Object body;
    private final @Nullable Object source;
    private final String kind;
    private final @Nullable Throwable failedBefore;
    private final BodyUses.Use use = new BodyUses.Use();
    /** Never takes anything: the source of several bodies is free again when this one ends. */
    private final BodyUses.Use reading = new BodyUses.Use();

    private boolean begun;
    private boolean taken;

    /**
     * @param kind     what the body is, in a word that users know
     * @param exchange that it belongs to; null if it is an entry of a list
     */
    OneShotUse(Object body, String kind, @Nullable Exchange exchange) {
        this(body, null, kind, exchange);
    }

    /** @param source provides the body again each time it is called; null if that is not possible */
    OneShotUse(Object body, @Nullable Object source, String kind, @Nullable Exchange exchange) {
        this.body = body;
        this.source = source;
        this.kind = kind;
        this.failedBefore = exchange == null ? null : exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        // a branch of a multicast leaves the body to the next one
        if (exchange != null && exchange.getProperty(Exchange.MULTICAST_INDEX) == null) {
            exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
                @Override
                public void onDone(Exchange done) {
                    closeUnlessReadByOthers();
                }
            });
        }
    }

    private void closeUnlessReadByOthers() {
        Object open = source == null ? body : source;
        if (open instanceof AutoCloseable closeable && BodyUses.all().isFree(body, use)) {
            try {
                closeable.close();
            } catch (Exception e) {
                LOG.debug("A body cannot be closed", e);
            }
        }
    }

    /** Refuses a body that another use has read of, or reads. */
    void requireUnread() {
        if (!begun && (!BodyUses.all().isFree(body, use) || wasReadByOthers())) {
            throw consumed("was read before");
        }
    }

    /** To be called before something is read. */
    void begin() {
        if (!begun) {
            requireUnread();
            if (!BodyUses.all().begin(body, use)) {
                throw consumed("was read before");
            }
            begun = true;
            if (source != null && !BodyUses.all().begin(source, reading)) {
                throw consumed("is being read");
            }
        }
    }

    /** Called when the first entry was read. A source that is not repeatable continues after the last read entry. */
    void requireBeginning(Object entry) {
        if (source != null && !taken && !BodyUses.all().beginsAsBefore(source, entry)) {
            taken();
            throw consumed("was read before");
        }
    }

    /** To be called when something was read. */
    void taken() {
        if (!taken) {
            taken = true;
            BodyUses.all().taken(use);
        }
    }

    boolean hasTaken() {
        return taken;
    }

    /** Ends the use. Answers whether something was taken, so that the body is of no use to others. */
    boolean end() {
        if (begun && source != null) {
            BodyUses.all().end(source, reading);
        }
        return begun && BodyUses.all().end(body, use);
    }

    /** An empty body looks the same as one that an earlier step has read to its end. */
    ConsumedBodyException empty() {
        return consumed("is empty, perhaps because it was read before");
    }

    ConsumedBodyException consumed(String what) {
        return new ConsumedBodyException(
                "the " + kind + " in the body can be read only once, and " + what
                        + ": by an earlier step, another branch, or a failed attempt"
                        + (failedBefore == null ? "" : " (" + failedBefore.getMessage() + ")")
                        + ". Collect it into a List (a stream: bytes, a file, or Camel's stream caching) before its"
                        + " first use, or split it",
                failedBefore);
    }

    private boolean wasReadByOthers() {
        if (body instanceof ReadOnce known) {
            return known.begun();
        }
        if (body instanceof ListIterator<?> entries) {
            return hasPrevious(entries);
        }
        if (body.getClass() == ByteArrayInputStream.class) {
            return isPartOf((ByteArrayInputStream) body);
        }
        return body.getClass() == FileInputStream.class && position((FileInputStream) body) > 0;
    }

    private static boolean hasPrevious(ListIterator<?> entries) {
        try {
            return entries.hasPrevious();
        } catch (UnsupportedOperationException e) {
            return false; // immutable lists of the JDK give out such iterators
        }
    }

    /** Goes back to the mark, by default the start, and forward again to the old position. */
    private static boolean isPartOf(ByteArrayInputStream bytes) {
        synchronized (bytes) {
            int left = bytes.available();
            bytes.reset();
            long read = (long) bytes.available() - left;
            return bytes.skip(read) > 0;
        }
    }

    private static long position(FileInputStream file) {
        try {
            return file.getChannel().position();
        } catch (IOException e) {
            return 0; // a pipe, or closed; reading will show it
        }
    }
}
