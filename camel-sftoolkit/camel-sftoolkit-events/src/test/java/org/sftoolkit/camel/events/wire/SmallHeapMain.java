package org.sftoolkit.camel.events.wire;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.sftoolkit.camel.SfToolkitComponent;
import org.sftoolkit.camel.model.SObject;

/**
 * Follows two channels in a process of its own, with a small heap: {@code url orders folder}. Prints how many of the orders came, how
 * much of the heap was in use at each tenth of them, and the events a second.
 */
public final class SmallHeapMain {

    private static final int TENTHS = 10;

    private final int orders;
    private final BitSet seen = new BitSet();
    private final List<Long> heap = new ArrayList<>();
    private final AtomicLong events = new AtomicLong();
    private final CountDownLatch done = new CountDownLatch(1);
    private long began;
    private int count;

    private SmallHeapMain(int orders) {
        this.orders = orders;
    }

    public static void main(String[] args) throws Exception {
        new SmallHeapMain(Integer.parseInt(args[1])).follow(args[0], args[2]);
        System.exit(0);
    }

    private void follow(String url, String folder) throws Exception {
        try (var context = new DefaultCamelContext()) {
            var component = new SfToolkitComponent();
            component.getConfiguration().setLoginUrl(url);
            component.getConfiguration().setClientId("emulator-client");
            component.getConfiguration().setClientSecret("emulator-secret");
            context.addComponent("sftoolkit", component);
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("sftoolkit:subscribe:Account,Order_Placed__e?replayPreset=EARLIEST&orderKey=NONE&watermarkFile="
                                    + folder
                                    + "/positions")
                            .process(SmallHeapMain.this::came);
                }
            });
            context.start();
            done.await();
            double seconds = (System.nanoTime() - began) / 1e9;
            System.out.printf(
                    "orders=%d of %d, MB in use at each tenth=%s, events/s=%.0f%n",
                    seen.cardinality(), orders, heap, events.get() / seconds);
        }
    }

    private synchronized void came(Exchange exchange) {
        if (events.getAndIncrement() == 0) {
            began = System.nanoTime();
        }
        SObject event = exchange.getMessage().getBody(SObject.class);
        if (event.get("Order_Number__c") instanceof String number) {
            seen.set(Integer.parseInt(number));
            if (++count % (orders / TENTHS) == 0) {
                System.gc();
                heap.add(
                        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20);
            }
            if (count == orders) {
                done.countDown();
            }
        }
    }
}
