package org.sftoolkit.camel.events;

import java.time.Duration;
import java.util.List;

/** What consoles see of a subscription: at most a tenth of a second old. Written on the subscription's loop, read by any thread. */
final class StatusBoard {

    private static final long SHOWN_NANOS = 100_000_000;

    private final Subscription owner;
    private final List<Channel> channels;
    private final SubscriptionTime time;
    private volatile List<ChannelStatus> status = List.of();
    private boolean armed;
    private long shownAt;

    StatusBoard(Subscription owner, List<Channel> channels, SubscriptionTime time) {
        this.owner = owner;
        this.channels = channels;
        this.time = time;
    }

    /** Something changed. */
    void changed() {
        if (time.nanos() - shownAt >= SHOWN_NANOS) {
            show();
        } else if (!armed) {
            armed = true;
            owner.later(Duration.ofNanos(SHOWN_NANOS), () -> {
                armed = false;
                show();
            });
        }
    }

    void show() {
        shownAt = time.nanos();
        status = channels.stream().map(Channel::status).toList();
    }

    List<ChannelStatus> status() {
        return status;
    }
}
