package org.sftoolkit.camel.body;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import java.io.IOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.error.InvalidBodyException;

/** The values of a JSON array, or those that follow each other, read one by one; anything after the array is an error. */
final class JsonElements implements Iterator<Object> {

    private final JsonParser parser;
    private final MappingIterator<Object> values;
    private @Nullable Object first;

    /** @param first a value that was read already, or null */
    JsonElements(JsonParser parser, MappingIterator<Object> values, @Nullable Object first) {
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
                throw new InvalidBodyException(
                        "the JSON is followed by other text: remove what follows the last bracket", null);
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

    /** Jackson's own message quotes the text, which holds records. */
    static InvalidBodyException unreadable(IOException e) {
        if (e instanceof JsonProcessingException broken) {
            var place = broken.getLocation();
            return new InvalidBodyException(
                    "the JSON cannot be read"
                            + (place == null ? "" : " at line " + place.getLineNr() + ", column " + place.getColumnNr())
                            + ": " + bare(broken.getOriginalMessage()),
                    null);
        }
        return new InvalidBodyException("the body cannot be read: " + e.getMessage(), e);
    }

    private static String bare(String message) {
        return message.lines()
                .findFirst()
                .orElse("")
                .replaceFirst("token '.*?'", "token")
                // names Jackson's own settings, which users cannot change
                .replaceFirst(" \\(start marker at .*", "")
                .replaceFirst(": enable `.*", "");
    }
}
