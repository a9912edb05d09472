package org.sftoolkit.camel.poll;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.sftoolkit.camel.error.WatermarkException;
import org.sftoolkit.camel.watermark.WatermarkText;

/** A watermark file in memory, and a repository of deliveries, either of which may fail. What they hold outlives the process. */
final class SimulatedStore implements PositionStore.Texts, KnownDeliveries.Repository {

    static final class DownException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private final Random random;
    private final Set<String> entered = new HashSet<>();
    private final double faults;
    private byte[] contents;
    private byte[] undamaged;
    /** Runs before and after each write: the process may die there. */
    Runnable mayDie = () -> {};

    boolean calm;
    /** Someone set the position, and it is not written yet: only that may take the place of what is damaged. */
    boolean isBeingSet;

    int failures;

    SimulatedStore(Random random, double faults) {
        this.random = random;
        this.faults = faults;
    }

    private WatermarkText text() throws IOException {
        return contents == null ? WatermarkText.empty() : WatermarkText.read(contents);
    }

    @Override
    public String get(String key) {
        mayFail();
        try {
            return text().get(key);
        } catch (IOException e) {
            throw new WatermarkException("the file is damaged", e);
        }
    }

    @Override
    public void set(String key, String value) {
        if (isDamaged() && !isBeingSet) {
            throw new AssertionError("a damaged file was taken for a beginning, and written over");
        }
        mayDie.run();
        mayFail();
        WatermarkText present;
        try {
            present = text();
        } catch (IOException e) {
            present = WatermarkText.unreadable();
        }
        contents = present.with(key, value).write();
        undamaged = null;
        isBeingSet = false;
        mayDie.run();
    }

    /** A failure may come after the text was written. */
    @Override
    public boolean replace(String key, String expected, String value) {
        try {
            if (!Objects.equals(get(key), expected)) {
                return false;
            }
        } catch (WatermarkException damaged) {
            throw new AssertionError("a damaged file was taken for a beginning, and written over", damaged);
        }
        if (expected != null && !key.endsWith("/delivered")) {
            assertForward(expected, value);
        }
        set(key, value);
        mayFail();
        return true;
    }

    /** Run of the position, as it is when a damaged file is repaired; -1 if there is no position. */
    int run(String key) {
        byte[] readable = isDamaged() ? undamaged : contents;
        try {
            String text = readable == null ? null : WatermarkText.read(readable).get(key);
            return text == null
                    ? -1
                    : CursorText.read(text, PollSimulationTest.SOURCE).run();
        } catch (IOException incomplete) {
            return -1;
        }
    }

    private static void assertForward(String from, String to) {
        Cursor before = CursorText.read(from, PollSimulationTest.SOURCE);
        Cursor after = CursorText.read(to, PollSimulationTest.SOURCE);
        boolean comparable = before.run() == after.run() && before.watermark() != null && after.watermark() != null;
        assertThat(comparable && after.watermark().isBefore(before.watermark()))
                .as("the position goes back from %s to %s", from, to)
                .isFalse();
    }

    @Override
    public boolean contains(String key) {
        mayFail();
        return entered.contains(key);
    }

    @Override
    public void add(String key) {
        mayFail();
        entered.add(key);
    }

    /** Whether this version is entered, in whatever run. */
    boolean knows(String id, java.time.Instant stamp) {
        return entered.stream().anyMatch(key -> key.endsWith("/" + id + "/" + stamp));
    }

    private void mayFail() {
        if (!calm && random.nextDouble() < faults) {
            failures++;
            throw new DownException();
        }
    }

    /** While the process was down something happened to the file. */
    void damage() {
        if (contents == null) {
            return;
        }
        undamaged = contents;
        contents = switch (random.nextInt(6)) {
            case 0 -> new byte[0];
            case 1 -> new byte[contents.length];
            case 2 -> "\n".getBytes(java.nio.charset.StandardCharsets.UTF_8);
            case 3 -> prefixed();
            case 4 -> Arrays.copyOf(contents, random.nextInt(contents.length));
            default -> changed();
        };
    }

    private byte[] prefixed() {
        byte[] longer = new byte[contents.length + 3];
        System.arraycopy(new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF}, 0, longer, 0, 3);
        System.arraycopy(contents, 0, longer, 3, contents.length);
        return longer;
    }

    private byte[] changed() {
        byte[] other = contents.clone();
        other[random.nextInt(other.length)] ^= (byte) (1 + random.nextInt(127));
        return other;
    }

    boolean isDamaged() {
        return undamaged != null;
    }

    /** What was set took the place of what was damaged. */
    void repairedBySetting() {
        undamaged = null;
    }

    /** Someone puts a copy in its place. */
    void repair() {
        contents = undamaged;
        undamaged = null;
    }
}
