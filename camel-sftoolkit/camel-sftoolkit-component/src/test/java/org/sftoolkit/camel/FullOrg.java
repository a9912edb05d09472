package org.sftoolkit.camel;

import java.time.Instant;
import java.util.Map;
import org.sftoolkit.emulator.SalesforceEmulator;

/** An org with many accounts in a process of its own; a line on its input adds one more. */
final class FullOrg {

    private FullOrg() {}

    /** Argument: how many accounts there are. Prints its address when they are. */
    public static void main(String[] arguments) throws Exception {
        int records = Integer.parseInt(arguments[0]);
        Instant first = Instant.parse("2025-01-01T00:00:00Z");
        try (SalesforceEmulator emulator = SalesforceEmulator.builder().start()) {
            for (int i = 0; i < records; i++) {
                // a thousand to a second, as bulk loads leave them
                Instant stamp = first.plusSeconds(i / 1_000);
                emulator.org().insert("Account", Map.of("Name", "Acme", "CreatedDate", stamp, "SystemModstamp", stamp));
            }
            System.out.println(emulator.url());
            while (System.in.read() >= 0) {
                emulator.org().insert("Account", Map.of("Name", "later"));
            }
        }
    }
}
