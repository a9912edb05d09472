package org.sftoolkit.camel.poll;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sftoolkit.camel.error.Answer;
import org.sftoolkit.camel.error.LimitExceededException;
import org.sftoolkit.camel.model.SObject;
import org.sftoolkit.camel.transport.CallCounter;
import org.sftoolkit.camel.transport.CallTerms;
import org.sftoolkit.camel.transport.DailyLimit;
import org.sftoolkit.camel.transport.LogContext;
import org.sftoolkit.camel.transport.Park;
import org.sftoolkit.camel.transport.Request;
import org.sftoolkit.camel.transport.Response;
import org.sftoolkit.camel.transport.StopSignal;
import org.sftoolkit.camel.transport.Trace;
import org.sftoolkit.camel.transport.TrackUsage;
import org.sftoolkit.camel.transport.Transport;

/**
 * Pollers and producers of one connection at the org's limit of a day, second by second on a driven clock: one probe a minute of all
 * together, all go on within a minute of its end, nothing is lost.
 */
class LimitTogetherTest {

    private static final String SOURCE = "query:Account:SystemModstamp";
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Response OK = new Response(200, MultiMap.caseInsensitiveMultiMap(), Buffer.buffer());
    private static final Request READ = Request.get("/query")
            .countedBy(new CallCounter(null, new StopSignal(), new CallTerms(0, true, () -> {}), Trace.NONE));

    private record Wait(long end, Promise<Void> over) {}

    private final List<Wait> waits = new ArrayList<>();
    private final List<Long> refused = new ArrayList<>();
    private long second;
    private long limitBegins;
    private long limitEnds;
    /** Records of the org: one each ten seconds. */
    private long records;

    private final DailyLimit limit =
            new DailyLimit(new TrackUsage(() -> NOON.plusSeconds(second)), () -> NOON.plusSeconds(second));
    private final Transport connection = ((Transport) request -> {
                if (second < limitBegins || second >= limitEnds) {
                    return Future.succeededFuture(OK);
                }
                refused.add(second);
                return Future.failedFuture(new LimitExceededException("TotalRequests", false, null, Answer.NONE));
            })
            .behind(limit);
    private final Park park = new Park(this::after, LogContext.NONE);

    private Future<Void> after(Duration time) {
        Promise<Void> over = Promise.promise();
        waits.add(new Wait(second + Math.max(1, time.toSeconds()), over));
        return over.future();
    }

    /** A consumer that polls after its delay, or when the limit lets it. */
    private final class Consumer {
        private final int delay;
        private final Poller poller;
        private final List<String> delivered = new ArrayList<>();
        private long due;
        private long resumed = -1;

        Consumer(int delay) {
            this.delay = delay;
            LongSupplier nanos = () -> Duration.ofSeconds(second).toNanos();
            var store = new PositionStore(new Memory(), "key", SOURCE, true, nanos, LogContext.NONE);
            PollSource source = new PollSource() {
                @Override
                public Reading read(Cursor place) {
                    return () -> connection.send(READ).map(answer -> page(place));
                }

                @Override
                public Instant horizon(Cursor place) {
                    return NOON;
                }
            };
            poller = new Poller(
                    source,
                    store,
                    null,
                    StartPosition.of(NOON.minusSeconds(10).toString()),
                    new Poller.Settings(Delivery.Form.RECORD, 10, 0, 10, false, Duration.ofMinutes(1)),
                    new Poller.Time(
                            () -> Future.succeededFuture(NOON),
                            (time, ring) -> () -> {},
                            new LimitPace(nanos, LogContext.NONE)));
            limit.whenOver(() -> {
                if (poller.pace().pause().isPresent()) {
                    poller.pace().mayBeOver();
                    due = second;
                }
            });
        }

        private Batch page(Cursor from) {
            long known =
                    Duration.between(NOON.minusSeconds(10), from.watermark()).toSeconds() / 10;
            List<PolledRecord> all = new ArrayList<>();
            Cursor last = from;
            for (long number = known; number < records; number++) {
                var position = new Position(NOON.plusSeconds(number * 10), "001" + number);
                last = from.at(position);
                all.add(new PolledRecord(
                        SObject.read("Account", new LinkedHashMap<>(Map.of("Id", position.id()))),
                        position,
                        Change.CREATED,
                        last));
            }
            return new Batch(all, last, false);
        }

        void tick() {
            if (second < due) {
                return;
            }
            poller.begin();
            while (Boolean.TRUE.equals(poller.ready().result())) {
                Delivery delivery = poller.next();
                if (delivery != null) {
                    delivery.records()
                            .forEach(record -> delivered.add(record.position().id()));
                    poller.ack(delivery, null);
                }
            }
            assertThat(poller.failure()).isNull();
            poller.finish();
            long pause = poller.pace().pause().map(Duration::toSeconds).orElse((long) delay);
            due = second + Math.max(1, Math.min(pause, delay));
            if (second >= limitEnds && resumed < 0 && poller.pace().trouble().isEmpty()) {
                resumed = second;
            }
        }
    }

    private static final class Memory implements PositionStore.Texts {
        private final Map<String, String> texts = new HashMap<>();

        @Override
        public String get(String key) {
            return texts.get(key);
        }

        @Override
        public void set(String key, String text) {
            texts.put(key, text);
        }

        @Override
        public boolean replace(String key, String expected, String text) {
            boolean replaces = Objects.equals(texts.get(key), expected);
            if (replaces) {
                texts.put(key, text);
            }
            return replaces;
        }
    }

    static IntStream seeds() {
        return IntStream.range(0, 30);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void oneProbeAMinuteAndAllGoOnWithinAMinuteOfItsEnd(int seed) {
        var random = new Random(seed);
        limitBegins = 100 + random.nextInt(200);
        limitEnds = limitBegins + 1 + random.nextInt(3_600);
        List<Consumer> consumers = IntStream.rangeClosed(0, random.nextInt(3))
                .mapToObj(i -> new Consumer(new int[] {5, 7, 30, 60, 600, 7_200}[random.nextInt(6)]))
                .toList();
        int most = seed % 4 == 0 ? 0 : 5; // pollers alone, too
        List<Future<Response>> saves = new ArrayList<>();
        List<Long> ended = new ArrayList<>();
        for (; second < limitEnds + 61; second++) {
            records = second / 10 + 1;
            List<Wait> over =
                    waits.stream().filter(wait -> wait.end() <= second).toList();
            waits.removeAll(over);
            over.forEach(wait -> wait.over().tryComplete());
            boolean saving = second >= limitBegins && second < limitEnds && saves.size() < most;
            if (saving && random.nextInt(20) == 0) {
                long begun = second;
                saves.add(connection
                        .behind(park.filter(new StopSignal(), null))
                        .send(READ)
                        .onSuccess(done -> ended.add(begun >= limitEnds ? limitEnds : second)));
            }
            consumers.forEach(Consumer::tick);
        }
        for (int i = 1; i < refused.size(); i++) {
            assertThat(refused.get(i) - refused.get(i - 1))
                    .as("seconds between probes %s", refused)
                    .isGreaterThanOrEqualTo(60);
        }
        assertThat(saves).allMatch(Future::succeeded);
        assertThat(ended).hasSameSizeAs(saves).allMatch(at -> at <= limitEnds + 60);
        for (Consumer consumer : consumers) {
            boolean waited = consumer.resumed >= 0 && consumer.delay <= limitEnds - limitBegins;
            if (waited) {
                assertThat(consumer.resumed).isLessThanOrEqualTo(limitEnds + 60);
            }
            assertThat(consumer.poller.pace().trouble()).isEmpty();
            assertThat(consumer.delivered).doesNotHaveDuplicates();
            records = second / 10 + 1;
            consumer.due = 0;
            consumer.tick();
            assertThat(consumer.delivered)
                    .containsExactlyElementsOf(IntStream.range(0, (int) records)
                            .mapToObj(i -> "001" + i)
                            .toList());
        }
        assertThat(park.trouble()).isEmpty();
    }
}
