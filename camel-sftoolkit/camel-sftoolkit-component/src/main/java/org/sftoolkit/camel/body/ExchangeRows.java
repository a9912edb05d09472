package org.sftoolkit.camel.body;

import java.io.Closeable;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.camel.Exchange;
import org.sftoolkit.camel.model.ReadOnce;
import org.sftoolkit.camel.model.SObject;

/**
 * The rows of a stream as the body of an exchange.
 *
 * <p>After the exchange has failed there are no more rows. Camel's splitter reads an iterator to its end even if it
 * stops on an exception, which would read a whole table for nothing.
 */
public final class ExchangeRows implements Iterator<Object>, ReadOnce, Closeable {

    private final Exchange exchange;
    private final Iterator<SObject> rows;
    private final Closeable source;
    private final UnaryOperator<Object> form;
    private final List<String> columns;
    private volatile boolean begun;

    /**
     * @param source what the rows are read from
     * @param form   gives a row the form that the route sees
     * @param columns names of the rows' columns in their order; empty if they are not known
     */
    public ExchangeRows(
            Exchange exchange,
            Iterator<SObject> rows,
            Closeable source,
            UnaryOperator<Object> form,
            List<String> columns) {
        this.exchange = exchange;
        this.rows = rows;
        this.source = source;
        this.form = form;
        this.columns = columns;
    }

    /** Names of the columns in their order; empty if they are not known. */
    List<String> columns() {
        return columns;
    }

    @Override
    public boolean hasNext() {
        return exchange.getException() == null && rows.hasNext();
    }

    @Override
    public Object next() {
        SObject row = rows.next();
        begun = true;
        return form.apply(row);
    }

    @Override
    public boolean begun() {
        return begun;
    }

    @Override
    public void close() throws IOException {
        source.close();
    }

    @Override
    public String toString() {
        return rows.toString();
    }
}
