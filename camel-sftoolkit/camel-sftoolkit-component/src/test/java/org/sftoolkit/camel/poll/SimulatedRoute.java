package org.sftoolkit.camel.poll;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;

/** Polls as the consumer does and lets its exchanges end in any order, fail, or end never because the process dies. */
final class SimulatedRoute {

    /** What goes wrong in a history. */
    record Nature(int inFlight, double failing, boolean skip, double crash, boolean logSurvives) {}

    /** A version handed to the route. */
    record Delivered(String id, int version, long stamp) {}

    private record Running(Progress.Delivery delivery, PolledRecord record) {}

    static final class Crash extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    final List<Delivered> delivered = new ArrayList<>();
    final Set<Delivered> done = new HashSet<>();
    final Set<String> troubled = new HashSet<>();
    private final Map<String, Integer> newest = new HashMap<>();
    private final Random random;
    private final Nature nature;
    private final Supplier<PollSource> sources;
    private final List<Running> running = new ArrayList<>();
    private DeliveredLog log = new DeliveredLog();
    private PollSource source;
    private Cursor cursor;
    private String storedCursor;
    private String storedLog;
    private Progress progress;
    boolean crashed;
    boolean calm;

    SimulatedRoute(Random random, Nature nature, Cursor start, Supplier<PollSource> sources) {
        this.random = random;
        this.nature = nature;
        this.sources = sources;
        this.source = sources.get();
        this.cursor = start;
        this.storedCursor = CursorText.write(start);
        this.storedLog = DeliveredText.write(log);
    }

    /** One poll. Answers whether it came to the end of what there is; {@code meanwhile} happens between two batches. */
    boolean poll(Runnable meanwhile) {
        try {
            return read(meanwhile);
        } catch (Crash dead) {
            restart();
            return false;
        }
    }

    private boolean read(Runnable meanwhile) {
        progress = new Progress(cursor, log, nature.skip());
        boolean complete = true;
        Cursor reading = cursor;
        while (progress.failure() == null) {
            Future<Batch> next = source.next(reading);
            if (next.failed()) {
                complete = false;
                break;
            }
            deliver(next.result());
            reading = next.result().after();
            if (!next.result().more()) {
                break;
            }
            meanwhile.run();
        }
        while (!running.isEmpty()) {
            endOne();
        }
        complete &= progress.failure() == null;
        cursor = progress.cursor();
        store();
        assertThat(progress.inFlight()).isZero();
        return complete;
    }

    private void deliver(Batch batch) {
        for (PolledRecord record : batch.records()) {
            if (progress.failure() != null) {
                return;
            }
            if (!progress.isNew(record)) {
                progress.pass(record.after());
                continue;
            }
            while (running.size() >= nature.inFlight() || isRunning(record)) {
                endOne();
            }
            running.add(new Running(progress.begin(List.of(record)), record));
            note(record);
            mayCrash();
        }
        progress.pass(batch.after());
        forget();
    }

    private boolean isRunning(PolledRecord record) {
        return running.stream()
                .anyMatch(one ->
                        one.record().position().id().equals(record.position().id()));
    }

    private void note(PolledRecord record) {
        var version = delivered(record);
        delivered.add(version);
        Integer before = newest.put(version.id(), version.version());
        if (!crashed && !troubled.contains(version.id())) {
            assertThat(version.version())
                    .as("versions of %s in their order", version.id())
                    .isGreaterThan(before == null ? 0 : before);
        }
    }

    private static Delivered delivered(PolledRecord record) {
        return new Delivered(
                record.position().id(),
                (Integer) record.record().get("Version"),
                record.position().stamp().getEpochSecond());
    }

    private void endOne() {
        Running one = running.remove(random.nextInt(running.size()));
        boolean fails = !calm && random.nextDouble() < nature.failing();
        if (fails) {
            troubled.add(one.record().position().id());
        }
        if (!fails || nature.skip()) {
            done.add(delivered(one.record()));
        }
        progress.end(one.delivery(), fails ? new IllegalStateException("the route failed") : null);
        if (random.nextInt(20) == 0) {
            cursor = progress.cursor();
            store();
        }
        mayCrash();
    }

    private void store() {
        storedCursor = CursorText.write(cursor);
        storedLog = DeliveredText.write(log);
    }

    private void forget() {
        var horizon = source.horizon(progress.cursor());
        if (horizon != null) {
            log.forgetBefore(horizon);
        }
    }

    private void mayCrash() {
        if (!calm && random.nextDouble() < nature.crash()) {
            throw new Crash();
        }
    }

    private void restart() {
        crashed = true;
        running.clear();
        log = new DeliveredLog();
        if (nature.logSurvives()) {
            assertThat(DeliveredText.read(storedLog, log)).isTrue();
        }
        source = sources.get();
        cursor = CursorText.read(storedCursor, cursor.source());
    }
}
