package org.sftoolkit.camel.operation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The options that an operation honours on one side of a route, by the names of their annotated fields. Options of
 * the connection and of Camel are not listed, because all operations honour them. Immutable.
 */
public final class HonouredOptions {

    /** What every operation in {@code to} honours. */
    private static final List<String> OF_PRODUCERS = List.of(
            "allowHeaderOverride",
            "continueOn",
            "onLimit",
            "parkTimeout",
            "progressInterval",
            "progressListener",
            "requestHeaders",
            "synchronous");

    private record Condition(Function<CallOptions, String> because, List<String> names) {}

    private final Set<String> names;
    private final Map<String, String> cures;
    private final List<Condition> conditions;

    private HonouredOptions(Set<String> names, Map<String, String> cures, List<Condition> conditions) {
        this.names = names;
        this.cures = cures;
        this.conditions = conditions;
    }

    /** These, and those of every operation in {@code to}; {@code sObject} stands for the object in the URI. */
    public static HonouredOptions producer(String... names) {
        return new HonouredOptions(sorted(OF_PRODUCERS), Map.of(), List.of()).and(names);
    }

    /** These alone. */
    public static HonouredOptions consumer(String... names) {
        return new HonouredOptions(sorted(List.of()), Map.of(), List.of()).and(names);
    }

    /** These and more. */
    public HonouredOptions and(String... more) {
        Set<String> all = sorted(names);
        all.addAll(Arrays.asList(more));
        return new HonouredOptions(all, cures, conditions);
    }

    /** The same, with advice for users who set an option of another operation. */
    public HonouredOptions instead(String foreign, String cure) {
        var all = new LinkedHashMap<>(cures);
        all.put(foreign, cure);
        return new HonouredOptions(names, all, conditions);
    }

    /**
     * The same, of which some have no effect together with other options.
     *
     * @param because returns the reason, such as {@code via=BULK}; null if they have an effect
     */
    public HonouredOptions unless(Function<CallOptions, String> because, String... some) {
        var all = new ArrayList<>(conditions);
        all.add(new Condition(because, List.of(some)));
        return new HonouredOptions(names, cures, all);
    }

    private static Set<String> sorted(Collection<String> names) {
        var sorted = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        sorted.addAll(names);
        return sorted;
    }

    /** Their names, found in any case. */
    public Set<String> names() {
        return java.util.Collections.unmodifiableSet(names);
    }

    /** What to use instead of an option of another operation; null if there is nothing similar. */
    public @Nullable String cure(String foreign) {
        return cures.get(foreign);
    }

    /** Options that have no effect with these values, in any case, each with the reason. */
    public Map<String, String> pointless(CallOptions options) {
        var pointless = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        for (Condition condition : conditions) {
            String reason = condition.because().apply(options);
            if (reason != null) {
                condition.names().forEach(name -> pointless.put(name, reason));
            }
        }
        return pointless;
    }
}
