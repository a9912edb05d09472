package org.sftoolkit.camel;

import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.zip.CRC32;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.sftoolkit.camel.body.UncachedStream;
import org.sftoolkit.camel.model.SaveResults;

/** Runs in a process of its own, with a small heap: {@code url records|csv|file|plain size}. Prints what came of it. */
public final class SmallHeapMain {

    private SmallHeapMain() {}

    public static void main(String[] args) throws Exception {
        try (var context = new DefaultCamelContext()) {
            var component = new SfToolkitComponent();
            component.getConfiguration().setLoginUrl(args[0]);
            component.getConfiguration().setInstanceUrl(args[0]);
            component.getConfiguration().setClientId("emulator-client");
            component.getConfiguration().setClientSecret("emulator-secret");
            context.addComponent("sftoolkit", component);
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:upload").to("sftoolkit:upload:ContentVersion?fileName=large.bin");
                    from("direct:plain").streamCache("false").to("sftoolkit:upload:ContentVersion?fileName=large.bin");
                    from("direct:download")
                            .to("sftoolkit:download:ContentVersion")
                            .process(exchange -> exchange.getMessage().setBody(checksum((InputStream)
                                    exchange.getMessage().getBody())));
                    from("direct:fetch").to("sftoolkit:fetch:Account?maxRetries=0");
                    from("direct:query").to("sftoolkit:query:Account?fields=Id&maxRetries=0");
                    from("direct:csv")
                            .setHeader(Exchange.CONTENT_TYPE, constant("text/csv"))
                            .to("file:" + System.getProperty("out") + "?fileName=rows.csv");
                    from("direct:save").to("sftoolkit:save:Account?concurrency=5");
                }
            });
            context.start();
            long size = Long.parseLong(args[2]);
            if (args[1].equals("bombs")) {
                System.out.println(bombs(context, (int) size));
                System.exit(0);
            }
            if (args[1].equals("csv")) {
                System.out.println(csv(context, size));
                System.exit(0);
            }
            System.out.println(args[1].equals("records") ? records(context, size) : file(context, args[1], size));
        }
        System.exit(0);
    }

    private static String records(DefaultCamelContext context, long size) {
        var records = LongStream.range(0, size)
                .mapToObj(i -> Map.of("Name", "Record " + i, "Description", "d".repeat(200)))
                .iterator();
        Exchange exchange = context.createProducerTemplate()
                .request("direct:save", e -> e.getMessage().setBody(records));
        if (exchange.getException() != null) {
            throw new IllegalStateException(exchange.getException());
        }
        SaveResults results = exchange.getMessage().getBody(SaveResults.class);
        return "saved=" + results.succeeded().size() + " of " + results.size();
    }

    private static String csv(DefaultCamelContext context, long size) {
        var rows = LongStream.range(0, size)
                .mapToObj(i -> Map.of("Name", "Record " + i, "Description", "d".repeat(200)))
                .iterator();
        Exchange done = context.createProducerTemplate()
                .request("direct:csv", e -> e.getMessage().setBody(rows));
        return "written=" + (done.getException() == null) + " " + done.getException();
    }

    /** Asks some times at a time; gives the failures, which must not be errors of the machine. */
    private static String bombs(DefaultCamelContext context, int times) {
        var template = context.createProducerTemplate();
        var all = new java.util.ArrayList<java.util.concurrent.Future<Exchange>>();
        for (int i = 0; i < times; i++) {
            all.add(template.asyncSend(i % 2 == 0 ? "direct:fetch" : "direct:query", e -> e.getMessage()
                    .setBody("001000000000001AAA")));
        }
        var failures = new java.util.TreeSet<String>();
        for (var one : all) {
            try {
                failures.add(one.get().getException().getClass().getSimpleName());
            } catch (Exception e) {
                failures.add(e.toString());
            }
        }
        return "failures=" + failures;
    }

    private static String file(DefaultCamelContext context, String what, long size) throws Exception {
        var template = context.createProducerTemplate();
        boolean plain = what.equals("plain");
        InputStream content = plain ? new Generated(size) : new UncachedStream(new Generated(size));
        Exchange up = template.request(
                plain ? "direct:plain" : "direct:upload", e -> e.getMessage().setBody(content));
        if (up.getException() != null) {
            throw up.getException();
        }
        Exchange down = template.request(
                "direct:download", e -> e.getMessage().setBody(up.getMessage().getHeader("CamelSfToolkitId")));
        if (down.getException() != null) {
            throw down.getException();
        }
        return "up=" + checksum(new Generated(size)) + " down="
                + down.getMessage().getBody(List.class);
    }

    private static List<Long> checksum(InputStream in) throws java.io.IOException {
        var crc = new CRC32();
        byte[] bytes = new byte[64 * 1024];
        long length = 0;
        for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
            crc.update(bytes, 0, n);
            length += n;
        }
        return List.of(length, crc.getValue());
    }

    /** Bytes that no compression makes small. */
    private static final class Generated extends InputStream {
        private long left;
        private long state = 42;

        Generated(long size) {
            this.left = size;
        }

        @Override
        public int read() {
            if (left == 0) {
                return -1;
            }
            left--;
            state = state * 6364136223846793005L + 1442695040888963407L;
            return (int) (state >>> 56);
        }

        @Override
        public int read(byte[] target, int from, int most) {
            int length = (int) Math.min(most, left);
            if (length == 0) {
                return most == 0 ? 0 : -1;
            }
            for (int i = 0; i < length; i++) {
                target[from + i] = (byte) read();
            }
            return length;
        }
    }
}
