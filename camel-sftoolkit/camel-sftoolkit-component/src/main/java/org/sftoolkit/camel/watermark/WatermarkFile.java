package org.sftoolkit.camel.watermark;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.camel.support.service.ServiceSupport;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.error.WatermarkException;

/**
 * Positions in a file, see {@link WatermarkText}. Each write replaces the file as a whole and is on the disk when it returns:
 * Camel's own file repository appends, and a process that is killed meanwhile leaves half a line. Each read reads the file, so
 * that a process that takes over finds what the one before has written. A file that is there and cannot be read is never taken
 * for one without positions. Thread-safe; all that write one file, in this process and in others, do so one after the other.
 */
public final class WatermarkFile extends ServiceSupport implements AtomicStateRepository {

    /** A lock on a file holds for a process as a whole: within it those that share the file take turns here. */
    private static final Map<Path, ReentrantLock> TURNS = new ConcurrentHashMap<>();

    private static final long LOCK_PAUSE_MILLIS = 5;
    private static final int LOCK_TRIES = 2_000;

    private final Path file;
    private final Path directory;
    private final Path lockFile;

    /**
     * @param file is made with the first write, its directories too
     * @throws IllegalArgumentException for the root of a file system
     */
    public WatermarkFile(Path file) {
        this.file = file.toAbsolutePath().normalize();
        Path parent = this.file.getParent();
        if (parent == null) {
            throw new IllegalArgumentException(
                    "watermarkFile=" + file + " is not a file: use a path such as data/positions");
        }
        this.directory = parent;
        this.lockFile = this.file.resolveSibling(this.file.getFileName() + ".lock");
    }

    @Override
    public @Nullable String getState(String key) {
        requireKey(key);
        try {
            return read().get(key);
        } catch (IOException e) {
            throw unusable("read", e);
        }
    }

    @Override
    public void setState(String key, String value) {
        write(key, value, present -> true);
    }

    /** Over a damaged file it writes whatever was expected: what the caller knows is all that is known. */
    @Override
    public boolean compareAndSetState(String key, @Nullable String expected, String value) {
        return write(key, value, present -> Objects.equals(present.get(key), expected));
    }

    /** What a write depends on. */
    @FunctionalInterface
    private interface Condition {
        boolean holds(WatermarkText present) throws WatermarkText.DamagedException;
    }

    private boolean write(String key, String value, Condition condition) {
        requireKey(key);
        try {
            Files.createDirectories(directory);
            ReentrantLock turn = TURNS.computeIfAbsent(realPath(), path -> new ReentrantLock());
            turn.lock();
            try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    var held = locked(channel)) {
                WatermarkText present = readable();
                if (!holds(condition, present)) {
                    return false;
                }
                replace(present.with(key, value));
                return true;
            } finally {
                turn.unlock();
            }
        } catch (IOException e) {
            throw unusable("written", e);
        }
    }

    private static boolean holds(Condition condition, WatermarkText present) {
        try {
            return condition.holds(present);
        } catch (WatermarkText.DamagedException lost) {
            return true;
        }
    }

    private Path realPath() throws IOException {
        return directory.toRealPath().resolve(file.getFileName());
    }

    // a copy of this class by another class loader has turns of its own
    private static FileLock locked(FileChannel channel) throws IOException {
        for (int tries = 1; ; tries++) {
            try {
                return channel.lock();
            } catch (OverlappingFileLockException e) {
                if (tries == LOCK_TRIES) {
                    throw new IOException("another writer in this process has not finished", e);
                }
                pause();
            }
        }
    }

    private static void pause() throws IOException {
        try {
            TimeUnit.MILLISECONDS.sleep(LOCK_PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for another writer", e);
        }
    }

    private WatermarkException unusable(String verb, IOException cause) {
        return new WatermarkException(
                "the watermark file " + file + " cannot be " + verb + ": "
                        + (Files.isDirectory(file) ? "it is a directory" : cause.getMessage())
                        + ". Replace it with an undamaged copy, or set the position of each consumer that uses it"
                        + " (moveWatermark in JMX, or WatermarkControl), or remove the file to begin at"
                        + " initialWatermark",
                cause);
    }

    /** @throws IllegalArgumentException for a key that a file cannot hold */
    public static void requireKey(String key) {
        if (key.isEmpty() || key.startsWith("#") || key.chars().anyMatch(c -> c == '=' || c < ' ' || c == '\ufeff')) {
            throw new IllegalArgumentException("watermarkKey=" + key
                    + " is not allowed in a watermark file: use a key that contains no = and no line break,"
                    + " and does not start with #");
        }
    }

    private WatermarkText read() throws IOException {
        try {
            return WatermarkText.read(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            return WatermarkText.empty();
        }
    }

    /** What there is to write over: of a damaged file nothing, and it stays known that there was more. */
    private WatermarkText readable() throws IOException {
        try {
            return read();
        } catch (WatermarkText.DamagedException e) {
            return WatermarkText.unreadable();
        }
    }

    private void replace(WatermarkText text) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try (FileChannel out = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.write());
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public String toString() {
        return "WatermarkFile[" + file + "]";
    }
}
