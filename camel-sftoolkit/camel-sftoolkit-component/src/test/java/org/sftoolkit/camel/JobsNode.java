package org.sftoolkit.camel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Iterator;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;
import org.sftoolkit.camel.model.BulkResult;

/** A process that loads, or delivers what others left to run, until it is killed; it writes down what came out. */
final class JobsNode {

    private static final String ENDS = "&pollInterval=5&maxPollInterval=20&requestTimeout=30000&jobTimeout=60000";

    private JobsNode() {}

    /**
     * Arguments: the org's address, a directory shared by the nodes, the name of this node, and what it does:
     *
     * <ul>
     *   <li>{@code load}: loads {@code input.csv} under a name, again and again until that is refused as done
     *   <li>{@code leave}: the same, and leaves the jobs to run
     *   <li>{@code deliver}: delivers results of jobs
     *   <li>{@code extract}: begins a query that is read by pages
     *   <li>{@code copy}: loads the pages of a query that come its way into another object
     * </ul>
     */
    public static void main(String[] arguments) throws Exception {
        Path shared = Path.of(arguments[1]);
        Path out = shared.resolve("out-" + arguments[2]);
        var main = new Main();
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() throws Exception {
                var component = new SfToolkitComponent();
                component.getConfiguration().setLoginUrl(arguments[0]);
                component.getConfiguration().setClientId("emulator-client");
                component.getConfiguration().setClientSecret("emulator-secret");
                component.getConfiguration().setJobFile(shared.resolve("jobs").toString());
                component.getConfiguration().setMaxRetries(0);
                getContext().addComponent("sftoolkit", component);
                switch (arguments[3]) {
                    case "load" -> load(shared, out, "");
                    case "leave" -> load(shared, out, "&await=false");
                    case "deliver" ->
                        from("sftoolkit:jobs?delay=20&initialDelay=0")
                                .process(exchange -> write(out, results(exchange)));
                    case "extract" ->
                        from("timer:extract?repeatCount=1&delay=0&includeMetadata=false")
                                .to("sftoolkit:bulkQuery:Lead?fields=LastName&partition=true&loadName=all");
                    default ->
                        from("sftoolkit:jobs?delay=20&initialDelay=0")
                                .setHeader(
                                        SfToolkitConstants.LOAD_NAME,
                                        simple("${header.CamelSfToolkitJobId}-${header.CamelSfToolkitPage}"))
                                .process(exchange -> write(
                                        out, "begun " + exchange.getMessage().getHeader(SfToolkitConstants.PAGE)))
                                .to("sftoolkit:bulk:Contact?fields=LastName" + ENDS)
                                .process(exchange -> write(
                                        out,
                                        "done " + exchange.getMessage().getHeader(SfToolkitConstants.PAGE) + " "
                                                + exchange.getMessage().getHeader(SfToolkitConstants.SUCCEEDED)));
                }
            }

            private void load(Path shared, Path out, String more) {
                from("timer:load?delay=0&period=50&includeMetadata=false")
                        .onException(org.sftoolkit.camel.error.DuplicateLoadException.class)
                        .handled(true)
                        .process(exchange -> write(
                                out,
                                exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class)
                                                .getMessage()
                                                .contains("still under way")
                                        ? "under way"
                                        : "refused"))
                        .end()
                        .process(exchange ->
                                exchange.getMessage().setBody(Files.newInputStream(shared.resolve("input.csv"))))
                        .to("sftoolkit:bulk:Account?loadName=nightly&maxJobBytes=400&concurrency=3" + ENDS + more)
                        .process(exchange -> write(
                                out,
                                exchange.getMessage().getBody() instanceof BulkResult ? results(exchange) : "left"));
            }
        });
        main.run();
    }

    /** One line with the key of each row. */
    private static String results(Exchange exchange) {
        BulkResult result = exchange.getMessage().getBody(BulkResult.class);
        var line = new StringBuilder("result");
        for (Iterator<org.sftoolkit.camel.model.BulkRow> rows = result.successful(); rows.hasNext(); ) {
            line.append(' ').append(rows.next().cells().get("Name"));
        }
        return line.toString();
    }

    private static void write(Path file, String line) {
        try {
            Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
