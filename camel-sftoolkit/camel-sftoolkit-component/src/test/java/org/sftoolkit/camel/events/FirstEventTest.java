package org.sftoolkit.camel.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The first events of a subscription that began with what comes: nothing was done before them, and they are not lost all the same. */
class FirstEventTest {

    private static final String ORDERS = "/event/Order__e";
    private static final String CHANGES = "/data/AccountChangeEvent";
    private static final EventSchema.Field HEADER =
            new EventSchema.Field("ChangeEventHeader", EventSchema.Kind.COMPOUND, "", false, List.of());
    private static final EventSchema.Field NUMBER =
            new EventSchema.Field("Number__c", EventSchema.Kind.INTEGER, "Integer", true, List.of());
    private static final EventSchema.Field CREATED =
            new EventSchema.Field("CreatedDate", EventSchema.Kind.LONG, "DateTime", false, List.of());

    private final VirtualTime time = new VirtualTime();
    private final Random random = new Random(1);
    private final SimulatedBus bus = new SimulatedBus(time, random);
    private final Follower follower = new Follower(time, bus, random);

    @BeforeEach
    void makeSchemas() {
        bus.schema("orders", "Order__e", NUMBER, CREATED);
        bus.schema("changes", "AccountChangeEvent", HEADER, NUMBER);
    }

    private void commit(String channel, int number) {
        if (channel.equals(ORDERS)) {
            bus.commit(
                    ORDERS,
                    "orders",
                    Map.of("Number__c", number, "CreatedDate", time.instant().toEpochMilli()));
            return;
        }
        Map<String, Object> values = new LinkedHashMap<>(
                SubscriptionSimulationTest.change("Account", number, false, String.format("001%012d", number)));
        @SuppressWarnings("unchecked")
        var header = (Map<String, Object>) values.get("ChangeEventHeader");
        header.put("commitTimestamp", time.instant().toEpochMilli());
        bus.commit(CHANGES, "changes", values);
    }

    private List<Object> completed() {
        return follower.completed.stream()
                .map(event -> event.record().get("Number__c"))
                .toList();
    }

    private void followedWithoutSuccess(String channel, String begun) {
        commit(channel, 1);
        time.pass(Duration.ofSeconds(1));
        commit(channel, 2);
        time.pass(Duration.ofSeconds(1));
        follower.failures = 1;
        Subscription subscription = follower.start(List.of(channel), Settings::latest);
        if (begun.equals("set")) {
            subscription.set(channel, "LATEST");
        }
        time.until(Duration.ofMinutes(1), () -> bus.streams.size() == 1);
        time.pass(Duration.ofSeconds(5));
        commit(channel, 3);
        time.pass(Duration.ofMillis(3));
        commit(channel, 4);
        time.until(Duration.ofMinutes(1), () -> !follower.begun.isEmpty());
        assertThat(follower.completed).isEmpty();
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource({
        ORDERS + ", option, killed",
        ORDERS + ", option, stopped",
        ORDERS + ", set, killed",
        ORDERS + ", set, stopped",
        CHANGES + ", option, killed",
        CHANGES + ", option, stopped",
        CHANGES + ", set, killed",
        CHANGES + ", set, stopped"
    })
    void whatCameAndWasNotDoneComesAgainAndNothingOlder(String channel, String begun, String end) {
        followedWithoutSuccess(channel, begun);
        end(end);
        commit(channel, 5);
        follower.failures = 0;
        follower.start(List.of(channel), Settings::latest);
        time.pass(Duration.ofMinutes(2));
        assertThat(completed()).containsExactlyInAnyOrder(3, 4, 5);
    }

    @ParameterizedTest
    @ValueSource(strings = {ORDERS, CHANGES})
    void thatHoldsForARestartAfterTheRestart(String channel) {
        followedWithoutSuccess(channel, "option");
        end("killed");
        follower.start(List.of(channel), Settings::latest);
        time.pass(Duration.ofMinutes(2));
        end("killed");
        follower.failures = 0;
        follower.start(List.of(channel), Settings::latest);
        time.pass(Duration.ofMinutes(2));
        assertThat(completed()).containsExactlyInAnyOrder(3, 4);
    }

    @ParameterizedTest
    @ValueSource(strings = {ORDERS, CHANGES})
    void aPlaceThatSalesforceHoldsNoMoreIsAGap(String channel) {
        followedWithoutSuccess(channel, "option");
        end("killed");
        time.pass(Duration.ofHours(73));
        follower.failures = 0;
        Subscription late = follower.start(List.of(channel), Settings::latest);
        time.pass(Duration.ofMinutes(2));
        assertThat(late.status().get(0).trouble()).hasMessageContaining("Salesforce does not hold what follows");
        assertThat(follower.completed).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {ORDERS, CHANGES})
    void afterASignOfLifeTheExactPlaceIsKept(String channel) {
        commit(channel, 1);
        follower.failures = 1;
        follower.start(List.of(channel), Settings::latest);
        time.pass(Duration.ofMinutes(10));
        assertThat(follower.store.get(channel)).doesNotContain("EARLIEST");
        commit(channel, 2);
        time.until(Duration.ofMinutes(1), () -> !follower.begun.isEmpty());
        end("killed");
        assertThat(follower.store.get(channel)).doesNotContain("EARLIEST");
        follower.failures = 0;
        follower.start(List.of(channel), Settings::latest);
        time.pass(Duration.ofMinutes(2));
        assertThat(completed()).containsExactly(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {ORDERS, CHANGES})
    void aStreamThatBreaksBeforeTheFirstEventCouldBeReadLosesNothing(String channel) {
        bus.schemaDelay = Duration.ofSeconds(3);
        follower.failures = 1;
        follower.start(List.of(channel), Settings::latest);
        time.until(Duration.ofMinutes(1), () -> bus.streams.size() == 1);
        time.pass(Duration.ofSeconds(5));
        commit(channel, 1);
        time.pass(Duration.ofSeconds(1));
        bus.streams.get(0).end(SimulatedBus.refusal("service.unavailable", "INTERNAL"));
        time.until(Duration.ofMinutes(1), () -> !follower.begun.isEmpty());
        end("killed");
        follower.failures = 0;
        follower.start(List.of(channel), Settings::latest);
        time.pass(Duration.ofMinutes(2));
        assertThat(completed()).containsExactly(1);
    }

    @Test
    void theFirstEventOfAChannelDoesNotWaitForTheWriteOfAnother() {
        follower.start(List.of(ORDERS, CHANGES), Settings::latest);
        time.until(Duration.ofMinutes(1), () -> bus.streams.size() == 2);
        time.pass(Duration.ofSeconds(5));
        commit(ORDERS, 1);
        time.pass(Duration.ofSeconds(3));
        commit(ORDERS, 2);
        time.until(Duration.ofMinutes(1), () -> follower.completed.size() == 2);
        follower.failures = 1;
        commit(CHANGES, 3);
        time.until(Duration.ofMinutes(1), () -> follower.begun.size() == 3);
        end("killed");
        follower.failures = 0;
        follower.start(List.of(CHANGES), Settings::latest);
        time.pass(Duration.ofMinutes(2));
        assertThat(completed()).contains(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {ORDERS, CHANGES})
    void theFirstEventAfterAGapIsStoredAnew(String channel) {
        followedWithoutSuccess(channel, "option");
        end("killed");
        time.pass(Duration.ofHours(73));
        follower.begun.clear();
        follower.start(List.of(channel), FirstEventTest::goingOn);
        time.pass(Duration.ofMinutes(1));
        commit(channel, 6);
        time.until(Duration.ofMinutes(1), () -> !follower.begun.isEmpty());
        end("killed");
        follower.failures = 0;
        follower.start(List.of(channel), FirstEventTest::goingOn);
        time.pass(Duration.ofMinutes(2));
        assertThat(completed()).containsExactly(6);
    }

    private static SubscriptionSettings goingOn(SubscriptionSettings it) {
        return Settings.onGap(Settings.latest(it), SubscriptionSettings.Gap.LATEST);
    }

    private void end(String how) {
        if (how.equals("stopped")) {
            follower.stop();
        }
        follower.kill();
    }
}
