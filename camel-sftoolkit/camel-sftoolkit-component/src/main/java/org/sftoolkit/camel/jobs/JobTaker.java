package org.sftoolkit.camel.jobs;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.sftoolkit.camel.jobs.StoredJob.Kind;
import org.sftoolkit.camel.jobs.StoredJob.Step;

/** Takes jobs from a store that nobody waits for, to deliver the result of each once. Thread-safe; may block. */
public final class JobTaker {

    /** A job whose result is to be delivered by its taker, and the load that it belongs to. */
    public record Claim(StoredLoad load, StoredJob job) {}

    private final JobStore store;
    private final String run;

    JobTaker(JobStore store, String run) {
        this.store = store;
        this.run = run;
    }

    /**
     * Takes jobs that nobody waits for, or whose process is gone; those taken before come again.
     *
     * @param page whether a page of a query is wanted, or jobs as a whole
     * @param most how many are taken anew at most
     */
    public List<Claim> claim(boolean page, int most) {
        return store.change(state -> {
            var claims = new ArrayList<Claim>();
            int[] more = {most};
            for (StoredLoad load : List.copyOf(state.loads.values())) {
                boolean orphan = !store.isAlive(state, load.owner());
                if (load.left() || orphan) {
                    Predicate<StoredJob> wanted = job -> (job.kind() == Kind.PAGE) == page
                            && mayBeTaken(load, job, orphan)
                            && (job.taker().equals(run) || !store.isAlive(state, job.taker()));
                    for (StoredJob job : load.jobs()) {
                        if (wanted.test(job) && (job.taker().equals(run) || more[0]-- > 0)) {
                            StoredJob mine = job.takenBy(run);
                            claims.add(new Claim(load, mine));
                            state.loads.put(
                                    load.id(),
                                    Objects.requireNonNull(state.loads.get(load.id()))
                                            .with(mine));
                        }
                    }
                }
            }
            claims.sort(Comparator.comparing(claim -> claim.load().begun()));
            return claims;
        });
    }

    /** One that has never been closed concerns a later start of its load only, and no load without a name has one. */
    private static boolean mayBeTaken(StoredLoad load, StoredJob job, boolean orphan) {
        return switch (job.step()) {
            case CLOSED, DELIVERING -> true;
            case CLOSING -> orphan;
            case CREATED -> orphan && !load.isNamed();
            case TOLD, DELIVERED -> false;
        };
    }

    /** Whether the taker may deliver the result of a job now: neither another taker nor its load has it. */
    public boolean delivering(Claim claim) {
        return taken(claim, load -> load.with(claim.job().at(Step.DELIVERING)));
    }

    /** The delivery of a job has failed: the same taker may try again, or another one if it has given the job back. */
    public boolean notDelivered(Claim claim) {
        return ended(claim, Step.CLOSED);
    }

    /** The result of a job was delivered, perhaps after a stop gave the job back; false if somebody else has it meanwhile. */
    public boolean delivered(Claim claim) {
        return ended(claim, Step.DELIVERED);
    }

    private boolean ended(Claim claim, Step step) {
        return taken(
                claim,
                load -> load.each(job -> job.part().equals(claim.job().part()) ? ended(claim, step, job.taker()) : job),
                true);
    }

    /** Other processes take each run of a living process for alive. */
    private static StoredJob ended(Claim claim, Step step, String taker) {
        return claim.job().at(step).takenBy(Owners.isRunning(taker) ? taker : "");
    }

    /** Gives the pages of a query in its place, each a job of its own. */
    public boolean pages(Claim claim, List<String> locators) {
        return taken(claim, load -> {
            var jobs = new ArrayList<>(load.jobs());
            jobs.removeIf(job -> job.part().equals(claim.job().part()));
            for (String locator : locators) {
                jobs.add(claim.job().page(jobs.size() + 1, locator));
            }
            return load.with(jobs);
        });
    }

    private boolean taken(Claim claim, UnaryOperator<StoredLoad> then) {
        return taken(claim, then, false);
    }

    private boolean taken(Claim claim, UnaryOperator<StoredLoad> then, boolean orFree) {
        return store.change(state -> {
            StoredLoad load = state.loads.get(claim.load().id());
            // a load that goes on has taken back what is free
            boolean free = orFree && load != null && !store.isAlive(state, load.owner());
            boolean mine = load != null
                    && load.job(claim.job().part())
                            .filter(job -> job.taker().equals(claim.job().taker())
                                    || free && job.taker().isEmpty())
                            .isPresent();
            if (mine) {
                StoredLoad now = then.apply(load);
                boolean orphan = !store.isAlive(state, now.owner());
                store.settleIfDelivered(state, orphan && !now.isNamed() ? now.completed() : now);
            }
            return mine;
        });
    }

    /** Gives back what the taker is not delivering now. */
    public void giveBackUndelivered() {
        store.change(state -> {
            state.loads.replaceAll((id, load) ->
                    load.each(job -> job.taker().equals(run) && job.step() != Step.DELIVERING ? job.takenBy("") : job));
            return null;
        });
    }

    /** Gives back what the taker has not delivered. */
    public void release() {
        try {
            store.change(state -> {
                state.loads.replaceAll(
                        (id, load) -> load.each(job -> job.taker().equals(run) ? givenBack(job) : job));
                return null;
            });
        } finally {
            Owners.end(run);
        }
    }

    private static StoredJob givenBack(StoredJob job) {
        StoredJob free = job.takenBy("");
        return job.step() == Step.DELIVERING ? free.at(Step.CLOSED) : free;
    }
}
