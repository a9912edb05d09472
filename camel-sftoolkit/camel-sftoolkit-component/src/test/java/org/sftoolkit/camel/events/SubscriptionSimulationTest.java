package org.sftoolkit.camel.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole subscriptions against a bus with the rules of the real one, by seeds. */
class SubscriptionSimulationTest {

    private static final String ACCOUNTS = "/data/AccountChangeEvent";
    private static final String CONTACTS = "/data/ContactChangeEvent";
    private static final String ORDERS = "/event/Order__e";
    private static final EventSchema.Field HEADER =
            new EventSchema.Field("ChangeEventHeader", EventSchema.Kind.COMPOUND, "", false, List.of());
    private static final EventSchema.Field NUMBER =
            new EventSchema.Field("Number__c", EventSchema.Kind.INTEGER, "Integer", true, List.of());

    private final VirtualTime time = new VirtualTime();

    private SimulatedBus bus(Random random) {
        var bus = new SimulatedBus(time, random);
        bus.schema("changes", "AccountChangeEvent", HEADER, NUMBER);
        bus.schema(
                "changes2",
                "AccountChangeEvent",
                HEADER,
                new EventSchema.Field("New__c", EventSchema.Kind.TEXT, "Text", true, List.of()),
                NUMBER);
        bus.schema("orders", "Order__e", NUMBER);
        return bus;
    }

    static Map<String, Object> change(String object, int number, boolean secondSchema, String... ids) {
        var header = new LinkedHashMap<String, Object>();
        header.put("entityName", object);
        header.put("recordIds", List.of(ids));
        header.put("changeType", "UPDATE");
        header.put("transactionKey", "t" + number);
        header.put("sequenceNumber", 1);
        header.put("commitTimestamp", 1_700_000_000_000L + number);
        header.put("changedFields", List.of(secondSchema ? "0x4" : "0x2"));
        var values = new LinkedHashMap<String, Object>();
        values.put("ChangeEventHeader", header);
        values.put("Number__c", number);
        return values;
    }

    private static String id(Random random) {
        return String.format("001%012d", random.nextInt(40));
    }

    private static void commit(SimulatedBus bus, Random random, int number) {
        switch (random.nextInt(4)) {
            case 0 -> bus.commit(ORDERS, "orders", Map.of("Number__c", number));
            case 1 -> {
                // one event of several records that changed alike
                Set<String> ids = new LinkedHashSet<>();
                for (int i = 0; i < 3; i++) {
                    ids.add(id(random));
                }
                bus.commit(CONTACTS, "changes", change("Contact", number, false, ids.toArray(String[]::new)));
            }
            default -> {
                boolean second = random.nextInt(10) == 0;
                bus.commit(ACCOUNTS, second ? "changes2" : "changes", change("Account", number, second, id(random)));
            }
        }
    }

    /** Records by themselves, in lists, or by transaction. */
    private static UnaryOperator<SubscriptionSettings> form(Random random) {
        var all = SubscriptionSettings.Grouping.values();
        SubscriptionSettings.Grouping grouping = all[random.nextInt(all.length)];
        int most = 1 + random.nextInt(20);
        return it -> Settings.gathering(it, grouping, most, Duration.ofMillis(500));
    }

    /** What every event of the bus comes to: its number by record. */
    private static Set<String> committed(SimulatedBus bus) {
        Set<String> all = new LinkedHashSet<>();
        bus.log(ORDERS).forEach(event -> all.add(ORDERS + event.values().get("Number__c")));
        for (String channel : List.of(ACCOUNTS, CONTACTS)) {
            bus.log(channel).forEach(event -> {
                List<?> ids = (List<?>) ((Map<?, ?>) event.values().get("ChangeEventHeader")).get("recordIds");
                ids.forEach(id -> all.add(id + "" + event.values().get("Number__c")));
            });
        }
        return all;
    }

    private static int allCommitted(SimulatedBus bus) {
        return bus.log(ACCOUNTS).size()
                + bus.log(CONTACTS).size()
                + bus.log(ORDERS).size();
    }

    private static String name(ChannelEvent event) {
        return (event.id() == null ? event.channel() : event.id())
                + event.record().get("Number__c");
    }

    private static Set<String> names(List<ChannelEvent> events) {
        return events.stream()
                .map(SubscriptionSimulationTest::name)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    @RepeatedTest(4)
    void whateverBreaksAllThatWasCommittedIsDeliveredInTheOrderOfEachRecord() {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        SimulatedBus bus = bus(random);
        bus.faults = 0.05;
        var follower = new Follower(time, bus, random);
        follower.failures = 0.01;
        int events = Integer.getInteger("events.simulated", 1000);
        for (int i = 0; i < events; i++) {
            int number = i;
            time.in(Duration.ofMillis(random.nextInt(60_000)), () -> commit(bus, random, number));
        }
        follower.start(List.of(ACCOUNTS, CONTACTS, ORDERS), form(random));
        time.until(Duration.ofDays(3), () -> allCommitted(bus) == events);
        // what is compared with each step is a number: comparing the sets would make this quadratic
        int records = committed(bus).size();
        time.until(Duration.ofDays(3), () -> follower.completed.size() >= records);
        assertThat(names(follower.completed)).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(committed(bus));
        assertThat(follower.completed)
                .as("seed %d: nothing twice", seed)
                .hasSize(committed(bus).size());
        assertThat(follower.overlapped).as("seed %d", seed).isFalse();
        assertThat(follower.mostUnderWay).as("seed %d", seed).isLessThanOrEqualTo(10);
        assertThat(bus.mostCredit).as("seed %d", seed).isLessThanOrEqualTo(100);
        assertOrderOfTheBus(bus, follower.completed, seed);
    }

    /** Per record, as the bus had them. */
    private static void assertOrderOfTheBus(SimulatedBus bus, List<ChannelEvent> completed, long seed) {
        Map<String, Integer> place = new HashMap<>();
        for (String channel : List.of(ACCOUNTS, CONTACTS, ORDERS)) {
            int at = 0;
            for (SimulatedBus.Entry entry : bus.log(channel)) {
                place.put(entry.replayId(), at++);
            }
        }
        Map<String, List<Integer>> byKey = new HashMap<>();
        Set<String> first = new LinkedHashSet<>();
        for (ChannelEvent event : completed) {
            if (first.add(name(event))) {
                byKey.computeIfAbsent(event.channel() + OrderKey.RECORD.of(event), key -> new ArrayList<>())
                        .add(place.get(event.raw().replayId()));
            }
        }
        byKey.forEach(
                (key, places) -> assertThat(places).as("seed %d, %s", seed, key).isSorted());
    }

    @RepeatedTest(4)
    void killedAtAnyMomentNothingIsLostAndLittleComesAgain() {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        SimulatedBus bus = bus(random);
        for (int i = 0; i < 600; i++) {
            commit(bus, random, i);
        }
        var follower = new Follower(time, bus, random);
        int all = committed(bus).size();
        int kills = 0;
        List<String> channels = List.of(ACCOUNTS, CONTACTS, ORDERS);
        // each position is stored at once, so that one which is ahead of its exchanges is noticed
        Duration interval = random.nextBoolean() ? Duration.ZERO : Duration.ofSeconds(1);
        UnaryOperator<SubscriptionSettings> form = form(random);
        follower.start(channels, it -> Settings.commitEach(form.apply(it), interval));
        while (!names(follower.completed).containsAll(committed(bus))) {
            if (!time.step() || time.nanos() > Duration.ofHours(2).toNanos()) {
                throw new AssertionError("seed " + seed + ": events are lost");
            }
            if (kills < 60 && random.nextInt(60) == 0) {
                kills++;
                follower.kill();
                follower.start(channels, it -> Settings.commitEach(form.apply(it), interval));
            }
        }
        int again = follower.completed.size() - all;
        // in a second of this route some 400 exchanges end
        assertThat(again).as("seed %d: repeated after %d kills", seed, kills).isLessThanOrEqualTo(kills * (300 + 500));
        assertOrderOfTheBus(bus, follower.completed, seed);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 100})
    void aRouteOfFiveMinutesAnEventLosesNothingAndRepeatsNothing(int prefetch) {
        var random = new Random(3);
        SimulatedBus bus = bus(random);
        for (int i = 0; i < 130; i++) {
            bus.commit(ORDERS, "orders", Map.of("Number__c", i));
        }
        var follower = new Follower(time, bus, random);
        follower.work = Duration.ofMinutes(5);
        follower.start(List.of(ORDERS), it -> Settings.prefetch(it, prefetch));
        time.until(Duration.ofDays(2), () -> follower.completed.size() == 130);
        assertThat(names(follower.completed)).hasSize(130);
        assertThat(bus.mostCredit).isLessThanOrEqualTo(prefetch);
        assertThat(follower.mostHeld).isLessThanOrEqualTo(prefetch + 10);
        assertThat(bus.ends).as("ends by the server for want of credit").isZero();
    }

    @Test
    void aThousandIdleHoursLeaveNothingBehind() {
        var random = new Random(5);
        SimulatedBus bus = bus(random);
        bus.commit(ORDERS, "orders", Map.of("Number__c", 1));
        var follower = new Follower(time, bus, random);
        follower.start(List.of(ORDERS), it -> it);
        time.pass(Duration.ofHours(1));
        int timers = time.timers();
        time.pass(Duration.ofHours(1000));
        assertThat(time.timers()).isLessThanOrEqualTo(timers + 1);
        assertThat(bus.pings).isZero();
        assertThat(bus.starts).hasSize(1);
        assertThat(bus.streams).hasSize(1);
    }

    @Test
    void aTokenThatDiesOnTwentyChannelsCausesOneLogin() {
        var random = new Random(9);
        SimulatedBus bus = bus(random);
        var channels = new ArrayList<String>();
        for (int i = 0; i < 20; i++) {
            channels.add("/event/Order" + i + "__e");
            bus.commit(channels.get(i), "orders", Map.of("Number__c", i));
        }
        var follower = new Follower(time, bus, random);
        follower.start(channels, it -> it);
        time.until(Duration.ofMinutes(1), () -> follower.completed.size() == 20);
        List.copyOf(bus.streams)
                .forEach(stream -> stream.end(SimulatedBus.refusal("service.auth.error", "UNAUTHENTICATED")));
        for (int i = 0; i < 20; i++) {
            bus.commit(channels.get(i), "orders", Map.of("Number__c", 100 + i));
        }
        time.until(Duration.ofMinutes(1), () -> follower.completed.size() == 40);
        assertThat(follower.logins).isEqualTo(1);
    }
}
