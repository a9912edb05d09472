package org.sftoolkit.camel.events;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A subscribing call of the bus, as long as its channel's stream listens to it. All of it on the subscription's loop. */
final class StreamCall implements EventStream.Listener {

    private final ChannelStream owner;
    private final EventBus.Access access;
    private @Nullable EventStream stream;
    private int outstanding;
    private boolean isOpen;

    /** @param credit events that are asked for with the call */
    StreamCall(ChannelStream owner, EventBus.Access access, int credit) {
        this.owner = owner;
        this.access = access;
        this.outstanding = credit;
    }

    StreamCall begin(EventBus bus, EventBus.Start start) {
        stream = bus.subscribe(access, start, outstanding, this);
        return this;
    }

    EventBus.Access access() {
        return access;
    }

    /** Events that were asked for and have not come. */
    int outstanding() {
        return outstanding;
    }

    /** Whether the service has accepted it. */
    boolean isOpen() {
        return isOpen;
    }

    boolean hasBegun() {
        return stream != null;
    }

    void ask(int events) {
        outstanding += events;
        stream().request(events);
    }

    EventStream stream() {
        return Objects.requireNonNull(stream, "the call has not begun");
    }

    void close() {
        if (stream != null) {
            stream.close();
        }
    }

    @Override
    public void opened() {
        owner.on(this, () -> {
            isOpen = true;
            owner.opened(this);
        });
    }

    @Override
    public void received(EventStream.Batch batch) {
        owner.on(this, () -> {
            outstanding = Math.max(0, outstanding - batch.events().size());
            owner.received(this, batch);
        });
    }

    @Override
    public void goingAway() {
        owner.on(this, () -> owner.goingAway(this));
    }

    @Override
    public void ended(@Nullable Throwable failure) {
        owner.on(this, () -> owner.ended(this, failure));
    }
}
