package org.sftoolkit.camel.events.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.processor.state.MemoryStateRepository;
import org.junit.jupiter.api.Test;
import org.sftoolkit.camel.watermark.AtomicStateRepository;
import org.sftoolkit.emulator.events.BusEvent;

/** Two nodes of a cluster that share a store. */
class ClusterIT extends EventRouteSupport {

    private final Positions positions = new Positions();

    /** A store that compares before it writes, and remembers what was written. */
    private static final class Positions extends MemoryStateRepository implements AtomicStateRepository {

        private final List<String> written = new CopyOnWriteArrayList<>();

        @Override
        public synchronized void setState(String key, String value) {
            super.setState(key, value);
            written.add(value);
        }

        @Override
        public synchronized boolean compareAndSetState(String key, String expected, String value) {
            if (!Objects.equals(expected, getState(key))) {
                return false;
            }
            setState(key, value);
            return true;
        }
    }

    private record Node(CamelContext context, SwitchedCluster cluster, List<Exchange> seen) {}

    private Node node(String name, Processing step) throws Exception {
        CamelContext context = camel();
        var cluster = new SwitchedCluster(name);
        var seen = new CopyOnWriteArrayList<Exchange>();
        context.addService(cluster);
        context.getRegistry().bind("positions", positions);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("master:orders:sftoolkit:subscribe:Order_Placed__e?replayPreset=EARLIEST&orderKey=NONE"
                                + "&commitInterval=0&watermarkStore=#positions")
                        .routeId("orders")
                        .process(exchange -> {
                            step.process(exchange);
                            seen.add(exchange.copy());
                        });
            }
        });
        context.start();
        return new Node(context, cluster, seen);
    }

    /** Places in the channel of the positions that were written, in the order of writing. */
    private List<Integer> places() {
        List<String> ids = emulator.events().list(ORDERS).stream()
                .map(BusEvent::replayId)
                .map(id -> id.replace("=", ""))
                .toList();
        return positions.written.stream()
                .map(text -> ids.indexOf(text.split(";")[4]))
                .toList();
    }

    private static List<Object> numbers(int from, int to) {
        return IntStream.rangeClosed(from, to).<Object>mapToObj(i -> "O-" + i).toList();
    }

    private static boolean isFirst(Exchange exchange) {
        return "O-1".equals(exchange.getMessage().getBody(java.util.Map.class).get("Order_Number__c"));
    }

    @Test
    void anExchangeThatEndsLateOnTheNodeBeforeMovesNoPositionBack() throws Exception {
        var leave = new CountDownLatch(1);
        var late = new CountDownLatch(1);
        Node first = node("first", exchange -> {
            if (isFirst(exchange)) {
                leave.await(60, TimeUnit.SECONDS);
                late.countDown();
            }
        });
        Node second = node("second", exchange -> {});
        first.cluster().lead(true);
        IntStream.rangeClosed(1, 5).forEach(i -> order("O-" + i));
        arrive(first.seen(), 4);
        assertThat(positions.written).isEmpty();

        first.cluster().lead(false);
        second.cluster().lead(true);
        IntStream.rangeClosed(6, 10).forEach(i -> order("O-" + i));
        arrive(second.seen(), 10);
        await().atMost(Duration.ofSeconds(30)).until(() -> places().contains(9));
        leave.countDown();
        assertThat(late.await(30, TimeUnit.SECONDS)).isTrue();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> first.context().getInflightRepository().size() == 0);
        order("O-11");
        arrive(second.seen(), 11);
        await().atMost(Duration.ofSeconds(30)).until(() -> places().contains(10));

        assertThat(values(second.seen(), "Order_Number__c")).containsExactlyInAnyOrderElementsOf(numbers(1, 11));
        assertThat(places()).isSorted();
    }

    @Test
    void aNodeThatHearsLateOfItsSuccessorMovesNoPositionBack() throws Exception {
        var held = new CountDownLatch(1);
        Node first = node("first", exchange -> {
            if (!isFirst(exchange)) {
                held.await(60, TimeUnit.SECONDS);
            }
        });
        Node second = node("second", exchange -> {});
        first.cluster().lead(true);
        order("O-1");
        await().atMost(Duration.ofSeconds(30)).until(() -> places().equals(List.of(0)));
        order("O-2");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> first.context().getInflightRepository().size() == 1);

        second.cluster().lead(true);
        IntStream.rangeClosed(3, 10).forEach(i -> order("O-" + i));
        arrive(second.seen(), 9);
        await().atMost(Duration.ofSeconds(30)).until(() -> places().contains(9));
        held.countDown();
        arrive(first.seen(), 10);
        first.cluster().lead(false);
        order("O-11");
        arrive(second.seen(), 10);
        await().atMost(Duration.ofSeconds(30)).until(() -> places().contains(10));

        assertThat(values(second.seen(), "Order_Number__c")).containsExactlyInAnyOrderElementsOf(numbers(2, 11));
        assertThat(places()).isSorted();
    }
}
