package org.sftoolkit.emulator.fault;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import org.sftoolkit.emulator.org.ObjectSchema;
import org.sftoolkit.emulator.org.RowGuard;
import org.sftoolkit.emulator.org.RowRefusedException;
import org.sftoolkit.emulator.org.SaveError;
import org.sftoolkit.emulator.traffic.ResourceKey;

/**
 * The faults to come: scripted ("the next three saves") or by chance, which is seeded, so that runs repeat. Of several
 * rules that fit a request, the oldest strikes. Safe for threads.
 *
 * <pre>{@code
 * emulator.faults().next(3, when("POST composite/sobjects"), Fault.status(503));
 * emulator.faults().percent(10, when("*"), Fault.dropConnection(Moment.BEFORE_ANSWER));
 * }</pre>
 */
public final class FaultPlan implements RowGuard {

    private final Random random;
    private final List<FaultRule> rules = new ArrayList<>();
    private final List<RowLock> locks = new ArrayList<>();
    private long struck;

    public FaultPlan(Random random) {
        this.random = random;
    }

    /** Picks the requests for a resource; see {@link ResourceKey}. */
    public static ResourceKey when(String resourceKey) {
        return ResourceKey.of(resourceKey);
    }

    /** The next fitting requests fail. */
    public FaultPlan next(int times, ResourceKey when, Fault fault) {
        return add(new FaultRule(when, fault, times, 100));
    }

    /** The next fitting request fails. */
    public FaultPlan next(ResourceKey when, Fault fault) {
        return next(1, when, fault);
    }

    /** All fitting requests fail until {@link #clear()}. */
    public FaultPlan always(ResourceKey when, Fault fault) {
        return next(Integer.MAX_VALUE, when, fault);
    }

    /** Of a hundred fitting requests about so many fail, until {@link #clear()}. */
    public FaultPlan percent(double percent, ResourceKey when, Fault fault) {
        return add(new FaultRule(when, fault, Integer.MAX_VALUE, percent));
    }

    public synchronized FaultPlan add(FaultRule rule) {
        rules.add(rule);
        return this;
    }

    /**
     * The next attempts to write certain rows fail with {@code UNABLE_TO_LOCK_ROW}.
     *
     * @param rows picks rows by the fields that are sent, and of rows to be deleted by all of them; {@code Id} is among
     *     them if there is one
     */
    public synchronized FaultPlan lockRows(int times, String object, Predicate<Map<String, ?>> rows) {
        locks.add(new RowLock(object, null, null, rows, times));
        return this;
    }

    /** The next attempts to write rows with that value fail with {@code UNABLE_TO_LOCK_ROW}. */
    public synchronized FaultPlan lockRows(int times, String object, String field, String value) {
        locks.add(new RowLock(object, field, value, row -> value.equals(String.valueOf(row.get(field))), times));
        return this;
    }

    /** The locks that have not struck as often as they shall. */
    public synchronized List<RowLock> locks() {
        return List.copyOf(locks);
    }

    /** Removes all rules. */
    public synchronized void clear() {
        rules.clear();
        locks.clear();
    }

    /** The rules that have not struck as often as they shall. */
    public synchronized List<FaultRule> rules() {
        return List.copyOf(rules);
    }

    /** How many requests and rows have been struck since the start. */
    public synchronized long struck() {
        return struck;
    }

    /** The fault that strikes this request once it is read, if any; it is used up by that. */
    public Optional<Fault> strike(String method, String resource, String path) {
        return strike(Set.of(Fault.Stage.BODY), method, resource, path);
    }

    /** The fault that strikes this request before its body is read, if any; it is used up by that. */
    public Optional<Fault> strikeHead(String method, String resource, String path) {
        return strike(Set.of(Fault.Stage.HEAD), method, resource, path);
    }

    /** Whether there is a rule with a fault that strikes this. */
    public synchronized boolean awaits(Fault.Stage stage) {
        return rules.stream().anyMatch(rule -> rule.fault().stage() == stage);
    }

    /** The fault of these stages that strikes, if any; it is used up by that. */
    public synchronized Optional<Fault> strike(Set<Fault.Stage> stages, String method, String resource, String path) {
        for (int i = 0; i < rules.size(); i++) {
            FaultRule rule = rules.get(i);
            boolean fits = stages.contains(rule.fault().stage())
                    && rule.when().matches(method.toUpperCase(Locale.ROOT), resource, path);
            if (fits && (rule.percent() >= 100 || random.nextDouble() * 100 < rule.percent())) {
                struck++;
                if (rule.times() > 1) {
                    rules.set(i, rule.struck());
                } else {
                    rules.remove(i);
                }
                return Optional.of(rule.fault());
            }
        }
        return Optional.empty();
    }

    @Override
    public synchronized void check(ObjectSchema object, String id, Map<String, ?> record) {
        if (locks.isEmpty()) {
            return;
        }
        Map<String, Object> row = new LinkedHashMap<>(record);
        if (id != null) {
            row.put("Id", id);
        }
        for (int i = 0; i < locks.size(); i++) {
            RowLock lock = locks.get(i);
            if (lock.object().equalsIgnoreCase(object.name()) && lock.rows().test(row)) {
                struck++;
                if (lock.times() > 1) {
                    locks.set(i, lock.struck());
                } else {
                    locks.remove(i);
                }
                throw new RowRefusedException(new SaveError(
                        "UNABLE_TO_LOCK_ROW",
                        "unable to obtain exclusive access to this record or 1 records: " + (id == null ? "" : id)));
            }
        }
    }
}
