package org.sftoolkit.camel.poll;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Histories by chance; the long form is asked for with {@code -Dsftoolkit.histories=100000}. */
class PollSimulationTest {

    private static final String SOURCE = "query:Account:SystemModstamp";
    private static final long FIRST_SEED = Long.getLong("sftoolkit.seed", 1);
    private static final int HISTORIES = Integer.getInteger("sftoolkit.histories", 2_000);

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
    void whatCommitsLaterThanPromisedIsMissedAndNothingElse() {
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
        private final SimulatedOrg org;
        private final SimulatedRoute.Nature nature;
        private final SimulatedRoute route;
        private final Cursor start;
        /** Events that may still come while a poll is under way. */
        private int meanwhile;

        private History(long seed, boolean beyondPromise) {
            random = new Random(seed);
            this.beyondPromise = beyondPromise;
            settle = random.nextInt(3) == 0 ? 0 : random.nextInt(20);
            lookBack = random.nextInt(3) == 0 ? 0 : random.nextInt(600);
            int pageSize = random.nextInt(5) == 0 ? 1 + random.nextInt(2000) : 1 + random.nextInt(6);
            org = new SimulatedOrg(random, pageSize, random.nextBoolean() ? 0 : random.nextDouble() * 0.3);
            nature = new SimulatedRoute.Nature(
                    1 + random.nextInt(10),
                    random.nextInt(3) == 0 ? random.nextDouble() * 0.2 : 0,
                    random.nextBoolean(),
                    random.nextInt(3) == 0 ? random.nextDouble() * 0.1 : 0,
                    random.nextBoolean());
            events(random.nextInt(30));
            start = random.nextBoolean()
                    ? Cursor.beginning(SOURCE)
                    : Cursor.since(SOURCE, Instant.ofEpochSecond(org.time()));
            route = new SimulatedRoute(
                    random,
                    nature,
                    start,
                    () -> new QuerySource(org, Duration.ofSeconds(settle), Duration.ofSeconds(lookBack)));
        }

        /** Answers how many newest versions were missed. */
        private int run() {
            int polls = 3 + random.nextInt(10);
            for (int i = 0; i < polls; i++) {
                events(random.nextInt(20));
                meanwhile = 8;
                route.poll(() -> events(meanwhile > 0 && random.nextInt(4) == 0 ? 1 : 0));
            }
            route.calm = true;
            org.calm();
            org.advance(2_000);
            // the first poll that comes to its end may have ended an old window only
            int complete = 0;
            for (int tries = 0; complete < 2; tries++) {
                complete += route.poll(() -> {}) ? 1 : 0;
                assertThat(tries).as("polls until calm").isLessThan(5);
            }
            repeatedOnlyAfterTrouble();
            return missed();
        }

        private void events(int number) {
            meanwhile -= number;
            for (int i = 0; i < number; i++) {
                org.advance(random.nextInt(3) == 0 ? random.nextInt(60) : random.nextInt(2));
                if (random.nextInt(400) == 0) {
                    tie(1_000 + random.nextInt(2_000));
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

        private void repeatedOnlyAfterTrouble() {
            if (route.crashed) {
                return;
            }
            var seen = new HashSet<SimulatedRoute.Delivered>();
            for (SimulatedRoute.Delivered one : route.delivered) {
                if (!route.troubled.contains(one.id())) {
                    assertThat(seen.add(one)).as("%s came twice", one).isTrue();
                }
            }
        }

        private int missed() {
            int missed = 0;
            for (SimulatedOrg.Version newest : org.rows().values()) {
                boolean early = start.origin() != null
                        && newest.stamp() < start.origin().getEpochSecond();
                boolean arrived =
                        route.done.contains(new SimulatedRoute.Delivered(newest.id(), newest.number(), newest.stamp()));
                if (arrived) {
                    assertThat(early).as("%s is older than the start", newest).isFalse();
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
