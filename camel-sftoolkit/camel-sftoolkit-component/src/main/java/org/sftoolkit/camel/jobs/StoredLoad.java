package org.sftoolkit.camel.jobs;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A load or a query as it stands in a store: one call of {@code bulk}, {@code bulkQuery} or {@code save}, with its jobs.
 *
 * @param id        key within the store
 * @param name      that the route gave to it; empty without a name
 * @param operation such as {@code bulk}
 * @param object    API name; empty if it is not known
 * @param owner     who makes its jobs; empty if nobody does any more
 * @param left      whether nobody waits for its jobs
 * @param complete  whether all its jobs are made
 * @param begun     when, as an ISO 8601 instant
 * @param jobs      in the order in which they were made
 */
public record StoredLoad(
        String id,
        String name,
        String operation,
        String object,
        String owner,
        boolean left,
        boolean complete,
        String begun,
        List<StoredJob> jobs) {

    public StoredLoad {
        jobs = List.copyOf(jobs);
    }

    /** The job of a part. */
    public Optional<StoredJob> job(String part) {
        return jobs.stream().filter(job -> job.part().equals(part)).findFirst();
    }

    /** Whether the route gave it a name, by which it can be continued. */
    public boolean isNamed() {
        return !name.isEmpty();
    }

    /** For people. */
    public String title() {
        return (isNamed() ? "'" + name + "'" : id) + " (" + operation + (object.isEmpty() ? "" : " on " + object)
                + ", begun " + begun + ")";
    }

    StoredLoad with(Collection<StoredJob> others) {
        return new StoredLoad(id, name, operation, object, owner, left, complete, begun, List.copyOf(others));
    }

    /** With this job in place of the one of the same part, if there is one. */
    StoredLoad with(StoredJob job) {
        var all = new ArrayList<StoredJob>(jobs);
        int place = 0;
        while (place < all.size() && !all.get(place).part().equals(job.part())) {
            place++;
        }
        if (place < all.size()) {
            all.set(place, job);
        } else {
            all.add(job);
        }
        return with(all);
    }

    StoredLoad each(UnaryOperator<StoredJob> change) {
        return with(jobs.stream().map(change).toList());
    }

    StoredLoad ownedBy(String run) {
        return new StoredLoad(id, name, operation, object, run, left, complete, begun, jobs);
    }

    StoredLoad completed() {
        return new StoredLoad(id, name, operation, object, owner, left, true, begun, jobs);
    }
}
