package org.sftoolkit.camel.jobs;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.error.DuplicateLoadException;
import org.sftoolkit.camel.error.WatermarkException;
import org.sftoolkit.camel.jobs.StoredJob.Step;

/**
 * Loads under way and their jobs, kept where a process that is killed leaves them to the next one. All loads stand in one text, which
 * is replaced only as long as nobody else has written it: whoever lost a load or a job to another process finds that out with its
 * next write. Thread-safe; may block.
 */
public final class JobStore {

    /** Texts by key; may block. */
    public interface Texts {

        /** The text under a key, or null. */
        @Nullable
        String get(String key);

        /** Puts a text under a key if the expected one stands there; null for no text. A store that cannot compare puts it in any case. */
        boolean replace(String key, @Nullable String expected, String text);
    }

    private static final int MOST_TRIES = 10_000;
    private static final String DONE = "sftoolkit-load;1;";

    private final Texts texts;
    private final String key;
    private final InstantSource clock;
    private final Owners owners;

    /**
     * @param key   of the text with all loads
     * @param nanos elapsed time, by which the silence of other processes is measured
     */
    public JobStore(Texts texts, String key, InstantSource clock, LongSupplier nanos) {
        this.texts = texts;
        this.key = key;
        this.clock = clock;
        this.owners = new Owners(nanos);
    }

    /**
     * Begins a load, or continues one of this name that nobody works on any more. The caller owns it until {@link #end}.
     *
     * @param name   null for a load that is never continued under a name
     * @param object null if it is not known
     * @param left   whether nobody will wait for its jobs
     * @throws DuplicateLoadException if the name is taken by a load that is done, was left to run, or is under way
     */
    public StoredLoad begin(@Nullable String name, String operation, @Nullable String object, boolean left) {
        String subject = object == null ? "" : object;
        String id = name == null
                ? operation + '-' + UUID.randomUUID()
                : operation + ':' + subject.toLowerCase(Locale.ROOT) + ':' + name;
        String run = Owners.begin();
        try {
            return change(state -> {
                StoredLoad known = name == null ? null : unfinished(state, id, name, operation);
                String now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
                StoredLoad load = known == null
                        ? new StoredLoad(
                                id, name == null ? "" : name, operation, subject, run, left, false, now, List.of())
                        : known.ownedBy(run).each(job -> mayTakeBack(state, job) ? job.takenBy("") : job);
                state.loads.put(id, load);
                return load;
            });
        } catch (RuntimeException | Error e) {
            Owners.end(run);
            throw e;
        }
    }

    /** The load of this name that may be continued; null if no load has this name. */
    private @Nullable StoredLoad unfinished(JobsText state, String id, String name, String operation) {
        String done = texts.get(doneKey(id));
        if (done != null) {
            throw duplicate(name, operation, "was done before: " + done.replaceFirst("^" + DONE, ""));
        }
        StoredLoad known = state.loads.get(id);
        if (known != null && isAlive(state, known.owner())) {
            throw duplicate(name, operation, "is still under way, begun " + known.begun());
        }
        if (known != null && known.left() && known.complete()) {
            throw duplicate(
                    name,
                    operation,
                    "was sent before, begun " + known.begun() + ", and its jobs " + ids(known)
                            + " are left to sftoolkit:jobs");
        }
        return known;
    }

    private boolean mayTakeBack(JobsText state, StoredJob job) {
        return job.step() != Step.DELIVERING || !isAlive(state, job.taker());
    }

    private static List<String> ids(StoredLoad load) {
        return load.jobs().stream().map(StoredJob::id).distinct().toList();
    }

    private static DuplicateLoadException duplicate(String name, String operation, String what) {
        return new DuplicateLoadException(
                name,
                "loadName=" + name + " of sftoolkit:" + operation + ": a load of this name " + what
                        + ". Nothing was sent. Give each load a name of its own, such as one with the date, by the"
                        + " option loadName or the header CamelSfToolkitLoadName");
    }

    /**
     * Puts a job into a load, in place of one of the same part.
     *
     * @param load as {@link #begin} gave it
     * @throws DuplicateLoadException if another process continues the load
     */
    public void put(StoredLoad load, StoredJob job) {
        change(state -> state.loads.put(load.id(), owned(state, load).with(job)));
    }

    private StoredLoad owned(JobsText state, StoredLoad load) {
        StoredLoad now = state.loads.get(load.id());
        if (now == null || !now.owner().equals(load.owner())) {
            throw new DuplicateLoadException(
                    load.name(),
                    "the load " + load.title() + " was taken over by another process, because this one was paused or"
                            + " silent for a minute: it sends nothing more");
        }
        return now;
    }

    /**
     * Ends the ownership of a load.
     *
     * @param done  whether its exchange has succeeded
     * @param ended parts whose jobs are known to have ended
     */
    public void end(StoredLoad load, boolean done, Set<String> ended) {
        try {
            change(state -> {
                StoredLoad now = state.loads.get(load.id());
                if (now == null || !now.owner().equals(load.owner())) {
                    return null;
                }
                if (done && !load.left()) {
                    settleIfDelivered(
                            state,
                            now.ownedBy("").completed().each(job -> job.goesAlone() ? job : job.at(Step.DELIVERED)));
                } else if (done) {
                    settleIfDelivered(state, now.ownedBy("").completed());
                } else {
                    fail(state, now.ownedBy(""), ended);
                }
                return null;
            });
        } finally {
            Owners.end(load.owner());
        }
    }

    private void fail(JobsText state, StoredLoad load, Set<String> ended) {
        StoredLoad told = load.left()
                ? load
                : load.each(job -> ended.contains(job.part()) && job.step() == Step.CLOSED ? job.at(Step.TOLD) : job);
        if (told.isNamed()) {
            state.loads.put(told.id(), told);
        } else {
            // nobody continues it: what was not closed is never processed, and what was told is done
            settleIfDelivered(
                    state,
                    told.completed()
                            .with(told.jobs().stream()
                                    .filter(job -> job.step() != Step.CREATED && job.step() != Step.TOLD)
                                    .toList()));
        }
    }

    void settleIfDelivered(JobsText state, StoredLoad load) {
        if (load.complete() && load.jobs().stream().allMatch(job -> job.step() == Step.DELIVERED)) {
            settle(state, load);
        } else {
            state.loads.put(load.id(), load);
        }
    }

    /** A name stays known for good; a crash before the list is written leaves a load that is done, which begin() sees first. */
    private void settle(JobsText state, StoredLoad load) {
        if (load.isNamed()) {
            Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
            texts.replace(doneKey(load.id()), null, DONE + now + ", jobs " + summary(load));
        }
        state.loads.remove(load.id());
    }

    private static String summary(StoredLoad load) {
        List<String> ids = ids(load);
        return ids.size() <= 3
                ? ids.toString()
                : "[" + ids.get(0) + " ... " + ids.get(ids.size() - 1) + "] (" + ids.size() + ")";
    }

    private String doneKey(String id) {
        return key + "/" + URLEncoder.encode(id, StandardCharsets.UTF_8);
    }

    /** Somebody who takes jobs from here on. Ends with {@link JobTaker#release}. */
    public JobTaker taker() {
        return new JobTaker(this, Owners.begin());
    }

    /** A sign of life of this process, if it owns something. To be given several times within {@link Owners#LEASE}. */
    public void beat() {
        if (Owners.anyAlive()) {
            change(state -> {
                state.beats.replaceAll((process, beat) -> Owners.isOfThisProcess(process + '/') ? beat + 1 : beat);
                return null;
            });
        }
    }

    /** Loads under way, for people. */
    public List<StoredLoad> loads() {
        return List.copyOf(JobsText.read(key, texts.get(key)).loads.values());
    }

    boolean isAlive(JobsText state, String owner) {
        return owners.isAlive(owner, state.beats.get(Owners.process(owner)));
    }

    /** Changes the text; {@code change} may be called several times. */
    synchronized <T> T change(Function<JobsText, T> change) {
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            String present = texts.get(key);
            JobsText state = JobsText.read(key, present);
            T result = change.apply(state);
            keepBeats(state);
            String text = state.write();
            if (text.equals(present) || texts.replace(key, present, text)) {
                return result;
            }
        }
        throw new WatermarkException("the job store under the key " + key + " is written by others all the time", null);
    }

    private static void keepBeats(JobsText state) {
        Set<String> processes = new HashSet<>();
        for (StoredLoad load : state.loads.values()) {
            processes.add(Owners.process(load.owner()));
            load.jobs().forEach(job -> processes.add(Owners.process(job.taker())));
        }
        processes.remove("");
        state.beats.keySet().retainAll(processes);
        processes.forEach(process -> state.beats.putIfAbsent(process, 0L));
    }
}
