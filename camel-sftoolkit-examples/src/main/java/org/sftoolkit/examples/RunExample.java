package org.sftoolkit.examples;

import java.time.Duration;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.main.Main;
import org.sftoolkit.emulator.SalesforceEmulator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs an example on an embedded org: starts the emulator, loads the YAML routes of the example's folder, sends one message
 * to {@code direct:run}, and stops. Fails, and with it the build that runs it, when the route fails.
 */
public final class RunExample {

    private static final Logger LOG = LoggerFactory.getLogger(RunExample.class);

    private RunExample() {}

    /**
     * @param args the example's folder, such as {@code companies}
     * @throws Exception the failure of the route
     */
    public static void main(String[] args) throws Exception {
        run(args.length == 0 ? "companies" : args[0]);
    }

    static void run(String example) throws Exception {
        long start = System.nanoTime();
        try (SalesforceEmulator org = SalesforceEmulator.builder().start()) {
            LOG.info("Embedded org at {}", org.url());
            Main main = new Main();
            main.configure().withRoutesIncludePattern("classpath:" + example + "/*.camel.yaml");
            main.addInitialProperty("camel.main.logName", "org.sftoolkit.examples.route");
            main.addInitialProperty("camel.component.sftoolkit.loginUrl", org.url());
            main.addInitialProperty("camel.component.sftoolkit.clientId", "emulator-client");
            main.addInitialProperty("camel.component.sftoolkit.clientSecret", "emulator-secret");
            main.start();
            try {
                run(main.getCamelContext());
            } finally {
                main.stop();
            }
            LOG.info(
                    "Example {} ended well after {} ms",
                    example,
                    Duration.ofNanos(System.nanoTime() - start).toMillis());
        }
    }

    private static void run(CamelContext context) throws Exception {
        try (ProducerTemplate template = context.createProducerTemplate()) {
            template.requestBody("direct:run", (Object) null);
        }
    }
}
