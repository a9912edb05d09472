package org.sftoolkit.camel.model;

import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/** The outcomes of a list: exactly one per input, in the order of the input. Immutable. */
public final class SaveResults extends AbstractList<SaveResult> implements RandomAccess {

    private final List<SaveResult> results;

    /** @param results one per input, in order */
    public SaveResults(List<SaveResult> results) {
        this.results = List.copyOf(results);
    }

    @Override
    public SaveResult get(int index) {
        return results.get(index);
    }

    @Override
    public int size() {
        return results.size();
    }

    /** Results of successful records, including skipped ones. */
    public List<SaveResult> succeeded() {
        return results.stream().filter(SaveResult::success).toList();
    }

    /** Outcomes of the records that failed. */
    public List<SaveResult> failed() {
        return results.stream().filter(result -> !result.success()).toList();
    }

    /** The records that failed, as they were given, ready to be sent again. */
    public List<@Nullable Object> failedRecords() {
        return failed().stream().map(SaveResult::record).toList();
    }
}
