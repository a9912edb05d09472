package org.sftoolkit.camel.body;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.FilterReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.StreamCache;
import org.apache.camel.WrappedFile;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.model.ReadOnce;

/**
 * What an operation reads instead of a body that can be read once: the same, watched. It fails if something was read of the body
 * before, and closes the body only if something was read of it now: else the next attempt may read it, and the end of the
 * exchange closes it. A copy in Camel's stream cache is read from its start, as often as it is wanted.
 */
public interface OneShotBody {

    /** Refuses a body of which something was read before. */
    void requireUnread();

    /**
     * A body as it is to be read; the same object if it can be read again and again. Nothing is read yet, nor refused.
     *
     * @param exchange closes it in the end; null for an entry of a list
     */
    static Object of(Object body, @Nullable Exchange exchange) throws IOException {
        if (body instanceof StreamCache cache && !(body instanceof ReadOnce)) {
            cache.reset();
            StreamCache copy = exchange == null ? cache : cache.copy(exchange);
            if (copy != null) {
                return copy;
            }
        }
        if (body instanceof WrappedFile<?> file) {
            Object content = file.getBody();
            return content instanceof InputStream || content instanceof Reader ? of(content, exchange) : body;
        }
        return watched(body, exchange);
    }

    /** As {@link #of}, refused at once if something was read of it before. */
    static Object unread(Object body, @Nullable Exchange exchange) throws IOException {
        Object watched = of(body, exchange);
        if (watched instanceof OneShotBody once) {
            once.requireUnread();
        }
        return watched;
    }

    private static Object watched(Object body, @Nullable Exchange exchange) {
        if (body instanceof OneShotBody) {
            return body;
        }
        if (body instanceof InputStream bytes) {
            return new Bytes(bytes, new OneShotUse(body, "InputStream", exchange));
        }
        if (body instanceof Reader text) {
            return new Text(text, new OneShotUse(body, "Reader", exchange));
        }
        if (body instanceof Iterator<?> entries) {
            return new Entries(entries, entries, new OneShotUse(body, "Iterator", exchange));
        }
        if (body instanceof Stream<?> entries) {
            return new Entries(null, entries, new OneShotUse(body, "Stream", exchange));
        }
        boolean lazy = body instanceof Iterable<?>
                && !(body instanceof Collection
                        || body instanceof Path
                        || body instanceof JsonNode
                        || body instanceof Map<?, ?>);
        if (lazy) {
            Iterator<?> entries = ((Iterable<?>) body).iterator();
            return new Entries(entries, body, new OneShotUse(entries, body, "Iterable", exchange));
        }
        return body;
    }

    /** Entries of a list that is not in memory. */
    final class Entries implements OneShotBody, Iterator<Object>, Closeable {

        private @Nullable Iterator<?> entries;
        private final Object source;
        private final OneShotUse use;

        /** @param entries null for a stream, whose iterator cannot be given back */
        private Entries(@Nullable Iterator<?> entries, Object source, OneShotUse use) {
            this.entries = entries;
            this.source = source;
            this.use = use;
        }

        @Override
        public void requireUnread() {
            use.requireUnread();
        }

        @Override
        public boolean hasNext() {
            use.begin();
            boolean more = entries().hasNext();
            // a stream of the JDK knows that it was used, and so do rows of our own
            boolean knowsItself = source instanceof Stream<?> || source instanceof ReadOnce;
            if (!more && !use.hasTaken() && !knowsItself) {
                throw use.empty();
            }
            return more;
        }

        @Override
        public Object next() {
            use.begin();
            Object entry = entries().next();
            use.requireBeginning(entry);
            use.taken();
            return entry;
        }

        private Iterator<?> entries() {
            if (entries == null) {
                try {
                    entries = ((Stream<?>) source).iterator();
                } catch (IllegalStateException e) {
                    throw use.consumed("was read before");
                }
            }
            return entries;
        }

        @Override
        public void close() throws IOException {
            if (use.end()) {
                closeAll();
            }
        }

        private void closeAll() throws IOException {
            try (AutoCloseable outer = closeable(source);
                    AutoCloseable inner = closeable(entries == source ? null : entries)) {
                // both are closed, whatever becomes of the other
            } catch (IOException | RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IOException(e);
            }
        }

        private static AutoCloseable closeable(@Nullable Object source) {
            return source instanceof AutoCloseable open ? open : () -> {};
        }
    }

    /** Bytes of a stream. */
    final class Bytes extends FilterInputStream implements OneShotBody {

        private final OneShotUse use;

        private Bytes(InputStream bytes, OneShotUse use) {
            super(bytes);
            this.use = use;
        }

        @Override
        public void requireUnread() {
            use.requireUnread();
        }

        @Override
        public int read() throws IOException {
            use.begin();
            return taken(super.read(), 0);
        }

        @Override
        public int read(byte[] target, int from, int most) throws IOException {
            use.begin();
            return most == 0 ? 0 : taken(super.read(target, from, most), 1);
        }

        private int taken(int answer, int least) {
            if (answer >= least) {
                use.taken();
            } else if (answer < 0 && !use.hasTaken()) {
                throw use.empty();
            }
            return answer;
        }

        @Override
        public long skip(long most) throws IOException {
            return most <= 0 ? 0 : readNBytes((int) Math.min(most, 8192)).length;
        }

        @Override
        public boolean markSupported() {
            return false;
        }

        @Override
        public void close() throws IOException {
            if (use.end()) {
                super.close();
            }
        }
    }

    /** Characters of a reader. */
    final class Text extends FilterReader implements OneShotBody {

        private final OneShotUse use;

        private Text(Reader text, OneShotUse use) {
            super(text);
            this.use = use;
        }

        @Override
        public void requireUnread() {
            use.requireUnread();
        }

        @Override
        public int read() throws IOException {
            char[] one = new char[1];
            return read(one, 0, 1) < 0 ? -1 : one[0];
        }

        @Override
        public int read(char[] target, int from, int most) throws IOException {
            use.begin();
            int length = super.read(target, from, most);
            if (length > 0) {
                use.taken();
            } else if (length < 0 && !use.hasTaken()) {
                throw use.empty();
            }
            return length;
        }

        @Override
        public boolean markSupported() {
            return false;
        }

        @Override
        public void close() throws IOException {
            if (use.end()) {
                super.close();
            }
        }
    }
}
