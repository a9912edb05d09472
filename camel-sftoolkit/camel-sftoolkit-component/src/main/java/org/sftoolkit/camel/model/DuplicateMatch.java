package org.sftoolkit.camel.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.redaction.Redaction;

/**
 * Records that a duplicate rule takes for the same as the one that was to be saved ({@code DUPLICATES_DETECTED}).
 *
 * @param rule         API name of the duplicate rule, such as {@code Standard_Lead_Duplicate_Rule}; null if Salesforce did not
 *                     name it
 * @param matchingRule API name of the matching rule that found them, or null
 * @param object       API name of their object, or null
 * @param ids          their Ids, as many as Salesforce named; never null, empty if the user may not see them
 * @param saveable     whether the rule lets the record be saved with {@code duplicateRule=allowSave}
 * @see <a href="https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/sforce_api_calls_concepts_duplicateresult.htm">SOAP
 *      API Developer Guide: DuplicateResult</a>
 */
public record DuplicateMatch(
        @Nullable String rule,
        @Nullable String matchingRule,
        @Nullable String object,
        List<String> ids,
        boolean saveable) {

    /** More than Salesforce names; an answer that has more is cut off there. */
    private static final int MOST = 1_000;

    public DuplicateMatch {
        rule = rule == null ? null : Redaction.of(rule);
        matchingRule = matchingRule == null ? null : Redaction.of(matchingRule);
        object = object == null ? null : Redaction.of(object);
        ids = ids.stream().limit(MOST).map(Redaction::of).toList();
    }

    /** Whether a key of an error holds matches; Salesforce misspells it in its answers. */
    public static boolean isKey(String name) {
        return name.equals("duplicateResut") || name.equals("duplicateResult");
    }

    /**
     * The matches in Salesforce's JSON, one for each matching rule that found something.
     *
     * @param json maps, lists and plain values; empty results if it is something else
     */
    public static List<DuplicateMatch> of(@Nullable Object json) {
        var matches = new ArrayList<DuplicateMatch>();
        if (json instanceof Map<?, ?> duplicate) {
            String rule = text(duplicate.get("duplicateRule"));
            boolean saveable = Boolean.TRUE.equals(duplicate.get("allowSave"));
            for (Map<?, ?> found : maps(duplicate.get("matchResults"))) {
                var ids = new ArrayList<String>();
                for (Map<?, ?> match : maps(found.get("matchRecords"))) {
                    if (match.get("record") instanceof Map<?, ?> record && record.get("Id") instanceof String id) {
                        ids.add(id);
                    }
                }
                matches.add(new DuplicateMatch(
                        rule, text(found.get("rule")), text(found.get("entityType")), ids, saveable));
            }
        }
        return matches;
    }

    private static List<Map<?, ?>> maps(@Nullable Object json) {
        var maps = new ArrayList<Map<?, ?>>();
        if (json instanceof Collection<?> all) {
            all.forEach(one -> {
                if (one instanceof Map<?, ?> map && maps.size() < MOST) {
                    maps.add(map);
                }
            });
        }
        return maps;
    }

    private static @Nullable String text(@Nullable Object json) {
        return json instanceof String text ? text : null;
    }
}
