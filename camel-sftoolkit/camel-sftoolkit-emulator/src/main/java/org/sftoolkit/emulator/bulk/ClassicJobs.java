package org.sftoolkit.emulator.bulk;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.sftoolkit.emulator.org.ObjectSchema;
import org.sftoolkit.emulator.org.Org;
import org.sftoolkit.emulator.org.RecordIds;
import org.sftoolkit.emulator.org.SaveResult;
import org.sftoolkit.emulator.org.Writer;
import org.sftoolkit.emulator.soql.FlatRows;
import org.sftoolkit.emulator.soql.QueryContext;
import org.sftoolkit.emulator.soql.RecordRows;
import org.sftoolkit.emulator.soql.SoqlException;

/** The jobs of the Bulk API before 2.0: batches are processed as jobs of 2.0 are, by themselves or step by step. Safe for threads. */
public final class ClassicJobs {

    /** Bulk API Limits: rows of a batch, and bytes of one. */
    private static final int MOST_ROWS = 10_000;

    private static final int MOST_BYTES = 10_000_000;
    private static final int TRANSACTION_ROWS = 200;

    private final Org org;
    private final BulkFolder folder;
    private final JobQueue queue;
    private final Map<String, ClassicJob> jobs = new LinkedHashMap<>();
    private long made;

    ClassicJobs(Org org, BulkFolder folder, JobQueue queue) {
        this.org = org;
        this.folder = folder;
        this.queue = queue;
    }

    /** Makes a job. */
    public synchronized ClassicJob create(ClassicJob.Order order) {
        ObjectSchema object = org.schema()
                .object(order.object())
                .orElseThrow(
                        () -> new BulkRefusedException(400, "InvalidJob", "Unable to find object: " + order.object()));
        if (order.operation().equals("upsert")) {
            BulkService.requireKey(object, order.externalIdField());
        }
        ClassicJob job = new ClassicJob(
                RecordIds.of("750", "1" + org.organizationId().charAt(4), ++made),
                order,
                org.clock().instant());
        jobs.put(job.id(), job);
        return job;
    }

    /** All jobs, oldest first. */
    public synchronized List<ClassicJob> list() {
        return List.copyOf(jobs.values());
    }

    public synchronized ClassicJob job(String id) {
        return RecordIds.normalised(id)
                .map(jobs::get)
                .orElseThrow(() -> new BulkRefusedException(400, "InvalidJob", "Invalid job id: " + id));
    }

    /** The batch of that id. */
    public ClassicJob.Batch batch(ClassicJob job, String id) {
        String full = RecordIds.normalised(id).orElse(id);
        return job.batches().stream()
                .filter(batch -> batch.id().equals(full))
                .findFirst()
                .orElseThrow(() -> new BulkRefusedException(400, "InvalidBatch", "Invalid batch id: " + id));
    }

    public void close(ClassicJob job) {
        job.become(ClassicJob.State.CLOSED, org.clock().instant());
    }

    public void abort(ClassicJob job) {
        job.become(ClassicJob.State.ABORTED, org.clock().instant());
    }

    synchronized void clear() {
        jobs.values().stream()
                .filter(job -> job.state() == ClassicJob.State.OPEN)
                .forEach(this::abort);
        jobs.clear();
    }

    /**
     * Adds a batch, which is processed at once.
     *
     * @param records reads the rows of a batch in JSON or XML
     */
    public ClassicJob.Batch add(ClassicJob job, byte[] request, Function<byte[], List<Map<String, Object>>> records) {
        if (request.length > MOST_BYTES) {
            throw new BulkRefusedException(400, "InvalidBatch", "The batch exceeds " + MOST_BYTES + " bytes");
        }
        String id;
        synchronized (this) {
            id = RecordIds.of("751", "1" + org.organizationId().charAt(4), ++made);
        }
        ClassicJob.Batch batch = job.add(id, request, org.clock().instant());
        queue.add(new Run(batch, records));
        return batch;
    }

    /** The processing of one batch. */
    private final class Run implements JobQueue.Work {

        private final ClassicJob.Batch batch;
        private final ClassicJob.Order order;
        private final Function<byte[], List<Map<String, Object>>> records;

        Run(ClassicJob.Batch batch, Function<byte[], List<Map<String, Object>>> records) {
            this.batch = batch;
            this.order = batch.job().order();
            this.records = records;
        }

        @Override
        public boolean ended() {
            return batch.state().ended();
        }

        @Override
        public boolean step() {
            if (batch.state() == ClassicJob.BatchState.QUEUED) {
                batch.become(ClassicJob.BatchState.IN_PROGRESS, org.clock().instant());
                return ended();
            }
            try {
                if (order.query()) {
                    query();
                } else {
                    write();
                }
            } catch (JobFailedException | SoqlException e) {
                batch.fail(e.getMessage(), org.clock().instant());
            } catch (IOException | RuntimeException e) {
                batch.fail("InvalidBatch : " + e.getMessage(), org.clock().instant());
            }
            return true;
        }

        private void query() {
            QueryContext context = new QueryContext(
                    org,
                    org.clock().instant(),
                    org.zoneOf(order.userId()),
                    order.userId(),
                    "/services/data/v" + order.version(),
                    order.operation().equals("queryAll"));
            String soql = new String(batch.request(), StandardCharsets.UTF_8).strip();
            RecordRows rows = RecordRows.of(soql, context);
            FlatRows table = order.content() == ClassicJob.Content.CSV ? FlatRows.of(soql, context) : null;
            batch.read(table, rows, rows.count(), org.clock().instant());
        }

        private void write() throws IOException {
            IngestAction action = IngestAction.named(order.operation()).orElseThrow();
            ObjectSchema object = org.object(order.object());
            RowWrites writes = new RowWrites(action, order.externalIdField(), object);
            List<Map<String, Object>> rows =
                    order.content() == ClassicJob.Content.CSV ? csv(action, object) : records.apply(batch.request());
            if (rows.size() > MOST_ROWS) {
                throw new JobFailedException("InvalidBatch : Records not processed, the batch exceeds " + MOST_ROWS);
            }
            List<SaveResult> results = new ArrayList<>(rows.size());
            for (int from = 0; from < rows.size(); from += TRANSACTION_ROWS) {
                List<Map<String, Object>> some = rows.subList(from, Math.min(rows.size(), from + TRANSACTION_ROWS));
                results.addAll(
                        org.write(Writer.client(order.userId()).from(order.origin()), transaction -> some.stream()
                                .map(row -> writes.write(transaction, row))
                                .toList()));
            }
            batch.written(results, org.clock().instant());
        }

        private List<Map<String, Object>> csv(IngestAction action, ObjectSchema object) throws IOException {
            Path file = folder.fresh("batch.csv");
            try {
                Files.copy(new ByteArrayInputStream(batch.request()), file);
                List<Map<String, Object>> rows = new ArrayList<>();
                try (CsvLines lines = new CsvLines(file, Delimiter.COMMA)) {
                    if (!lines.hasNext()) {
                        return rows;
                    }
                    IngestColumns columns = IngestColumns.bind(lines.next().cells(), object, action);
                    while (lines.hasNext()) {
                        rows.add(columns.record(lines.next()));
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                return rows;
            } finally {
                BulkFolder.remove(file);
            }
        }
    }
}
