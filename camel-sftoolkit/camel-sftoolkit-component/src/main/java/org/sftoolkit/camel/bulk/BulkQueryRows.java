package org.sftoolkit.camel.bulk;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.model.CsvRows;
import org.sftoolkit.camel.model.FieldLayout;
import org.sftoolkit.camel.model.JobInfo;
import org.sftoolkit.camel.model.ReadOnce;
import org.sftoolkit.camel.model.SObject;
import org.sftoolkit.camel.operation.CsvDelimiter;
import org.sftoolkit.camel.transport.KeptFailure;
import org.sftoolkit.camel.transport.ReaderThread;

/**
 * The rows of a bulk query as records, read while they arrive. Reading waits on the caller's thread and refuses to on an event
 * loop. Not thread-safe; closed with the exchange.
 */
public final class BulkQueryRows implements Iterator<SObject>, Iterable<SObject>, ReadOnce, Closeable {

    private final JobInfo job;
    private final JoinedCsv csv;
    private final CellTypes types;
    private final KeptFailure failure = new KeptFailure();
    /** Null before the first page has come. */
    private @Nullable Open open;

    private BooleanSupplier givenUp = () -> false;
    private volatile boolean begun;

    /**
     * The rows whose columns are known.
     *
     * @param readers convert the text of each column
     * @param layout  null if columns are fields of parents
     */
    private record Open(CsvRows rows, List<Function<String, Object>> readers, @Nullable FieldLayout layout) {}

    BulkQueryRows(JobInfo job, JoinedCsv csv, CellTypes types) {
        this.job = job;
        this.csv = csv;
        this.types = types;
    }

    /** These rows, of which there are no more once their reader has given up. */
    public BulkQueryRows endingWhen(BooleanSupplier givenUp) {
        this.givenUp = givenUp;
        return this;
    }

    /** The job. */
    public JobInfo job() {
        return job;
    }

    /** Value of the option {@code resume} to continue at the current page: {@code jobId:locator}. */
    public String position() {
        return BulkClient.id(job) + (csv.locator() == null ? "" : ':' + csv.locator());
    }

    /** Names of the columns as the job gave them, in their order; waits for the first page. */
    public List<String> columns() {
        return failure.read(() -> open().rows().header());
    }

    @Override
    public boolean hasNext() {
        return !givenUp.getAsBoolean() && failure.read(() -> open().rows().hasNext());
    }

    @Override
    public SObject next() {
        if (!failure.read(() -> open().rows().hasNext())) {
            throw new NoSuchElementException("the query has no further rows");
        }
        begun = true;
        return failure.read(() -> record(open()));
    }

    @Override
    public boolean begun() {
        return begun;
    }

    @Override
    public Iterator<SObject> iterator() {
        return this;
    }

    private Open open() throws IOException {
        // before anything is read: part of a row would be lost for another thread
        ReaderThread.requireMayWait();
        if (open == null) {
            CsvRows rows = CsvRows.read(
                    new InputStreamReader(csv, StandardCharsets.UTF_8),
                    CsvDelimiter.named(job.delimiter()).character());
            boolean flat = rows.header().stream().noneMatch(column -> column.indexOf('.') >= 0);
            open = new Open(rows, types.of(rows.header()), flat ? new FieldLayout(rows.header()) : null);
        }
        return open;
    }

    private SObject record(Open from) throws IOException {
        List<String> columns = from.rows().header();
        List<String> cells = from.rows().next();
        JobRows.requireWhole(columns, cells);
        FieldLayout layout = from.layout();
        if (layout != null) {
            var values = new @Nullable Object[columns.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = value(from.readers().get(i), cells.get(i));
            }
            return SObject.read(job.object(), layout, values);
        }
        var values = new LinkedHashMap<String, Object>(columns.size() * 2);
        for (int i = 0; i < columns.size(); i++) {
            put(values, columns.get(i), value(from.readers().get(i), cells.get(i)));
        }
        return SObject.read(job.object(), values);
    }

    private static @Nullable Object value(Function<String, Object> reader, String cell) {
        return cell.isEmpty() ? null : reader.apply(clean(cell));
    }

    /** Salesforce gives out zero bytes that were stored long ago, which no other system takes. */
    private static String clean(String cell) {
        return cell.indexOf('\0') < 0 ? cell : cell.replace("\0", "");
    }

    private static void put(Map<String, Object> values, String column, @Nullable Object value) {
        int dot = column.indexOf('.');
        if (dot < 0) {
            values.put(column, value);
            return;
        }
        String relationship = column.substring(0, dot);
        if (value == null) {
            // a parent without values does not exist
            values.putIfAbsent(relationship, null);
            return;
        }
        SObject parent =
                values.get(relationship) instanceof SObject known ? known : SObject.read(null, new LinkedHashMap<>());
        values.put(relationship, parent);
        put(parent, column.substring(dot + 1), value);
        parent.markUnchanged();
    }

    @Override
    public void close() {
        csv.close();
    }

    @Override
    public String toString() {
        return "BulkQueryRows[" + job.id() + "]";
    }
}
