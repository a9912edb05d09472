package org.sftoolkit.examples.replica;

import org.apache.camel.ProducerTemplate;
import org.apache.camel.main.Main;

/** The routes of the example replica in a process of their own, until it is killed. */
public final class ReplicaProcess {

    private ReplicaProcess() {}

    /** @param arguments the org's address, the JDBC URL, the file of positions */
    public static void main(String[] arguments) throws Exception {
        var main = new Main();
        main.configure().withRoutesIncludePattern("classpath:replica/*.camel.yaml");
        main.addInitialProperty("camel.component.sftoolkit.loginUrl", arguments[0]);
        main.addInitialProperty("camel.component.sftoolkit.clientId", "emulator-client");
        main.addInitialProperty("camel.component.sftoolkit.clientSecret", "emulator-secret");
        main.addInitialProperty("replica.database", arguments[1]);
        main.addInitialProperty("replica.positions", arguments[2]);
        main.start();
        try (ProducerTemplate template = main.getCamelContext().createProducerTemplate()) {
            template.requestBody("direct:replicate", (Object) null);
        }
        Thread.currentThread().join();
    }
}
