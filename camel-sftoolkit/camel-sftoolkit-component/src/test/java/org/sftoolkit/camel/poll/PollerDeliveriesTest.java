package org.sftoolkit.camel.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sftoolkit.camel.poll.PolledPages.START;
import static org.sftoolkit.camel.poll.PolledPages.behind;
import static org.sftoolkit.camel.poll.PolledPages.lists;
import static org.sftoolkit.camel.poll.PolledPages.page;
import static org.sftoolkit.camel.poll.PolledPages.records;
import static org.sftoolkit.camel.poll.PolledPages.settings;
import static org.sftoolkit.camel.poll.PolledPages.take;
import static org.sftoolkit.camel.poll.PolledPages.versions;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a poller hands out, when, and how far its position comes by that. */
class PollerDeliveriesTest {

    private static final Throwable FAILURE = new IllegalStateException("the route failed");

    private final PolledPages org = new PolledPages();

    private static Poller begun(Poller poller) {
        poller.begin();
        return poller;
    }

    private static void ack(Poller poller, List<Delivery> deliveries) {
        deliveries.forEach(delivery -> poller.ack(delivery, null));
    }

    @Test
    void aPollHandsOutItsMostAndTheNextOneTheRestOfThePage() {
        Poller poller = begun(org.poller(records(2, 10)));
        org.add("a1", "b2", "c3");
        List<Delivery> first = take(poller);
        assertThat(versions(first)).containsExactly(List.of("a1"), List.of("b2"));
        assertThat(first).extracting(Delivery::index).containsExactly(0, 1);
        assertThat(first).extracting(Delivery::size).containsOnly(2);
        ack(poller, first);
        poller.finish();
        poller.begin();
        org.addEnd(behind("c3"));
        List<Delivery> second = take(poller);
        assertThat(versions(second)).containsExactly(List.of("c3"));
        assertThat(second).extracting(Delivery::index).containsExactly(0);
        assertThat(second).extracting(Delivery::size).containsExactly(1);
        assertThat(org.readings).as("what was read is not read again").containsExactly(START);
        assertThat(org.closed).as("at the end").isEqualTo(1);
    }

    @Test
    void aPageCountsOnlyWhatThePollMayStillHandOut() {
        Poller poller = begun(org.poller(records(3, 10)));
        org.add("a1");
        org.add(page(behind("a1"), true, "b2", "c3", "d4"));
        assertThat(take(poller)).extracting(Delivery::size).containsExactly(1, 2, 2);
    }

    @Test
    void aPageThatIsAwaitedIsAskedForOnce() {
        Poller poller = begun(org.poller(records(0, 10)));
        Promise<Batch> page = Promise.promise();
        org.pages.add(page.future());
        assertThat(take(poller)).isEmpty();
        Future<Boolean> ready = poller.ready();
        page.complete(page(START, true, "a1"));
        assertThat(ready.result()).isTrue();
        assertThat(versions(poller.next())).containsExactly("a1");
    }

    @Test
    void aPollOfAllHandsOutAll() {
        Poller poller = begun(org.poller(records(0, 10)));
        org.add("a1", "b2");
        org.add(page(behind("b2"), true, "c3"));
        org.addEnd(behind("c3"));
        List<Delivery> all = take(poller);
        assertThat(versions(all)).containsExactly(List.of("a1"), List.of("b2"), List.of("c3"));
        assertThat(all).extracting(Delivery::index).containsExactly(0, 1, 0);
        assertThat(all).extracting(Delivery::size).containsExactly(2, 2, 1);
        assertThat(poller.watermark()).as("before their end").contains(PolledPages.NOON);
        ack(poller, all);
        assertThat(poller.watermark()).contains(behind("c3").at().stamp());
    }

    @Test
    void thereIsNothingToTakeWhileAsManyAreUnderWayAsMayBe() {
        Poller poller = begun(org.poller(records(0, 2)));
        org.add("a1", "b2", "c3");
        List<Delivery> two = take(poller);
        assertThat(versions(two)).containsExactly(List.of("a1"), List.of("b2"));
        assertThat(poller.inFlight()).isEqualTo(2);
        Future<Boolean> ready = poller.ready();
        assertThat(ready.isComplete()).isFalse();
        poller.ack(two.get(1), null);
        assertThat(ready.result()).isTrue();
        assertThat(versions(take(poller))).containsExactly(List.of("c3"));
        assertThat(poller.inFlight()).isEqualTo(2);
    }

    @Test
    void aVersionOfARecordWaitsForAnEarlierOneThatIsUnderWay() {
        Poller poller = begun(org.poller(records(0, 10)));
        org.add("a1", "a2", "b3");
        List<Delivery> first = take(poller);
        assertThat(versions(first)).containsExactly(List.of("a1"));
        Future<Boolean> ready = poller.ready();
        assertThat(ready.isComplete()).isFalse();
        ack(poller, first);
        assertThat(ready.result()).isTrue();
        assertThat(versions(poller.next())).containsExactly("a2");
        assertThat(versions(poller.next())).containsExactly("b3");
    }

    @Test
    void aListIsHandedOutWhenItIsFullAndWhatIsLeftAtTheEnd() {
        Poller poller = begun(org.poller(lists(2, 1)));
        org.add("a1", "b2", "a3");
        Promise<Batch> further = Promise.promise();
        org.pages.add(further.future());
        List<Delivery> first = take(poller);
        assertThat(versions(first)).containsExactly(List.of("a1", "b2"));
        ack(poller, first);
        assertThat(take(poller)).as("a list that grows").isEmpty();
        assertThat(poller.inFlight()).as("a list that grows").isZero();
        further.complete(page(behind("a3"), true, "a4", "b5"));
        List<Delivery> second = take(poller);
        assertThat(versions(second)).containsExactly(List.of("a3", "a4"));
        assertThat(second)
                .extracting(Delivery::index)
                .as("of the page where it began")
                .containsExactly(1);
        ack(poller, second);
        org.addEnd(behind("b5"));
        assertThat(versions(take(poller))).containsExactly(List.of("b5"));
    }

    @Test
    void aVersionOfARecordWaitsForTheListWithAnEarlierOneThoughItsOwnGrows() {
        Poller poller = begun(org.poller(lists(2, 10)));
        org.add("a1", "b2", "c3", "a4");
        List<Delivery> first = take(poller);
        assertThat(versions(first)).containsExactly(List.of("a1", "b2"));
        ack(poller, first);
        assertThat(versions(take(poller))).containsExactly(List.of("c3", "a4"));
    }

    @Test
    void aListThatGrewWhenThePollFailedComesAgain() {
        Poller poller = begun(org.poller(lists(2, 10)));
        org.add("a1");
        org.pages.add(Future.failedFuture(FAILURE));
        assertThat(take(poller)).isEmpty();
        poller.finish();
        assertThat(poller.inFlight()).isZero();
        poller.begin();
        org.add("a1", "b2");
        org.addEnd(behind("b2"));
        assertThat(versions(take(poller))).containsExactly(List.of("a1", "b2"));
        assertThat(org.readings).containsExactly(START, START);
    }

    @Test
    void aStreamIsAllOfAPoll() {
        Poller poller = begun(org.poller(settings(Delivery.Form.STREAM, 0, 10, false)));
        org.add("a1", "b2");
        assertThat(poller.ready().result()).isTrue();
        assertThat(poller.next()).as("the position is taken over").isNull();
        assertThat(poller.ready().result()).isTrue();
        Delivery stream = poller.next();
        assertThat(stream.records()).isEmpty();
        assertThat(poller.inFlight()).isEqualTo(1);
        Future<Boolean> ready = poller.ready();
        assertThat(ready.isComplete()).as("while it is read").isFalse();
        for (int i = 0; i < 2; i++) {
            assertThat(poller.more(stream).result()).isTrue();
            poller.peekOf(stream);
            poller.takeOf(stream);
        }
        assertThat(versions(stream)).containsExactly("a1", "b2");
        assertThat(poller.peekOf(stream)).isNull();
        org.add(Batch.step(behind("b2").closed()));
        org.addEnd(behind("b2").closed());
        for (int i = 0; i < 2; i++) {
            assertThat(poller.more(stream).result()).isTrue();
            assertThat(poller.peekOf(stream)).isNull();
        }
        assertThat(poller.more(stream).result()).isFalse();
        poller.ack(stream, null);
        assertThat(ready.result()).as("a further one in this poll").isFalse();
        assertThat(poller.inFlight()).isZero();
        poller.finish();
        assertThat(org.texts).containsEntry(PolledPages.KEY, poller.position());
        assertThat(poller.position()).isEqualTo(CursorText.write(behind("b2").closed()));
    }

    @Test
    void aStreamThatHasEndedGivesNoMore() {
        Poller poller = begun(org.poller(settings(Delivery.Form.STREAM, 0, 10, false)));
        org.add("a1", "b2");
        Delivery stream = stream(poller);
        poller.ack(stream, null);
        assertThatThrownBy(() -> poller.peekOf(stream)).hasMessageContaining("their stream was closed");
        assertThatThrownBy(() -> poller.takeOf(stream)).hasMessageContaining("their stream was closed");
        assertThatThrownBy(() -> poller.more(stream)).hasMessageContaining("their stream was closed");
    }

    private Delivery stream(Poller poller) {
        assertThat(poller.ready().result()).isTrue();
        assertThat(poller.next()).isNull();
        assertThat(poller.ready().result()).isTrue();
        return poller.next();
    }

    @Test
    void aStreamThatIsReadWhenThePollEndsGivesNoMoreAndComesAgain() {
        Poller poller = begun(org.poller(settings(Delivery.Form.STREAM, 0, 10, false)));
        org.add("a1", "b2");
        Delivery stream = stream(poller);
        poller.peekOf(stream);
        poller.takeOf(stream);
        poller.finish();
        assertThat(poller.peekOf(stream)).isNull();
        assertThatThrownBy(() -> poller.more(stream)).hasMessageContaining("their stream was closed");
        assertThat(poller.inFlight()).isZero();
        poller.begin();
        org.add("a1", "b2");
        assertThat(poller.ready().result()).isTrue();
        assertThat(poller.peekOf(poller.next()).position()).isEqualTo(PolledPages.version("a1"));
    }

    @Test
    void aPageThatIsLostAmongAStreamFailsThePoll() {
        Poller poller = begun(org.poller(settings(Delivery.Form.STREAM, 0, 10, false)));
        org.add("a1");
        org.pages.add(Future.failedFuture(FAILURE));
        Delivery stream = stream(poller);
        poller.peekOf(stream);
        poller.takeOf(stream);
        assertThat(poller.peekOf(stream)).isNull();
        assertThat(poller.failure()).isNull();
        assertThat(poller.more(stream).cause()).isSameAs(FAILURE);
        assertThat(poller.failure()).isSameAs(FAILURE);
    }

    @Test
    void whatFailedComesAgainAndWhatEndedBehindItDoesNot() {
        Poller poller = begun(org.poller(records(0, 10)));
        org.add("a1", "b2", "c3");
        List<Delivery> all = take(poller);
        Future<Void> settled = poller.settled();
        poller.ack(all.get(0), null);
        poller.ack(all.get(1), FAILURE);
        assertThat(settled.isComplete()).isFalse();
        poller.ack(all.get(2), null);
        assertThat(settled.succeeded()).isTrue();
        assertThat(poller.failure()).isSameAs(FAILURE);
        assertThat(poller.ready().result()).isFalse();
        poller.finish();
        assertThat(org.texts).containsEntry(PolledPages.KEY, CursorText.write(behind("a1")));
        poller.begin();
        assertThat(poller.failure()).isNull();
        org.add(page(behind("a1"), true, "b2", "c3", "d4"));
        org.addEnd(behind("d4"));
        List<Delivery> rest = take(poller);
        assertThat(versions(rest)).containsExactly(List.of("b2"), List.of("d4"));
        assertThat(rest).extracting(Delivery::size).containsOnly(2);
        assertThat(org.readings).containsExactly(START, behind("a1"));
    }

    @Test
    void theFirstFailureOfAPollCounts() {
        Poller poller = begun(org.poller(records(0, 10)));
        org.add("a1", "b2");
        List<Delivery> both = take(poller);
        poller.ack(both.get(1), FAILURE);
        poller.ack(both.get(0), new IllegalStateException("another"));
        assertThat(poller.failure()).isSameAs(FAILURE);
    }

    @Test
    void whatFailedIsPassedIfFailuresAreSkipped() {
        Poller poller = begun(org.poller(settings(Delivery.Form.RECORD, 0, 10, true)));
        org.add("a1");
        org.addEnd(behind("a1"));
        poller.ack(take(poller).get(0), FAILURE);
        assertThat(poller.failure()).isNull();
        assertThat(poller.watermark()).contains(behind("a1").at().stamp());
    }

    @Test
    void aDeliveryEndsOnce() {
        Poller poller = begun(org.poller(records(0, 10)));
        org.add("a1", "b2");
        List<Delivery> both = take(poller);
        poller.ack(both.get(0), null);
        poller.ack(both.get(0), FAILURE);
        assertThat(poller.inFlight()).isEqualTo(1);
        assertThat(poller.failure()).isNull();
        assertThat(poller.settled().isComplete()).isFalse();
    }

    @Test
    void aVersionThatIsUnderWayOrWasDeliveredIsNotDeliveredAgain() {
        Poller poller = begun(org.poller(records(0, 10)));
        org.add("a1");
        org.add(page(behind("a1"), true, "a1", "b2"));
        org.pages.add(Promise.<Batch>promise().future());
        List<Delivery> all = take(poller);
        assertThat(versions(all)).containsExactly(List.of("a1"), List.of("b2"));
        ack(poller, all);
        poller.finish();
        poller.begin();
        org.add(page(behind("b2"), true, "a1", "a3"));
        org.addEnd(behind("a3"));
        assertThat(versions(take(poller))).containsExactly(List.of("a3"));
    }

    @Test
    void pagesWithoutRecordsMoveThePosition() {
        Poller poller = begun(org.poller(records(0, 10)));
        org.add(Batch.step(behind("a1")));
        org.addEnd(behind("b2"));
        assertThat(take(poller)).isEmpty();
        poller.finish();
        assertThat(org.texts).containsEntry(PolledPages.KEY, CursorText.write(behind("b2")));
    }

    @Test
    void aPageThatComesBehindTheEndOfItsPollIsReadAgain() {
        Poller poller = begun(org.poller(records(0, 10)));
        Promise<Batch> late = Promise.promise();
        org.pages.add(late.future());
        assertThat(take(poller)).isEmpty();
        poller.finish();
        assertThat(org.closed).isEqualTo(1);
        late.complete(page(START, true, "a1"));
        poller.begin();
        org.addEnd(START);
        assertThat(take(poller)).isEmpty();
        assertThat(org.readings).containsExactly(START, START);
    }

    @Test
    void whatIsBeingReadIsGivenUpWithThePoller() {
        Poller poller = begun(org.poller(records(1, 10)));
        org.add("a1", "b2");
        ack(poller, take(poller));
        poller.finish();
        assertThat(org.closed).isZero();
        poller.leave();
        assertThat(org.closed).isEqualTo(1);
    }
}
