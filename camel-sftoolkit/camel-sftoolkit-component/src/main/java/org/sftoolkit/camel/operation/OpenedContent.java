package org.sftoolkit.camel.operation;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.error.InvalidBodyException;
import org.sftoolkit.camel.model.Upload;

/**
 * Content that is opened for each attempt, on a worker thread, when its first byte is needed. It closes what it
 * opened, and knows if reading it failed.
 */
public final class OpenedContent {

    private final Upload.Content content;
    private final LongConsumer listener;
    private volatile @Nullable InputStream open;
    private volatile boolean closed;
    private volatile @Nullable Exception failure;

    /** @param listener hears how many bytes were read */
    public OpenedContent(Upload.Content content, LongConsumer listener) {
        this.content = content;
        this.listener = listener;
    }

    /** The content from its start. */
    public InputStream open() {
        return new Reader();
    }

    /** Closes what is open, and what is opened from now on. */
    public Void close() throws IOException {
        closed = true;
        closeOpen();
        return null;
    }

    private void closeOpen() throws IOException {
        InputStream source = open;
        open = null;
        if (source != null) {
            source.close();
        }
    }

    /** The failure of a request, or of the content if that was the reason. */
    public Throwable explain(Throwable cause) {
        Exception unreadable = failure;
        if (unreadable == null || unreadable instanceof InvalidBodyException) {
            return unreadable == null ? cause : unreadable;
        }
        return unreadable.getCause() instanceof InvalidBodyException known
                ? known
                : new InvalidBodyException(
                        "the body to be sent cannot be read: " + unreadable.getMessage(), unreadable);
    }

    private final class Reader extends InputStream {

        private final FileProgress progress = new FileProgress(listener);
        private @Nullable InputStream source;

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int from, int most) throws IOException {
            try {
                if (source == null) {
                    closeOpen();
                    source = content.source().open();
                    open = source;
                    if (closed) {
                        closeOpen();
                        throw new IOException("the request that sends the content has ended");
                    }
                }
                int length = source.read(target, from, most);
                if (length < 0) {
                    progress.end();
                } else {
                    progress.add(length);
                }
                return length;
            } catch (IOException | InvalidBodyException e) {
                failure = e;
                throw e;
            }
        }
    }
}
