package org.sftoolkit.emulator.bulk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** The temporary folder that uploads and results lie in; made when first needed, removed on close. Safe for threads. */
final class BulkFolder implements AutoCloseable {

    private Path folder;
    private long files;

    /** A path in the folder that no file has yet. */
    synchronized Path fresh(String name) {
        try {
            if (folder == null) {
                folder = Files.createTempDirectory("sftoolkit-emulator-bulk");
            }
            return folder.resolve(++files + "-" + name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void remove(Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized void close() {
        if (folder == null) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(BulkFolder::remove);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        folder = null;
    }
}
