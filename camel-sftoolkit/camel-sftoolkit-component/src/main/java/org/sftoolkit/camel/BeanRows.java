package org.sftoolkit.camel;

import java.io.Closeable;
import java.util.Iterator;
import org.sftoolkit.camel.client.RowStream;

/** The rows of a stream as beans, each made when it is read. */
record BeanRows(RowStream rows, Class<?> type) implements Iterator<Object>, Closeable {

    @Override
    public boolean hasNext() {
        return rows.hasNext();
    }

    @Override
    public Object next() {
        return BeanRecords.MAPPER.convertValue(rows.next(), type);
    }

    @Override
    public void close() {
        rows.close();
    }
}
