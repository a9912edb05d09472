package org.sftoolkit.emulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.sftoolkit.emulator.org.CommitListener;
import org.sftoolkit.emulator.org.DeleteLog;
import org.sftoolkit.emulator.org.ObjectSchema;
import org.sftoolkit.emulator.org.Org;
import org.sftoolkit.emulator.org.Row;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the rows of an org in a folder: {@code rows.jsonl} as they were at the last start, {@code journal.jsonl} with a line for
 * each transaction since, {@code files} with the content of files, {@link KeptSettings}. A transaction is handed to the operating system before it is
 * answered, so that it survives the end of the process in any way, {@code kill -9} too; each second it is forced to the disk, so
 * that a loss of power takes the last second at most. Safe for threads.
 */
final class DataFolder implements CommitListener, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DataFolder.class);
    private static final int ROWS_PER_LINE = 500;

    private final Path folder;
    private final Org org;
    private final StoredRows rows;
    private final FileChannel lock;
    private final boolean isNew;
    private final KeptSettings settings;
    private final ScheduledExecutorService syncs = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "sftoolkit-emulator-data");
        thread.setDaemon(true);
        return thread;
    });
    private FileChannel journal;
    private long length;
    private boolean dirty;

    private DataFolder(Path folder, Org org) throws IOException {
        this.folder = folder;
        this.org = org;
        this.rows = new StoredRows(folder.resolve("files"), org);
        Files.createDirectories(folder.resolve("files"));
        lock = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!locked()) {
            lock.close();
            throw new IllegalArgumentException("it is in use by another emulator");
        }
        settings = new KeptSettings(folder);
        for (Map<?, ?> additions : settings.settings("schema")) {
            org.changeSchema(schema -> ConfiguredSchema.extended(schema, JsonLines.tree(additions)));
        }
        isNew = !Files.exists(folder.resolve("rows.jsonl"));
        if (!isNew) {
            org.raw().removeAll();
            JsonLines.read(folder.resolve("rows.jsonl"), false, this::apply);
            JsonLines.read(folder.resolve("journal.jsonl"), true, this::apply);
        }
        compact();
        org.listen(this);
        var unused = syncs.scheduleWithFixedDelay(this::sync, 1, 1, TimeUnit.SECONDS);
    }

    /**
     * Reads the rows of the folder into the org and writes down what happens to it from now on.
     *
     * @throws IllegalArgumentException when the folder cannot be used
     */
    static DataFolder open(Path folder, Org org) {
        try {
            return new DataFolder(folder, org);
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot use the data folder " + folder + ": " + e, e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the data folder " + folder + " cannot be used: " + e.getMessage(), e);
        }
    }

    /** What was set over HTTP. */
    KeptSettings settings() {
        return settings;
    }

    /** Whether the folder had no rows before. */
    boolean isNew() {
        return isNew;
    }

    private boolean locked() throws IOException {
        try {
            return lock.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    // Reading

    private void apply(Map<?, ?> entry) {
        if (entry.containsKey("cleared")) {
            org.raw().removeAll();
        }
        for (Object row : list(entry, "rows")) {
            rows.restore((Map<?, ?>) row);
        }
        for (Object gone : list(entry, "gone")) {
            Map<?, ?> removed = (Map<?, ?>) gone;
            org.schema().object((String) removed.get("object")).ifPresent(object -> org.raw()
                    .remove(object, (String) removed.get("id")));
        }
        List<DeleteLog.Entry> deletions = new ArrayList<>();
        for (Object deleted : list(entry, "deleted")) {
            Map<?, ?> one = (Map<?, ?>) deleted;
            deletions.add(new DeleteLog.Entry(
                    (String) one.get("object"), (String) one.get("id"), Instant.parse((String) one.get("at"))));
        }
        org.deleteLog().add(deletions);
    }

    private static List<?> list(Map<?, ?> entry, String name) {
        return entry.get(name) instanceof List<?> list ? list : List.of();
    }

    // Writing

    @Override
    public synchronized void committed(Commit commit) {
        if (commit.rows().isEmpty()) {
            return;
        }
        Map<String, Object> entry = new LinkedHashMap<>();
        List<Object> kept = new ArrayList<>();
        List<Object> gone = new ArrayList<>();
        for (Written written : commit.rows()) {
            if (written.row() == null) {
                gone.add(Map.of("object", written.object().name(), "id", written.id()));
            } else {
                kept.add(this.rows.json(written.row()));
            }
        }
        entry.put("rows", kept);
        entry.put("gone", gone);
        entry.put("deleted", commit.deletions().stream().map(DataFolder::json).toList());
        append(entry);
    }

    @Override
    public synchronized void cleared() {
        append(Map.of("cleared", true));
    }

    @Override
    public synchronized void replaced() {
        try {
            compact();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to the data folder " + folder, e);
        }
    }

    private void append(Object entry) {
        try {
            ByteBuffer line = JsonLines.line(entry);
            int size = line.remaining();
            try {
                while (line.hasRemaining()) {
                    journal.write(line);
                }
            } catch (IOException e) {
                journal.truncate(length);
                throw e;
            }
            length += size;
            dirty = true;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to the data folder " + folder, e);
        }
    }

    private static Map<String, Object> json(DeleteLog.Entry entry) {
        return Map.of(
                "object", entry.object(), "id", entry.id(), "at", entry.at().toString());
    }

    /** Writes all rows again and starts a new journal. */
    private void compact() throws IOException {
        Path fresh = folder.resolve("rows.jsonl.new");
        try (FileChannel out = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            for (ObjectSchema object : org.schema().objects()) {
                List<Row> rows = org.rows(object, true);
                for (int from = 0; from < rows.size(); from += ROWS_PER_LINE) {
                    List<Row> some = rows.subList(from, Math.min(rows.size(), from + ROWS_PER_LINE));
                    JsonLines.write(
                            out,
                            Map.of("rows", some.stream().map(this.rows::json).toList()));
                }
            }
            JsonLines.write(
                    out,
                    Map.of(
                            "deleted",
                            org.deleteLog().entries().stream()
                                    .map(DataFolder::json)
                                    .toList()));
            out.force(true);
        }
        Files.move(
                fresh,
                folder.resolve("rows.jsonl"),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        if (journal != null) {
            journal.close();
        }
        length = 0;
        journal = FileChannel.open(
                folder.resolve("journal.jsonl"),
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE);
    }

    private void sync() {
        FileChannel written;
        synchronized (this) {
            if (!dirty) {
                return;
            }
            dirty = false;
            written = journal;
        }
        try {
            written.force(false);
        } catch (IOException e) {
            LOG.warn(
                    "The data folder {} cannot be written to the disk, so a loss of power may lose the last changes:"
                            + " {}",
                    folder,
                    e.toString());
        }
    }

    @Override
    public void close() {
        org.forget(this);
        syncs.shutdownNow();
        sync();
        try {
            journal.close();
            settings.close();
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
