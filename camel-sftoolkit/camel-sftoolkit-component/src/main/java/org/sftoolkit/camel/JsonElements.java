package org.sftoolkit.camel;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** The values of a JSON array, or those that follow each other, read one by one; anything after the array is an error. */
final class JsonElements implements Iterator<Object> {

    private final JsonParser parser;
    private final MappingIterator<Object> values;
    private Object first;

    /** @param first a value that was read already, or null */
    JsonElements(JsonParser parser, MappingIterator<Object> values, Object first) {
        this.parser = parser;
        this.values = values;
        this.first = first;
    }

    @Override
    public boolean hasNext() {
        if (first != null) {
            return true;
        }
        try {
            boolean more = values.hasNextValue();
            if (!more && !parser.isClosed() && parser.nextToken() != null) {
                throw new IOException("the JSON goes on after its end");
            }
            return more;
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    @Override
    public Object next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        if (first != null) {
            Object value = first;
            first = null;
            return value;
        }
        try {
            return values.nextValue();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    // Jackson's own message quotes the text, which holds records
    private static UncheckedIOException unreadable(IOException e) {
        return e instanceof JsonProcessingException broken
                ? new UncheckedIOException(new IOException("the JSON cannot be read"
                        + (broken.getLocation() == null
                                ? ""
                                : " at line " + broken.getLocation().getLineNr() + ", column "
                                        + broken.getLocation().getColumnNr())
                        + ": " + broken.getOriginalMessage().lines().findFirst().orElse("")))
                : new UncheckedIOException(e);
    }
}
