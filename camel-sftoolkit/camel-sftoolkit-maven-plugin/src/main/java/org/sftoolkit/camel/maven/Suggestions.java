package org.sftoolkit.camel.maven;

import java.util.Collection;
import java.util.Set;
import org.apache.camel.catalog.suggest.CatalogSuggestionStrategy;

/** What a wrong name was probably meant to be. */
final class Suggestions {

    private static final int MOST = 3;

    private Suggestions() {}

    /** A question to append to a message; empty if no known name is similar. */
    static String of(String wrong, Collection<String> known) {
        String[] found = new CatalogSuggestionStrategy().suggestEndpointOptions(Set.copyOf(known), wrong);
        return found == null || found.length == 0 ? "" : didYouMean(found);
    }

    static String didYouMean(String... names) {
        var shown = new StringBuilder(": did you mean ");
        for (int i = 0; i < Math.min(MOST, names.length); i++) {
            shown.append(i == 0 ? "" : " or ").append(names[i]);
        }
        return shown.append('?').toString();
    }
}
