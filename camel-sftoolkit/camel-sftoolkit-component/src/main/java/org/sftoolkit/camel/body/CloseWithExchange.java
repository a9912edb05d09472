package org.sftoolkit.camel.body;

import java.io.Closeable;
import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;
import org.apache.camel.util.IOHelper;

/** Closes what an exchange reads from when the exchange is over, however far it was read. */
public final class CloseWithExchange extends SynchronizationAdapter {

    private final Closeable open;

    private CloseWithExchange(Closeable open) {
        this.open = open;
    }

    /** Closes the body at the end of the exchange, if it is open. */
    public static void add(Exchange exchange, Object body) {
        if (body instanceof Closeable open) {
            exchange.getExchangeExtension().addOnCompletion(new CloseWithExchange(open));
        }
    }

    /** Closes what no exchange will read. */
    public static void close(Object body) {
        if (body instanceof Closeable open) {
            IOHelper.close(open);
        }
    }

    @Override
    public void onDone(Exchange exchange) {
        IOHelper.close(open);
    }
}
