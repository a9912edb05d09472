package org.sftoolkit.camel.records;

import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.sftoolkit.camel.client.FieldDescription;
import org.sftoolkit.camel.client.ObjectDescription;
import org.sftoolkit.camel.error.InvalidBodyException;
import org.sftoolkit.camel.model.FieldNames;
import org.sftoolkit.camel.model.Records;
import org.sftoolkit.camel.model.SaveError;
import org.sftoolkit.camel.model.SaveResult;
import org.sftoolkit.camel.model.SourceRecord;
import org.sftoolkit.camel.operation.CallOptions;
import org.sftoolkit.camel.operation.OperationContext;
import org.sftoolkit.camel.operation.Outcome;

/**
 * Saves a list in passes: a record that names another one of the list as its parent, by an external id, comes after it. Objects of
 * parents are known by their descriptions. Records that are each other's parents are refused at their places.
 */
final class ParentFirst {

    /** The value of the option {@code orderBy}. */
    private static final String OPTION = "parentFirst";

    private final OperationContext call;
    private final CallOptions options;

    ParentFirst(OperationContext call) {
        this.call = call;
        this.options = call.options();
    }

    static boolean isAsked(CallOptions options) {
        return options.query().orderBy() != null;
    }

    /** Refuses another order, and options that need one request. */
    static void check(CallOptions options) {
        String order = options.query().orderBy();
        if (order == null) {
            return;
        }
        if (!order.strip().equalsIgnoreCase(OPTION)) {
            throw new IllegalArgumentException(
                    "orderBy=" + order + " is not allowed for save: use parentFirst, or leave it out");
        }
        if (options.records().allOrNone()) {
            throw new IllegalArgumentException("orderBy=parentFirst and allOrNone=true cannot be combined: parents and"
                    + " children go in requests of their own. Remove one, or use composite");
        }
    }

    Future<Outcome> save(Records input) {
        if (!input.inMemory()) {
            call.close(input);
            throw new InvalidBodyException(
                    "orderBy=parentFirst needs all records before it sends the first: give a List, and no stream",
                    null);
        }
        return call.worker()
                .run(() -> {
                    var all = new ArrayList<SourceRecord>();
                    input.iterator().forEachRemaining(all::add);
                    return all;
                })
                .onComplete(read -> call.close(input))
                .compose(all -> described(types(all), new HashMap<>())
                        .compose(known -> passes(all, new Order(all, known).levels())));
    }

    private Deque<String> types(List<SourceRecord> all) {
        Set<String> types = new LinkedHashSet<>();
        for (SourceRecord record : all) {
            String type = SavePlan.type(record, options);
            if (type != null
                    && record.defect() == null
                    && !ParentReference.of(record).isEmpty()) {
                types.add(type.toLowerCase(Locale.ROOT));
            }
        }
        return new ArrayDeque<>(types);
    }

    private Future<Map<String, ObjectDescription>> described(
            Deque<String> types, Map<String, ObjectDescription> known) {
        String type = types.poll();
        return type == null
                ? Future.succeededFuture(known)
                : call.client()
                        .metadata()
                        .describe(type)
                        .onSuccess(description -> known.put(type, description))
                        .compose(description -> described(types, known));
    }

    /** @param levels of the records: 0 for those without a parent in the list, -1 for those in a circle */
    private Future<Outcome> passes(List<SourceRecord> all, int[] levels) {
        var results = new SaveResultCollector(all.size(), !options.dryRun());
        var passes = new TreeMap<Integer, List<Integer>>();
        for (int i = 0; i < levels.length; i++) {
            if (levels[i] < 0) {
                results.set(SaveResult.failure(
                        i, all.get(i).id(), List.of(CIRCLE), all.get(i).origin()));
            } else {
                passes.computeIfAbsent(levels[i], level -> new ArrayList<>()).add(i);
            }
        }
        return pass(new ArrayDeque<>(passes.values()), all, results)
                .map(done -> results.outcome(options.records().onPartialFailure(), call.log()))
                .recover(failure ->
                        Future.failedFuture(results.isWhole(all.size()) ? failure : results.endedBy(failure)));
    }

    private static final SaveError CIRCLE = new SaveError(
            "CIRCULAR_PARENTS",
            "not sent, because its parents lead back to it within the list: save it without that parent, and set the"
                    + " parent by an update then",
            List.of(),
            false);

    private Future<Void> pass(Deque<List<Integer>> passes, List<SourceRecord> all, SaveResultCollector results) {
        List<Integer> places = passes.poll();
        if (places == null) {
            return Future.succeededFuture();
        }
        List<SourceRecord> records = places.stream().map(all::get).toList();
        return new SaveMany(call, Records.of(records)).written().compose(done -> {
            done.all().forEach(result -> results.set(result.at(places.get(result.index()))));
            return pass(passes, all, results);
        });
    }

    /** Who comes after whom. Records with the same key come together, so that they are found out as duplicates. */
    private final class Order {

        private final List<SourceRecord> all;
        private final Map<String, ObjectDescription> known;
        private final int[] first;
        private final List<Set<Integer>> parents = new ArrayList<>();
        private final Map<String, Map<String, List<Integer>>> byKey = new HashMap<>();

        Order(List<SourceRecord> all, Map<String, ObjectDescription> known) {
            this.all = all;
            this.known = known;
            this.first = new int[all.size()];
            var seen = new HashMap<String, Integer>();
            for (int i = 0; i < first.length; i++) {
                parents.add(new LinkedHashSet<>());
                String key = SavePlan.key(all.get(i), options);
                Integer before = key == null ? null : seen.putIfAbsent(type(i) + ' ' + key, i);
                first[i] = before == null ? i : before;
            }
            for (int i = 0; i < first.length; i++) {
                ObjectDescription object = known.get(type(i));
                if (object != null) {
                    for (ParentReference reference : ParentReference.of(all.get(i))) {
                        refer(i, reference, object);
                    }
                }
            }
        }

        private String type(int place) {
            String type = SavePlan.type(all.get(place), options);
            return type == null ? "" : type.toLowerCase(Locale.ROOT);
        }

        /** Whether values of an external id that differ in their case only name two records. */
        private boolean regardsCase(String type, String key) {
            ObjectDescription object = known.get(type);
            return object != null
                    && object.field(key).filter(FieldDescription::caseSensitive).isPresent();
        }

        private void refer(int place, ParentReference reference, ObjectDescription object) {
            Optional<FieldDescription> field = object.reference(reference.relationship());
            for (String target : field.map(FieldDescription::targets).orElse(List.of())) {
                String type = target.toLowerCase(Locale.ROOT);
                boolean exact = regardsCase(type, reference.key());
                byKey.computeIfAbsent(
                                type + ' ' + reference.key().toLowerCase(Locale.ROOT),
                                k -> index(type, reference, exact))
                        .getOrDefault(compared(reference.value(), exact), List.of())
                        .forEach(parent -> {
                            if (first[parent] != first[place]) {
                                parents.get(first[place]).add(first[parent]);
                            }
                        });
            }
        }

        private static String compared(String key, boolean exact) {
            return exact ? key : key.toLowerCase(Locale.ROOT);
        }

        private Map<String, List<Integer>> index(String type, ParentReference reference, boolean exact) {
            var places = new HashMap<String, List<Integer>>();
            for (int i = 0; i < first.length; i++) {
                if (type(i).equals(type)) {
                    String key =
                            ParentReference.text(FieldNames.value(all.get(i).fields(), reference.key()));
                    if (key != null) {
                        places.computeIfAbsent(compared(key, exact), value -> new ArrayList<>())
                                .add(i);
                    }
                }
            }
            return places;
        }

        int[] levels() {
            int[] levels = new int[first.length];
            Set<Integer> left = peeled(levels);
            withoutEnds(left);
            for (int i : left) {
                parents.get(i).clear();
            }
            for (Set<Integer> of : parents) {
                of.removeIf(left::contains);
            }
            peeled(levels);
            for (int i = 0; i < levels.length; i++) {
                levels[i] = left.contains(first[i]) ? -1 : levels[first[i]];
            }
            return levels;
        }

        /** Sets the levels of all that no circle holds back, and gives the others. */
        private Set<Integer> peeled(int[] levels) {
            Set<Integer> left = new LinkedHashSet<>();
            for (int i = 0; i < first.length; i++) {
                left.add(first[i]);
            }
            boolean more = true;
            for (int level = 0; more; level++) {
                List<Integer> ready = left.stream()
                        .filter(i -> parents.get(i).stream().noneMatch(left::contains))
                        .toList();
                for (int i : ready) {
                    levels[i] = level;
                }
                ready.forEach(left::remove);
                more = !ready.isEmpty();
            }
            return left;
        }

        /** Leaves those that are in a circle, or between two: who only descends from one can be sent. */
        private void withoutEnds(Set<Integer> left) {
            boolean more = true;
            while (more) {
                Set<Integer> needed = new LinkedHashSet<>();
                left.forEach(i -> needed.addAll(parents.get(i)));
                more = left.retainAll(needed);
            }
        }
    }
}
