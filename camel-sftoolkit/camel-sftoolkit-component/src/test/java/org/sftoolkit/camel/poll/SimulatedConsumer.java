package org.sftoolkit.camel.poll;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.sftoolkit.camel.error.PositionOvertakenException;
import org.sftoolkit.camel.error.WatermarkException;
import org.sftoolkit.camel.transport.LogContext;

/** Drives a real poller as the consumer does; its route lets exchanges end in any order, or fail, or end never because the process dies. */
final class SimulatedConsumer {

    private static final String KEY = "query:Account";

    /** What goes wrong in a history. */
    record Nature(
            Poller.Settings settings,
            double failing,
            double crash,
            boolean logSurvives,
            boolean repository,
            boolean bulk) {}

    /** A version handed to the route. */
    record Delivered(String id, int version, long stamp) {}

    static final class Crash extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** Versions whose exchanges have succeeded, or failed and were skipped, since the position was set last. */
    final Set<Delivered> done = new HashSet<>();

    private final Random random;
    private final Nature nature;
    private final SimulatedOrg org;
    private final SimulatedStore store;
    private final StartPosition first;
    private final Supplier<PollSource> sources;
    Runnable meanwhile = () -> {};
    private final Map<String, Integer> newest = new HashMap<>();
    private final Set<Delivered> given = new HashSet<>();
    private final Set<String> troubled = new HashSet<>();
    private Poller poller;
    /** Of a node that was taken for dead, and is not: it still writes what its exchanges have reached. */
    private Poller late;

    /** Writes of late nodes that were refused. */
    int refused;
    /** Counts processes: what an earlier one has under way is dead. */
    private int life;
    /** Counts how often the position was set. */
    int settings;
    /** The newest setting that is in the store: NOW is not, until a poll has taken it. */
    private int taken;
    /** Versions that were done after NOW was set, and before it was taken. */
    private final Set<Delivered> beforeNow = new HashSet<>();
    /** Run of the stored position when NOW was set: the next one is written when NOW is taken. Null without NOW. */
    private Integer runBeforeNow;
    /** Counts records that were handed to the route. */
    int records;

    /** Whether there was a reason for anything to come again. */
    private boolean repeats;

    private Throwable firstFailure;
    boolean calm;

    SimulatedConsumer(
            Random random,
            Nature nature,
            SimulatedOrg org,
            SimulatedStore store,
            StartPosition first,
            Supplier<PollSource> sources) {
        this.random = random;
        this.nature = nature;
        this.org = org;
        this.store = store;
        this.first = first;
        this.sources = sources;
        start();
    }

    private void start() {
        life++;
        var positions = new PositionStore(
                store, KEY, PollSimulationTest.SOURCE, nature.logSurvives(), org.time()::nanos, LogContext.NONE);
        poller = new Poller(
                sources.get(),
                positions,
                nature.repository() ? store : null,
                first,
                nature.settings(),
                new Poller.Time(org::now, org.time(), new LimitPace(org.time()::nanos, LogContext.NONE)));
    }

    boolean hasRepository() {
        return nature.repository();
    }

    boolean hasDied() {
        return life > 1;
    }

    Poller poller() {
        return poller;
    }

    /** One poll, as the consumer runs it. Answers whether it came to the end of what there is. */
    boolean poll() {
        int failures = store.failures;
        firstFailure = null;
        boolean complete;
        try {
            complete = read();
        } catch (Crash dead) {
            restart();
            return false;
        }
        assertThat(poller.inFlight()).isZero();
        assertThat(complete && store.failures > failures)
                .as("a poll succeeded though a store failed")
                .isFalse();
        return complete;
    }

    private boolean read() {
        try {
            poller.begin();
            while (await(poller.ready())) {
                Delivery delivery = poller.next();
                if (delivery != null) {
                    begin(delivery);
                }
                poller.save(false);
            }
            await(poller.settled());
            poller.finish();
        } catch (Failed | WatermarkException | PositionOvertakenException | SimulatedStore.DownException failed) {
            assertThat(store.isDamaged() ? !(failed instanceof Failed) : !(failed instanceof WatermarkException))
                    .as("a damaged position, and nothing else, is refused as one: %s", failed)
                    .isTrue();
            await(poller.settled(), false);
            try {
                poller.finish();
            } catch (WatermarkException | PositionOvertakenException | SimulatedStore.DownException again) {
                assertThat(again).isNotNull();
            }
            return false;
        }
        assertThat(store.isDamaged())
                .as("a damaged file was taken for a beginning")
                .isFalse();
        return poller.failure() == null;
    }

    /** An answer that is a failure. */
    private static final class Failed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private Failed(Throwable cause) {
            super(cause);
        }
    }

    private <T> T await(Future<T> future) {
        return await(future, true);
    }

    private <T> T await(Future<T> future, boolean saves) {
        for (int steps = 0; !future.isComplete(); steps++) {
            assertThat(steps).as("steps of one wait").isLessThan(100_000);
            org.time().step();
            meanwhile.run();
            mayCrash();
            if (saves && random.nextInt(10) == 0) {
                poller.save(false);
            }
        }
        if (future.failed()) {
            if (future.cause() instanceof WatermarkException refused) {
                throw refused;
            }
            throw new Failed(future.cause());
        }
        return future.result();
    }

    private void begin(Delivery delivery) {
        var exchange = new Exchange(delivery, life, settings);
        if (nature.settings().form() == Delivery.Form.STREAM) {
            org.time().at(1, () -> exchange.read(random.nextInt(4) == 0 ? random.nextInt(10) : Integer.MAX_VALUE));
        } else {
            delivery.records().forEach(this::give);
            org.time().at(random.nextInt(3) == 0 ? 1 : random.nextInt(30_000), exchange::end);
        }
        mayCrash();
    }

    private void give(PolledRecord record) {
        records++;
        Delivered version = delivered(record);
        boolean again = !given.add(version);
        Integer before = newest.put(version.id(), version.version());
        if (!repeats && !org.lostJob && !troubled.contains(version.id())) {
            assertThat(again).as("%s came twice", version).isFalse();
            assertThat(version.version())
                    .as("versions of %s in their order", version.id())
                    .isGreaterThan(before == null ? 0 : before);
        }
    }

    private static Delivered delivered(PolledRecord record) {
        return new Delivered(
                record.position().id(),
                (Integer) record.record().get("Version"),
                record.position().stamp().getEpochSecond());
    }

    /** What the route does with a delivery. */
    private final class Exchange {

        private final Delivery delivery;
        private final int processOf;
        private final int settingOf;
        private boolean over;

        private Exchange(Delivery delivery, int processOf, int settingOf) {
            this.delivery = delivery;
            this.processOf = processOf;
            this.settingOf = settingOf;
        }

        /** Reads at most so many records of a stream, each when it has come. */
        private void read(int most) {
            if (over) {
                return;
            }
            if (most == 0) {
                end();
                return;
            }
            poller.more(delivery).onComplete(more -> {
                if (more.failed()) {
                    end(more.cause());
                } else if (!more.result()) {
                    end();
                } else {
                    boolean taken = take();
                    org.time().at(1 + random.nextInt(100), () -> read(taken ? most - 1 : most));
                }
            });
        }

        private boolean take() {
            PolledRecord record;
            try {
                record = poller.peekOf(delivery);
            } catch (SimulatedStore.DownException down) {
                end(down);
                return true;
            }
            // a route that has asked whether there is more need not read it
            if (record != null) {
                poller.takeOf(delivery);
                // a stream goes on though the position was set meanwhile, and what it gives comes again
                if (settingOf == settings) {
                    give(record);
                }
            }
            return record != null;
        }

        private void end() {
            boolean fails = !calm && random.nextDouble() < nature.failing();
            end(fails ? new IllegalStateException("the route failed, or was rolled back") : null);
        }

        private void end(Throwable cause) {
            over = true;
            assertThat(processOf).as("nothing of a dead process goes on").isEqualTo(life);
            if (cause != null) {
                firstFailure = cause;
                // what a load has given is remembered within the look-back only
                repeats |= nature.bulk();
                delivery.records()
                        .forEach(record -> troubled.add(record.position().id()));
            }
            boolean counts = cause == null || nature.settings().skipFailures();
            if (counts && settingOf >= taken) {
                Set<Delivered> into = settingOf == settings ? done : beforeNow;
                delivery.records().forEach(record -> into.add(delivered(record)));
            }
            poller.ack(delivery, cause);
        }
    }

    /** Someone sets the position. What was delivered before may come again, and what follows it has to. */
    void set(String text, Set<Delivered> kept) {
        store.isBeingSet = true;
        boolean awaitsNow = awaitsNow();
        try {
            poller.set(text);
        } catch (SimulatedStore.DownException down) {
            store.failures--;
            return;
        }
        if (!awaitsNow) {
            taken = settings;
            beforeNow.clear();
        }
        settings++;
        if (text.equals("NOW")) {
            runBeforeNow = awaitsNow ? runBeforeNow : store.run(KEY);
        } else {
            taken = settings;
            beforeNow.clear();
            runBeforeNow = null;
        }
        store.repairedBySetting();
        done.retainAll(kept);
        given.clear();
        newest.clear();
        troubled.clear();
    }

    private boolean awaitsNow() {
        return runBeforeNow != null && runBeforeNow == store.run(KEY);
    }

    /** The late node wakes up. */
    void wakeLateNode() {
        if (late == null || store.isDamaged() || random.nextInt(8) > 0) {
            return;
        }
        int failures = store.failures;
        try {
            late.save(true);
        } catch (PositionOvertakenException e) {
            refused++;
            late = null;
        } catch (SimulatedStore.DownException down) {
            assertThat(down).isNotNull();
        }
        store.failures = failures;
    }

    void mayCrash() {
        if (!calm && random.nextDouble() < nature.crash()) {
            throw new Crash();
        }
    }

    /** A process takes over, perhaps after something happened to the file. */
    void restart() {
        repeats = true;
        if (awaitsNow()) {
            // nobody knows any more that it was set
            done.addAll(beforeNow);
        }
        beforeNow.clear();
        runBeforeNow = null;
        late = random.nextBoolean() ? poller : null;
        org.time().forget();
        start();
        if (random.nextInt(4) == 0) {
            store.damage();
        }
    }

    Throwable firstFailure() {
        return firstFailure;
    }

    static Duration timeout() {
        return Duration.ofMillis(SimulatedOrg.PAGE_TIMEOUT);
    }
}
