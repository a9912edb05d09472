package org.sftoolkit.emulator.bulk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntSupplier;
import org.sftoolkit.emulator.org.ObjectSchema;
import org.sftoolkit.emulator.org.Org;
import org.sftoolkit.emulator.org.RecordIds;
import org.sftoolkit.emulator.org.SaveError;
import org.sftoolkit.emulator.org.SaveResult;
import org.sftoolkit.emulator.org.Writer;

/**
 * Processes the upload of one job, batch by batch (Bulk API 2.0 and Bulk API Developer Guide: "How Requests Are Processed").
 * Safe for threads; one step at a time.
 */
final class IngestRun implements JobRun {

    private static final int TRANSACTION_ROWS = 200;

    private final IngestJob job;
    private final Org org;
    private final BulkFolder folder;
    private final IntSupplier batchRows;
    private final Blackhole blackhole;
    private final RowWrites writes;
    private IngestColumns columns;
    private CsvLines lines;
    private List<String> header;
    private ResultFile successful;
    private ResultFile failed;
    private ResultFile unprocessed;
    private boolean ended;

    /** @param blackhole swallows the rows; null to store them */
    IngestRun(IngestJob job, Org org, BulkFolder folder, IntSupplier batchRows, Blackhole blackhole) {
        this.job = job;
        this.org = org;
        this.folder = folder;
        this.batchRows = batchRows;
        this.blackhole = blackhole;
        this.writes = new RowWrites(job.action(), job.externalIdField(), object());
    }

    @Override
    public BulkJob job() {
        return job;
    }

    @Override
    public synchronized boolean step() {
        if (ended) {
            return true;
        }
        try {
            if (job.state() == JobState.UPLOAD_COMPLETE) {
                job.become(JobState.IN_PROGRESS, org.clock().instant());
                return false;
            }
            if (lines == null && !open()) {
                end(JobState.JOB_COMPLETE, null);
            } else if (!batch()) {
                end(JobState.JOB_COMPLETE, null);
            }
        } catch (JobFailedException e) {
            end(JobState.FAILED, e.getMessage());
        } catch (IOException | RuntimeException e) {
            end(JobState.FAILED, "Unknown : " + e);
        }
        return ended;
    }

    @Override
    public synchronized void abort() {
        if (job.state().terminal()) {
            throw BulkRefusedException.invalidState("Aborting already Completed Job not allowed");
        }
        end(JobState.ABORTED, null);
    }

    private ObjectSchema object() {
        return org.object(job.order().object());
    }

    /** Returns false if there is at most a header. */
    private boolean open() throws IOException {
        Path upload = job.upload();
        if (upload == null) {
            return false;
        }
        job.expect(LineEndingCheck.check(upload, job.order().lineEnding()) - 1);
        lines = new CsvLines(upload, job.order().delimiter());
        if (!lines.hasNext()) {
            return false;
        }
        header = lines.next().cells();
        columns = IngestColumns.bind(header, object(), job.action());
        successful = result("successful.csv", List.of("sf__Id", "sf__Created"));
        failed = result("failed.csv", List.of("sf__Id", "sf__Error"));
        return true;
    }

    private ResultFile result(String name, List<String> first) throws IOException {
        List<String> names = new ArrayList<>(first);
        names.addAll(columns.names());
        return new ResultFile(
                folder.fresh(name),
                job.order(),
                names,
                first.size(),
                new Random(job.id().hashCode()));
    }

    /** Answers false when no row is left. */
    private boolean batch() throws IOException {
        List<CsvLine> some = new ArrayList<>();
        for (int rows = 0; rows < batchRows.getAsInt() && lines.hasNext(); rows++) {
            some.add(lines.next());
            if (some.size() == TRANSACTION_ROWS) {
                write(some);
                some.clear();
            }
        }
        write(some);
        successful.endBatch();
        failed.endBatch();
        return lines.hasNext();
    }

    private void write(List<CsvLine> some) {
        if (blackhole != null) {
            some.forEach(this::swallow);
        } else {
            org.write(Writer.client(job.order().userId()).from(job.order().origin()), transaction -> {
                for (CsvLine line : some) {
                    report(line, line.malformed() ? malformed() : writes.write(transaction, columns.record(line)));
                }
                return null;
            });
        }
        job.addProcessed(some.size());
    }

    private void swallow(CsvLine line) {
        long number = blackhole.take(line.cells());
        String prefix = object().keyPrefix() == null ? "000" : object().keyPrefix();
        report(line, new SaveResult(RecordIds.of(prefix, "zz", number), job.action() == IngestAction.INSERT, null));
    }

    /** Documented to be an error of the row, without its words. */
    private static SaveResult malformed() {
        return new SaveResult(
                null, false, new SaveError("INVALID_FIELD", "Unexpected quote in a value that is not quoted"));
    }

    private void report(CsvLine line, SaveResult result) {
        List<String> cells = new ArrayList<>();
        if (result.success()) {
            cells.add(result.id());
            cells.add(String.valueOf(result.created()));
            cells.addAll(columns.echo(line));
            successful.add(cells);
            return;
        }
        cells.add(result.id() == null ? "" : result.id());
        SaveError error = result.error();
        String fields = error.fields().isEmpty() ? "--" : String.join(", ", error.fields()) + " --";
        cells.add(error.statusCode() + ":" + error.message() + ":" + fields);
        cells.addAll(columns.echo(line));
        failed.add(cells);
        job.addFailed(1);
    }

    private void end(JobState state, String message) {
        ended = true;
        try {
            keepRest();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            job.results(file(successful), file(failed), file(unprocessed), header);
            if (state == JobState.FAILED) {
                job.fail(message, org.clock().instant());
            } else {
                job.become(state, org.clock().instant());
            }
        }
    }

    /** Rows that were never looked at become the unprocessed records. */
    private void keepRest() throws IOException {
        Path upload = job.upload();
        try {
            if (lines == null && upload != null) {
                lines = new CsvLines(upload, job.order().delimiter());
            }
            if (lines != null && header == null && lines.hasNext()) {
                header = lines.next().cells();
            }
            if (lines != null && lines.hasNext()) {
                keepUnprocessed();
            }
        } catch (JobFailedException unreadable) {
            // What follows cannot be told apart into rows.
            return;
        } finally {
            for (AutoCloseable open : new AutoCloseable[] {lines, successful, failed, unprocessed}) {
                close(open);
            }
        }
    }

    private void keepUnprocessed() throws IOException {
        unprocessed = new ResultFile(
                folder.fresh("unprocessed.csv"),
                job.order(),
                header,
                0,
                new Random(job.id().hashCode()));
        for (int rows = 1; lines.hasNext(); rows++) {
            unprocessed.add(lines.next().cells());
            if (rows % batchRows.getAsInt() == 0) {
                unprocessed.endBatch();
            }
        }
    }

    private static void close(AutoCloseable open) throws IOException {
        try {
            if (open != null) {
                open.close();
            }
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    private static Path file(ResultFile result) {
        return result == null ? null : result.file();
    }
}
