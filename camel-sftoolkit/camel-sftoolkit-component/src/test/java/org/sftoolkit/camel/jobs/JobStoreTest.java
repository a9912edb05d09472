package org.sftoolkit.camel.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.sftoolkit.camel.error.DuplicateLoadException;
import org.sftoolkit.camel.error.WatermarkException;
import org.sftoolkit.camel.jobs.JobTaker.Claim;
import org.sftoolkit.camel.jobs.StoredJob.Step;

class JobStoreTest {

    private static final String ELSEWHERE = "other.host-1/4711/1700000000000/";

    private final Map<String, String> held = new ConcurrentHashMap<>();
    private long nanos;

    private final JobStore.Texts texts = new JobStore.Texts() {
        @Override
        public String get(String key) {
            return held.get(key);
        }

        @Override
        public synchronized boolean replace(String key, String expected, String text) {
            if (!Objects.equals(held.get(key), expected)) {
                return false;
            }
            held.put(key, text);
            return true;
        }
    };

    private final JobStore store = new JobStore(texts, "jobs", InstantSource.system(), () -> nanos);

    private static StoredJob job(String part, Step step) {
        return StoredJob.created(part, "750" + part, 10, "digest").at(step);
    }

    /** What belongs to a run of this process is made to belong to a process of another machine. */
    private void moveElsewhere(String run) {
        held.computeIfPresent("jobs", (key, text) -> text.replace(run, ELSEWHERE + "run")
                .replace(Owners.process(run), Owners.process(ELSEWHERE + "run")));
    }

    @Test
    void aNameIsTakenWhileItsLoadIsUnderWayAndWhenItIsDone() {
        StoredLoad load = store.begin("nightly", "bulk", "Account", false);
        assertThatThrownBy(() -> store.begin("nightly", "bulk", "Account", false))
                .isInstanceOf(DuplicateLoadException.class)
                .hasMessageContaining("loadName=nightly")
                .hasMessageContaining("still under way")
                .hasMessageContaining("CamelSfToolkitLoadName");
        store.put(load, job("1-0", Step.CLOSED));
        store.end(load, true, Set.of("1-0"));
        assertThat(store.loads()).isEmpty();
        assertThatThrownBy(() -> store.begin("nightly", "bulk", "Account", false))
                .isInstanceOf(DuplicateLoadException.class)
                .hasMessageContaining("was done before")
                .hasMessageContaining("7501-0");
        assertThat(store.begin("nightly", "bulk", "Contact", false)).isNotNull();
        assertThat(store.begin("tomorrow", "bulk", "Account", false)).isNotNull();
    }

    @Test
    void aFailedLoadIsContinuedWithItsJobs() {
        StoredLoad load = store.begin("nightly", "bulk", "Account", false);
        store.put(load, job("1-0", Step.CLOSED));
        store.put(load, job("1-1", Step.CREATED));
        store.end(load, false, Set.of("1-0"));
        StoredLoad again = store.begin("nightly", "bulk", "Account", false);
        assertThat(again.jobs()).extracting(StoredJob::step).containsExactly(Step.TOLD, Step.CREATED);
        assertThatThrownBy(() -> store.put(load, job("1-2", Step.CREATED)))
                .isInstanceOf(DuplicateLoadException.class)
                .hasMessageContaining("taken over");
    }

    @Test
    void aNodeThatIsSilentForAMinuteLosesItsLoadAndEverythingElseItOwned() {
        StoredLoad load = store.begin("nightly", "bulk", "Account", false);
        store.put(load, job("1-0", Step.CLOSED));
        moveElsewhere(load.owner());
        JobTaker taker = store.taker();
        assertThat(taker.claim(false, 9)).as("it may live").isEmpty();
        nanos += Duration.ofSeconds(59).toNanos();
        assertThat(taker.claim(false, 9)).isEmpty();
        held.computeIfPresent("jobs", (key, text) -> text.replace("4711/1700000000000\":0", "4711/1700000000000\":1"));
        nanos += Duration.ofSeconds(59).toNanos();
        assertThat(taker.claim(false, 9)).as("it has shown that it lives").isEmpty();
        nanos += Duration.ofSeconds(60).toNanos();
        assertThat(taker.claim(false, 9)).hasSize(1);
    }

    @Test
    void aProcessThatIsGoneFromThisMachineLosesItsLoadAtOnce() {
        StoredLoad load = store.begin(null, "bulk", "Account", false);
        store.put(load, job("1-0", Step.CLOSED));
        String process = Owners.process(load.owner());
        // the number of this process, and another start: it was given to another process
        String gone = process.substring(0, process.lastIndexOf('/')) + "/1000";
        held.computeIfPresent("jobs", (key, text) -> text.replace(process, gone));
        assertThat(store.taker().claim(false, 9)).hasSize(1);
    }

    @Test
    void eachJobThatWasLeftIsDeliveredByOneTakerOnly() {
        StoredLoad load = store.begin("left", "bulk", "Account", true);
        store.put(load, job("1-0", Step.CLOSED));
        store.put(load, job("1-1", Step.CLOSED));
        store.put(load, job("1-2", Step.CREATED));
        JobTaker first = store.taker();
        JobTaker second = store.taker();
        List<Claim> claims = first.claim(false, 9);
        assertThat(claims).extracting(claim -> claim.job().part()).containsExactly("1-0", "1-1");
        assertThat(second.claim(false, 9)).isEmpty();
        assertThat(first.delivering(claims.get(0))).isTrue();
        assertThat(first.delivered(claims.get(0))).isTrue();
        first.release();
        assertThat(second.claim(false, 9))
                .extracting(claim -> claim.job().part())
                .containsExactly("1-1");
        assertThat(first.delivering(claims.get(1))).as("lost").isFalse();
        store.put(load, job("1-2", Step.CLOSED));
        store.end(load, true, Set.of());
        assertThatThrownBy(() -> store.begin("left", "bulk", "Account", true)).hasMessageContaining("was sent before");
        second.claim(false, 9).forEach(claim -> {
            second.delivering(claim);
            second.delivered(claim);
        });
        assertThat(store.loads()).isEmpty();
        assertThatThrownBy(() -> store.begin("left", "bulk", "Account", true)).hasMessageContaining("was done before");
    }

    @Test
    void aDeliveryThatEndsAfterItsTakerGaveItBackCountsUnlessSomebodyElseHasTheJob() {
        for (boolean taken : new boolean[] {false, true}) {
            StoredLoad load = store.begin("left-" + taken, "bulk", "Account", true);
            store.put(load, job("1-0", Step.CLOSED));
            store.end(load, true, Set.of());
            JobTaker stopped = store.taker();
            Claim claim = stopped.claim(false, 9).get(0);
            assertThat(stopped.delivering(claim)).isTrue();
            stopped.release();
            JobTaker next = store.taker();
            if (taken) {
                assertThat(next.claim(false, 9)).hasSize(1);
            }
            assertThat(stopped.delivered(claim)).isEqualTo(!taken);
            assertThat(next.claim(false, 9)).hasSize(taken ? 1 : 0);
            next.release();
        }
    }

    @Test
    void aDeliveryThatFailsAfterItsTakerGaveItBackLeavesTheJobToOtherProcesses() {
        StoredLoad load = store.begin(null, "bulk", "Account", true);
        store.put(load, job("1-0", Step.CLOSED));
        store.put(load, job("1-1", Step.CLOSED));
        store.end(load, true, Set.of());
        JobTaker stopped = store.taker();
        List<Claim> claims = stopped.claim(false, 9);
        claims.forEach(stopped::delivering);
        assertThat(stopped.notDelivered(claims.get(0))).isTrue();
        assertThat(takers()).as("it tries both again").doesNotContain("").hasSize(2);
        stopped.release();
        assertThat(stopped.notDelivered(claims.get(1))).isTrue();
        assertThat(takers()).containsExactly("", "");
    }

    private List<String> takers() {
        return store.loads().stream()
                .flatMap(load -> load.jobs().stream())
                .map(StoredJob::taker)
                .toList();
    }

    @Test
    void aLoadThatGoesOnKeepsAJobWhoseDeliveryEndsLate() {
        StoredLoad load = store.begin("nightly", "bulk", "Account", false);
        store.put(load, job("1-0", Step.CLOSED));
        store.end(load, false, Set.of());
        moveElsewhere(load.owner());
        JobTaker stopped = store.taker();
        List<Claim> claims = stopped.claim(false, 9);
        claims.forEach(stopped::delivering);
        stopped.release();
        store.begin("nightly", "bulk", "Account", false);
        assertThat(claims)
                .allSatisfy(claim -> assertThat(stopped.delivered(claim)).isFalse());
        assertThat(claims).hasSize(1);
    }

    @Test
    void aLoadThatIsContinuedTakesBackWhatIsNotOnItsWayYet() {
        StoredLoad load = store.begin("nightly", "bulk", "Account", false);
        store.put(load, job("1-0", Step.CLOSED));
        store.put(load, job("1-1", Step.CLOSED));
        store.end(load, false, Set.of());
        JobTaker taker = store.taker();
        List<Claim> claims = taker.claim(false, 9);
        taker.delivering(claims.get(0));
        StoredLoad again = store.begin("nightly", "bulk", "Account", false);
        assertThat(again.jobs()).extracting(StoredJob::goesAlone).containsExactly(true, false);
        assertThat(taker.delivering(claims.get(1))).isFalse();
        store.end(again, true, Set.of());
        assertThat(store.loads()).as("one is on its way").hasSize(1);
        assertThat(taker.delivered(claims.get(0))).isTrue();
        assertThat(store.loads()).isEmpty();
    }

    @Test
    void pagesTakeThePlaceOfTheirQuery() {
        StoredLoad load = store.begin("extract", "bulkQuery", "Account", true);
        store.put(load, StoredJob.query("750q", "digest", true));
        store.end(load, true, Set.of());
        JobTaker first = store.taker();
        JobTaker second = store.taker();
        assertThat(first.pages(first.claim(false, 9).get(0), List.of("a", "b", "c")))
                .isTrue();
        Claim one = first.claim(true, 1).get(0);
        Claim two = second.claim(true, 1).get(0);
        assertThat(List.of(one.job().locator(), two.job().locator())).containsExactly("a", "b");
        assertThat(first.claim(true, 1)).as("its own, and one more").hasSize(2);
    }

    @Test
    void whatIsNoListOfJobsIsRefused() {
        held.put("jobs", "sftoolkit-position;1;x");
        assertThatThrownBy(() -> store.begin("a", "bulk", "Account", false))
                .isInstanceOf(WatermarkException.class)
                .hasMessageContaining("jobKey");
    }

    @Test
    void namesOfAnyCharactersAreKept() {
        for (String name : List.of("a=b", "zeile\nzwei", "Übernahme \"1\" \\ \ufeff", "#x")) {
            StoredLoad load = store.begin(name, "bulk", "Account", false);
            store.put(load, job("1-0", Step.CLOSED));
            assertThat(held.get("jobs").chars()).allMatch(c -> c >= ' ' && c < 127);
            assertThat(store.loads()).extracting(StoredLoad::name).containsExactly(name);
            store.end(load, true, Set.of());
            assertThat(held.keySet()).allMatch(key -> key.chars().noneMatch(c -> c == '=' || c < ' '));
            assertThatThrownBy(() -> store.begin(name, "bulk", "Account", false))
                    .hasMessageContaining("was done");
        }
    }

    /** Takers at random, of which some die: what was delivered by the store's word came to exactly one of them. */
    @Test
    void noJobIsDeliveredTwiceWhoeverDies() {
        for (int seed = 0; seed < 200; seed++) {
            held.clear();
            var random = new Random(seed);
            StoredLoad load = store.begin("l" + seed, "bulk", "Account", true);
            for (int i = 0; i < 20; i++) {
                store.put(load, job("1-" + i, Step.CLOSED));
            }
            store.end(load, true, Set.of());
            var delivered = new ArrayList<String>();
            var takers = new ArrayList<>(List.of(store.taker(), store.taker(), store.taker()));
            while (!store.loads().isEmpty()) {
                int place = random.nextInt(takers.size());
                JobTaker taker = takers.get(place);
                for (Claim claim : taker.claim(false, 1 + random.nextInt(5))) {
                    if (taker.delivering(claim)) {
                        if (random.nextInt(4) == 0) {
                            taker.notDelivered(claim);
                        } else if (taker.delivered(claim)) {
                            delivered.add(claim.job().part());
                        }
                    }
                }
                if (random.nextInt(3) == 0) {
                    taker.release();
                    takers.set(place, store.taker());
                }
            }
            assertThat(delivered).as("seed %d", seed).hasSize(20);
            assertThat(new HashSet<>(delivered)).as("seed %d", seed).hasSize(20);
        }
    }
}
