package org.sftoolkit.emulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.sftoolkit.emulator.api.RequestBody;
import org.sftoolkit.emulator.org.Blob;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A folder for content that does not belong into memory; gone when closed. Safe for threads. */
final class TempFolder implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TempFolder.class);

    private final Path folder;
    private final AtomicLong files = new AtomicLong();

    TempFolder() {
        try {
            folder = Files.createTempDirectory("salesforce-emulator-");
        } catch (IOException e) {
            throw new UncheckedIOException("a temporary folder for the emulator cannot be created", e);
        }
    }

    Path path() {
        return folder;
    }

    /** A path for a new file. */
    Path newFile() {
        return folder.resolve("content-" + files.incrementAndGet());
    }

    /** Removes the files of a refused request. */
    void remove(RequestBody body) {
        body.parts().values().forEach(this::remove);
    }

    /** Removes the file of a part, if it is in one. */
    void remove(RequestBody.Part part) {
        if (part.content() instanceof Blob.OnDisk disk && !disk.file().toFile().delete()) {
            LOG.debug("The temporary file {} is removed when the emulator closes", disk.file());
        }
    }

    /** Removes a file that may not be there. */
    void remove(Path file) {
        if (!file.toFile().delete()) {
            LOG.trace("Not there: {}", file);
        }
    }

    @Override
    public void close() {
        List<Path> all;
        try (Stream<Path> walk = Files.walk(folder)) {
            all = walk.sorted(Comparator.reverseOrder()).toList();
            for (Path path : all) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + folder, e);
        }
    }
}
