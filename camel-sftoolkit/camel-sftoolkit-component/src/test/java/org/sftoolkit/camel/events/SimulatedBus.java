package org.sftoolkit.camel.events;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.sftoolkit.camel.error.EventBusException;
import org.sftoolkit.camel.error.TransportException;

/** A bus in memory with the rules of the real one, and faults that a seed chooses. */
final class SimulatedBus implements EventBus {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_CREDIT = 100;
    private static final Duration WITHOUT_CREDIT = Duration.ofSeconds(60);
    private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(120);

    /** An event of a channel. */
    record Entry(String replayId, String eventId, String schemaId, Map<String, Object> values) {}

    /** A subscription. */
    final class Stream implements EventStream {
        private final Listener listener;
        private final List<Entry> log;
        private int at;
        private int credit;
        private boolean over;
        private boolean silent;
        private Runnable timer = () -> {};

        private Stream(Listener listener, List<Entry> log, int at, int credit) {
            this.listener = listener;
            this.log = log;
            this.at = at;
            this.credit = credit;
        }

        private void deliver() {
            if (over || silent) {
                return;
            }
            timer.run();
            if (credit > 0 && at < log.size()) {
                int most = Math.min(credit, 1 + random.nextInt(MOST_CREDIT));
                var events = new ArrayList<Received>();
                while (events.size() < most && at < log.size()) {
                    Entry next = log.get(at++);
                    events.add(received(next));
                    credit--;
                }
                listener.received(
                        new Batch(events, events.get(events.size() - 1).replayId(), "rpc"));
                time.execute(this::maybeBreak);
                time.in(Duration.ofMillis(random.nextInt(20)), this::deliver);
                return;
            }
            timer = credit == 0
                    ? time.in(WITHOUT_CREDIT, () -> end(null))
                    : time.in(SIGN_OF_LIFE, () -> {
                        listener.received(new Batch(
                                List.of(), at == 0 ? null : log.get(at - 1).replayId(), "rpc"));
                        deliver();
                    });
        }

        private void maybeBreak() {
            if (over || random.nextDouble() >= faults) {
                return;
            }
            switch (random.nextInt(6)) {
                case 0 -> end(null);
                case 1 -> end(refusal("service.unavailable", "INTERNAL"));
                case 2 -> end(new TransportException("dropped", "Subscribe", true, true, null));
                case 3 -> end(refusal("service.auth.error", "UNAUTHENTICATED"));
                case 4 -> listener.goingAway();
                default -> silent = true;
            }
        }

        void end(Throwable failure) {
            if (!over) {
                over = true;
                timer.run();
                streams.remove(this);
                ends++;
                listener.ended(failure);
            }
        }

        void goAway() {
            listener.goingAway();
        }

        void fallSilent() {
            silent = true;
        }

        int credit() {
            return credit;
        }

        @Override
        public void request(int events) {
            time.execute(() -> {
                credit += events;
                mostCredit = Math.max(mostCredit, credit);
                deliver();
            });
        }

        @Override
        public Future<Void> ping() {
            pings++;
            return silent ? Promise.<Void>promise().future() : Future.succeededFuture();
        }

        @Override
        public void close() {
            over = true;
            timer.run();
            streams.remove(this);
        }
    }

    final List<Stream> streams = new ArrayList<>();
    final List<Start> starts = new ArrayList<>();
    int schemasAsked;
    int ends;
    int pings;
    int mostCredit;
    double faults;
    Duration schemaDelay = Duration.ZERO;
    Throwable refusal;

    private final Map<String, List<Entry>> channels = new LinkedHashMap<>();
    private final Map<String, EventSchema> schemas = new LinkedHashMap<>();
    private final VirtualTime time;
    private final Random random;
    private long ids = 1000;
    int retainedFrom;

    SimulatedBus(VirtualTime time, Random random) {
        this.time = time;
        this.random = random;
    }

    private static EventStream.Received received(Entry entry) {
        try {
            return new EventStream.Received(
                    entry.replayId(), entry.eventId(), entry.schemaId(), JSON.writeValueAsBytes(entry.values()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static EventBusException refusal(String code, String status) {
        return new EventBusException("Subscribe", "sfdc.platform.eventbus.grpc." + code, status, "refused", "rpc");
    }

    /** Puts a schema under an id. */
    void schema(String id, String name, EventSchema.Field... fields) {
        schemas.put(id, new JsonSchema(id, name, List.of(fields)));
    }

    /** Commits an event; answers its replay id. */
    String commit(String channel, String schemaId, Map<String, Object> values) {
        ids += 1 + random.nextInt(5);
        String replayId = Base64.getEncoder().encodeToString(Long.toString(ids).getBytes(StandardCharsets.UTF_8));
        log(channel).add(new Entry(replayId, "event-" + ids, schemaId, values));
        List.copyOf(streams).stream()
                .filter(stream -> stream.log == log(channel))
                .forEach(stream -> time.execute(stream::deliver));
        return replayId;
    }

    List<Entry> log(String channel) {
        return channels.computeIfAbsent(channel, name -> new ArrayList<>());
    }

    @Override
    public Future<Topic> topic(Access access, String channel) {
        return Future.succeededFuture(new Topic(channel, "s1", true, true));
    }

    @Override
    public Future<EventSchema> schema(Access access, String id) {
        EventSchema known = schemas.get(id);
        if (known == null) {
            return Future.failedFuture(refusal("schema.validation.failed", "INVALID_ARGUMENT"));
        }
        if (schemaDelay.isZero()) {
            return Future.succeededFuture(known);
        }
        schemasAsked++;
        Promise<EventSchema> later = Promise.promise();
        time.in(schemaDelay, () -> {
            schemaDelay = Duration.ZERO;
            later.complete(known);
        });
        return later.future();
    }

    @Override
    public EventStream subscribe(Access access, Start start, int credit, EventStream.Listener listener) {
        starts.add(start);
        mostCredit = Math.max(mostCredit, credit);
        List<Entry> log = log(start.channel());
        int at =
                switch (start.preset()) {
                    case LATEST -> log.size();
                    case EARLIEST -> retainedFrom;
                    case CUSTOM -> after(log, start.replayId());
                };
        var stream = new Stream(listener, log, at, credit);
        streams.add(stream);
        time.execute(() -> {
            Throwable failure = refusal != null
                    ? refusal
                    : at < retainedFrom ? refusal("subscription.fetch.replayid.corrupted", "INVALID_ARGUMENT") : null;
            if (failure != null) {
                stream.end(failure);
            } else if (!stream.over) {
                listener.opened();
                stream.deliver();
            }
        });
        return stream;
    }

    private static int after(List<Entry> log, String replayId) {
        for (int i = 0; i < log.size(); i++) {
            if (log.get(i).replayId().equals(replayId)) {
                return i + 1;
            }
        }
        return -1;
    }

    @Override
    public Future<List<Published>> publish(Access access, String channel, List<Outgoing> events) {
        return Future.failedFuture(new UnsupportedOperationException());
    }

    @Override
    public Future<Void> close() {
        return Future.succeededFuture();
    }

    /** Payloads of JSON. */
    record JsonSchema(String id, String name, List<Field> fields) implements EventSchema {

        @Override
        public Map<String, Object> decode(byte[] payload) {
            try {
                return JSON.readValue(payload, new TypeReference<LinkedHashMap<String, Object>>() {});
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public byte[] encode(Map<String, ?> values) {
            try {
                return JSON.writeValueAsBytes(values);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public String json() {
            return "{}";
        }
    }
}
