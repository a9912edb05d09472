package org.sftoolkit.emulator.bulk;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.sftoolkit.emulator.org.SaveResult;
import org.sftoolkit.emulator.soql.FlatRows;
import org.sftoolkit.emulator.soql.RecordRows;

/**
 * A job of the Bulk API before 2.0, with its batches (Bulk API 2.0 and Bulk API Developer Guide: "Bulk API"). All access is
 * guarded by its monitor.
 */
public final class ClassicJob {

    /** The form of a batch's rows and results. */
    public enum Content {
        CSV,
        XML,
        JSON
    }

    /** The states of a job. */
    public enum State {
        OPEN("Open"),
        CLOSED("Closed"),
        ABORTED("Aborted");

        private final String wireName;

        State(String wireName) {
            this.wireName = wireName;
        }

        public String wireName() {
            return wireName;
        }
    }

    /** The states of a batch. */
    public enum BatchState {
        QUEUED("Queued"),
        IN_PROGRESS("InProgress"),
        COMPLETED("Completed"),
        FAILED("Failed"),
        NOT_PROCESSED("NotProcessed");

        private final String wireName;

        BatchState(String wireName) {
            this.wireName = wireName;
        }

        public String wireName() {
            return wireName;
        }

        public boolean ended() {
            return this != QUEUED && this != IN_PROGRESS;
        }
    }

    /**
     * What the job was made for.
     *
     * @param operation as on the wire: insert, update, upsert, delete, hardDelete, query, queryAll
     * @param externalIdField of an upsert, or null
     * @param origin of the job's writes, for change events
     */
    public record Order(
            String object,
            String operation,
            String externalIdField,
            String concurrencyMode,
            Content content,
            String userId,
            String version,
            String origin) {

        public boolean query() {
            return operation.startsWith("query");
        }
    }

    /** A part of a job. */
    public final class Batch {

        private final String id;
        private final byte[] request;
        private final Instant created;
        private BatchState state = BatchState.QUEUED;
        private String message = "";
        private Instant changed;
        private List<SaveResult> results = List.of();
        private FlatRows table;
        private RecordRows records;
        private long rows;

        private Batch(String id, byte[] request, Instant now) {
            this.id = id;
            this.request = request;
            this.created = now;
            this.changed = now;
        }

        public ClassicJob job() {
            return ClassicJob.this;
        }

        /** 18 characters, from {@code 751}. */
        public String id() {
            return id;
        }

        /** As it was sent. */
        public byte[] request() {
            return request;
        }

        public Instant created() {
            return created;
        }

        public Instant changed() {
            synchronized (ClassicJob.this) {
                return changed;
            }
        }

        public BatchState state() {
            synchronized (ClassicJob.this) {
                return state;
            }
        }

        /** Why it failed; empty otherwise. */
        public String message() {
            synchronized (ClassicJob.this) {
                return message;
            }
        }

        /** One for each row of a write, in order. */
        public List<SaveResult> results() {
            synchronized (ClassicJob.this) {
                return results;
            }
        }

        /** The rows of a query, as a table; null for others. */
        public FlatRows table() {
            synchronized (ClassicJob.this) {
                return table;
            }
        }

        /** The rows of a query, as records; null for others. */
        public RecordRows records() {
            synchronized (ClassicJob.this) {
                return records;
            }
        }

        /** Rows read or written, refused ones included. */
        public long processed() {
            synchronized (ClassicJob.this) {
                return rows;
            }
        }

        public long failed() {
            return results().stream().filter(result -> !result.success()).count();
        }

        void become(BatchState next, Instant now) {
            synchronized (ClassicJob.this) {
                if (!state.ended()) {
                    state = next;
                    changed = now;
                }
            }
        }

        void fail(String reason, Instant now) {
            synchronized (ClassicJob.this) {
                message = reason;
                become(BatchState.FAILED, now);
            }
        }

        void written(List<SaveResult> saved, Instant now) {
            synchronized (ClassicJob.this) {
                results = List.copyOf(saved);
                rows = saved.size();
                become(BatchState.COMPLETED, now);
            }
        }

        void read(FlatRows asTable, RecordRows asRecords, long count, Instant now) {
            synchronized (ClassicJob.this) {
                table = asTable;
                records = asRecords;
                rows = count;
                become(BatchState.COMPLETED, now);
            }
        }
    }

    private final String id;
    private final Order order;
    private final Instant created;
    private final List<Batch> batches = new ArrayList<>();
    private State state = State.OPEN;
    private Instant changed;

    ClassicJob(String id, Order order, Instant now) {
        this.id = id;
        this.order = order;
        this.created = now;
        this.changed = now;
    }

    /** 18 characters, from {@code 750}. */
    public String id() {
        return id;
    }

    public Order order() {
        return order;
    }

    public Instant created() {
        return created;
    }

    public synchronized Instant changed() {
        return changed;
    }

    public synchronized State state() {
        return state;
    }

    /** In the order in which they came. */
    public synchronized List<Batch> batches() {
        return List.copyOf(batches);
    }

    synchronized Batch add(String batchId, byte[] request, Instant now) {
        if (state != State.OPEN) {
            throw new BulkRefusedException(400, "InvalidJobState", "The job is not open: " + state.wireName());
        }
        Batch batch = new Batch(batchId, request, now);
        batches.add(batch);
        return batch;
    }

    synchronized void become(State next, Instant now) {
        if (state != State.OPEN) {
            throw new BulkRefusedException(
                    400,
                    "InvalidJobState",
                    (next == State.CLOSED ? "Closing" : "Aborting") + " already " + state.wireName()
                            + " Job not allowed");
        }
        state = next;
        changed = now;
        if (next == State.ABORTED) {
            batches.forEach(batch -> batch.become(BatchState.NOT_PROCESSED, now));
        }
    }
}
