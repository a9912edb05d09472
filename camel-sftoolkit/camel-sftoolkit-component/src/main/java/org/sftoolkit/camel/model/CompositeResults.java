package org.sftoolkit.camel.model;

import java.util.AbstractList;
import java.util.List;
import java.util.Optional;
import java.util.RandomAccess;

/** What became of the requests of one composite request, in their order. Immutable. */
public final class CompositeResults extends AbstractList<CompositeResult> implements RandomAccess {

    private final List<CompositeResult> results;

    /** @param results in the order of the requests */
    public CompositeResults(List<CompositeResult> results) {
        this.results = List.copyOf(results);
    }

    @Override
    public CompositeResult get(int index) {
        return results.get(index);
    }

    @Override
    public int size() {
        return results.size();
    }

    /** The result of the request with this name; the first of them if several graphs use it. */
    public Optional<CompositeResult> find(String referenceId) {
        return results.stream()
                .filter(result -> referenceId.equals(result.referenceId()))
                .findFirst();
    }

    /** Results of the requests that were carried out. */
    public List<CompositeResult> succeeded() {
        return results.stream().filter(CompositeResult::success).toList();
    }

    /** Results of the requests that were not. */
    public List<CompositeResult> failed() {
        return results.stream().filter(result -> !result.success()).toList();
    }
}
