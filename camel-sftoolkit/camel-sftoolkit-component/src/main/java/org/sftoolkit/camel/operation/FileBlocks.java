package org.sftoolkit.camel.operation;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/**
 * The blocks of a file, one a call; null at the end. Keeps no file open between them: a request that breaks off leaves nothing
 * to close. Called by one thread at a time.
 */
final class FileBlocks implements Callable<Buffer> {

    private static final int BLOCK = 1 << 17;

    private final Path file;
    private long position;

    FileBlocks(Path file) {
        this.file = file;
    }

    @Override
    public Buffer call() throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(BLOCK);
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            channel.position(position);
            while (bytes.hasRemaining() && channel.read(bytes) > 0) {
                continue;
            }
        }
        position += bytes.position();
        return bytes.position() == 0 ? null : Buffer.buffer().appendBytes(bytes.array(), 0, bytes.position());
    }
}
