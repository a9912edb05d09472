package org.sftoolkit.camel.bulk;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.client.ObjectDescription;
import org.sftoolkit.camel.error.InvalidBodyException;
import org.sftoolkit.camel.model.BulkResult;
import org.sftoolkit.camel.model.BulkRow;
import org.sftoolkit.camel.model.BulkRows;
import org.sftoolkit.camel.model.CsvCell;
import org.sftoolkit.camel.model.CsvRows;
import org.sftoolkit.camel.model.JobInfo;
import org.sftoolkit.camel.model.SObject;
import org.sftoolkit.camel.model.SaveResult;
import org.sftoolkit.camel.operation.BulkAction;
import org.sftoolkit.camel.operation.BulkOptions;
import org.sftoolkit.camel.operation.Descriptions;
import org.sftoolkit.camel.operation.OperationContext;
import org.sftoolkit.camel.operation.OutcomeHeader;
import org.sftoolkit.camel.operation.Progress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Parts of a load for which the org had no job any more, written through REST, one after the other. What became of their rows is held in
 * memory. Thread-safe.
 */
final class LoadWithoutJobs {

    /** Rows of one load: 250 calls, whose results are held in memory. */
    static final int MOST_ROWS = 50_000;

    private static final Logger LOG = LoggerFactory.getLogger(LoadWithoutJobs.class);
    private static final int MOST_BYTES = 50_000_000;

    private final OperationContext call;
    private final String object;
    private final BulkOperation.RestWriter rest;
    private final List<BulkRow> successful = new ArrayList<>();
    private final List<BulkRow> failed = new ArrayList<>();
    private Future<?> last = Future.succeededFuture();
    /** Of the last job that was refused; null as long as all rows go through jobs. */
    private @Nullable Throwable refusal;

    private long taken;

    /** @param rest writes rows through REST */
    LoadWithoutJobs(OperationContext call, String object, BulkOperation.RestWriter rest) {
        this.call = call;
        this.object = object;
        this.rest = rest;
    }

    /** Why rows of this action have no way but a job; null if they have. */
    private @Nullable String impossible(BulkAction action) {
        BulkOptions options = call.options().bulk();
        if (action == BulkAction.HARD_DELETE) {
            return "bulkOperation=HARD_DELETE";
        }
        if (action == BulkAction.UPSERT && "Id".equalsIgnoreCase(call.options().externalIdField())) {
            return "externalIdField=Id";
        }
        if (!options.await()) {
            return "await=false";
        }
        return options.loadName() != null
                ? "loadName"
                : call.options().jobAssignmentRule() != null ? "assignmentRuleId" : null;
    }

    /** What else can be done, for the message of a refusal. */
    String cure(BulkAction action) {
        String why = impossible(action);
        return "No row was sent: wait for the end of the 24 hours, or use save with via=AUTO, which goes on through"
                + " REST ("
                + (why == null
                        ? "bulk itself does so for at most " + MOST_ROWS + " rows"
                        : "bulk itself cannot do so with " + why)
                + ")";
    }

    /**
     * Writes a part through REST if its job was refused because the org has no more jobs to give.
     *
     * @param places of its rows in the input; gives null if nobody wants to know
     * @return a job without an id that stands for it; the failure if there is no such way
     */
    Future<JobInfo> instead(BulkPart part, Throwable failure, Supplier<@Nullable RowPlaces> places) {
        synchronized (this) {
            boolean way = BulkQuota.usedUp(failure)
                    && impossible(part.action()) == null
                    && taken + part.rows() <= MOST_ROWS
                    && part.content().bytes() <= MOST_BYTES;
            if (!way) {
                return Future.failedFuture(failure);
            }
            if (refusal == null) {
                call.log()
                        .write(() -> LOG.warn(
                                "{}: rows go through REST, because the org gives no job: {}",
                                call.log().about(),
                                failure.getMessage()));
            }
            refusal = failure;
            taken += part.rows();
            Future<JobInfo> written = last.transform(ended -> write(part, places));
            last = written;
            return written;
        }
    }

    private record Row(Map<String, String> cells, SObject record) {}

    private Future<JobInfo> write(BulkPart part, Supplier<@Nullable RowPlaces> places) {
        return Descriptions.ifKnown(call.client().metadata().describe(object))
                .compose(known -> call.worker().run(() -> rows(part, known)))
                .compose(rows -> rest.write(
                                part.action(), rows.stream().map(Row::record).toList(), call)
                        .map(results -> settle(part, rows, results, places.get())));
    }

    private List<Row> rows(BulkPart part, @Nullable ObjectDescription known) throws IOException {
        Buffer bytes = Buffer.buffer((int) part.content().bytes());
        PartContent.Blocks blocks = part.content().blocks();
        for (Buffer block = blocks.next(); block != null; block = blocks.next()) {
            bytes.appendBuffer(block);
        }
        var text = new InputStreamReader(new ByteArrayInputStream(bytes.getBytes()), StandardCharsets.UTF_8);
        try (CsvRows csv = CsvRows.read(text, call.options().bulk().delimiter().character())) {
            List<Function<String, Object>> types = new CellTypes(known).of(csv.header());
            var rows = new ArrayList<Row>();
            while (csv.hasNext()) {
                rows.add(row(csv.header(), csv.next(), types));
            }
            return rows;
        }
    }

    private Row row(List<String> header, List<String> texts, List<Function<String, Object>> types) {
        if (texts.size() != header.size()) {
            throw new InvalidBodyException(
                    "a row of the CSV has " + texts.size() + " cells under " + header.size() + " columns", null);
        }
        var cells = new LinkedHashMap<String, String>();
        for (int i = 0; i < texts.size(); i++) {
            cells.put(header.get(i), texts.get(i));
        }
        SObject record = new BulkRow(null, false, null, cells).record(object);
        for (int i = 0; i < texts.size(); i++) {
            String text = texts.get(i);
            if (!text.isEmpty() && CsvCell.value(text) != null && record.containsKey(header.get(i))) {
                record.put(header.get(i), types.get(i).apply(text));
            }
        }
        return new Row(cells, record);
    }

    private JobInfo settle(BulkPart part, List<Row> rows, List<SaveResult> results, @Nullable RowPlaces places) {
        UnaryOperator<BulkRow> written = places == null ? row -> row : places.reading(BulkResult.Part.SUCCESSFUL);
        UnaryOperator<BulkRow> refused = places == null ? row -> row : places.reading(BulkResult.Part.FAILED);
        long bad = 0;
        synchronized (this) {
            for (int i = 0; i < rows.size(); i++) {
                SaveResult result = results.get(i);
                Map<String, String> cells = rows.get(i).cells();
                if (result.success()) {
                    successful.add(written.apply(new BulkRow(result.id(), result.created(), null, cells)));
                } else {
                    failed.add(refused.apply(
                            new BulkRow(result.id(), false, result.errors().get(0), cells)));
                    bad++;
                }
            }
        }
        call.progress().progressed(new Progress("bulk", object, rows.size(), bad, part.rows(), null, "REST"));
        return standIn(call, object, part, "JobComplete", rows.size(), bad);
    }

    /** What stands for a job that was not made. It has no id. */
    static JobInfo standIn(
            OperationContext call, String object, BulkPart part, String state, long processed, long failed) {
        return new JobInfo(
                null,
                null,
                part.action().wireName(),
                object,
                state,
                part.action() == BulkAction.UPSERT ? call.options().externalIdField() : null,
                call.options().bulk().delimiter().name(),
                call.options().bulk().lineEnding().name(),
                null,
                null,
                true,
                processed,
                failed,
                null,
                0);
    }

    /** Tells the way that was taken, and why; nothing if all rows went through jobs. */
    synchronized void tell(Map<OutcomeHeader, Object> headers, boolean jobs) {
        if (refusal != null) {
            headers.put(OutcomeHeader.VIA, BulkQuota.instead(jobs ? "BULK,REST" : "REST", refusal));
        }
    }

    /** Says in the message of a load that failed that rows of it went through REST; empty if no row did. */
    synchronized String mention() {
        return refusal == null ? "" : " (rows of this load went through REST)";
    }

    /** Rows of jobs, and then those that went through REST. */
    synchronized BulkRows rows(BulkResult.Part part, BulkRows jobs) {
        List<BulkRow> held =
                switch (part) {
                    case SUCCESSFUL -> successful;
                    case FAILED -> failed;
                    case UNPROCESSED -> List.of();
                };
        return held.isEmpty() ? jobs : new Joined(jobs, List.copyOf(held).iterator());
    }

    private static final class Joined extends BulkRows {

        private final BulkRows jobs;
        private final Iterator<BulkRow> held;

        Joined(BulkRows jobs, Iterator<BulkRow> held) {
            this.jobs = jobs;
            this.held = held;
        }

        @Override
        protected @Nullable BulkRow read() {
            if (jobs.hasNext()) {
                return jobs.next();
            }
            return held.hasNext() ? held.next() : null;
        }

        @Override
        public void close() {
            jobs.close();
        }
    }
}
