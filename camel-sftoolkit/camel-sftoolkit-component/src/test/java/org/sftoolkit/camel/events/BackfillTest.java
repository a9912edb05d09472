package org.sftoolkit.camel.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sftoolkit.camel.error.UnreadableResponseException;
import org.sftoolkit.camel.error.WatermarkException;

/** Records that are read from the org where events do not tell of them. */
class BackfillTest {

    private static final String CHANGES = "/data/AccountChangeEvent";
    private static final EventSchema.Field NUMBER =
            new EventSchema.Field("Number__c", EventSchema.Kind.INTEGER, "Integer", true, List.of());

    private final VirtualTime time = new VirtualTime();
    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);
    private final SimulatedBus bus = new SimulatedBus(time, random);
    private final Follower follower = new Follower(time, bus, random);
    private int numbers;

    @BeforeEach
    void makeSchemas() {
        bus.schema(
                "changes",
                "AccountChangeEvent",
                new EventSchema.Field("ChangeEventHeader", EventSchema.Kind.COMPOUND, "", false, List.of()),
                NUMBER);
    }

    private static String id(int number) {
        return String.format("001%012d", number);
    }

    /** A change of the org, and the event that tells of it. */
    private void change(String id) {
        numbers++;
        String type = follower.org.rows.containsKey(id) ? "UPDATE" : "CREATE";
        follower.org.put(id, numbers);
        event(type, numbers, id);
    }

    private void delete(String id) {
        follower.org.delete(id);
        event("DELETE", ++numbers, id);
    }

    private void event(String type, int number, String... ids) {
        Map<String, Object> values =
                new LinkedHashMap<>(SubscriptionSimulationTest.change("Account", number, false, ids));
        @SuppressWarnings("unchecked")
        var header = (Map<String, Object>) values.get("ChangeEventHeader");
        header.put("changeType", type);
        header.put("commitTimestamp", time.instant().toEpochMilli());
        if (!type.equals("UPDATE")) {
            header.put("changedFields", List.of());
        }
        bus.commit(CHANGES, "changes", values);
    }

    private Subscription follow(UnaryOperator<SubscriptionSettings> change) {
        return follower.start(List.of(CHANGES), change);
    }

    /** What a table would hold that takes each delivery as it comes. */
    private Map<String, Object> replica() {
        var table = new HashMap<String, Object>();
        for (ChannelEvent event : follower.completed) {
            if (event.change() == EventChange.DELETED) {
                table.remove(event.id());
            } else if (event.id() != null) {
                table.put(event.id(), event.record().get("Number__c"));
            }
        }
        return table;
    }

    private Map<String, Object> org() {
        var table = new HashMap<String, Object>();
        follower.org.rows.forEach((id, row) -> {
            if (!row.deleted()) {
                table.put(id, row.number());
            }
        });
        return table;
    }

    private ChannelStatus status(Subscription subscription) {
        subscription.show();
        return subscription.status().get(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GAP_OVERFLOW", "GAP_UPDATE"})
    void anEventThatNamesNoRecordsHasTheObjectQueriedSinceItsCommit(String type) {
        follower.org.put(id(99), 1);
        time.pass(Duration.ofHours(1));
        change(id(0));
        for (int i = 1; i < 50; i++) {
            follower.org.put(id(i), 1000 + i);
        }
        if (type.equals("GAP_OVERFLOW")) {
            event(type, 1);
        } else {
            event(type, 1, "001*");
        }
        change(id(3));
        Subscription subscription = follow(it -> it);
        time.until(Duration.ofMinutes(5), () -> replica().size() == 50 && follower.underWay == 0);
        time.pass(Duration.ofSeconds(5));
        assertThat(replica())
                .containsAllEntriesOf(Map.of(id(49), 1049, id(3), numbers))
                .doesNotContainKey(id(99));
        assertThat(follower.completed)
                .filteredOn(it -> it.gap() != null)
                .extracting(ChannelEvent::gap)
                .containsOnly(type);
        // the event behind it is the last of its record
        assertThat(follower.org.since).hasSize(1);
        assertThat(follower.org.since.get(0)).isEqualTo(Instant.parse("2026-11-28T00:50:00Z"));
        assertThat(status(subscription).position().replayId())
                .isEqualTo(bus.log(CHANGES).get(2).replayId());
        assertThat(status(subscription).held()).isZero();
    }

    @Test
    void thePositionStaysBeforeAnOverflowUntilItsLastRecordIsDone() {
        for (int i = 0; i < 30; i++) {
            follower.org.put(id(i), i);
        }
        event("GAP_OVERFLOW", 1);
        follower.work = Duration.ofSeconds(10);
        Subscription subscription = follow(it -> it);
        time.until(Duration.ofMinutes(5), () -> follower.completed.size() == 29);
        assertThat(status(subscription).position().replayId()).isNull();
        follower.kill();
        follower.work = Duration.ZERO;
        follower.completed.clear();
        follow(it -> it);
        time.until(Duration.ofMinutes(5), () -> replica().size() == 30);
        time.pass(Duration.ofSeconds(5));
        assertThat(follower.store).containsKey(CHANGES);
    }

    @Test
    void aPageIsReadOnlyWhenTheOneBeforeHasGoneToTheRoute() {
        for (int i = 0; i < 5_000; i++) {
            follower.org.put(id(i), i);
        }
        event("GAP_OVERFLOW", 1);
        follower.work = Duration.ofMinutes(1);
        follow(it -> it);
        time.pass(Duration.ofMinutes(30));
        assertThat(follower.begun).hasSizeLessThan(400);
        assertThat(follower.org.rowsRead).isBetween(300, 500);
    }

    @Test
    void gapEventsAreDeliveredAsTheyAreOrFailIfThatIsWanted() {
        event("GAP_OVERFLOW", 1);
        follow(it -> Settings.gapEvents(it, SubscriptionSettings.GapEvents.DELIVER));
        time.until(Duration.ofMinutes(1), () -> follower.completed.size() == 1);
        assertThat(follower.completed.get(0).gap()).isEqualTo("GAP_OVERFLOW");
        assertThat(follower.org.queries).isZero();
        follower.kill();
        follower.store.clear();
        follow(it -> Settings.gapEvents(it, SubscriptionSettings.GapEvents.FAIL));
        time.until(Duration.ofMinutes(1), () -> follower.begun.size() == 3);
        assertThat(follower.begun.get(2).unreadable())
                .isInstanceOf(UnreadableResponseException.class)
                .hasMessageContaining("gapEvents=REPAIR");
    }

    @Test
    void afterMoreThanSeventyTwoHoursWhatChangedSinceIsReadAndThenEventsFollow() {
        for (int i = 0; i < 20; i++) {
            change(id(i));
        }
        time.pass(Duration.ofHours(1));
        change(id(0));
        follow(it -> it);
        time.until(Duration.ofMinutes(1), () -> follower.completed.size() == 21);
        time.pass(Duration.ofSeconds(5));
        follower.kill();
        time.pass(Duration.ofHours(80));
        change(id(1));
        delete(id(2));
        change(id(77));
        bus.retainedFrom = bus.log(CHANGES).size();
        follower.completed.clear();
        Subscription subscription = follow(it -> Settings.onGap(it, SubscriptionSettings.Gap.RESYNC));
        time.until(Duration.ofMinutes(5), () -> follower.completed.size() >= 3);
        change(id(5));
        time.pass(Duration.ofMinutes(5));
        assertThat(follower.completed)
                .extracting(ChannelEvent::id, ChannelEvent::change, ChannelEvent::gap)
                .contains(
                        org.assertj.core.groups.Tuple.tuple(id(1), EventChange.UPDATED, "RESYNC"),
                        org.assertj.core.groups.Tuple.tuple(id(2), EventChange.DELETED, "RESYNC"),
                        org.assertj.core.groups.Tuple.tuple(id(77), EventChange.CREATED, "RESYNC"),
                        org.assertj.core.groups.Tuple.tuple(id(5), EventChange.UPDATED, null));
        // what has not changed since is not read again, but for the look-back
        assertThat(follower.completed).extracting(ChannelEvent::id).doesNotContain(id(3), id(19));
        assertThat(status(subscription).position().replayId())
                .isEqualTo(bus.log(CHANGES).get(bus.log(CHANGES).size() - 1).replayId());
        assertThat(follower.store.get(CHANGES)).isNotNull();
    }

    @Test
    void aPositionThatNobodyKnowsTheTimeOfCannotBeResynced() {
        change(id(1));
        bus.retainedFrom = 1;
        Subscription subscription = follow(it -> Settings.after(
                Settings.onGap(it, SubscriptionSettings.Gap.RESYNC),
                bus.log(CHANGES).get(0).replayId().replace('M', 'N')));
        time.pass(Duration.ofMinutes(1));
        assertThat(status(subscription).trouble())
                .isInstanceOf(WatermarkException.class)
                .hasMessageContaining("Nobody knows when")
                .hasMessageContaining("EARLIEST");
    }

    @Test
    void whatExistsIsLoadedFirstAndThenEventsFollow() {
        for (int i = 0; i < 30; i++) {
            follower.org.put(id(i), i);
        }
        follow(Settings::loading);
        time.until(Duration.ofMinutes(1), () -> bus.streams.size() == 1);
        time.in(Duration.ofSeconds(5).plusMillis(200), () -> change(id(3)));
        time.until(
                Duration.ofMinutes(5),
                () -> replica().equals(org()) && replica().size() == 30);
        assertThat(follower.completed.get(0).change()).isEqualTo(EventChange.CREATED);
        assertThat(follower.completed.get(0).gap()).isNull();
        change(id(4));
        time.pass(Duration.ofMinutes(5));
        follower.kill();
        int before = follower.completed.size();
        change(id(31));
        follow(Settings::loading);
        time.until(Duration.ofMinutes(1), () -> replica().equals(org()));
        assertThat(follower.completed).as("a load is not repeated").hasSize(before + 1);
    }

    @Test
    void aLoadWhoseStreamBreaksBeforeItsFirstAnswerBeginsAnew() {
        for (int i = 0; i < 30; i++) {
            follower.org.put(id(i), i);
        }
        follower.org.pageTime = Duration.ofSeconds(2);
        follow(Settings::loading);
        time.until(Duration.ofMinutes(1), () -> follower.completed.size() >= 20);
        bus.streams.get(0).end(SimulatedBus.refusal("service.unavailable", "INTERNAL"));
        change(id(1));
        time.pass(Duration.ofMinutes(10));
        assertThat(replica()).isEqualTo(org());
        assertThat(follower.org.queries).isEqualTo(2);
    }

    /** The org changes while a subscription loads, resyncs and follows, and its process is killed at any moment. */
    @RepeatedTest(4)
    void whateverBreaksAReplicaIsEqualAtTheEnd() {
        bus.faults = 0.05;
        follower.org.failures = 0.05;
        follower.failures = 0.01;
        for (int i = 0; i < 60; i++) {
            follower.org.put(id(i), i);
        }
        for (int i = 0; i < 400; i++) {
            time.in(Duration.ofMillis(random.nextInt(120_000)), () -> {
                String id = id(random.nextInt(80));
                if (follower.org.rows.containsKey(id)
                        && !follower.org.rows.get(id).deleted()
                        && random.nextInt(10) == 0) {
                    delete(id);
                } else {
                    change(id);
                }
            });
        }
        UnaryOperator<SubscriptionSettings> settings =
                it -> Settings.onGap(Settings.loading(it), SubscriptionSettings.Gap.RESYNC);
        follow(settings);
        int kills = 0;
        long end = Duration.ofMinutes(3).toNanos();
        while (time.nanos() < end) {
            time.step();
            if (kills < 20 && random.nextInt(300) == 0) {
                kills++;
                follower.kill();
                if (random.nextInt(3) == 0) {
                    // the org forgets all events up to now
                    bus.retainedFrom = bus.log(CHANGES).size();
                }
                follow(settings);
            }
        }
        follower.failures = 0;
        time.pass(Duration.ofHours(1));
        assertThat(replica()).as("seed %d, %d kills", seed, kills).isEqualTo(org());
        assertThat(follower.overlapped).as("seed %d", seed).isFalse();
        assertThat(bus.mostCredit).as("seed %d", seed).isLessThanOrEqualTo(100);
    }
}
