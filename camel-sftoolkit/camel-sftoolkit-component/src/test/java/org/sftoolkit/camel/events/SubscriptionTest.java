package org.sftoolkit.camel.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sftoolkit.camel.error.EventBusException;
import org.sftoolkit.camel.error.WatermarkException;

class SubscriptionTest {

    private static final String ORDERS = "/event/Order__e";
    private static final String CHANGES = "/data/AccountChangeEvent";
    private static final EventSchema.Field NUMBER =
            new EventSchema.Field("Number__c", EventSchema.Kind.INTEGER, "Integer", true, List.of());

    private final VirtualTime time = new VirtualTime();
    private final Random random = new Random(1);
    private final SimulatedBus bus = new SimulatedBus(time, random);
    private final Follower follower = new Follower(time, bus, random);

    @BeforeEach
    void makeSchemas() {
        bus.schema("orders", "Order__e", NUMBER);
        bus.schema(
                "changes",
                "AccountChangeEvent",
                new EventSchema.Field("ChangeEventHeader", EventSchema.Kind.COMPOUND, "", false, List.of()),
                NUMBER);
    }

    private void order(int number) {
        bus.commit(ORDERS, "orders", Map.of("Number__c", number));
    }

    private List<Object> completed() {
        return follower.completed.stream()
                .map(event -> event.record().get("Number__c"))
                .toList();
    }

    private void completes(Integer... numbers) {
        time.until(Duration.ofHours(1), () -> completed().size() >= numbers.length);
        assertThat(completed()).containsExactly((Object[]) numbers);
    }

    private ChannelStatus status(Subscription subscription) {
        subscription.show();
        return subscription.status().get(0);
    }

    @Test
    void anEventThatFailsComesAgainAfterAGrowingTimeBeforeAllLaterOnes() {
        follower.failures = 1;
        order(1);
        order(2);
        follower.start(List.of(ORDERS), it -> it);
        time.until(Duration.ofHours(1), () -> follower.begun.size() == 5);
        assertThat(follower.begun).extracting(EventDelivery::failures).containsOnly(5 - 1);
        assertThat(follower.begun.stream().map(it -> it.events().get(0).record().get("Number__c")))
                .containsOnly(1);
        assertThat(time.nanos()).isGreaterThan(Duration.ofSeconds(3).toNanos());
        follower.failures = 0;
        completes(1, 2);
    }

    @Test
    void aFailedRecordHoldsBackOthersButTheyDoNotComeTwice() {
        for (int i = 0; i < 30; i++) {
            bus.commit(
                    CHANGES, "changes", SubscriptionSimulationTest.change("Account", i, false, "00100000000000" + i));
        }
        follower.failures = 0.3;
        follower.start(List.of(CHANGES), it -> it);
        time.until(Duration.ofHours(1), () -> follower.completed.size() == 30);
        assertThat(completed()).doesNotHaveDuplicates();
    }

    @Test
    void withSkipTheChannelPassesOverWhatFails() {
        follower.failures = 1;
        order(1);
        order(2);
        Subscription subscription = follower.start(List.of(ORDERS), Settings::skipping);
        time.until(Duration.ofMinutes(1), () -> follower.store.containsKey(ORDERS));
        time.pass(Duration.ofSeconds(2));
        assertThat(follower.begun).hasSize(2);
        assertThat(status(subscription).position().replayId())
                .isEqualTo(bus.log(ORDERS).get(1).replayId());
    }

    @Test
    void restartContinuesAfterFinishedRecords() {
        order(1);
        order(2);
        follower.start(List.of(ORDERS), it -> it);
        completes(1, 2);
        time.pass(Duration.ofSeconds(2));
        follower.kill();
        order(3);
        follower.start(List.of(ORDERS), it -> it);
        completes(1, 2, 3);
    }

    @Test
    void anOvertakenSubscriptionGoesOnWhereTheOtherStands() {
        order(1);
        Subscription subscription = follower.start(List.of(ORDERS), it -> it);
        completes(1);
        time.until(Duration.ofMinutes(1), () -> follower.store.containsKey(ORDERS));
        order(2);
        String third = bus.commit(ORDERS, "orders", Map.of("Number__c", 3));
        String others = new ReplayPosition(third, time.time().clock().instant())
                .text(ORDERS, "00D000000000001AAA", time.time().clock().instant());
        follower.store.put(ORDERS, others);
        time.until(
                Duration.ofMinutes(1),
                () -> third.equals(status(subscription).position().replayId()));
        time.pass(Duration.ofSeconds(5));
        assertThat(follower.store.get(ORDERS)).isEqualTo(others);
        order(4);
        time.until(Duration.ofMinutes(1), () -> !follower.store.get(ORDERS).equals(others));
        assertThat(completed()).startsWith(1).endsWith(4).containsOnlyOnce(4);
    }

    @Test
    void withoutAnIntervalEachPositionIsStoredAtOnce() {
        order(1);
        follower.start(List.of(ORDERS), it -> Settings.commitEach(it, Duration.ZERO));
        completes(1);
        while (!follower.store.containsKey(ORDERS)
                && time.nanos() < Duration.ofMillis(900).toNanos()) {
            time.step();
        }
        assertThat(follower.store).containsKey(ORDERS);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1_000})
    void aStoreThatFailsIsAskedAgainAfterPausesOnly(long interval) {
        follower.storeFails = true;
        order(1);
        follower.start(List.of(ORDERS), it -> Settings.commitEach(it, Duration.ofMillis(interval)));
        completes(1);
        long end = time.nanos() + Duration.ofMinutes(1).toNanos();
        for (int steps = 0; steps < 20_000 && time.nanos() < end; steps++) {
            time.step();
        }
        assertThat(follower.saves).isBetween(3, 100);
        follower.storeFails = false;
        time.until(Duration.ofMinutes(1), () -> follower.store.containsKey(ORDERS));
    }

    @Test
    void aSignOfLifeMovesThePositionOfAQuietChannel() {
        String last = bus.commit(ORDERS, "orders", Map.of("Number__c", 1));
        Subscription subscription = follower.start(List.of(ORDERS), Settings::latest);
        time.until(Duration.ofMinutes(5), () -> follower.store.containsKey(ORDERS));
        assertThat(status(subscription).position().replayId()).isEqualTo(last);
    }

    @Test
    void nothingIsStoredByASubscriptionThatWasStopped() {
        follower.work = Duration.ofSeconds(10);
        order(1);
        Subscription old = follower.start(List.of(ORDERS), it -> it);
        time.until(Duration.ofSeconds(9), () -> follower.begun.size() == 1);
        old.stop();
        time.pass(Duration.ofSeconds(30));
        assertThat(completed()).containsExactly(1);
        assertThat(follower.store).isEmpty();
    }

    @Test
    void aChannelThatIsRefusedDoesNotStopTheOthers() {
        order(1);
        Subscription subscription = follower.start(List.of("/event/Nope__e", ORDERS), it -> it);
        time.until(Duration.ofMinutes(1), () -> bus.streams.size() == 2);
        bus.streams.get(0).end(SimulatedBus.refusal("topic.not.found", "NOT_FOUND"));
        completes(1);
        time.pass(Duration.ofHours(1));
        assertThat(status(subscription).state()).isEqualTo("FAILED");
        assertThat(status(subscription).trouble())
                .isInstanceOf(EventBusException.class)
                .hasMessageContaining("case-sensitive");
        assertThat(bus.starts).hasSize(2);
    }

    @Test
    void consolesSeeWhyAStreamEndedWhileNothingElseHappens() {
        Subscription subscription = follower.start(List.of(ORDERS), it -> it);
        time.until(Duration.ofMinutes(1), () -> bus.streams.size() == 1);
        time.pass(Duration.ofSeconds(5));
        bus.streams.get(0).end(SimulatedBus.refusal("subscription.limit.exceeded", "RESOURCE_EXHAUSTED"));
        time.pass(Duration.ofMillis(200));
        ChannelStatus shown = subscription.status().get(0);
        assertThat(shown.state()).isEqualTo("WAITING");
        assertThat(shown.trouble()).hasMessageContaining("subscription.limit.exceeded");
    }

    @Test
    void aPositionOfAnotherOrgOrChannelAndADamagedOneAreTold() {
        var position = new ReplayPosition("cjE=", null);
        for (String text : List.of(
                position.text(ORDERS, "00D000000000002AAA", time.instant()),
                position.text(CHANGES, "00D000000000001AAA", time.instant()),
                position.text(ORDERS, "00D000000000001AAA", time.instant()).replace("cjE", "cjF"))) {
            follower.store.put(ORDERS, text);
            Subscription subscription = follower.start(List.of(ORDERS), it -> it);
            time.until(Duration.ofMinutes(1), () -> status(subscription).trouble() != null);
            assertThat(status(subscription).trouble())
                    .isInstanceOf(WatermarkException.class)
                    .hasMessageContaining("set it anew");
            follower.kill();
        }
        assertThat(bus.starts).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(value = SubscriptionSettings.Gap.class, names = "RESYNC", mode = EnumSource.Mode.EXCLUDE)
    void aPositionThatTheBusHasLostMeansWhatOnGapSays(SubscriptionSettings.Gap gap) {
        order(1);
        follower.start(List.of(ORDERS), it -> it);
        completes(1);
        time.pass(Duration.ofSeconds(2));
        follower.kill();
        order(2);
        order(3);
        bus.retainedFrom = 2;
        Subscription subscription = follower.start(List.of(ORDERS), it -> Settings.onGap(it, gap));
        time.pass(Duration.ofMinutes(1));
        order(4);
        switch (gap) {
            case EARLIEST -> completes(1, 3, 4);
            case LATEST -> completes(1, 4);
            case RESYNC -> throw new AssertionError("platform events have no records");
            case FAIL -> {
                time.pass(Duration.ofHours(1));
                assertThat(completed()).containsExactly(1);
                assertThat(status(subscription).trouble())
                        .isInstanceOf(WatermarkException.class)
                        .hasMessageContaining("72 hours")
                        .hasMessageContaining("onGap");
                subscription.set(null, "EARLIEST");
                completes(1, 3, 4);
            }
        }
    }

    @Test
    void aPositionThatIsSetTakesTheChannelThere() {
        String first = bus.commit(ORDERS, "orders", Map.of("Number__c", 1));
        order(2);
        Subscription subscription = follower.start(List.of(ORDERS), it -> it);
        completes(1, 2);
        subscription.set(ORDERS, first);
        completes(1, 2, 2);
        Assertions.assertThatIllegalArgumentException()
                .isThrownBy(() -> subscription.set(ORDERS, "-2"))
                .withMessageContaining("Base64");
        Assertions.assertThatIllegalArgumentException()
                .isThrownBy(() -> subscription.set("/event/Other__e", "LATEST"))
                .withMessageContaining(ORDERS);
    }

    @Test
    void anEventThatCannotBeReadFailsAndIsNotLost() {
        bus.commit(CHANGES, "changes", Map.of("ChangeEventHeader", Map.of("entityName", "Account")));
        Subscription subscription = follower.start(List.of(CHANGES), it -> it);
        time.until(Duration.ofMinutes(1), () -> follower.begun.size() == 3);
        assertThat(status(subscription).held()).isEqualTo(1);
        assertThat(follower.store).isEmpty();
        assertThat(follower.begun.get(0).unreadable())
                .hasMessageContaining("changeType")
                .hasMessageContaining(CHANGES);
    }

    @Test
    void aSchemaThatIsAskedForHoldsBackItsChannelAndNoOther() {
        bus.schemaDelay = Duration.ofSeconds(20);
        bus.commit(CHANGES, "changes", SubscriptionSimulationTest.change("Account", 1, false, "001000000000001"));
        bus.commit(CHANGES, "changes", SubscriptionSimulationTest.change("Account", 2, false, "001000000000002"));
        follower.start(List.of(CHANGES), it -> it);
        time.until(Duration.ofSeconds(1), () -> bus.schemasAsked == 1);
        bus.schemaDelay = Duration.ZERO;
        order(7);
        follower.start(List.of(ORDERS), it -> it);
        completes(7);
        assertThat(time.nanos()).isLessThan(Duration.ofSeconds(10).toNanos());
    }

    @Test
    void aConnectionThatGoesAwayIsReplacedBeforeItsEnd() {
        order(1);
        follower.start(List.of(ORDERS), it -> it);
        completes(1);
        SimulatedBus.Stream old = bus.streams.get(0);
        old.goAway();
        time.until(Duration.ofSeconds(1), () -> bus.starts.size() == 2);
        assertThat(bus.starts.get(1))
                .isEqualTo(new EventBus.Start(
                        ORDERS, EventBus.Preset.CUSTOM, bus.log(ORDERS).get(0).replayId()));
        order(2);
        completes(1, 2);
        assertThat(bus.streams).hasSize(1).doesNotContain(old);
    }

    @Test
    void silentStreamIsOpenedAgainAfterAnUnansweredPing() {
        order(1);
        follower.start(List.of(ORDERS), it -> it);
        completes(1);
        bus.streams.get(0).fallSilent();
        order(2);
        completes(1, 2);
        assertThat(bus.pings).isPositive();
        assertThat(time.nanos())
                .isBetween(
                        Duration.ofSeconds(299).toNanos(),
                        Duration.ofSeconds(460).toNanos());
        assertThat(follower.reconnects).containsEntry("silence", 1);
    }

    @Test
    void theBackOffGrowsUntilTheFirstAnswer() {
        bus.refusal = SimulatedBus.refusal("service.unavailable", "INTERNAL");
        follower.start(List.of(ORDERS), it -> it);
        time.pass(Duration.ofMinutes(10));
        assertThat(bus.starts.size()).isBetween(15, 60);
        bus.refusal = null;
        order(1);
        completes(1);
    }

    @Test
    void eventsThatAreNotWantedMoveThePosition() {
        bus.commit(CHANGES, "changes", SubscriptionSimulationTest.change("Account", 1, false, "001000000000001"));
        Subscription subscription = follower.start(
                List.of(CHANGES),
                it -> Settings.wanting(it, new Wanted(java.util.Set.of(EventChange.DELETED), null), OrderKey.RECORD));
        time.until(Duration.ofMinutes(1), () -> follower.store.containsKey(CHANGES));
        assertThat(follower.begun).isEmpty();
        assertThat(status(subscription).held()).isZero();
    }

    @Test
    void suspendedConsumerReadsNothingAndContinuesAtItsPosition() {
        order(1);
        Subscription subscription = follower.start(List.of(ORDERS), it -> it);
        completes(1);
        subscription.suspend();
        time.pass(Duration.ofSeconds(1));
        order(2);
        time.pass(Duration.ofHours(1));
        assertThat(bus.streams).isEmpty();
        assertThat(completed()).containsExactly(1);
        subscription.resume();
        completes(1, 2);
    }
}
