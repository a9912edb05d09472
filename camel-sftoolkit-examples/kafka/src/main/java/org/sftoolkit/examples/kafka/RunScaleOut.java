package org.sftoolkit.examples.kafka;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.main.Main;
import org.sftoolkit.emulator.SalesforceEmulator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A broker, two orgs, a reader and two writers in one process: 5,000 Accounts go from one org to the other. */
public final class RunScaleOut {

    private static final Logger LOG = LoggerFactory.getLogger(RunScaleOut.class);
    private static final int ACCOUNTS = 5000;
    private static final long LONGEST_WAIT_MS = 120_000;

    private RunScaleOut() {}

    /** @throws IllegalStateException if the target has not got all Accounts within two minutes */
    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("scale-out");
        var nodes = new ArrayList<Main>();
        try (Broker broker = Broker.start(folder.resolve("broker"));
                SalesforceEmulator source = SalesforceEmulator.builder().start();
                SalesforceEmulator target = SalesforceEmulator.builder().start()) {
            LOG.info("The source is at {}, the target at {}", source.url(), target.url());
            for (int i = 0; i < ACCOUNTS; i++) {
                source.org().insert("Account", Map.of("Name", "Account " + i));
            }
            try {
                for (String routes : List.of("to-kafka", "from-kafka", "from-kafka")) {
                    nodes.add(Node.start(
                            routes, broker.address(), source.url(), target.url(), folder.resolve("positions")));
                }
                waitForAll(target);
            } finally {
                nodes.forEach(Main::stop);
            }
            LOG.info(
                    "{} Accounts are in the target, by {} calls",
                    ACCOUNTS,
                    target.requests().count("PATCH composite/sobjects/Account/External_ID__c"));
        }
    }

    private static void waitForAll(SalesforceEmulator target) throws InterruptedException {
        long end = System.currentTimeMillis() + LONGEST_WAIT_MS;
        int saved = 0;
        while (saved < ACCOUNTS) {
            if (System.currentTimeMillis() > end) {
                throw new IllegalStateException("only " + saved + " of " + ACCOUNTS + " Accounts have come");
            }
            Thread.sleep(500);
            saved = target.org().all("Account").size();
        }
    }
}
