package org.sftoolkit.camel;

import org.apache.camel.spi.StateRepository;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.jobs.JobStore;
import org.sftoolkit.camel.poll.PositionStore;
import org.sftoolkit.camel.watermark.AtomicStateRepository;

/**
 * Texts in a repository of Camel's. One that can compare replaces only what is expected; any other writes in any case.
 */
record StateTexts(StateRepository<String, String> repository) implements PositionStore.Texts, JobStore.Texts {

    @Override
    public @Nullable String get(String key) {
        return repository.getState(key);
    }

    @Override
    public void set(String key, String text) {
        repository.setState(key, text);
    }

    @Override
    public boolean replace(String key, @Nullable String expected, String text) {
        if (repository instanceof AtomicStateRepository atomic) {
            return atomic.compareAndSetState(key, expected, text);
        }
        set(key, text);
        return true;
    }
}
