package org.sftoolkit.camel.poll;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Histories by chance, of the poller that the consumers drive. The long form is asked for with
 * {@code -Dsftoolkit.histories=100000}.
 */
class PollSimulationTest {

    static final String SOURCE = "query:Account:SystemModstamp";

    private static final long FIRST_SEED = Long.getLong("sftoolkit.seed", 1);
    private static final int HISTORIES = Integer.getInteger("sftoolkit.histories", 1_000);

    @Test
    void nothingIsLostNothingComesTwiceAndVersionsKeepTheirOrder() {
        for (long seed = FIRST_SEED; seed < FIRST_SEED + HISTORIES; seed++) {
            try {
                new History(seed, false).run();
            } catch (Throwable e) {
                throw new AssertionError("history with -Dsftoolkit.seed=" + seed + " -Dsftoolkit.histories=1", e);
            }
        }
    }

    @Test
    void onlyCommitsLaterThanTheLimitAreMissed() {
        int missed = 0;
        for (long seed = FIRST_SEED; seed < FIRST_SEED + HISTORIES / 4; seed++) {
            try {
                missed += new History(seed, true).run();
            } catch (Throwable e) {
                throw new AssertionError("history with -Dsftoolkit.seed=" + seed + " -Dsftoolkit.histories=4", e);
            }
        }
        assertThat(missed).as("versions beyond the promise that were missed").isPositive();
    }

    private static final class History {

        private final Random random;
        private final long settle;
        private final long lookBack;
        private final boolean beyondPromise;
        private final boolean bulk;
        private final SimulatedOrg org;
        private final SimulatedStore store;
        private final SimulatedConsumer consumer;
        private double settings;
        /** Nothing older is promised; null for no such bound. Unknown after NOW was set. */
        private Instant origin;

        private boolean originKnown = true;
        /** Events that may still come while a poll is under way. */
        private int meanwhile;

        private History(long seed, boolean beyondPromise) {
            random = new Random(seed);
            this.beyondPromise = beyondPromise;
            settle = random.nextInt(3) == 0 ? 0 : random.nextInt(20);
            lookBack = random.nextInt(3) == 0 ? 0 : random.nextInt(600);
            bulk = random.nextInt(4) == 0;
            org = new SimulatedOrg(random, orgNature());
            store = new SimulatedStore(random, random.nextInt(4) == 0 ? 0.02 : 0);
            settings = random.nextInt(3) == 0 ? 0.03 : 0;
            events(random.nextInt(30));
            origin = random.nextBoolean() ? null : org.instant();
            consumer = new SimulatedConsumer(
                    random,
                    consumerNature(),
                    org,
                    store,
                    origin == null ? StartPosition.beginning() : StartPosition.of(origin.toString()),
                    this::source);
            consumer.meanwhile = this::meanwhile;
            store.mayDie = consumer::mayCrash;
        }

        private SimulatedOrg.Nature orgNature() {
            int pageSize = random.nextInt(5) == 0 ? 1 + random.nextInt(2000) : 1 + random.nextInt(6);
            return new SimulatedOrg.Nature(
                    pageSize,
                    random.nextBoolean() ? 0 : random.nextDouble() * 0.3,
                    random.nextInt(3) == 0 ? 0.1 : 0,
                    random.nextInt(3) == 0 ? 0.1 : 0,
                    !beyondPromise);
        }

        private SimulatedConsumer.Nature consumerNature() {
            boolean repository = random.nextInt(4) == 0;
            return new SimulatedConsumer.Nature(
                    new Poller.Settings(
                            Delivery.Form.values()[random.nextInt(3)],
                            1 + random.nextInt(8),
                            random.nextBoolean() ? 0 : 1 + random.nextInt(8),
                            1 + random.nextInt(10),
                            random.nextBoolean(),
                            SimulatedConsumer.timeout()),
                    random.nextInt(3) == 0 ? random.nextDouble() * 0.2 : 0,
                    random.nextInt(3) == 0 ? random.nextDouble() * 0.05 : 0,
                    !repository,
                    repository,
                    bulk);
        }

        private PollSource source() {
            var queried = new QuerySource(org, Duration.ofSeconds(settle), Duration.ofSeconds(lookBack));
            if (!bulk) {
                return queried;
            }
            var query = PolledQuery.of("Account", List.of(), true);
            return new LoadThenFollow(
                    new BulkExtractSource(
                            org,
                            org::now,
                            (from, until) -> io.vertx.core.Future.succeededFuture(until.toString()),
                            query,
                            Duration.ofSeconds(settle),
                            Duration.ofSeconds(lookBack),
                            false),
                    queried);
        }

        /** Answers how many newest versions were missed. */
        private int run() {
            int polls = 3 + random.nextInt(10);
            for (int i = 0; i < polls; i++) {
                events(random.nextInt(20));
                meanwhile = 8;
                consumer.poll();
                if (store.isDamaged() && random.nextBoolean()) {
                    store.repair();
                }
            }
            calm();
            int complete = 0;
            for (int tries = 0; complete < 3; tries++) {
                // a poll of few deliveries at a time takes its time
                int before = consumer.records;
                boolean ended = consumer.poll();
                complete = ended && consumer.records == before ? complete + 1 : 0;
                assertThat(tries)
                        .as("polls until calm; the last failed by %s", consumer.firstFailure())
                        .isLessThan(20_000);
                org.time().pass(1_000);
            }
            if (!originKnown) {
                origin = CursorText.read(consumer.poller().position(), SOURCE).origin();
            }
            if (consumer.hasRepository() && consumer.settings == 0 && originKnown) {
                assertThat(consumer.done)
                        .as("what is done is entered in the repository")
                        .allMatch(one -> store.knows(one.id(), Instant.ofEpochSecond(one.stamp()))
                                // done in a process that died before it was entered, and overtaken since
                                || consumer.hasDied()
                                        && org.rows().get(one.id()).number() > one.version());
            }
            return missed();
        }

        private void calm() {
            consumer.calm = true;
            store.calm = true;
            settings = 0;
            meanwhile = 0;
            org.calm();
            if (store.isDamaged()) {
                store.repair();
            }
            org.time().pass(2_000_000);
        }

        private void meanwhile() {
            if (meanwhile > 0 && random.nextInt(4) == 0) {
                events(1);
            }
            if (random.nextDouble() < settings) {
                set();
            }
            consumer.wakeLateNode();
        }

        private void set() {
            switch (random.nextInt(4)) {
                case 0 -> set("BEGINNING", Set.of(), null, true);
                case 1 -> set("NOW", Set.copyOf(consumer.done), null, false);
                case 2 -> {
                    Instant to = org.instant().minusSeconds(random.nextInt(100));
                    set(to.toString(), Set.of(), to, true);
                }
                default -> {
                    if (!store.isDamaged() && originKnown) {
                        String text = consumer.poller().position();
                        Cursor back = CursorText.read(text, SOURCE);
                        // the place within a load tells nothing of stamps
                        set(
                                text,
                                back.load() == null ? before(back.watermark()) : Set.copyOf(consumer.done),
                                back.origin(),
                                true);
                    }
                }
            }
        }

        private void set(String text, Set<SimulatedConsumer.Delivered> kept, Instant from, boolean known) {
            int before = consumer.settings;
            try {
                consumer.set(text, kept);
            } catch (SimulatedConsumer.Crash dead) {
                // who knows whether it was set
                originKnown = false;
                throw dead;
            }
            if (consumer.settings > before) {
                origin = from;
                originKnown = known;
            }
        }

        private Set<SimulatedConsumer.Delivered> before(Instant watermark) {
            return watermark == null
                    ? Set.of()
                    : consumer.done.stream()
                            .filter(one -> one.stamp() <= watermark.getEpochSecond())
                            .collect(Collectors.toCollection(HashSet::new));
        }

        private void events(int number) {
            meanwhile -= number;
            for (int i = 0; i < number; i++) {
                org.time().jump(random.nextInt(3) == 0 ? random.nextInt(60) : random.nextInt(2));
                if (random.nextInt(2_000) == 0) {
                    tie(500 + random.nextInt(2_000));
                } else if (random.nextInt(4) == 0) {
                    tie(random.nextInt(12));
                } else {
                    change();
                }
            }
        }

        /** Many rows in one second, as a bulk load makes them. */
        private void tie(int rows) {
            long late = late();
            for (int i = 0; i < rows; i++) {
                org.write(org.newId(), late, false);
            }
        }

        private void change() {
            List<String> ids = org.ids();
            boolean insert = ids.isEmpty() || random.nextInt(3) == 0;
            String id = insert ? org.newId() : ids.get(random.nextInt(ids.size()));
            org.write(id, late(), !insert && random.nextInt(5) == 0);
        }

        private long late() {
            if (random.nextInt(3) > 0) {
                return 0;
            }
            long promise = settle + lookBack;
            return beyondPromise && random.nextInt(3) == 0
                    ? promise + 1 + random.nextInt(200)
                    : random.nextInt((int) promise + 1);
        }

        private int missed() {
            int missed = 0;
            for (SimulatedOrg.Version newest : org.rows().values()) {
                boolean early = origin != null && newest.stamp() < origin.getEpochSecond();
                boolean arrived = consumer.done.contains(
                        new SimulatedConsumer.Delivered(newest.id(), newest.number(), newest.stamp()));
                if (arrived) {
                    assertThat(early && consumer.settings == 0)
                            .as("%s is older than the start", newest)
                            .isFalse();
                } else if (!early) {
                    assertThat(newest.committed() - newest.stamp())
                            .as("%s never arrived, settle %d, look-back %d", newest, settle, lookBack)
                            .isGreaterThan(settle + lookBack);
                    missed++;
                }
            }
            return missed;
        }
    }
}
