package org.sftoolkit.camel.soql;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A key of an ORDER BY.
 *
 * @param field name of a field of the object itself or of a parent
 * @param descending whether the greatest come first
 * @param nulls position of rows without a value
 */
record SoqlOrderKey(String field, boolean descending, Nulls nulls) {

    enum Nulls {
        FIRST,
        LAST,
        /** Salesforce decides. */
        DEFAULT
    }

    /** How rows behind a row compare with it. */
    String operator() {
        return descending ? " < " : " > ";
    }

    /** The keys in these tokens; empty if one of them is more than a field. */
    static List<SoqlOrderKey> of(List<SoqlToken> tokens) {
        var keys = new ArrayList<SoqlOrderKey>();
        int from = 0;
        for (int i = 0; i <= tokens.size(); i++) {
            if (i == tokens.size() || tokens.get(i).isSymbol(',')) {
                SoqlOrderKey key = key(tokens.subList(from, i));
                if (key == null) {
                    return List.of();
                }
                keys.add(key);
                from = i + 1;
            }
        }
        return keys;
    }

    private static @Nullable SoqlOrderKey key(List<SoqlToken> tokens) {
        if (tokens.isEmpty() || tokens.stream().anyMatch(token -> token.kind() != SoqlToken.Kind.WORD)) {
            return null;
        }
        boolean last = tokens.get(tokens.size() - 1).isWord("LAST");
        boolean first = tokens.get(tokens.size() - 1).isWord("FIRST");
        boolean descending = tokens.size() > 1 && tokens.get(1).isWord("DESC");
        return new SoqlOrderKey(
                tokens.get(0).text(), descending, last ? Nulls.LAST : first ? Nulls.FIRST : Nulls.DEFAULT);
    }
}
