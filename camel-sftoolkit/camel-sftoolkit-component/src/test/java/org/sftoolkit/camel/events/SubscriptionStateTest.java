package org.sftoolkit.camel.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sftoolkit.camel.CapturedLog;
import org.sftoolkit.camel.error.TransportException;

/** What a subscription keeps and tells beside its deliveries. */
class SubscriptionStateTest {

    private static final String ORDERS = "/event/Order__e";
    private static final String CHANGES = "/data/AccountChangeEvent";
    private static final EventSchema.Field HEADER =
            new EventSchema.Field("ChangeEventHeader", EventSchema.Kind.COMPOUND, "", false, List.of());
    private static final EventSchema.Field NUMBER =
            new EventSchema.Field("Number__c", EventSchema.Kind.INTEGER, "Integer", true, List.of());

    private final VirtualTime time = new VirtualTime();
    private final Random random = new Random(1);
    private final SimulatedBus bus = new SimulatedBus(time, random);
    private final Follower follower = new Follower(time, bus, random);

    @BeforeEach
    void makeSchemas() {
        bus.schema("orders", "Order__e", NUMBER);
        bus.schema("changes", "AccountChangeEvent", HEADER, NUMBER);
        bus.schema(
                "changes2",
                "AccountChangeEvent",
                HEADER,
                new EventSchema.Field("New__c", EventSchema.Kind.TEXT, "Text", true, List.of()),
                NUMBER);
    }

    private void order(int number) {
        bus.commit(ORDERS, "orders", Map.of("Number__c", number));
    }

    private void change(int number, boolean second) {
        Map<String, Object> values = new LinkedHashMap<>(
                SubscriptionSimulationTest.change("Account", number, second, String.format("001%012d", number)));
        @SuppressWarnings("unchecked")
        var header = (Map<String, Object>) values.get("ChangeEventHeader");
        header.put("commitTimestamp", time.instant().toEpochMilli());
        bus.commit(CHANGES, second ? "changes2" : "changes", values);
    }

    private List<Object> completed() {
        return follower.completed.stream()
                .map(event -> event.record().get("Number__c"))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"EARLIEST", "LATEST"})
    void aPresetThatIsSetIsStoredBeforeTheFirstEventAndHoldsAfterARestart(String preset) {
        order(1);
        order(2);
        Subscription subscription = follower.start(List.of(ORDERS), it -> it);
        time.until(Duration.ofMinutes(1), () -> follower.completed.size() == 2);
        time.pass(Duration.ofSeconds(2));
        bus.refusal = SimulatedBus.refusal("service.unavailable", "INTERNAL");
        subscription.set(ORDERS, preset);
        time.pass(Duration.ofSeconds(3));
        assertThat(follower.store.get(ORDERS)).contains("*" + preset);
        follower.kill();
        bus.refusal = null;
        follower.completed.clear();
        follower.start(List.of(ORDERS), Settings::latest);
        time.until(Duration.ofMinutes(1), () -> bus.streams.size() == 1);
        time.pass(Duration.ofSeconds(1));
        order(3);
        time.pass(Duration.ofMinutes(1));
        assertThat(completed()).containsExactlyElementsOf(preset.equals("EARLIEST") ? List.of(1, 2, 3) : List.of(3));
    }

    @Test
    void aPositionThatIsSetBeforeTheSubscriptionHasBegunHolds() {
        order(1);
        order(2);
        Subscription subscription = follower.start(List.of(ORDERS), Settings::latest);
        subscription.set(ORDERS, "EARLIEST");
        time.pass(Duration.ofMinutes(1));
        assertThat(completed()).containsExactly(1, 2);
    }

    @Test
    void theSchemaMayChangeBetweenTwoEventsOfOneResponse() {
        for (int i = 0; i < 20; i++) {
            change(i, i % 3 == 1);
        }
        bus.schemaDelay = Duration.ofSeconds(3);
        follower.start(List.of(CHANGES), it -> it);
        time.until(Duration.ofMinutes(1), () -> follower.completed.size() == 20);
        assertThat(Set.copyOf(completed())).hasSize(20).doesNotContainNull();
        assertThat(follower.completed.stream().map(it -> it.raw().schemaId()).collect(Collectors.toSet()))
                .containsExactlyInAnyOrder("changes", "changes2");
    }

    @Test
    void halfOfTheRetentionIsWarnedOfOnce() {
        change(1, false);
        follower.start(List.of(CHANGES), it -> it);
        time.until(Duration.ofMinutes(1), () -> follower.completed.size() == 1);
        time.pass(Duration.ofMinutes(1));
        follower.failures = 1;
        change(2, false);
        try (var log = new CapturedLog()) {
            time.pass(Duration.ofHours(35));
            assertThat(log.lines()).noneMatch(line -> line.contains("72 hours from then"));
            time.pass(Duration.ofHours(10));
            assertThat(log.lines())
                    .filteredOn(line -> line.contains("72 hours from then"))
                    .hasSize(1)
                    .first()
                    .asString()
                    .contains("WARN")
                    .contains(CHANGES);
        }
    }

    @Test
    void whatIsKnownToBeDoneIsNotDeliveredAndPassed() {
        var done = new HashSet<String>();
        var asked = new ArrayList<Integer>();
        follower.completions = new CompletedEvents() {
            @Override
            public Future<Set<String>> among(Collection<String> keys) {
                asked.add(keys.size());
                // the repository is not there at first
                return asked.size() == 1
                        ? Future.failedFuture(new TransportException("not there", "", false, true, null))
                        : Future.succeededFuture(
                                keys.stream().filter(done::contains).collect(Collectors.toSet()));
            }

            @Override
            public Future<Void> add(Collection<String> keys) {
                done.addAll(keys);
                return Future.succeededFuture();
            }
        };
        order(1);
        change(2, false);
        List<String> channels = List.of(ORDERS, CHANGES);
        follower.start(channels, it -> it);
        time.until(Duration.ofMinutes(2), () -> done.size() == 2);
        assertThat(done).hasSize(2).anySatisfy(key -> assertThat(key).endsWith(":" + String.format("001%012d", 2)));
        follower.kill();
        follower.store.clear();
        order(3);
        follower.start(channels, it -> it);
        time.pass(Duration.ofMinutes(2));
        assertThat(completed()).hasSize(3).contains(3);
        assertThat(follower.store).containsKeys(ORDERS, CHANGES);
    }
}
