package org.sftoolkit.emulator.soql;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sftoolkit.emulator.org.Row;

/** What of a row an answer shows, resolved and in the order of its SELECT list. */
record Shape(List<Entry> entries) {

    sealed interface Entry {
        /** The key in the JSON record. */
        String key();
    }

    record Leaf(String key, Column<Row> column) implements Entry {}

    record Parent(String key, Hop hop, Shape shape) implements Entry {}

    /**
     * @param byType shapes by the name of the parent's object
     * @param otherwise for all others, if given
     */
    record TypedParent(String key, Hop hop, Map<String, Shape> byType, Optional<Shape> otherwise) implements Entry {}

    record Children(String key, ChildPlan plan) implements Entry {}

    /** Number of long text areas shown, which limits the size of a page. */
    long longTexts() {
        return entries.stream()
                .filter(entry -> entry instanceof Leaf leaf && FilterCompiler.isLongText(leaf.column()))
                .count();
    }
}
