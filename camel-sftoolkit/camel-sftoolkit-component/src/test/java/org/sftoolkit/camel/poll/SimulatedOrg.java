package org.sftoolkit.camel.poll;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.sftoolkit.camel.error.Answer;
import org.sftoolkit.camel.error.ApiError;
import org.sftoolkit.camel.error.NotFoundException;
import org.sftoolkit.camel.error.UnreadableResponseException;
import org.sftoolkit.camel.model.SObject;
import org.sftoolkit.camel.transport.StopSignal;

/**
 * A model of an org with a driven clock: rows take their stamp when written and are seen when committed, perhaps later. Its
 * answers come late, too late, or not at all, and some show a wrong time.
 */
final class SimulatedOrg implements SpanReader, BulkExtractSource.Jobs {

    /** One committed state of a record. */
    record Version(String id, int number, long stamp, long committed, boolean deleted) {}

    /** A write that took its stamp and holds its row until it commits. */
    private record Pending(String id, long stamp, long commit, boolean deleted) {}

    /** What goes wrong. */
    record Nature(int pageSize, double faults, double late, double wrongClocks, boolean livePages) {}

    static final long PAGE_TIMEOUT = 60_000;

    private static final String PREFIX = "001xx00000";
    private static final Comparator<Version> ORDER =
            Comparator.comparingLong(Version::stamp).thenComparing(Version::id);

    final OrgClock clock;
    private static final Answer GONE =
            new Answer(404, List.of(new ApiError("NOT_FOUND", "The job does not exist", List.of())), null);

    /** Whether a job is gone: what it had given comes again by another. */
    boolean lostJob;

    private final Map<String, Version> rows = new HashMap<>();
    private final Map<String, List<Version>> jobs = new HashMap<>();
    private final List<Pending> pending = new ArrayList<>();
    private final Set<String> locked = new HashSet<>();
    private final Random random;
    private final SimulatedTime time;
    private Nature nature;
    private long now = Instant.parse("2026-03-01T12:00:00Z").getEpochSecond();
    private int ids;

    SimulatedOrg(Random random, Nature nature) {
        this.random = random;
        this.nature = nature;
        this.time = new SimulatedTime(random, this::advance);
        long machine = random.nextBoolean() ? 0 : random.nextInt(20_000) - 10_000;
        this.clock = new OrgClock(this::askTime, time::nanos, () -> Instant.ofEpochSecond(now + machine));
    }

    SimulatedTime time() {
        return time;
    }

    /** No faults any more. */
    void calm() {
        nature = new Nature(nature.pageSize(), 0, 0, 0, nature.livePages());
    }

    Instant instant() {
        return Instant.ofEpochSecond(now);
    }

    private void advance(long seconds) {
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
        int number = before == null ? 1 : before.number() + 1;
        rows.put(write.id(), new Version(write.id(), number, write.stamp(), now, write.deleted()));
    }

    private <T> Future<T> answer(Future<T> answer) {
        boolean late = random.nextDouble() < nature.late();
        long after = late ? random.nextInt((int) (2 * PAGE_TIMEOUT)) : 1 + random.nextInt(200);
        return time.later(after, fails() ? Future.failedFuture("no answer") : answer);
    }

    private Future<Instant> askTime() {
        if (random.nextDouble() >= nature.wrongClocks()) {
            // what it shows is the time at which it was sent
            return time.later(
                    1 + random.nextInt(200), fails() ? Future.failedFuture("down") : Future.succeededFuture(instant()));
        }
        return random.nextInt(3) == 0
                ? Future.failedFuture(new UnreadableResponseException("no Date", true, Answer.NONE, null))
                : Future.succeededFuture(instant().plusSeconds(random.nextInt(20_000_000) - 10_000_000));
    }

    @Override
    public Future<Instant> now() {
        return clock.now();
    }

    @Override
    public SpanReader.Rows open(Span span) {
        List<Version> matching = rows.values().stream()
                .filter(row -> in(span, row))
                .sorted(ORDER)
                .toList();
        return new SpanReader.Rows() {
            private int at;
            private boolean broken;

            @Override
            public Future<List<SObject>> next() {
                if (broken) {
                    throw new AssertionError("a reading that failed was read on");
                }
                int end = Math.min(matching.size(), at + nature.pageSize());
                List<SObject> page = at == end ? null : page(matching.subList(at, end));
                at = end;
                return answer(Future.succeededFuture(page)).onFailure(lost -> broken = true);
            }
        };
    }

    private List<SObject> page(List<Version> versions) {
        return versions.stream()
                .map(row -> !nature.livePages() || random.nextBoolean() ? row : rows.get(row.id()))
                .map(SimulatedOrg::record)
                .toList();
    }

    private boolean fails() {
        return random.nextDouble() < nature.faults();
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
        fields.put("SystemModstamp", Instant.ofEpochSecond(row.stamp()).atOffset(java.time.ZoneOffset.UTC));
        fields.put("Version", row.number());
        fields.put("IsDeleted", row.deleted());
        return SObject.read("Account", fields);
    }

    @Override
    public Instant stamp(SObject row) {
        return ((java.time.OffsetDateTime) row.get("SystemModstamp")).toInstant();
    }

    /** @param soql the end of the window, for the model's sake */
    @Override
    public Future<String> start(String soql, boolean includeDeleted) {
        var found = new ArrayList<>(rows.values().stream()
                .filter(row -> Instant.ofEpochSecond(row.stamp()).isBefore(Instant.parse(soql)))
                .toList());
        found.sort(ORDER);
        Collections.shuffle(found, random);
        String id = "750" + jobs.size();
        jobs.put(id, found);
        return answer(Future.succeededFuture(id));
    }

    @Override
    public void abandon(String jobId) {
        jobs.remove(jobId);
    }

    @Override
    public Future<BulkExtractSource.Rows> rows(String jobId, StopSignal unwanted) {
        if (fails() && random.nextInt(10) == 0) {
            jobs.put(jobId, null);
            lostJob = true;
        }
        List<Version> found = jobs.get(jobId);
        if (found == null) {
            return answer(Future.failedFuture(new NotFoundException("the job is gone", GONE)));
        }
        return answer(Future.succeededFuture(new BulkExtractSource.Rows() {
            private int at;

            @Override
            public Future<List<SObject>> next(int most) {
                int end = Math.min(found.size(), at + Math.min(most, nature.pageSize()));
                List<SObject> some = found.subList(at, end).stream()
                        .map(SimulatedOrg::record)
                        .toList();
                at = end;
                return answer(Future.succeededFuture(some));
            }

            @Override
            public void close() {
                at = found.size();
            }
        }));
    }
}
