package org.sftoolkit.camel.transport;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a request carries. */
public sealed interface Body {

    /** Nothing. */
    Body NONE = new None();

    /** Whether it can be sent a second time. */
    boolean repeatable();

    /** Its media type, or null. */
    @Nullable
    String contentType();

    /** No body. */
    record None() implements Body {
        @Override
        public boolean repeatable() {
            return true;
        }

        @Override
        public @Nullable String contentType() {
            return null;
        }
    }

    /**
     * A body in memory, encoded just before it is sent, so that waiting requests hold no bytes.
     *
     * @param content encodes it; called once per attempt
     */
    record Bytes(String contentType, Supplier<Buffer> content) implements Body {
        @Override
        public boolean repeatable() {
            return true;
        }
    }

    /** A body that is read while it is sent. */
    final class Stream implements Body {

        private final @Nullable String contentType;
        private final Supplier<ReadStream<Buffer>> content;
        private final long length;
        private final boolean reopens;
        private volatile boolean opened;

        /**
         * @param contentType its media type, or null
         * @param content opens it; called once per attempt
         * @param length number of bytes, or -1 if not known; it is then sent in chunks
         * @param reopens whether it can be opened again
         */
        public Stream(
                @Nullable String contentType, Supplier<ReadStream<Buffer>> content, long length, boolean reopens) {
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

        /** The same body, each part of which is shown to a reader before it is sent. */
        Stream watched(Consumer<Buffer> reader) {
            return new Stream(contentType, () -> new WatchedStream(open(), reader), length, reopens);
        }

        /** Bytes, or -1 if not known. */
        public long length() {
            return length;
        }

        @Override
        public @Nullable String contentType() {
            return contentType;
        }

        /**
         * A body that can be read once may be sent again if it was not opened, for example if the connection failed.
         */
        @Override
        public boolean repeatable() {
            return reopens || !opened;
        }
    }

    /**
     * A body that contains full paths of resources, as parts of composite requests do.
     *
     * @param below gives the body for the path of the API version, such as {@code /services/data/v66.0}
     */
    record Located(Function<String, Body> below) implements Body {
        @Override
        public boolean repeatable() {
            return true;
        }

        @Override
        public @Nullable String contentType() {
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
