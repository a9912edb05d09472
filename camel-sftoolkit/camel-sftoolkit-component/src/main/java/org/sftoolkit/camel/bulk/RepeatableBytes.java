package org.sftoolkit.camel.bulk;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that can be read from any place, as often as they are wanted. Nothing stays open between two reads, so a request that
 * breaks off leaves nothing to close.
 */
public interface RepeatableBytes {

    /**
     * Reads some bytes; fewer than asked for, or an empty buffer, only at the end.
     *
     * @throws IOException also if the bytes are no longer those that were there at first
     */
    Buffer read(long position, int most) throws IOException;

    /** Bytes in memory, which nobody changes meanwhile. */
    static RepeatableBytes of(byte[] bytes) {
        return (position, most) -> {
            int from = (int) Math.min(position, bytes.length);
            int length = Math.min(most, bytes.length - from);
            return Buffer.buffer(length).appendBytes(bytes, from, length);
        };
    }

    /** The same without the first bytes. */
    default RepeatableBytes from(long start) {
        return start == 0 ? this : (position, most) -> read(start + position, most);
    }

    /** A file; null if it is something else, such as a pipe. A read fails if the file is not as it is now. */
    static @Nullable RepeatableBytes of(Path file) throws IOException {
        BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
        return now.isRegularFile() ? new FileBytes(file, now.size(), now.lastModifiedTime()) : null;
    }

    /** Bytes of a file of this size and age. */
    record FileBytes(Path file, long size, FileTime modified) implements RepeatableBytes {

        @Override
        public Buffer read(long position, int most) throws IOException {
            ByteBuffer bytes = ByteBuffer.allocate(most);
            try (SeekableByteChannel channel = Files.newByteChannel(file)) {
                channel.position(position);
                int read;
                do {
                    read = channel.read(bytes);
                } while (bytes.hasRemaining() && read > 0);
            }
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
            if (now.size() != size || !now.lastModifiedTime().equals(modified)) {
                throw new IOException("the file " + file + " was changed while it was read");
            }
            return Buffer.buffer(bytes.position()).appendBytes(bytes.array(), 0, bytes.position());
        }
    }
}
