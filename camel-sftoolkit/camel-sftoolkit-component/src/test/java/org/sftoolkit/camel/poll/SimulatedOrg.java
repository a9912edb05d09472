package org.sftoolkit.camel.poll;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.sftoolkit.camel.model.SObject;

/** A model of an org with a driven clock: rows take their stamp when written and are seen when committed, perhaps later. */
final class SimulatedOrg implements SpanReader {

    /** One committed state of a record. */
    record Version(String id, int number, long stamp, long committed, boolean deleted) {}

    /** A write that took its stamp and holds its row until it commits. */
    private record Pending(String id, long stamp, long commit, boolean deleted) {}

    private static final String PREFIX = "001xx00000";
    private static final Comparator<Version> ORDER =
            Comparator.comparingLong(Version::stamp).thenComparing(Version::id);

    final List<Version> history = new ArrayList<>();
    private final Map<String, Version> rows = new HashMap<>();
    private final List<Pending> pending = new ArrayList<>();
    private final Set<String> locked = new HashSet<>();
    private final Random random;
    private final int pageSize;
    private double faults;
    private long now = Instant.parse("2026-03-01T12:00:00Z").getEpochSecond();
    private int ids;

    SimulatedOrg(Random random, int pageSize, double faults) {
        this.random = random;
        this.pageSize = pageSize;
        this.faults = faults;
    }

    /** No faults any more. */
    void calm() {
        faults = 0;
    }

    long time() {
        return now;
    }

    void advance(long seconds) {
        now += seconds;
        pending.removeIf(write -> {
            boolean due = write.commit() <= now;
            if (due) {
                commit(write);
            }
            return due;
        });
    }

    String newId() {
        return PREFIX + String.format("%05d", (++ids * 7919) % 100_000) + "AAA";
    }

    /**
     * Writes a row now; it is seen after this many seconds. A row that another transaction holds is left alone, and so is one
     * that was written in this very second: of two such versions with one stamp the later one is not promised.
     */
    void write(String id, long commitAfter, boolean deleted) {
        Version before = rows.get(id);
        boolean free = before == null || before.stamp() < now;
        if (free && locked.add(id)) {
            var write = new Pending(id, now, now + commitAfter, deleted);
            if (commitAfter == 0) {
                commit(write);
            } else {
                pending.add(write);
            }
        }
    }

    List<String> ids() {
        return rows.keySet().stream().sorted().toList();
    }

    Map<String, Version> rows() {
        return rows;
    }

    private void commit(Pending write) {
        locked.remove(write.id());
        Version before = rows.get(write.id());
        var version =
                new Version(write.id(), before == null ? 1 : before.number() + 1, write.stamp(), now, write.deleted());
        rows.put(write.id(), version);
        history.add(version);
    }

    @Override
    public Future<Instant> now() {
        return fails() ? Future.failedFuture("no answer") : Future.succeededFuture(Instant.ofEpochSecond(now));
    }

    @Override
    public Rows open(Span span) {
        List<Version> matching = rows.values().stream()
                .filter(row -> in(span, row))
                .sorted(ORDER)
                .toList();
        return new Rows() {
            private int at;
            private boolean broken;

            @Override
            public Future<List<SObject>> next() {
                assertThatUsable(broken);
                if (fails()) {
                    broken = true;
                    return Future.failedFuture("cursor lost");
                }
                if (at >= matching.size()) {
                    return Future.succeededFuture();
                }
                int end = Math.min(matching.size(), at + pageSize);
                // a page may show rows as they were when the query began, or as they are
                List<SObject> page = matching.subList(at, end).stream()
                        .map(row -> random.nextBoolean() ? row : rows.get(row.id()))
                        .map(SimulatedOrg::record)
                        .toList();
                at = end;
                return Future.succeededFuture(page);
            }
        };
    }

    private static void assertThatUsable(boolean broken) {
        if (broken) {
            throw new AssertionError("a reading that failed was read on");
        }
    }

    private boolean fails() {
        return random.nextDouble() < faults;
    }

    private static boolean in(Span span, Version row) {
        Instant stamp = Instant.ofEpochSecond(row.stamp());
        if (!stamp.isBefore(span.until()) || span.lower() != null && stamp.isBefore(span.lower())) {
            return false;
        }
        Position after = span.after();
        return after == null
                || stamp.isAfter(after.stamp())
                || stamp.equals(after.stamp()) && row.id().compareTo(after.id()) > 0;
    }

    private static SObject record(Version row) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("Id", row.id());
        fields.put("SystemModstamp", Instant.ofEpochSecond(row.stamp()));
        fields.put("Version", row.number());
        fields.put("IsDeleted", row.deleted());
        return SObject.read("Account", fields);
    }

    @Override
    public Instant stamp(SObject row) {
        return (Instant) row.get("SystemModstamp");
    }
}
