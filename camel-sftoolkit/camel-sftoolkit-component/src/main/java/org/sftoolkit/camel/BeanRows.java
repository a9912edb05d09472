package org.sftoolkit.camel;

import java.io.Closeable;
import java.io.IOException;
import java.util.Iterator;
import org.sftoolkit.camel.model.SObject;

/** The rows of a stream as beans, each made when it is read. */
record BeanRows(Iterator<SObject> rows, Closeable source, Class<?> type) implements Iterator<Object>, Closeable {

    @Override
    public boolean hasNext() {
        return rows.hasNext();
    }

    @Override
    public Object next() {
        return BeanRecords.MAPPER.convertValue(rows.next(), type);
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
