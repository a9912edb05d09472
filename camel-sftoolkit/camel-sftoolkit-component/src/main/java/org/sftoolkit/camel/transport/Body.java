package org.sftoolkit.camel.transport;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.util.function.Function;
import java.util.function.Supplier;

/** What a request carries. */
public sealed interface Body {

    /** Nothing. */
    Body NONE = new None();

    /** Whether it can be sent a second time. */
    boolean repeatable();

    /** Its media type; null for none. */
    String contentType();

    /** No body. */
    record None() implements Body {
        @Override
        public boolean repeatable() {
            return true;
        }

        @Override
        public String contentType() {
            return null;
        }
    }

    /**
     * A body in memory, encoded when the request's turn comes, so that requests that wait hold no bytes.
     *
     * @param content encodes it; called once a try
     */
    record Bytes(String contentType, Supplier<Buffer> content) implements Body {
        @Override
        public boolean repeatable() {
            return true;
        }
    }

    /** A body that is read while it is sent. */
    final class Stream implements Body {

        private final String contentType;
        private final Supplier<ReadStream<Buffer>> content;
        private final long length;
        private final boolean reopens;
        private volatile boolean opened;

        /**
         * @param contentType its media type; null for none
         * @param content     opens it; called once a try
         * @param length      bytes, or -1 if not known: it is sent in chunks then
         * @param reopens     whether it can be opened again
         */
        public Stream(String contentType, Supplier<ReadStream<Buffer>> content, long length, boolean reopens) {
            this.contentType = contentType;
            this.content = content;
            this.length = length;
            this.reopens = reopens;
        }

        /** Opens it. */
        public ReadStream<Buffer> open() {
            opened = true;
            return content.get();
        }

        /** Bytes, or -1 if not known. */
        public long length() {
            return length;
        }

        @Override
        public String contentType() {
            return contentType;
        }

        /** A body that can be read once may go out again as long as it was not opened, as when no connection was made. */
        @Override
        public boolean repeatable() {
            return reopens || !opened;
        }
    }

    /**
     * A body that names resources by their whole path, as parts of composite requests do.
     *
     * @param below gives the body for the path of the API version, such as {@code /services/data/v66.0}
     */
    record Located(Function<String, Body> below) implements Body {
        @Override
        public boolean repeatable() {
            return true;
        }

        @Override
        public String contentType() {
            return null;
        }
    }

    /** A JSON body, encoded when its turn comes. */
    static Body json(Supplier<Buffer> content) {
        return new Bytes("application/json; charset=UTF-8", content);
    }

    /** A form. */
    static Body form(String encoded) {
        return new Bytes("application/x-www-form-urlencoded", () -> Buffer.buffer(encoded));
    }
}
