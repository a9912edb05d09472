package org.sftoolkit.benchmarks.client;

import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.impl.engine.DefaultProducerTemplate;
import org.sftoolkit.camel.SfToolkitComponent;
import org.sftoolkit.camel.SfToolkitConfiguration;
import org.sftoolkit.camel.model.BulkResult;
import org.sftoolkit.camel.model.SObject;
import org.sftoolkit.camel.model.SaveResults;

/** Our component in a plain Camel context, at its defaults: {@code direct:} to {@code sftoolkit:}. */
final class ToolkitClient implements Client {

    private final CamelContext context = new DefaultCamelContext();
    private final ProducerTemplate template;

    ToolkitClient(Settings settings) throws Exception {
        var component = new SfToolkitComponent();
        SfToolkitConfiguration options = component.getConfiguration();
        options.setInstanceUrl(settings.url());
        options.setAccessToken("00Dxx0000000001EAA!BENCHMARK");
        options.setMaxConnections(Math.max(options.getMaxConnections(), settings.number("connections", 0)));
        context.addComponent("sftoolkit", component);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                boolean loop = settings.text("variant", "").equals("loop");
                from("direct:fetch").to("sftoolkit:fetch:Account?continueOn=" + (loop ? "EVENT_LOOP" : "POOL"));
                from("direct:insert").to("sftoolkit:save:Account?mode=INSERT&concurrency=" + settings.inFlight());
                from("direct:retrieve")
                        .to("sftoolkit:fetch:Account?fields=" + Workload.FIELDS + "&concurrency="
                                + settings.inFlight());
                from("direct:query").to("sftoolkit:query?outputType=STREAM").process(ToolkitClient::countRows);
                String ingest = "sftoolkit:bulk:Account?bulkOperation=INSERT&pollInterval=50";
                from("direct:ingest").to(ingest).process(ToolkitClient::countLoaded);
                String extract = "sftoolkit:bulkQuery?pollInterval=50&soql=" + Workload.BULK_QUERY;
                from("direct:extract-csv").to(extract + "&outputType=CSV").process(ToolkitClient::countLines);
                from("direct:extract-rows")
                        .to(extract + "&outputType=STREAM&typed=false")
                        .process(ToolkitClient::countRows);
                from("direct:empty").process(exchange -> {});
            }
        });
        context.start();
        template = context.createProducerTemplate();
        // the caller's thread runs into the producer, rather than a pool of the template's
        ((DefaultProducerTemplate) template)
                .setThreadedAsyncMode(Boolean.parseBoolean(settings.text("threaded", "false")));
    }

    @Override
    public Work empty(int count, int inFlight) {
        return () -> InFlight.send(template, "direct:empty", count, inFlight, Workload::id, exchange -> {});
    }

    @Override
    public Work fetch(int count, int inFlight) {
        return () -> InFlight.send(template, "direct:fetch", count, inFlight, Workload::id, exchange -> {
            if (exchange.getMessage().getBody(SObject.class).get("AccountNumber") == null) {
                throw new IllegalStateException("no record");
            }
        });
    }

    @Override
    public Work insert(int count, int inFlight) {
        List<?> accounts = Workload.accounts(count);
        return () -> {
            SaveResults results = send("direct:insert", accounts).getMessage().getBody(SaveResults.class);
            if (results.size() != count || !results.failed().isEmpty()) {
                throw new IllegalStateException(results.failed().size() + " records failed of " + results.size());
            }
            return count;
        };
    }

    @Override
    public Work retrieve(int count, int inFlight) {
        List<String> ids = Workload.ids(count);
        return () -> {
            List<?> records = send("direct:retrieve", ids).getMessage().getBody(List.class);
            if (records.size() != count || records.contains(null)) {
                throw new IllegalStateException("records are missing");
            }
            return count;
        };
    }

    @Override
    public Work query(int rows) {
        return () -> count("direct:query", Workload.QUERY + " LIMIT " + rows);
    }

    // within the exchange: a stream closes with it
    private static void countRows(Exchange exchange) {
        Iterator<?> rows = exchange.getMessage().getBody(Iterator.class);
        long count = 0;
        while (rows.hasNext()) {
            if (((SObject) rows.next()).id() == null) {
                throw new IllegalStateException("no record");
            }
            count++;
        }
        exchange.getMessage().setBody(count);
    }

    @Override
    public Work ingest(int rows, BulkRows.Form form) {
        byte[] ready = form == BulkRows.Form.BYTES ? BulkRows.bytes(rows) : null;
        return () -> {
            long loaded = count(
                    "direct:ingest",
                    switch (form) {
                        case STREAM -> BulkRows.csv(rows);
                        case BYTES -> ready;
                        case RECORDS -> BulkRows.records(rows);
                    });
            if (loaded != rows) {
                throw new IllegalStateException(loaded + " rows were loaded of " + rows);
            }
            return loaded;
        };
    }

    @Override
    public Work extract(boolean csv) {
        return () -> count(csv ? "direct:extract-csv" : "direct:extract-rows", null);
    }

    private long count(String uri, Object body) {
        return send(uri, body).getMessage().getBody(Long.class);
    }

    private static void countLoaded(Exchange exchange) {
        exchange.getMessage()
                .setBody(exchange.getMessage().getBody(BulkResult.class).processedCount());
    }

    private static void countLines(Exchange exchange) throws IOException {
        exchange.getMessage().setBody(BulkRows.count(exchange.getMessage().getBody(InputStream.class)));
    }

    private Exchange send(String uri, Object body) {
        Exchange exchange = template.request(uri, in -> in.getMessage().setBody(body));
        if (exchange.getException() != null) {
            throw new IllegalStateException(exchange.getException());
        }
        return exchange;
    }

    @Override
    public void close() {
        context.stop();
    }
}
