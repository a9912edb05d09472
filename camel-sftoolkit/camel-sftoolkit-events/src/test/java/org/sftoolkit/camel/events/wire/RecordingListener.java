package org.sftoolkit.camel.events.wire;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.sftoolkit.camel.events.EventStream;

/** Keeps what it hears of a stream. */
final class RecordingListener implements EventStream.Listener {

    final List<EventStream.Batch> batches = new CopyOnWriteArrayList<>();
    volatile boolean opened;
    volatile boolean goingAway;
    volatile boolean ended;
    volatile Throwable failure;

    @Override
    public void opened() {
        opened = true;
    }

    @Override
    public void received(EventStream.Batch batch) {
        batches.add(batch);
    }

    @Override
    public void goingAway() {
        goingAway = true;
    }

    @Override
    public void ended(Throwable cause) {
        failure = cause;
        ended = true;
    }
}
