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
import org.junit.jupiter.params.provider.EnumSource;

/** Deliveries of several events: lists and transactions. */
class GatheringTest {

    private static final String CHANGES = "/data/AccountChangeEvent";
    private static final EventSchema.Field NUMBER =
            new EventSchema.Field("Number__c", EventSchema.Kind.INTEGER, "Integer", true, List.of());

    private final VirtualTime time = new VirtualTime();
    private final Random random = new Random(1);
    private final SimulatedBus bus = new SimulatedBus(time, random);
    private final Follower follower = new Follower(time, bus, random);

    @BeforeEach
    void makeSchemas() {
        bus.schema(
                "changes",
                "AccountChangeEvent",
                new EventSchema.Field("ChangeEventHeader", EventSchema.Kind.COMPOUND, "", false, List.of()),
                NUMBER);
    }

    private void change(int number, String transaction, int sequence, String... ids) {
        Map<String, Object> values =
                new LinkedHashMap<>(SubscriptionSimulationTest.change("Account", number, false, ids));
        @SuppressWarnings("unchecked")
        var header = (Map<String, Object>) values.get("ChangeEventHeader");
        header.put("transactionKey", transaction);
        header.put("sequenceNumber", sequence);
        bus.commit(CHANGES, "changes", values);
    }

    private static String id(int number) {
        return String.format("001%012d", number);
    }

    private Subscription lists(int most) {
        return follower.start(
                List.of(CHANGES),
                it -> Settings.gathering(it, SubscriptionSettings.Grouping.LIST, most, Duration.ofSeconds(1)));
    }

    private Subscription transactions(int most) {
        return follower.start(
                List.of(CHANGES),
                it -> Settings.gathering(it, SubscriptionSettings.Grouping.TRANSACTION, most, Duration.ofSeconds(2)));
    }

    private List<Integer> sizes() {
        return follower.ended.stream().map(it -> it.events().size()).toList();
    }

    @Test
    void aListHoldsAtMostSoManyRecordsAndTheRestComesAfterItsTime() {
        for (int i = 0; i < 25; i++) {
            change(i, "t" + i, 1, id(i));
        }
        lists(10);
        time.until(Duration.ofMinutes(1), () -> follower.completed.size() == 25);
        assertThat(sizes()).containsExactlyInAnyOrder(10, 10, 5);
        assertThat(time.nanos()).isGreaterThan(Duration.ofSeconds(1).toNanos());
        time.pass(Duration.ofSeconds(5));
        assertThat(follower.store.get(CHANGES))
                .contains(bus.log(CHANGES).get(24).replayId().replace("=", ""));
    }

    @Test
    void anEventOfMoreRecordsThanAListTakesGoesOnInTheNextAndItsPositionPassesWithTheLast() {
        follower.work = Duration.ofSeconds(10);
        change(1, "t", 1, id(1), id(2), id(3), id(4), id(5));
        Subscription subscription = lists(2);
        time.until(Duration.ofMinutes(1), () -> follower.ended.size() == 2);
        subscription.show();
        assertThat(subscription.status().get(0).position().replayId()).isNull();
        time.until(Duration.ofMinutes(1), () -> follower.completed.size() == 5);
        time.pass(Duration.ofSeconds(2));
        assertThat(sizes()).containsExactlyInAnyOrder(2, 2, 1);
        assertThat(follower.store).containsKey(CHANGES);
    }

    @Test
    void listsThatShareARecordDoNotOverlapAndKeepItsOrder() {
        follower.work = Duration.ofSeconds(1);
        for (int i = 0; i < 40; i++) {
            change(i, "t" + i, 1, id(i % 7));
        }
        lists(3);
        time.until(Duration.ofHours(1), () -> follower.completed.size() == 40);
        assertThat(follower.overlapped).isFalse();
        for (int record = 0; record < 7; record++) {
            String id = id(record);
            assertThat(follower.completed.stream()
                            .filter(it -> it.id().equals(id))
                            .map(it -> (Integer) it.record().get("Number__c")))
                    .isSorted();
        }
    }

    @Test
    void aTransactionIsDeliveredWhenTheNextBeginsOrAfterSilence() {
        change(2, "a", 2, id(2));
        change(1, "a", 1, id(1));
        change(3, "b", 1, id(3));
        transactions(1000);
        time.until(Duration.ofSeconds(1), () -> follower.begun.size() == 1);
        assertThat(follower.begun.get(0).events())
                .extracting(it -> it.header().sequenceNumber())
                .containsExactly(1, 2);
        assertThat(follower.begun.get(0).isLast()).isTrue();
        time.until(Duration.ofSeconds(10), () -> follower.begun.size() == 2);
        assertThat(time.nanos())
                .isBetween(
                        Duration.ofSeconds(2).toNanos(), Duration.ofSeconds(3).toNanos());
    }

    @Test
    void aTransactionOfMoreThanAThousandRecordsComesInPartsOneAfterTheOtherWhateverThePrefetch() {
        for (int i = 0; i < 2_300; i++) {
            change(i, "large", i + 1, id(i));
        }
        follower.work = Duration.ofSeconds(5);
        transactions(1000);
        time.until(Duration.ofHours(1), () -> follower.completed.size() == 2_300);
        assertThat(sizes()).containsExactly(1000, 1000, 300);
        assertThat(follower.ended).extracting(EventDelivery::index).containsExactly(0, 1, 2);
        assertThat(follower.ended).extracting(EventDelivery::isLast).containsExactly(false, false, true);
        assertThat(follower.mostUnderWay).isEqualTo(1);
        assertThat(bus.mostCredit).isLessThanOrEqualTo(100);
    }

    @ParameterizedTest
    @EnumSource(
            value = SubscriptionSettings.Grouping.class,
            names = {"LIST", "TRANSACTION"})
    void whatGathersWhenTheProcessDiesComesAgain(SubscriptionSettings.Grouping grouping) {
        change(1, "a", 1, id(1));
        follower.start(List.of(CHANGES), it -> Settings.gathering(it, grouping, 100, Duration.ofSeconds(30)));
        time.pass(Duration.ofSeconds(10));
        assertThat(follower.begun).isEmpty();
        follower.kill();
        follower.start(List.of(CHANGES), it -> Settings.gathering(it, grouping, 100, Duration.ofSeconds(30)));
        time.until(Duration.ofMinutes(1), () -> follower.completed.size() == 1);
    }

    @Test
    void aListThatFailsComesAgainAsItWas() {
        for (int i = 0; i < 12; i++) {
            change(i, "t" + i, 1, id(i));
        }
        follower.failures = 0.4;
        lists(4);
        time.until(Duration.ofHours(1), () -> follower.completed.size() == 12);
        assertThat(follower.completed).doesNotHaveDuplicates();
        assertThat(sizes()).containsOnly(4);
    }
}
