package org.sftoolkit.camel.model;

import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;

/** The outcomes of a list of events: exactly one per input, in the order of the input. Immutable. */
public final class PublishResults extends AbstractList<PublishResult> implements RandomAccess {

    private final List<PublishResult> results;

    /** @param results one per input, in order */
    public PublishResults(List<PublishResult> results) {
        this.results = List.copyOf(results);
    }

    @Override
    public PublishResult get(int index) {
        return results.get(index);
    }

    @Override
    public int size() {
        return results.size();
    }

    /** Outcomes of the events that failed. */
    public List<PublishResult> failed() {
        return results.stream().filter(result -> !result.success()).toList();
    }

    /** The events that failed, as they were given, ready to be sent again. */
    public List<Object> failedRecords() {
        return failed().stream().map(PublishResult::record).toList();
    }
}
