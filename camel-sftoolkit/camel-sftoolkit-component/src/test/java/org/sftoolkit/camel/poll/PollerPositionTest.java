package org.sftoolkit.camel.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sftoolkit.camel.poll.PolledPages.NOON;
import static org.sftoolkit.camel.poll.PolledPages.START;
import static org.sftoolkit.camel.poll.PolledPages.behind;
import static org.sftoolkit.camel.poll.PolledPages.page;
import static org.sftoolkit.camel.poll.PolledPages.records;
import static org.sftoolkit.camel.poll.PolledPages.take;
import static org.sftoolkit.camel.poll.PolledPages.versions;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sftoolkit.camel.error.PositionOvertakenException;

/** When a poller stores what it has come to, and what a position that is set or a repository changes. */
class PollerPositionTest {

    private final PolledPages org = new PolledPages();
    private final List<String> repository = new ArrayList<>();
    private boolean repositoryIsAway;

    private final KnownDeliveries.Repository known = new KnownDeliveries.Repository() {
        @Override
        public boolean contains(String key) {
            requireRepository();
            return repository.contains(key);
        }

        @Override
        public void add(String key) {
            requireRepository();
            repository.add(key);
        }
    };

    private void requireRepository() {
        if (repositoryIsAway) {
            throw new IllegalStateException("the repository is away");
        }
    }

    private static void deliver(Poller poller) {
        take(poller).forEach(delivery -> poller.ack(delivery, null));
    }

    private static Poller begun(Poller poller) {
        poller.begin();
        return poller;
    }

    @Test
    void aPositionIsStoredOnceASecondAndAtTheEnd() {
        Poller poller = begun(org.poller(records(0, 10)));
        assertThat(poller.key()).isEqualTo(PolledPages.KEY);
        org.add("a1");
        org.add(page(behind("a1"), true, "b2"));
        org.add(page(behind("b2"), true, "c3"));
        org.addEnd(behind("c3"));
        List<Delivery> all = take(poller);
        poller.ack(all.get(0), null);
        org.nanos.addAndGet(999_999_999);
        poller.save(false);
        assertThat(org.texts).containsEntry(PolledPages.KEY, CursorText.write(START));
        org.nanos.incrementAndGet();
        poller.save(false);
        assertThat(org.texts).containsEntry(PolledPages.KEY, CursorText.write(behind("a1")));
        poller.ack(all.get(1), null);
        poller.save(false);
        assertThat(org.texts).containsEntry(PolledPages.KEY, CursorText.write(behind("a1")));
        poller.finish();
        assertThat(org.texts).containsEntry(PolledPages.KEY, CursorText.write(behind("b2")));
    }

    @Test
    void aRestartDoesNotDeliverAgainWhatTheStoreKnows() {
        Poller poller = begun(org.poller(records(0, 10)));
        org.add("a1", "b2");
        List<Delivery> both = take(poller);
        poller.ack(both.get(1), null);
        poller.finish();
        Poller restarted = begun(org.poller(records(0, 10)));
        assertThat(restarted.position()).isEqualTo(CursorText.write(START));
        org.add("a1", "b2");
        org.addEnd(behind("b2"));
        assertThat(versions(take(restarted))).containsExactly(List.of("a1"));
    }

    @Test
    void onlyWhatTheLookBackMayGiveAgainIsKept() {
        Poller poller = begun(org.poller(records(0, 1)));
        org.add("a1", "b2", "c3");
        for (int i = 0; i < 3; i++) {
            deliver(poller);
        }
        org.horizon = NOON.plusSeconds(2);
        org.addEnd(behind("c3"));
        assertThat(take(poller)).isEmpty();
        poller.finish();
        var stored = new DeliveredLog();
        org.store(true).load(stored);
        assertThat(stored.newestFirst().keySet())
                .containsExactly(
                        NOON.plusSeconds(3).getEpochSecond(),
                        NOON.plusSeconds(2).getEpochSecond());
        // a source that may give all again has no such time
        org.horizon = null;
        poller.begin();
        org.addEnd(behind("c3"));
        assertThat(take(poller)).isEmpty();
        poller.finish();
        stored.clear();
        org.store(true).load(stored);
        assertThat(stored.size()).isEqualTo(2);
    }

    @Test
    void whatAPollCouldNotStoreIsStoredWhenTheNextOneBegins() {
        Poller poller = begun(org.poller(records(0, 10)));
        org.add("a1");
        org.addEnd(behind("a1"));
        deliver(poller);
        org.storeIsAway = true;
        assertThatThrownBy(poller::finish).hasMessage("the store is away");
        assertThatThrownBy(poller::begin).hasMessage("the store is away");
        assertThat(org.texts).containsEntry(PolledPages.KEY, CursorText.write(START));
        org.storeIsAway = false;
        poller.begin();
        assertThat(org.texts).containsEntry(PolledPages.KEY, CursorText.write(behind("a1")));
    }

    @Test
    void whatWasDeliveredComesAgainBehindAPositionThatWasSet() {
        Poller poller = begun(org.poller(records(0, 10)));
        org.add("a1");
        org.addEnd(behind("a1"));
        deliver(poller);
        poller.finish();
        poller.set(NOON.toString());
        Cursor set = CursorText.read(org.texts.get(PolledPages.KEY), PolledPages.SOURCE);
        assertThat(set.run()).isEqualTo(1);
        assertThat(poller.position()).isEqualTo(CursorText.write(set));
        poller.begin();
        org.add(page(set, true, "a1"));
        org.addEnd(set.at(PolledPages.version("a1")));
        assertThat(versions(take(poller))).containsExactly(List.of("a1"));
    }

    @Test
    void whatWasDeliveredComesAgainBehindAPositionThatWasSetElsewhere() {
        Poller poller = begun(org.poller(records(0, 10)));
        org.add("a1");
        org.addEnd(behind("a1"));
        deliver(poller);
        org.poller(records(0, 10)).set(NOON.toString());
        assertThatThrownBy(poller::finish).isInstanceOf(PositionOvertakenException.class);
        poller.begin();
        Cursor set = CursorText.read(org.texts.get(PolledPages.KEY), PolledPages.SOURCE);
        org.add(page(set, true, "a1"));
        org.addEnd(set.at(PolledPages.version("a1")));
        assertThat(versions(take(poller))).containsExactly(List.of("a1"));
    }

    @Test
    void whatWasReadIsNotDeliveredBehindAPositionThatWasSetElsewhere() {
        Poller poller = begun(org.poller(records(1, 10)));
        org.add("a1", "b2");
        deliver(poller);
        org.poller(records(0, 10)).set(NOON.plusSeconds(100).toString());
        assertThatThrownBy(poller::finish).isInstanceOf(PositionOvertakenException.class);
        poller.begin();
        Cursor set = CursorText.read(org.texts.get(PolledPages.KEY), PolledPages.SOURCE);
        org.addEnd(set);
        assertThat(take(poller)).isEmpty();
        assertThat(org.readings).containsExactly(START, set);
    }

    @Test
    void nothingOfThePollIsHandedOutOnceAPositionIsSet() {
        Poller poller = begun(org.poller(records(0, 10)));
        org.add("a1", "b2");
        assertThat(poller.ready().result()).isTrue();
        assertThat(poller.next()).as("the position is taken over").isNull();
        assertThat(poller.ready().result()).isTrue();
        assertThat(versions(poller.next())).containsExactly("a1");
        poller.set("BEGINNING");
        assertThat(poller.next()).isNull();
        assertThat(poller.inFlight()).isEqualTo(1);
    }

    @Test
    void aPositionThatIsSetEndsThePollThatWaits() {
        Poller poller = begun(org.poller(records(0, 1)));
        org.add("a1", "b2");
        List<Delivery> first = take(poller);
        Future<Boolean> ready = poller.ready();
        assertThat(ready.isComplete()).isFalse();
        poller.set("BEGINNING");
        assertThat(ready.result()).isFalse();
        poller.ack(first.get(0), null);
        poller.finish();
        assertThat(org.closed).as("what was read elsewhere").isEqualTo(1);
        assertThat(poller.watermark()).isEmpty();
    }

    @Test
    void nowIsAwaitedFromWhenItIsSetToTheNextPoll() {
        Poller poller = begun(org.poller(records(0, 10)));
        assertThat(poller.awaitsNow()).isFalse();
        org.addEnd(START);
        deliver(poller);
        poller.finish();
        assertThat(poller.awaitsNow()).isFalse();
        poller.set("NOW");
        assertThat(poller.awaitsNow()).isTrue();
        assertThat(poller.watermark()).contains(NOON);
        poller.begin();
        Cursor now = START.movedTo(NOON.plusSeconds(500));
        org.addEnd(now);
        deliver(poller);
        assertThat(poller.awaitsNow()).isFalse();
        assertThat(org.texts)
                .as("a restart begins at no later now")
                .containsEntry(PolledPages.KEY, CursorText.write(now));
        assertThat(poller.watermark()).contains(NOON.plusSeconds(500));
        assertThat(org.readings).containsExactly(START, now);
    }

    @Test
    void aPositionCanBeSetInPlaceOfOneThatCannotBeRead() {
        org.texts.put(PolledPages.KEY, "scribble");
        Poller poller = org.poller(records(0, 10));
        poller.set(NOON.plusSeconds(60).toString());
        poller.begin();
        assertThat(poller.watermark()).contains(NOON.plusSeconds(60));
        assertThat(CursorText.read(poller.position(), PolledPages.SOURCE).run())
                .as("taken for no earlier run")
                .isGreaterThan((int) Duration.ofDays(365).toMinutes());
    }

    @Test
    void anExtractThatEndsBehindItsRecordsGivesAllAgain() {
        Poller poller = begun(org.poller(records(0, 1)));
        org.add("a1");
        deliver(poller);
        org.addEnd(behind("a1").extracted());
        assertThat(take(poller)).isEmpty();
        assertAllComesAgain(poller);
    }

    @Test
    void anExtractWhoseRecordsEndBehindItGivesAllAgain() {
        Poller poller = begun(org.poller(records(0, 10)));
        org.add("a1");
        org.addEnd(behind("a1").extracted());
        deliver(poller);
        assertAllComesAgain(poller);
    }

    private void assertAllComesAgain(Poller poller) {
        poller.finish();
        poller.begin();
        org.add(page(behind("a1").extracted(), false, "a1"));
        assertThat(versions(take(poller))).containsExactly(List.of("a1"));
    }

    @Test
    void whatTheRepositoryHoldsIsNotDelivered() {
        repository.add("key/0/a/2026-03-01T12:00:01Z");
        Poller poller = begun(org.poller(records(0, 10), known));
        org.add("a1", "b2");
        org.addEnd(behind("b2"));
        List<Delivery> rest = take(poller);
        assertThat(versions(rest)).containsExactly(List.of("b2"));
        rest.forEach(delivery -> poller.ack(delivery, null));
        assertThat(repository).hasSize(1);
        poller.finish();
        assertThat(repository).containsExactly("key/0/a/2026-03-01T12:00:01Z", "key/0/b/2026-03-01T12:00:02Z");
        assertThat(poller.watermark()).contains(NOON.plusSeconds(2));
    }

    @Test
    void whatTheRepositoryDidNotTakeIsEnteredWithTheNextSave() {
        Poller poller = begun(org.poller(records(0, 10), known));
        org.add("a1", "b2");
        org.addEnd(behind("b2"));
        List<Delivery> both = take(poller);
        both.forEach(delivery -> poller.ack(delivery, null));
        repositoryIsAway = true;
        assertThatThrownBy(poller::finish).hasMessage("the repository is away");
        assertThat(org.texts).as("before the repository knows").containsEntry(PolledPages.KEY, CursorText.write(START));
        repositoryIsAway = false;
        poller.finish();
        poller.finish();
        assertThat(repository).containsExactly("key/0/a/2026-03-01T12:00:01Z", "key/0/b/2026-03-01T12:00:02Z");
    }

    @Test
    void aRepositoryThatCannotBeAskedFailsThePoll() {
        Poller poller = begun(org.poller(records(0, 10), known));
        repositoryIsAway = true;
        org.add("a1");
        assertThatThrownBy(() -> take(poller)).hasMessage("the repository is away");
        assertThat(poller.failure()).hasMessage("the repository is away");
    }
}
