package org.sftoolkit.camel.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sftoolkit.camel.TestCalls;
import org.sftoolkit.camel.error.TransportException;
import org.sftoolkit.camel.model.PublishResult;
import org.sftoolkit.camel.model.SaveError;
import org.sftoolkit.camel.model.SourceRecord;
import org.sftoolkit.camel.operation.OperationContext;
import org.sftoolkit.camel.transport.Delays;
import org.sftoolkit.camel.transport.StopSignal;

class PublishAttemptsTest {

    private static final Delays AT_ONCE = time -> Future.succeededFuture();
    private static final Delays STOPPED = time -> Future.failedFuture(StopSignal.failure());

    private final List<List<Integer>> calls = new ArrayList<>();

    private static OperationContext call(Delays delays) {
        return TestCalls.context(
                request -> Future.failedFuture("no request is expected"),
                TestCalls.options("Order_Placed__e", options -> {
                    options.setRetryRecords("true");
                    options.setRepeatUnknown(true);
                }),
                TestCalls.DIRECT,
                delays);
    }

    private static List<PublishOperation.Row> rows(int number) {
        return IntStream.range(0, number)
                .mapToObj(i -> new PublishOperation.Row(
                        i,
                        "event" + i,
                        SourceRecord.of(Map.of("Order_Number__c", "" + i)),
                        new EventEncoder.Encoded(new byte[1], List.of()),
                        true))
                .toList();
    }

    /** Publishes all but the event 1, which is refused for a reason that passes the first time. */
    private PublishOperation.Publisher refusesOneOnce() {
        return publisher(batch -> Future.succeededFuture(batch.stream()
                .map(row -> row.index() == 1 && calls.size() == 1
                        ? row.refused(List.of(new SaveError("UNABLE_TO_LOCK_ROW", "busy", List.of(), true)))
                        : row.published(row.eventId(), "replay" + row.index()))
                .toList()));
    }

    private PublishOperation.Publisher publisher(PublishCall call) {
        return new PublishOperation.Publisher() {
            @Override
            public EventEncoder.Encoded encode(SourceRecord record) {
                throw new AssertionError("rows come encoded");
            }

            @Override
            public Future<List<PublishResult>> publish(List<PublishOperation.Row> batch) {
                calls.add(batch.stream().map(PublishOperation.Row::index).toList());
                return call.publish(batch);
            }
        };
    }

    private interface PublishCall {
        Future<List<PublishResult>> publish(List<PublishOperation.Row> batch);
    }

    @Test
    void anEventThatWasRefusedIsPublishedAgainAlone() {
        var results = new PublishAttempts(refusesOneOnce(), call(AT_ONCE), false).publish(rows(3), 1);
        assertThat(calls).containsExactly(List.of(0, 1, 2), List.of(1));
        assertThat(results.result()).extracting(PublishResult::success).containsExactly(true, true, true);
    }

    @Test
    void aStopDuringThePauseForgetsNoEventThatWasPublished() {
        var results = new PublishAttempts(refusesOneOnce(), call(STOPPED), false).publish(rows(3), 1);
        assertThat(results.succeeded()).isTrue();
        assertThat(results.result()).extracting(PublishResult::success).containsExactly(true, false, true);
        assertThat(results.result().get(1).errors().get(0).statusCode()).isEqualTo("UNABLE_TO_LOCK_ROW");
    }

    @Test
    void aStopDuringThePauseHidesNotThatTheOutcomeOfAnEventIsUnknown() {
        var lost = new TransportException("the answer was lost", "Publish", true, false, null);
        var result = new PublishAttempts(publisher(batch -> Future.failedFuture(lost)), call(STOPPED), true)
                .publish(rows(1), 1);
        assertThat(result.cause()).isSameAs(lost);
        assertThat(calls).hasSize(1);
    }
}
