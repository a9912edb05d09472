package org.sftoolkit.camel.events.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sftoolkit.emulator.SalesforceEmulator;

/** A subscriber in a process with a heap of 64 MB; the profile {@code load} makes it 1,000,000 events. */
class SmallHeapIT {

    private static final int ORDERS = Integer.getInteger("load.events", 5_000);
    /** Far fewer than the emulator keeps. */
    private static final int AHEAD = 20_000;

    private static final int ORDERS_A_CHANGE = 20;
    private static final int HEADROOM_MB = 6;

    @Test
    @Timeout(value = 60, unit = TimeUnit.MINUTES)
    void theHeapStaysFlatHoweverManyEventsCome(@TempDir Path folder) throws Exception {
        Path out = folder.resolve("out");
        try (SalesforceEmulator org = SalesforceEmulator.builder().start()) {
            Process subscriber = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx64m",
                            "-cp",
                            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                            SmallHeapMain.class.getName(),
                            org.url(),
                            Integer.toString(ORDERS),
                            folder.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(out.toFile())
                    .start();
            try {
                publish(org, subscriber);
                assertThat(subscriber.waitFor(10, TimeUnit.MINUTES)).isTrue();
            } finally {
                subscriber.destroyForcibly();
            }
        }
        String told = Files.readString(out);
        assertThat(told).contains("orders=" + ORDERS + " of " + ORDERS);
        System.out.println(told);
        Matcher figures = Pattern.compile("each tenth=\\[(.*?)]").matcher(told);
        assertThat(figures.find()).isTrue();
        List<Integer> heap = Arrays.stream(figures.group(1).split(", "))
                .map(Integer::valueOf)
                .toList();
        assertThat(heap).hasSize(10);
        assertThat(heap.get(9)).as(told).isLessThanOrEqualTo(heap.get(1) + HEADROOM_MB);
    }

    private static void publish(SalesforceEmulator org, Process subscriber) {
        String account = org.org().insert("Account", Map.of("Name", "Acme"));
        long published = 1;
        for (int i = 0; i < ORDERS; i++) {
            if (i % ORDERS_A_CHANGE == 0) {
                org.org().update("Account", account, Map.of("Name", "Acme " + i));
                published++;
            }
            org.events().publish("Order_Placed__e", Map.of("Order_Number__c", "" + i, "Amount__c", 12.5));
            long now = ++published;
            if (now - org.events().delivered() > AHEAD) {
                await().atMost(Duration.ofMinutes(2))
                        .pollInterval(Duration.ofMillis(20))
                        .until(() -> now - org.events().delivered() < AHEAD / 2 || !subscriber.isAlive());
            }
        }
    }
}
