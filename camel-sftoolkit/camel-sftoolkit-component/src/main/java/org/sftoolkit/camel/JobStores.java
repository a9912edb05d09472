package org.sftoolkit.camel;

import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.camel.spi.StateRepository;
import org.apache.camel.support.service.ServiceHelper;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.config.JobStoreConfiguration;
import org.sftoolkit.camel.jobs.JobStore;
import org.sftoolkit.camel.watermark.WatermarkFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The job stores of a component; each process that owns jobs in them shows that it is alive. Thread-safe. */
final class JobStores {

    private static final Logger LOG = LoggerFactory.getLogger(JobStores.class);
    private static final long BEAT_MILLIS = 10_000;

    private final Supplier<Vertx> vertx;
    private final Map<Path, WatermarkFile> files = new HashMap<>();
    private final Map<StateRepository<String, String>, Map<String, JobStore>> stores = new IdentityHashMap<>();
    private @Nullable Runnable endOfBeats;

    JobStores(Supplier<Vertx> vertx) {
        this.vertx = vertx;
    }

    /** The store of these options; null if they name no store. */
    synchronized @Nullable JobStore store(JobStoreConfiguration options) {
        if (!options.hasJobStore()) {
            return null;
        }
        StateRepository<String, String> repository = options.getJobStore() != null
                ? options.getJobStore()
                : files.computeIfAbsent(
                        Path.of(options.getJobFile()).toAbsolutePath().normalize(), WatermarkFile::new);
        ServiceHelper.startService(repository);
        beginBeats();
        return stores.computeIfAbsent(repository, some -> new HashMap<>())
                .computeIfAbsent(
                        options.getJobKey(),
                        key -> new JobStore(new StateTexts(repository), key, InstantSource.system(), System::nanoTime));
    }

    private void beginBeats() {
        if (endOfBeats == null) {
            Vertx timers = vertx.get();
            long timer = timers.setPeriodic(
                    BEAT_MILLIS,
                    id -> timers.executeBlocking(
                            () -> {
                                all().forEach(JobStores::beat);
                                return null;
                            },
                            false));
            endOfBeats = () -> timers.cancelTimer(timer);
        }
    }

    private static void beat(JobStore store) {
        try {
            store.beat();
        } catch (RuntimeException e) {
            LOG.warn(
                    "The job store cannot be written. Other processes take this one for dead after a minute, and"
                            + " continue its loads: {}",
                    e.toString());
        }
    }

    private synchronized List<JobStore> all() {
        return stores.values().stream()
                .flatMap(byKey -> byKey.values().stream())
                .toList();
    }

    /** Gives no further signs of life. */
    synchronized void close() {
        if (endOfBeats != null) {
            endOfBeats.run();
            endOfBeats = null;
        }
    }
}
