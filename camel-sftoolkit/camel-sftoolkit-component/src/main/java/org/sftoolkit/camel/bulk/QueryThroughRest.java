package org.sftoolkit.camel.bulk;

import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;
import org.sftoolkit.camel.error.ListTooLongException;
import org.sftoolkit.camel.operation.OperationContext;
import org.sftoolkit.camel.operation.Outcome;
import org.sftoolkit.camel.operation.OutcomeHeader;
import org.sftoolkit.camel.operation.OutputType;
import org.sftoolkit.camel.operation.Progress;
import org.sftoolkit.camel.query.QueryClient;
import org.sftoolkit.camel.query.QueryPages;
import org.sftoolkit.camel.query.QueryRequest;

/** The rows of a query for which the org had no job any more, by the REST query: the same records in the same form. */
final class QueryThroughRest {

    private final OperationContext call;
    private final Throwable refusal;

    /** @param refusal of the job */
    QueryThroughRest(OperationContext call, Throwable refusal) {
        this.call = call;
        this.refusal = refusal;
    }

    Future<Outcome> rows(String soql, OutputType type) {
        String impossible = type == OutputType.CSV
                ? "outputType=CSV"
                : !call.options().bulk().typed() ? "typed=false" : null;
        if (impossible != null) {
            return Future.failedFuture(BulkQuota.limit(
                    refusal,
                    "With " + impossible
                            + " the rows cannot be read through REST instead: wait for the end of the 24 hours, or"
                            + " remove "
                            + impossible));
        }
        var request = new QueryRequest(soql, call.options().query().includeDeleted(), false, 0, Map.of());
        QueryPages pages = new QueryClient(call.client()).rows(request).telling(this::heard);
        int most = call.options().query().maxListSize();
        Future<?> body = type == OutputType.LIST
                ? pages.list(
                        most,
                        rows -> new ListTooLongException("the query has more rows than maxListSize=" + most
                                + ": read them with outputType=STREAM, or increase maxListSize"))
                : pages.stream(0);
        return body.map(rows -> {
            var headers = new HashMap<OutcomeHeader, Object>();
            headers.put(OutcomeHeader.VIA, BulkQuota.instead("REST", refusal));
            headers.put(OutcomeHeader.JOB_ID, null);
            return Outcome.of(rows, headers);
        });
    }

    private void heard(long rows, long announced) {
        call.progress()
                .progressed(new Progress("bulkQuery", call.options().sObject(), rows, 0, announced, null, "page"));
    }
}
