package org.sftoolkit.camel.records;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.client.FieldDescription;
import org.sftoolkit.camel.client.ObjectDescription;
import org.sftoolkit.camel.model.SaveError;
import org.sftoolkit.camel.model.SourceRecord;
import org.sftoolkit.camel.operation.CallOptions;

/**
 * Finds entries of a list with the same Id or external id. A list in memory is checked before anything is sent. For a
 * stream, the keys read so far are kept, long ones as a digest. Not thread-safe.
 */
final class SameKeys {

    private static final int LONG_KEY = 64;
    private static final int LONGEST_NUMBER = 40;

    /** A key that has been seen, of those that look the same; {@code next} is another of them. */
    private record Seen(String exact, int place, @Nullable Seen next) {}

    /**
     * The result of the check for one record.
     *
     * @param key the key that equal records share; null for a record without a key
     * @param first place of the first record with it; -1 if this is the first
     * @param ask type whose description is needed to compare two keys; null if it is not needed
     */
    record Match(@Nullable String key, int first, @Nullable String ask) {

        static final Match NONE = new Match(null, -1, null);
    }

    private final CallOptions options;
    private final Function<String, Optional<ObjectDescription>> descriptions;
    private final Map<String, Seen> seen = new HashMap<>();
    private final BitSet refused = new BitSet();
    private final Map<Integer, Integer> winners = new HashMap<>();
    private int scanned;

    /** @param descriptions of objects by their type; null for one that was not requested */
    SameKeys(CallOptions options, Function<String, Optional<ObjectDescription>> descriptions) {
        this.options = options;
        this.descriptions = descriptions;
    }

    /** Checks a list in memory, or continues the check; returns the type whose description it needs, or null. */
    @Nullable
    String scan(List<SourceRecord> all) {
        for (; scanned < all.size(); scanned++) {
            Match match = match(scanned, all.get(scanned));
            if (match.ask() != null) {
                return match.ask();
            }
            if (match.first() >= 0) {
                settle(match.first(), scanned);
            }
        }
        seen.clear();
        return null;
    }

    private void settle(int first, int place) {
        switch (options.records().writing().duplicateKeys()) {
            case FAIL -> {
                refused.set(first);
                refused.set(place);
            }
            case FIRST -> winners.put(place, first);
            case LAST -> winners.put(last(first), place);
        }
    }

    private int last(int place) {
        int last = place;
        for (Integer next = winners.get(last); next != null; next = winners.get(last)) {
            last = next;
        }
        return last;
    }

    /** Whether the record at this place is refused, since another one has its key. */
    boolean isRefused(int place) {
        return refused.get(place);
    }

    /** Place of the record that is sent instead of the one at this place; the place itself for one that is sent. */
    int winner(int place) {
        return winners.isEmpty() ? place : last(place);
    }

    /** Looks a record up among those before it, and enters it. */
    Match match(int place, SourceRecord record) {
        String type = SavePlan.type(record, options);
        String exact = type == null ? null : SavePlan.key(record, options);
        if (type == null || exact == null) {
            return Match.NONE;
        }
        String kind = type.toLowerCase(Locale.ROOT) + ' ';
        // the case of Ids matters
        String folded = compact(kind + (exact.startsWith(SavePlan.BY_ID) ? exact : folded(exact)));
        String key = compact(kind + exact);
        Seen before = seen.get(folded);
        for (Seen one = before; one != null; one = one.next()) {
            if (one.exact().equals(key)) {
                return new Match(key, one.place(), null);
            }
        }
        if (before != null) {
            Optional<ObjectDescription> object = descriptions.apply(type);
            if (object == null) {
                return new Match(key, -1, type);
            }
            if (object.flatMap(known -> known.field(options.requiredExternalIdField()))
                    .filter(field -> areSame(field, exact))
                    .isPresent()) {
                return new Match(before.exact(), before.place(), null);
            }
        }
        seen.put(folded, new Seen(key, place, before));
        return new Match(key, -1, null);
    }

    /** Keys that look the same: of a number by its value, of text unless the field regards the case. */
    private static boolean areSame(FieldDescription field, String exact) {
        return field.numeric() || !field.caseSensitive() && number(exact) == null;
    }

    private static String folded(String exact) {
        BigDecimal number = number(exact);
        return number == null
                ? exact.toLowerCase(Locale.ROOT)
                : number.stripTrailingZeros().toString();
    }

    private static @Nullable BigDecimal number(String text) {
        boolean digits = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                digits = true;
            } else if ("+-.eE".indexOf(c) < 0) {
                return null;
            }
        }
        try {
            return digits && text.length() <= LONGEST_NUMBER ? new BigDecimal(text) : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static String compact(String key) {
        return key.length() <= LONG_KEY
                ? key
                : UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8)).toString();
    }

    /** The error of a record whose key another one has, as Salesforce itself answers within one request. */
    static SaveError error(@Nullable Object key) {
        return new SaveError(
                "DUPLICATE_VALUE",
                "the list contains the same Id or external id twice: " + key
                        + "; set duplicateKeys=FIRST or LAST to send one of them",
                List.of(),
                false);
    }

    /** A record that is not sent, and has the result of another one. */
    record Twin(int place, SourceRecord record, int winner) {}

    /** Gives each twin the result of the record that was sent in its stead. */
    static void settle(List<Twin> twins, SaveResultCollector slots, boolean kept) {
        for (Twin twin : new ArrayList<>(twins)) {
            slots.copy(twin.winner(), twin.place(), twin.record().origin(), kept);
        }
    }
}
