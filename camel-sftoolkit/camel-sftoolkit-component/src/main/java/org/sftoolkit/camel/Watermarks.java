package org.sftoolkit.camel;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.camel.spi.StateRepository;
import org.apache.camel.support.processor.state.MemoryStateRepository;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.config.PollConfiguration;
import org.sftoolkit.camel.watermark.WatermarkFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The positions of a component's consumers and their stores. Thread-safe. */
final class Watermarks {

    private static final Logger LOG = LoggerFactory.getLogger(Watermarks.class);

    private record Entry(
            StateRepository<String, String> store, WatermarkControl position, Supplier<Optional<String>> trouble) {}

    private final Map<Path, WatermarkFile> files = new LinkedHashMap<>();
    private final List<Entry> running = new ArrayList<>();
    private @Nullable MemoryStateRepository memory;

    /** The store of this consumer's position. */
    synchronized StateRepository<String, String> store(PollConfiguration options) {
        if (options.getWatermarkStore() != null) {
            return options.getWatermarkStore();
        }
        if (options.getWatermarkFile() != null) {
            Path file = Path.of(options.getWatermarkFile()).toAbsolutePath().normalize();
            return files.computeIfAbsent(file, WatermarkFile::new);
        }
        if (memory == null) {
            memory = new MemoryStateRepository();
            LOG.warn("Positions of polling consumers are kept in memory only and are lost when the Camel context stops:"
                    + " set watermarkFile or watermarkStore to keep them");
        }
        return memory;
    }

    /**
     * Refuses a second consumer under the same key of the same store: each would overwrite the other's position.
     *
     * @param trouble what prevents the consumer from reading; empty if it can read
     */
    synchronized void add(
            StateRepository<String, String> store, WatermarkControl position, Supplier<Optional<String>> trouble) {
        for (Entry other : running) {
            if (other.store() == store && other.position().key().equals(position.key())) {
                throw new IllegalArgumentException(
                        "the consumers of " + route(other.position().routeId()) + " and "
                                + route(position.routeId()) + " have the same watermarkKey " + position.key()
                                + " in the same store: set another watermarkKey for one of them");
            }
        }
        running.add(new Entry(store, position, trouble));
    }

    /** @param id null if the route is not known */
    static String route(@Nullable String id) {
        return id == null ? "a route behind master" : "route " + id;
    }

    synchronized void remove(WatermarkControl position) {
        running.removeIf(entry -> entry.position() == position);
    }

    synchronized Collection<WatermarkControl> all() {
        return running.stream().map(Entry::position).toList();
    }

    /** Texts on what prevents consumers from reading. */
    synchronized List<String> troubles() {
        return running.stream()
                .flatMap(entry -> entry.trouble().get().stream()
                        .map(trouble -> route(entry.position().routeId()) + ": " + trouble))
                .toList();
    }
}
