package org.sftoolkit.emulator.events;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.sftoolkit.emulator.org.CommitListener;
import org.sftoolkit.emulator.org.Org;
import org.sftoolkit.emulator.org.PublishedEvent;

/**
 * The event bus of an org: what is committed and published goes in, subscriptions read it. For tests it tells what went over it.
 * Safe for threads; never waits.
 *
 * <pre>{@code
 * emulator.events().publish("Order_Placed__e", Map.of("Order_Number__c", "O-1"));
 * assertThat(emulator.events().list("/data/AccountChangeEvent")).hasSize(1);
 * }</pre>
 */
public final class EventBus implements CommitListener {

    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration HOUR = Duration.ofHours(1);

    private final Org org;
    private final Channels channels;
    private final CommitCapture capture;
    private final EventLog log;
    private final Random random;
    private volatile EventSettings settings;
    private final Allocation deliveries;
    private final Allocation publishing;
    private final Audience audience = new Audience();
    private final AtomicLong commits = new AtomicLong();
    private final AtomicLong delivered = new AtomicLong();

    /** Somebody who reads the bus. */
    public interface Subscriber {

        /** There is something new; called by the thread that wrote it, which must not wait. */
        void wake();

        /** How far it is. */
        Subscription state();
    }

    /** @param filters reads the filters of custom channels */
    public EventBus(Org org, EventSettings settings, RowFilter filters, long seed) {
        this.org = org;
        this.settings = settings;
        this.random = new Random(seed);
        this.channels = new Channels(org::schema, this::settings, filters);
        this.capture = new CommitCapture(channels, this::settings);
        this.log = new EventLog(org.clock(), new Random(seed), this::settings);
        requireReadable(settings);
        this.deliveries = new Allocation(org.clock(), DAY, () -> settings().deliveries());
        this.publishing = new Allocation(org.clock(), HOUR, () -> settings().publishing());
    }

    // For tests

    /**
     * Publishes a platform event as the first user.
     *
     * @return the event's UUID
     * @throws org.sftoolkit.emulator.org.RowRefusedException when its values are not those of the type
     */
    public String publish(String event, Map<String, ?> fields) {
        if (!org.object(event).isPlatformEvent()) {
            throw new IllegalArgumentException("'" + event + "' is not a platform event");
        }
        return PublishedEvent.uuidOf(org.insert(event, fields));
    }

    /**
     * The events of a channel that are kept, oldest first.
     *
     * @throws IllegalArgumentException when there is no such channel
     */
    public List<BusEvent> list(String channel) {
        Channel known = channel(channel)
                .orElseThrow(() -> new IllegalArgumentException(
                        "no channel '" + channel + "'. Channels of this org: " + String.join(", ", channels())));
        return log.after(log.beginning(), Integer.MAX_VALUE, known.fits()).entries().stream()
                .map(BusEvent::new)
                .toList();
    }

    /** The newest events of all channels that are kept, newest first. */
    public List<BusEvent> newest(int most) {
        return log.newest(most).stream().map(BusEvent::new).toList();
    }

    /** The names of all channels. */
    public List<String> channels() {
        return channels.names();
    }

    /** The subscriptions that are open. */
    public List<Subscription> subscriptions() {
        return audience.subscriptions();
    }

    /** How many events all subscriptions were sent since the start. */
    public long delivered() {
        return delivered.get();
    }

    /**
     * Tells of each event; on the thread that writes it, so that a listener must be quick, and must not write to the org.
     */
    public void listen(Consumer<BusEvent> listener) {
        audience.listen(listener);
    }

    /** Ends {@link #listen}. */
    public void forget(Consumer<BusEvent> listener) {
        audience.forget(listener);
    }

    /** How it behaves now. */
    public EventSettings settings() {
        return settings;
    }

    /**
     * Changes how it behaves from now on.
     *
     * @throws IllegalArgumentException when an object or a channel of it is not known or not understood
     */
    public synchronized void change(EventSettings wanted) {
        EventSettings before = settings;
        settings = wanted;
        try {
            requireReadable(wanted);
        } catch (RuntimeException e) {
            settings = before;
            throw e;
        }
    }

    private void requireReadable(EventSettings wanted) {
        wanted.changeObjects().forEach(org::object);
        wanted.channels().forEach(custom -> channels.channel(custom.name()));
    }

    /** How many events may be had within a time, and how many of them are left. */
    public record Allowance(int limit, int remaining) {}

    /** The deliveries within 24 hours. */
    public Allowance deliveries() {
        return deliveries.allowance();
    }

    /** The events that are published within an hour. */
    public Allowance publishing() {
        return publishing.allowance();
    }

    /** Moves the bus, as when an org is migrated: the events stay, and all replay ids given out so far mean nothing any more. */
    public void migrate() {
        log.migrate();
    }

    // For subscribers

    /** The channel of exactly that name; case counts. */
    public Optional<Channel> channel(String name) {
        return channels.channel(name);
    }

    /** The Avro schema with that id, new or old. */
    public Optional<String> schema(String id) {
        return channels.json(id);
    }

    /** The replay id of a position: ten bytes. */
    public static byte[] replayId(long position) {
        return ReplayIds.of(position);
    }

    public void open(Subscriber subscriber) {
        audience.open(subscriber);
    }

    public void close(Subscriber subscriber) {
        audience.close(subscriber);
    }

    /** The position behind all events. */
    public long latest() {
        return log.mark();
    }

    /** The position before all events that are kept. */
    public long earliest() {
        return log.beginning();
    }

    /** The position of a replay id; nothing if it is foreign, or what follows it is not kept any more. */
    public OptionalLong position(byte[] replayId) {
        OptionalLong number = ReplayIds.number(replayId);
        return number.isPresent() && log.isKnown(number.getAsLong()) ? number : OptionalLong.empty();
    }

    /** Whether events of the channel behind that position have been dropped before they were read. */
    public boolean hasLost(Channel channel, long position) {
        return log.hasLost(position, channel.fits());
    }

    /**
     * Events of a channel.
     *
     * @param end the position behind them, and behind those of other channels that follow
     */
    public record Messages(List<EventMessage> list, long end) {}

    /** The next events of a channel behind a position. */
    public Messages read(Channel channel, long position, int most) {
        List<EventMessage> messages = new ArrayList<>();
        EventLog.Found found = log.after(position, most, channel.fits());
        for (EventLog.Entry entry : found.entries()) {
            EventPayload payload = entry.payload();
            messages.add(new EventMessage(entry.number(), payload, channel.avro(payload)));
        }
        return new Messages(messages, found.end());
    }

    /** Takes so many events, or what is left of the allocation of 24 hours. Answers how many may be delivered. */
    public int takeDeliveries(int events) {
        int taken = deliveries.take(events);
        delivered.addAndGet(taken);
        return taken;
    }

    // For publishers

    /** Takes one event of the allocation of an hour, if there is one left. */
    public boolean takePublishing() {
        return publishing.take(1) == 1;
    }

    /**
     * Publishes a platform event that is written as Avro.
     *
     * @return its replay id
     * @throws IllegalArgumentException when the payload is not one of the channel's events
     */
    public byte[] publish(Channel channel, String schemaId, byte[] payload) {
        EventSchema schema = channels.schema(schemaId)
                .filter(known -> channel.name().equals("/event/" + known.avro().getName()))
                .orElseThrow(() ->
                        new IllegalArgumentException("the schema " + schemaId + " is not one of " + channel.name()));
        AvroBytes.read(schema.avro(), payload);
        if (!takePublishing()) {
            throw new IllegalArgumentException("LIMIT_EXCEEDED: the hourly allocation of published events is used up");
        }
        EventLog.Entry entry = log.append(new PublishedPayload(schema.avro().getName(), uuid(), schema, payload));
        audience.tell(List.of(entry));
        return ReplayIds.of(entry.number());
    }

    // Commits

    @Override
    public void committed(Commit commit) {
        List<EventLog.Entry> entries = new ArrayList<>();
        ChangePayload.ChangeSource source = new ChangePayload.ChangeSource(
                uuid(),
                commits.incrementAndGet(),
                org.clock().millis(),
                String.valueOf(commit.writer().userId()),
                commit.writer().origin());
        capture.of(commit, source).forEach(payload -> entries.add(log.append(payload)));
        audience.tell(entries);
    }

    @Override
    public void cleared() {
        log.clear();
    }

    @Override
    public void replaced() {
        log.clear();
    }

    private String uuid() {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        return UUID.nameUUIDFromBytes(bytes).toString();
    }
}
