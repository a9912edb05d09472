package org.sftoolkit.camel;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.sftoolkit.camel.client.SalesforceClient;
import org.sftoolkit.camel.model.JobInfo;
import org.sftoolkit.camel.model.SObject;
import org.sftoolkit.camel.operation.BulkQueryOperation;
import org.sftoolkit.camel.operation.BulkQueryRows;
import org.sftoolkit.camel.operation.CallOptions;
import org.sftoolkit.camel.operation.OutputType;
import org.sftoolkit.camel.operation.QueryInput;
import org.sftoolkit.camel.operation.Worker;
import org.sftoolkit.camel.poll.BulkExtractSource;
import org.sftoolkit.camel.soql.Bindings;
import org.sftoolkit.camel.transport.LogContext;
import org.sftoolkit.camel.transport.StopSignal;

/** Query jobs for consumers, waited for and read as the operation {@code bulkQuery} does. */
final class BulkQueryJobs implements BulkExtractSource.Jobs {

    private final SfToolkitEndpoint endpoint;
    private final SalesforceClient client;
    private final LogContext log;

    BulkQueryJobs(SfToolkitEndpoint endpoint, SalesforceClient client, LogContext log) {
        this.endpoint = endpoint;
        this.client = client;
        this.log = log;
    }

    @Override
    public Future<String> start(String soql, boolean includeDeleted) {
        return client.bulk().query(soql, includeDeleted, "COMMA", "LF").map(JobInfo::id);
    }

    @Override
    public Future<BulkExtractSource.Rows> rows(String jobId) {
        var call = endpoint.connection()
                .call(client, resuming(jobId), worker(), step -> {}, new StopSignal())
                .logging(log);
        return new BulkQueryOperation()
                .run(new QueryInput(() -> null, Bindings.NONE), call)
                .map(outcome -> new JobRows((BulkQueryRows) outcome.body()));
    }

    private CallOptions resuming(String jobId) {
        SfToolkitConfiguration options = endpoint.getConfiguration().copy();
        options.setResume(jobId);
        options.setOutputType(OutputType.STREAM);
        options.setTyped(true);
        return options.callOptions(endpoint.getSObject(), Map.of());
    }

    private Worker worker() {
        return new Worker() {
            @Override
            public <T> Future<T> run(Callable<T> work) {
                return endpoint.vertx().executeBlocking(work, false);
            }
        };
    }

    private final class JobRows implements BulkExtractSource.Rows {

        private final BulkQueryRows rows;

        private JobRows(BulkQueryRows rows) {
            this.rows = rows;
        }

        @Override
        public Future<List<SObject>> next(int most) {
            return worker().run(() -> {
                var some = new ArrayList<SObject>();
                while (some.size() < most && rows.hasNext()) {
                    some.add(rows.next());
                }
                return some;
            });
        }

        @Override
        public void close() {
            rows.close();
        }
    }
}
