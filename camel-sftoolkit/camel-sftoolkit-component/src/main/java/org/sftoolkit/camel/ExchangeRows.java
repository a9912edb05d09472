package org.sftoolkit.camel;

import java.io.Closeable;
import java.util.Iterator;
import java.util.function.UnaryOperator;
import org.apache.camel.Exchange;
import org.sftoolkit.camel.client.RowStream;

/**
 * The rows of a stream as the body of an exchange.
 *
 * <p>Once the exchange has failed there are no more: Camel's splitter asks an iterator to its very end even where it stops on an
 * exception, which would read a whole table for nothing.
 */
final class ExchangeRows implements Iterator<Object>, Closeable {

    private final Exchange exchange;
    private final RowStream rows;
    private final UnaryOperator<Object> form;

    /** @param form gives a row the form that the route sees */
    ExchangeRows(Exchange exchange, RowStream rows, UnaryOperator<Object> form) {
        this.exchange = exchange;
        this.rows = rows;
        this.form = form;
    }

    @Override
    public boolean hasNext() {
        return exchange.getException() == null && rows.hasNext();
    }

    @Override
    public Object next() {
        return form.apply(rows.next());
    }

    @Override
    public void close() {
        rows.close();
    }

    @Override
    public String toString() {
        return rows.toString();
    }
}
