package org.sftoolkit.camel;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.sftoolkit.camel.bulk.BulkQueryRows;
import org.sftoolkit.camel.model.BulkResult;
import org.sftoolkit.emulator.bulk.Blackhole;

/** A process with a small heap that loads or extracts rows and prints the sum of their hashes. */
final class BulkMemoryMain {

    private BulkMemoryMain() {}

    public static void main(String[] args) throws Exception {
        long rows = Long.parseLong(args[2]);
        try (var context = new DefaultCamelContext()) {
            var component = new SfToolkitComponent();
            SfToolkitConfiguration options = component.getConfiguration();
            options.setInstanceUrl(args[1]);
            options.setAccessToken("t");
            options.setPollInterval(50);
            context.addComponent("sftoolkit", component);
            var sum = new AtomicLong();
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:load")
                            .to("sftoolkit:bulk:Account?maxJobBytes=20000000")
                            .process(exchange -> {
                                BulkResult result = exchange.getMessage().getBody(BulkResult.class);
                                long seen = 0;
                                for (var row : result.successful()) {
                                    seen += row.success() ? 1 : 0;
                                }
                                require(
                                        seen == rows && result.succeededCount() == rows,
                                        result + " with " + seen + " rows");
                            });
                    from("direct:extract")
                            .to("sftoolkit:bulkQuery:Account?fields=Name,Phone,Site&typed=false")
                            .process(exchange -> {
                                BulkQueryRows read = exchange.getMessage().getBody(BulkQueryRows.class);
                                long seen = 0;
                                while (read.hasNext()) {
                                    var row = read.next();
                                    sum.addAndGet(Blackhole.hash(
                                            List.of((String) row.get("Name"), (String) row.get("Phone"), (String)
                                                    row.get("Site"))));
                                    seen++;
                                }
                                require(seen == rows, seen + " rows");
                            });
                }
            });
            context.start();
            Object body = args[0].equals("load") ? records(rows, sum) : "";
            var exchange = context.createProducerTemplate()
                    .request("direct:" + args[0], one -> one.getMessage().setBody(body));
            if (exchange.getException() != null) {
                throw exchange.getException();
            }
            System.out.println("sum=" + sum.get());
        }
        System.exit(0);
    }

    /** The cells of the n-th row. */
    static List<String> row(long n) {
        return List.of("Company \"" + n + "\", größer", "+49 " + n, n % 3 == 0 ? "line\nbreak" : "site " + n);
    }

    private static Iterator<Map<String, Object>> records(long rows, AtomicLong sum) {
        var next = new AtomicLong();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return next.get() < rows;
            }

            @Override
            public Map<String, Object> next() {
                List<String> cells = row(next.getAndIncrement());
                sum.addAndGet(Blackhole.hash(cells));
                Map<String, Object> record = new LinkedHashMap<>();
                record.put("Name", cells.get(0));
                record.put("Phone", cells.get(1));
                record.put("Site", cells.get(2));
                return record;
            }
        };
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }
}
