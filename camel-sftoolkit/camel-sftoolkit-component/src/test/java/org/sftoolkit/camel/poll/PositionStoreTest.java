package org.sftoolkit.camel.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sftoolkit.camel.poll.PolledPages.KEY;
import static org.sftoolkit.camel.poll.PolledPages.LOG;
import static org.sftoolkit.camel.poll.PolledPages.START;
import static org.sftoolkit.camel.poll.PolledPages.behind;
import static org.sftoolkit.camel.poll.PolledPages.version;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sftoolkit.camel.CapturedLog;
import org.sftoolkit.camel.error.PositionOvertakenException;
import org.sftoolkit.camel.transport.LogContext;

/** The texts of a position and of what was delivered. */
class PositionStoreTest {

    private static final String UNREADABLE = "key: the list of recently delivered records cannot be read";

    private final PolledPages org = new PolledPages();
    private final PositionStore store = org.store(true);

    private static DeliveredLog log(String... versions) {
        var log = new DeliveredLog();
        for (String version : versions) {
            log.add(version(version));
        }
        return log;
    }

    private DeliveredLog stored() {
        var log = new DeliveredLog();
        org.store(true).load(log);
        return log;
    }

    @Test
    void whatWasDeliveredIsLoadedWithThePosition() {
        store.begin(START);
        store.save(behind("b2"), store.text(log("a1", "b2"), 0, true));
        var loaded = new DeliveredLog();
        assertThat(org.store(true).load(loaded)).isEqualTo(behind("b2"));
        assertThat(loaded.contains(version("a1"))).isTrue();
        assertThat(loaded.contains(version("b2"))).isTrue();
        assertThat(loaded.size()).isEqualTo(2);
    }

    @Test
    void withoutALookBackNothingIsKeptOfDeliveries() {
        PositionStore plain = org.store(false);
        plain.begin(START);
        assertThat(plain.text(log("a1"), 0, true)).isNull();
        plain.save(behind("a1"), null);
        plain.move(START);
        assertThat(org.texts).containsOnlyKeys(KEY);
        org.texts.put(LOG, "scribble");
        var loaded = new DeliveredLog();
        assertThat(plain.load(loaded)).isEqualTo(START);
        assertThat(loaded.size()).isZero();
    }

    @Test
    void aListOfDeliveriesThatWasChangedIsNotBelieved() {
        store.begin(START);
        store.save(START, store.text(log("a1", "b2"), 0, true));
        String text = org.texts.get(LOG);
        int at = text.indexOf(':') + 3;
        char other = text.charAt(at) == 'A' ? 'B' : 'A';
        org.texts.put(LOG, text.substring(0, at) + other + text.substring(at + 1));
        try (var lines = new CapturedLog()) {
            assertThat(stored().size()).isZero();
            assertThat(lines.lines()).anySatisfy(line -> assertThat(line).contains(UNREADABLE));
        }
        org.texts.put(LOG, text);
        try (var lines = new CapturedLog()) {
            assertThat(stored().size()).isEqualTo(2);
            assertThat(lines.lines()).noneSatisfy(line -> assertThat(line).contains(UNREADABLE));
        }
    }

    @Test
    void anEarlierVersionsListOfDeliveriesIsRead() {
        store.begin(START);
        org.texts.put(LOG, "sftoolkit-delivered;1;1772366401:ESIzRFVmd4g,;3c6fc608");
        assertThat(stored().size()).isEqualTo(1);
    }

    @Test
    void aListOfDeliveriesIsWrittenIfItChangedAndWheneverItIsForced() {
        assertThat(store.text(log(), 0, true)).as("nothing was ever delivered").isNull();
        String one = store.text(log("a1"), 0, false);
        assertThat(one).isNotNull();
        store.save(behind("a1"), one);
        assertThat(org.texts).containsEntry(LOG, one);
        assertThat(store.text(log("b2"), 0, false)).as("as many as before").isNull();
        assertThat(store.text(log("b2"), 0, true)).isNotNull().isNotEqualTo(one);
        String none = store.text(log(), 0, true);
        assertThat(none).as("the old ones are to go").isNotNull();
        store.save(behind("b2"), none);
        assertThat(stored().size()).isZero();
    }

    @Test
    void aPositionAloneLeavesTheListAsItIs() {
        store.save(START, store.text(log("a1"), 0, true));
        String list = org.texts.get(LOG);
        store.save(behind("b2"), null);
        assertThat(org.texts).containsEntry(KEY, CursorText.write(behind("b2"))).containsEntry(LOG, list);
    }

    @Test
    void aFirstPositionAndOneThatIsSetForgetWhatWasDelivered() {
        store.begin(START);
        store.save(behind("a1"), store.text(log("a1"), 0, true));
        store.move(START.movedTo(PolledPages.NOON));
        assertThat(stored().size()).isZero();
        org.texts.remove(KEY);
        org.texts.put(LOG, PositionStore.DeliveredText.write(log("a1"), 0));
        org.store(true).begin(START);
        assertThat(stored().size()).isZero();
        assertThat(org.texts).containsEntry(KEY, CursorText.write(START));
    }

    @Test
    void aWriteIsDueASecondAfterTheLast() {
        assertThat(store.isDue()).as("before the first").isTrue();
        store.begin(START);
        assertThat(store.isDue()).isFalse();
        org.nanos.addAndGet(999_999_999);
        assertThat(store.isDue()).isFalse();
        org.nanos.incrementAndGet();
        assertThat(store.isDue()).isTrue();
        store.move(START);
        assertThat(store.isDue()).isFalse();
    }

    @Test
    void onlyTheConsumerThatIsOvertakenHasToLoadAgain() {
        store.begin(START);
        org.texts.put(KEY, CursorText.write(behind("b2")));
        assertThat(store.isOvertaken()).isFalse();
        assertThatThrownBy(() -> store.save(behind("a1"), null)).isInstanceOf(PositionOvertakenException.class);
        assertThat(store.isOvertaken()).isTrue();
        assertThat(store.load(new DeliveredLog())).isEqualTo(behind("b2"));
        assertThat(store.isOvertaken()).isFalse();
    }

    @Test
    void aStoreThatCannotCompareWritesInAnyCase() {
        Map<String, String> texts = new HashMap<>();
        var plain = new PositionStore(
                new PositionStore.Texts() {
                    @Override
                    public String get(String key) {
                        return texts.get(key);
                    }

                    @Override
                    public void set(String key, String text) {
                        texts.put(key, text);
                    }
                },
                KEY,
                PolledPages.SOURCE,
                false,
                org.nanos::get,
                LogContext.NONE);
        plain.begin(START);
        texts.put(KEY, "another");
        plain.save(behind("a1"), null);
        assertThat(texts).containsExactly(Map.entry(KEY, CursorText.write(behind("a1"))));
    }

    @Test
    void atMostTwentyThousandDeliveriesAreWrittenTheNewestFirst() {
        var log = new DeliveredLog();
        for (int i = 1; i <= 20_000; i++) {
            log.add(i % 2, i);
        }
        assertThat(read(log).size()).isEqualTo(20_000);
        log.add(2, 1);
        DeliveredLog most = read(log);
        assertThat(most.size()).as("without the oldest second").isEqualTo(10_001);
        assertThat(most.newestFirst()).containsOnlyKeys(2L, 1L);
    }

    private static DeliveredLog read(DeliveredLog log) {
        var read = new DeliveredLog();
        assertThat(PositionStore.DeliveredText.read(PositionStore.DeliveredText.write(log, 0), read))
                .isTrue();
        return read;
    }
}
