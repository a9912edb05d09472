package org.sftoolkit.camel.events;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What consoles see of a subscription: at most a tenth of a second old. Written on the subscription's loop, read by any thread. */
final class StatusBoard {

    private static final long SHOWN_NANOS = 100_000_000;
    /** Half of the time for which Salesforce holds events. */
    private static final Duration HALF_RETENTION = Duration.ofHours(36);

    private static final Duration LOOKS = Duration.ofMinutes(10);

    private final Subscription owner;
    private final List<Channel> channels;
    private final SubscriptionTime time;
    private volatile List<ChannelStatus> status = List.of();
    private final Set<Channel> warned = new HashSet<>();
    private boolean armed;
    private long shownAt;

    StatusBoard(Subscription owner, List<Channel> channels, SubscriptionTime time) {
        this.owner = owner;
        this.channels = channels;
        this.time = time;
    }

    /** Something changes. It is shown when the present step of the loop is done: a console must not see half of a change. */
    void changed() {
        if (armed) {
            return;
        }
        armed = true;
        long left = SHOWN_NANOS - (time.nanos() - shownAt);
        if (left <= 0) {
            owner.loop().execute(this::showArmed);
        } else {
            owner.later(Duration.ofNanos(left), this::showArmed);
        }
    }

    private void showArmed() {
        armed = false;
        show();
    }

    void show() {
        shownAt = time.nanos();
        status = channels.stream().map(Channel::status).toList();
    }

    /** Warns once of each channel whose position will be older than what Salesforce holds, as long as there is time to act. */
    void watchAges() {
        for (Channel channel : channels) {
            Instant position = channel.position().time();
            if (position == null || Duration.between(position, owner.now()).compareTo(HALF_RETENTION) < 0) {
                warned.remove(channel);
            } else if (warned.add(channel)) {
                channel.warn(
                        "{}: the position is of {}: Salesforce holds what follows on it for 72 hours from then",
                        position.toString());
            }
        }
        owner.later(LOOKS, this::watchAges);
    }

    List<ChannelStatus> status() {
        return status;
    }
}
