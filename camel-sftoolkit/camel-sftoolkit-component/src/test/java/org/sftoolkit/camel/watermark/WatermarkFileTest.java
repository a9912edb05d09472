package org.sftoolkit.camel.watermark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sftoolkit.camel.error.WatermarkException;

class WatermarkFileTest {

    @TempDir
    Path directory;

    @Test
    void eachReadSeesWhatAnotherHasWrittenAndKeysStandSideBySide() {
        Path file = directory.resolve("deep/er/watermarks");
        var one = new WatermarkFile(file);
        var other = new WatermarkFile(file);
        assertThat(one.getState("a")).isNull();
        one.setState("a", "1=1");
        other.setState("b", "2");
        one.setState("a", "3");
        assertThat(other.getState("a")).isEqualTo("3");
        assertThat(one.getState("b")).isEqualTo("2");
        assertThat(one.getState("c")).isNull();
    }

    @Test
    void onlyTheTextThatIsExpectedIsReplaced() throws Exception {
        Path file = directory.resolve("watermarks");
        var late = new WatermarkFile(file);
        var next = new WatermarkFile(file);
        assertThat(late.compareAndSetState("a", "0", "1")).isFalse();
        assertThat(late.compareAndSetState("a", null, "1")).isTrue();
        assertThat(next.compareAndSetState("a", "1", "2")).isTrue();
        assertThat(late.compareAndSetState("a", "1", "3")).isFalse();
        assertThat(late.compareAndSetState("a", null, "3")).isFalse();
        assertThat(late.getState("a")).isEqualTo("2");
        Files.writeString(file, "damaged");
        assertThat(next.compareAndSetState("a", "2", "4")).isTrue();
        assertThat(late.getState("a")).isEqualTo("4");
    }

    @Test
    void whatAKilledProcessLeftHalfWrittenIsPassedOver() throws Exception {
        Path file = directory.resolve("watermarks");
        var store = new WatermarkFile(file);
        store.setState("a", "1");
        Files.writeString(directory.resolve("watermarks.new"), "a=2\nb");
        assertThat(store.getState("a")).isEqualTo("1");
        store.setState("a", "3");
        assertThat(Files.readString(file)).endsWith("\na=3\n");
        assertThat(store.getState("a")).isEqualTo("3");
    }

    @Test
    void aKeyThatWouldNotBeFoundAgainIsRefused() {
        var store = new WatermarkFile(directory.resolve("watermarks"));
        for (String key : List.of("a=b", "a\nb", "a\rb", "#a", "", "\ufeffa")) {
            assertThatThrownBy(() -> store.getState(key))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("watermarkKey");
        }
    }

    @Test
    void everyCutAndEveryChangedByteIsTold() throws Exception {
        Path file = directory.resolve("watermarks");
        var store = new WatermarkFile(file);
        store.setState("query:Account", "sftoolkit-poll;1;x");
        store.setState("query:Contact", "sftoolkit-poll;1;y");
        byte[] good = Files.readAllBytes(file);
        for (int i = 0; i < good.length; i++) {
            refused(file, Arrays.copyOf(good, i), "cut at " + i);
            byte[] changed = good.clone();
            changed[i] ^= 0x10;
            refused(file, changed, "changed at " + i);
        }
        Files.write(file, good);
        assertThat(store.getState("query:Account")).isEqualTo("sftoolkit-poll;1;x");
    }

    @Test
    void fileWithoutPositionsDoesNotRestartTheConsumer() throws Exception {
        Path file = directory.resolve("watermarks");
        var contents = new LinkedHashMap<String, String>();
        contents.put("empty", "");
        contents.put("zeros", "\0".repeat(100));
        contents.put("a line end", "\n");
        contents.put("a line end of DOS", "\r\n");
        contents.put("blanks", "   \n");
        contents.put("words", "hello world\n");
        contents.put("a property", "hello=world\n");
        contents.put("a byte order mark", "\ufeffquery:Account=sftoolkit-poll;1;x\n");
        contents.put("no line end", "query:Account=sftoolkit-poll;1;x");
        contents.put("cut in its key", "query:Acc\n");
        contents.put("no text", "query:Account=\n");
        contents.put("JSON", "{}\n");
        for (Map.Entry<String, String> content : contents.entrySet()) {
            refused(file, content.getValue().getBytes(StandardCharsets.UTF_8), content.getKey());
        }
        refused(file, new byte[] {(byte) 0xff, (byte) 0xfe, 0, 'a'}, "bytes");
    }

    private static void refused(Path file, byte[] contents, String what) throws IOException {
        Files.write(file, contents);
        assertThatThrownBy(() -> new WatermarkFile(file).getState("query:Account"))
                .as(what)
                .isInstanceOf(WatermarkException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("initialWatermark");
    }

    @Test
    void aDirectoryInItsPlaceIsTold() throws Exception {
        Path file = Files.createDirectory(directory.resolve("watermarks"));
        var store = new WatermarkFile(file);
        assertThatThrownBy(() -> store.getState("a"))
                .isInstanceOf(WatermarkException.class)
                .hasMessageContaining("it is a directory");
        Files.createFile(file.resolve("content"));
        assertThatThrownBy(() -> store.setState("a", "1"))
                .isInstanceOf(WatermarkException.class)
                .hasMessageContaining("cannot be written");
    }

    @Test
    void linesWithoutTheFirstOneAreReadIfEachIsAPosition() throws Exception {
        Path file = directory.resolve("watermarks");
        Files.writeString(file, "query:Account=sftoolkit-poll;1;x\nquery:Account/delivered=sftoolkit-delivered;1;y\n");
        var store = new WatermarkFile(file);
        assertThat(store.getState("query:Account")).isEqualTo("sftoolkit-poll;1;x");
        assertThat(store.getState("query:Contact")).isNull();
    }

    @Test
    void positionSetOverADamagedFileDoesNotRestartOtherConsumers() throws Exception {
        Path file = directory.resolve("watermarks");
        Files.writeString(file, "\0\0\0");
        var store = new WatermarkFile(file);
        store.setState("one", "1");
        assertThat(store.getState("one")).isEqualTo("1");
        assertThatThrownBy(() -> store.getState("two"))
                .isInstanceOf(WatermarkException.class)
                .hasMessageContaining("two");
        store.setState("two", "2");
        assertThat(store.getState("two")).isEqualTo("2");
        assertThat(store.getState("one")).isEqualTo("1");
    }

    @Test
    void manyWritersOfOneProcessLoseNothing() throws Exception {
        Path file = directory.resolve("watermarks");
        var threads = Executors.newFixedThreadPool(8);
        try {
            var writes = new ArrayList<Callable<Void>>();
            for (int writer = 0; writer < 8; writer++) {
                String key = "writer" + writer;
                writes.add(() -> {
                    var store = new WatermarkFile(file);
                    for (int i = 1; i <= 25; i++) {
                        store.setState(key, String.valueOf(i));
                    }
                    return null;
                });
            }
            for (Future<Void> end : threads.invokeAll(writes)) {
                end.get();
            }
        } finally {
            threads.shutdown();
        }
        for (int writer = 0; writer < 8; writer++) {
            assertThat(new WatermarkFile(file).getState("writer" + writer)).isEqualTo("25");
        }
    }

    /** As in an application server that loads the component once for each application. */
    @Test
    void aCopyOfTheClassInAnotherClassLoaderTakesTurnsToo() throws Exception {
        Path file = directory.resolve("watermarks");
        var threads = Executors.newFixedThreadPool(2);
        try (var other =
                new java.net.URLClassLoader(
                        new java.net.URL[] {
                            WatermarkFile.class
                                    .getProtectionDomain()
                                    .getCodeSource()
                                    .getLocation()
                        },
                        getClass().getClassLoader()) {
                    @Override
                    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
                        synchronized (getClassLoadingLock(name)) {
                            Class<?> loaded = findLoadedClass(name);
                            return loaded != null
                                    ? loaded
                                    : name.contains(".WatermarkFile")
                                            ? findClass(name)
                                            : super.loadClass(name, resolve);
                        }
                    }
                }) {
            Class<?> copy = other.loadClass(WatermarkFile.class.getName());
            assertThat(copy).isNotSameAs(WatermarkFile.class);
            Object theirs = copy.getConstructor(Path.class).newInstance(file);
            var set = copy.getMethod("setState", String.class, String.class);
            var ours = new WatermarkFile(file);
            Future<Void> their = threads.submit(() -> {
                for (int i = 1; i <= 100; i++) {
                    set.invoke(theirs, "theirs", String.valueOf(i));
                }
                return null;
            });
            for (int i = 1; i <= 100; i++) {
                ours.setState("ours", String.valueOf(i));
            }
            their.get();
            assertThat(ours.getState("ours")).isEqualTo("100");
            assertThat(ours.getState("theirs")).isEqualTo("100");
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void theRootOfAFileSystemIsRefusedAsAFile() {
        Path root = directory.getRoot();
        assertThatThrownBy(() -> new WatermarkFile(root))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("watermarkFile=" + root + " is not a file: use a path such as data/positions");
    }
}
