package org.sftoolkit.benchmarks.client;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.salesforce.api.dto.bulkv2.Job;
import org.apache.camel.component.salesforce.api.dto.bulkv2.OperationEnum;
import org.apache.camel.component.salesforce.api.dto.bulkv2.QueryJob;

/** Bulk jobs as camel-salesforce has them: a call a step, which the route must put together itself. */
final class CamelSalesforceBulk {

    static final List<String> OPERATIONS = List.of(
            "bulk2CreateJob",
            "bulk2CreateBatch",
            "bulk2CloseJob",
            "bulk2GetJob",
            "bulk2CreateQueryJob",
            "bulk2GetQueryJob",
            "bulk2GetQueryJobResults");

    /** Bytes that it must be allowed to buffer: a page of results is held as a whole. */
    static final int PAGE = 16 << 20;

    private final ProducerTemplate template;

    CamelSalesforceBulk(ProducerTemplate template) {
        this.template = template;
    }

    long ingest(InputStream csv) {
        var order = new Job();
        order.setObject("Account");
        order.setOperation(OperationEnum.INSERT);
        String id = call("bulk2CreateJob", order, Map.of()).getBody(Job.class).getId();
        Map<String, Object> job = Map.of("jobId", id);
        call("bulk2CreateBatch", csv, job);
        call("bulk2CloseJob", null, job);
        return call("bulk2GetJob", null, job).getBody(Job.class).getNumberRecordsProcessed();
    }

    long extract() throws IOException {
        var order = new QueryJob();
        order.setOperation(OperationEnum.QUERY);
        order.setQuery(Workload.BULK_QUERY);
        String id = call("bulk2CreateQueryJob", order, Map.of())
                .getBody(QueryJob.class)
                .getId();
        var headers = new HashMap<String, Object>(Map.of("jobId", id));
        call("bulk2GetQueryJob", null, headers);
        long rows = 0;
        String locator;
        do {
            Message page = call("bulk2GetQueryJobResults", null, headers);
            rows += BulkRows.count(page.getBody(InputStream.class));
            locator = page.getHeader("Sforce-Locator", String.class);
            headers.put("locator", locator);
        } while (locator != null && !locator.equals("null"));
        return rows;
    }

    private Message call(String operation, Object body, Map<String, Object> headers) {
        Exchange exchange = template.request("direct:" + operation, given -> {
            given.getMessage().setBody(body);
            given.getMessage().setHeaders(new HashMap<>(headers));
        });
        if (exchange.getException() != null) {
            throw new IllegalStateException(exchange.getException());
        }
        return exchange.getMessage();
    }
}
