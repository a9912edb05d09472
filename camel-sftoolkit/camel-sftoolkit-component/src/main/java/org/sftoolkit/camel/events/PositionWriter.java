package org.sftoolkit.camel.events;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sftoolkit.camel.error.PositionOvertakenException;

/** Stores the positions of a subscription's channels as they move. All of it on the subscription's loop. */
final class PositionWriter {

    private final Subscription owner;
    private final List<Channel> channels;
    private final EventPositions positions;
    private final Map<String, Future<Void>> writes = new HashMap<>();
    private boolean armed;
    private boolean failing;
    private boolean closed;

    PositionWriter(Subscription owner, List<Channel> channels, EventPositions positions) {
        this.owner = owner;
        this.channels = channels;
        this.positions = positions;
    }

    /** A position has moved. */
    void moved() {
        if (closed || failing) {
            return;
        }
        if (channels.stream().anyMatch(this::isDueAtOnce)) {
            write();
            return;
        }
        if (armed) {
            return;
        }
        Duration interval = owner.settings().flow().commitInterval();
        if (interval.isZero()) {
            write();
        } else if (channels.stream().anyMatch(channel -> channel.unsaved(owner.now()) != null)) {
            writeAfter(interval);
        }
    }

    /** Without a first position, a restart would begin behind what is under way. */
    private boolean isDueAtOnce(Channel channel) {
        boolean first = channel.position().preset() != null || channel.kept().storedAt() == null;
        return first && channel.unsaved(owner.now()) != null;
    }

    private void writeAfter(Duration wait) {
        if (!armed) {
            armed = true;
            owner.later(wait, () -> {
                armed = false;
                failing = false;
                write();
            });
        }
    }

    /** Stores what has moved; of a channel one write at a time, in their order. Completes when all is stored or has failed. */
    Future<Void> write() {
        if (closed) {
            return Future.succeededFuture();
        }
        return Future.join(channels.stream().map(this::write).toList())
                .<Void>mapEmpty()
                .otherwiseEmpty();
    }

    /** Stores what has moved, and nothing afterwards. */
    Future<Void> close() {
        Future<Void> last = write();
        closed = true;
        return last;
    }

    private Future<Void> write(Channel channel) {
        Future<Void> before = writes.getOrDefault(channel.name(), Future.succeededFuture());
        Instant at = owner.now();
        String text = channel.unsaved(at);
        if (text == null || !before.isComplete() && owner.isRunning()) {
            return before;
        }
        ReplayPosition position = channel.position();
        Future<Void> write = before.transform(ended -> positions.save(channel.name(), text));
        writes.put(channel.name(), write);
        return write.onComplete(done -> owner.loop().execute(() -> {
            if (done.succeeded()) {
                channel.kept().saved(position, at);
                moved();
            } else if (done.cause() instanceof PositionOvertakenException) {
                channel.warn("{}: {}", done.cause().getMessage());
                channel.beginAt(ReplayPosition.NONE);
                channel.load();
            } else {
                channel.warn(
                        "{}: the position cannot be stored, trying again: {}",
                        done.cause().getMessage());
                failing = true;
                writeAfter(owner.settings().pauses().backOff(Subscription.LATE_TRY));
            }
            owner.changed();
        }));
    }
}
