package org.sftoolkit.benchmarks.micro;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.WriteStream;
import java.io.IOException;
import java.io.StringReader;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.sftoolkit.benchmarks.client.Workload;
import org.sftoolkit.camel.client.DescribeCache;
import org.sftoolkit.camel.client.SalesforceClient;
import org.sftoolkit.camel.client.WriteAnswer;
import org.sftoolkit.camel.model.CsvCell;
import org.sftoolkit.camel.model.CsvRows;
import org.sftoolkit.camel.model.SObject;
import org.sftoolkit.camel.query.QueryClient;
import org.sftoolkit.camel.records.CollectionsClient;
import org.sftoolkit.camel.records.EncodedRecord;
import org.sftoolkit.camel.transport.Body;
import org.sftoolkit.camel.transport.Request;
import org.sftoolkit.camel.transport.Response;

/** What a record costs as one of many: a batch with its results, a page of rows, CSV. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class BatchBenchmark {

    private static final int BATCH = 200;
    private static final int PAGE = 2000;

    private final List<EncodedRecord> batch =
            Collections.nCopies(BATCH, EncodedRecord.of("Account", Workload.account(777)));
    private final Buffer saved = Records.saved(BATCH);
    private final Buffer page = Records.page(PAGE);
    private final Map<String, Object> account = Workload.account(777);
    private final String csv = Records.csv(PAGE);
    private final SalesforceClient client = new SalesforceClient(this::answer, new DescribeCache());

    private Future<Response> answer(Request request) {
        if (request.sink() != null) {
            WriteStream<Buffer> body = request.sink().open(200, Records.JSON);
            body.write(page);
            return body.end().map(done -> new Response(200, Records.JSON, Buffer.buffer()));
        }
        ((Body.Bytes) request.body()).content().get();
        return Future.succeededFuture(new Response(200, Records.JSON, saved));
    }

    /** An encoded record put into its request and matched with its result. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public List<WriteAnswer> save() {
        return new CollectionsClient(client).insert(batch, false, Map.of()).result();
    }

    /** A row of a page of a query. */
    @Benchmark
    @OperationsPerInvocation(PAGE)
    public List<SObject> query() {
        return new QueryClient(client).all("SELECT Id FROM Account").result();
    }

    /** A row of CSV, cut into its cells. */
    @Benchmark
    @OperationsPerInvocation(PAGE)
    public int readCsv() throws IOException {
        int cells = 0;
        try (CsvRows rows = CsvRows.read(new StringReader(csv), ',')) {
            while (rows.hasNext()) {
                cells += rows.next().size();
            }
        }
        return cells;
    }

    /** A record's cells as CSV has them. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public int writeCsv() {
        int length = 0;
        for (int i = 0; i < BATCH; i++) {
            for (Object value : account.values()) {
                length += CsvCell.of(value).length();
            }
        }
        return length;
    }
}
