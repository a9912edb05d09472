package org.sftoolkit.camel.bulk;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The CSV of one job, which can be read again: an upload whose answer is lost must be sent again, to another job.
 *
 * @param header in front of the rows
 * @param source has the rows
 * @param from   where the rows begin
 * @param to     where they end
 * @param tail   behind them
 */
record PartContent(byte[] header, RepeatableBytes source, long from, long to, byte[] tail) {

    private static final int BLOCK = 1 << 17;
    private static final byte[] NOTHING = {};

    /** Bytes as they are. */
    static PartContent all(RepeatableBytes source, long length) {
        return new PartContent(NOTHING, source, 0, length, NOTHING);
    }

    /** Size in bytes. */
    long bytes() {
        return header.length + (to - from) + tail.length;
    }

    /** Reads it once. */
    Blocks blocks() {
        return new Blocks();
    }

    /** The content, one block a call. Called by one thread at a time. */
    final class Blocks {

        private long position = from;
        private boolean begun;
        private boolean ended;
        private volatile @Nullable IOException failure;

        /** The next block; null at the end. */
        @Nullable
        Buffer next() throws IOException {
            if (!begun) {
                begun = true;
                if (header.length > 0) {
                    return Buffer.buffer(header);
                }
            }
            if (position < to) {
                return rows();
            }
            boolean last = !ended && tail.length > 0;
            ended = true;
            return last ? Buffer.buffer(tail) : null;
        }

        private Buffer rows() throws IOException {
            int most = (int) Math.min(BLOCK, to - position);
            try {
                Buffer block = source.read(position, most);
                if (block.length() < most) {
                    throw new IOException("the data became shorter while it was read");
                }
                position += most;
                return block;
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }

        /** Why the source could not be read; null if it could. */
        @Nullable
        IOException failure() {
            return failure;
        }
    }
}
