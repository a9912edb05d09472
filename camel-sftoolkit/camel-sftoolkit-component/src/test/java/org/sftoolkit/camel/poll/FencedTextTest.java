package org.sftoolkit.camel.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.sftoolkit.camel.error.PositionOvertakenException;

class FencedTextTest {

    /** A store that compares; a write of it may fail before or after it took place. */
    private static final class Store implements PositionStore.Texts {

        private final Map<String, String> texts = new HashMap<>();
        private int writes;
        private boolean failsBefore;
        private boolean failsAfter;

        @Override
        public String get(String key) {
            return texts.get(key);
        }

        @Override
        public void set(String key, String text) {
            replace(key, texts.get(key), text);
        }

        @Override
        public boolean replace(String key, String expected, String text) {
            writes++;
            if (failsBefore) {
                throw new IllegalStateException("no connection");
            }
            boolean same = Objects.equals(texts.get(key), expected);
            if (same) {
                texts.put(key, text);
            }
            if (failsAfter) {
                throw new IllegalStateException("cut");
            }
            return same;
        }
    }

    private final Store store = new Store();
    private final FencedText text = new FencedText(store, "key");

    @Test
    void aTextIsReplacedAsLongAsItIsOurs() {
        assertThat(text.key()).isEqualTo("key");
        assertThat(text.load()).isNull();
        text.replace("a");
        text.replace("b");
        assertThat(store.texts).containsOnly(Map.entry("key", "b"));
        assertThat(text.known()).isEqualTo("b");
        text.replace("b");
        assertThat(store.writes).as("the same text is not written again").isEqualTo(2);
    }

    @Test
    void theTextOfAnotherConsumerStays() {
        text.load();
        text.replace("a");
        store.texts.put("key", "other");
        assertThatThrownBy(() -> text.replace("b")).isInstanceOf(PositionOvertakenException.class);
        assertThat(store.texts).containsEntry("key", "other");
        assertThatThrownBy(() -> text.replace("c")).isInstanceOf(PositionOvertakenException.class);
        assertThat(text.load()).isEqualTo("other");
        text.replace("c");
        assertThat(store.texts).containsEntry("key", "c");
    }

    @Test
    void aTextThatWasRemovedIsWrittenAgain() {
        text.load();
        text.replace("a");
        store.texts.clear();
        text.replace("b");
        assertThat(store.texts).containsEntry("key", "b");
    }

    @Test
    void aWriteThatFailedMayHaveTakenPlace() {
        text.load();
        text.replace("a");
        store.failsAfter = true;
        assertThatThrownBy(() -> text.replace("b")).hasMessage("cut");
        store.failsAfter = false;
        text.replace("c");
        assertThat(store.texts).containsEntry("key", "c");

        store.failsBefore = true;
        assertThatThrownBy(() -> text.replace("d")).hasMessage("no connection");
        store.failsBefore = false;
        text.replace("e");
        assertThat(store.texts).containsEntry("key", "e");
    }

    @Test
    void aWriteThatFailedAndTookPlaceIsNotMadeAgain() {
        text.load();
        store.failsAfter = true;
        assertThatThrownBy(() -> text.replace("a")).hasMessage("cut");
        store.failsAfter = false;
        text.replace("a");
        assertThat(store.writes).isEqualTo(1);
        assertThat(text.known()).isEqualTo("a");
    }

    @Test
    void aTextCanBeSetWhateverStandsThere() {
        text.load();
        store.texts.put("key", "other");
        text.set("mine");
        assertThat(store.texts).containsEntry("key", "mine");
        text.replace("next");
        assertThat(store.texts).containsEntry("key", "next");
    }
}
