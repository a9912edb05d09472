package org.sftoolkit.benchmarks.stub;

import java.util.HashMap;
import java.util.Map;
import org.sftoolkit.emulator.SalesforceEmulator;
import org.sftoolkit.emulator.events.EventSettings;

/**
 * Starts an org whose bus holds so many changes of Accounts, and prints its port; ends when its standard input does, and so with
 * the process that began it.
 */
public final class BusMain {

    private static final int ACCOUNTS = 1_000;

    private BusMain() {}

    /** @param args how many events */
    public static void main(String[] args) throws Exception {
        int events = Integer.parseInt(args[0]);
        try (SalesforceEmulator org = SalesforceEmulator.builder()
                .connectedApp("benchmark", "benchmark")
                .user("benchmark@example.com", "benchmark", "")
                .events(EventSettings.standard().withKept(events + ACCOUNTS))
                .start()) {
            var ids = new String[ACCOUNTS];
            for (int i = 0; i < ACCOUNTS; i++) {
                ids[i] = org.org().insert("Account", Map.of("Name", "Account " + i));
            }
            for (int i = 0; i < events; i++) {
                org.org().update("Account", ids[i % ACCOUNTS], change(i));
            }
            System.out.println(org.port());
            while (System.in.read() >= 0) {
                // nothing is expected but the end
            }
        }
    }

    private static Map<String, Object> change(int i) {
        return new HashMap<>(Map.of(
                "Name",
                "Company " + i,
                "Industry",
                i % 2 == 0 ? "Energy" : "Retail",
                "Phone",
                "+49 30 " + i,
                "NumberOfEmployees",
                i,
                "AnnualRevenue",
                i * 1.5,
                "BillingCity",
                "City " + i % 100));
    }
}
