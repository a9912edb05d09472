package org.sftoolkit.emulator.bulk;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.sftoolkit.emulator.org.ObjectSchema;
import org.sftoolkit.emulator.org.Org;
import org.sftoolkit.emulator.soql.FlatRows;
import org.sftoolkit.emulator.soql.QueryContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bulk API 2.0 of the org: what its resources do, and what a test may steer. Safe for threads.
 *
 * <pre>{@code
 * emulator.bulk().change(BulkSettings.standard().manual());
 * // create, upload and close a job over HTTP
 * emulator.bulk().step();   // UploadComplete -> InProgress
 * emulator.bulk().runAll(); // to the end of all jobs
 * }</pre>
 */
public final class BulkService implements AutoCloseable {

    /** Bulk API and Bulk API 2.0 Limits and Allocations: a job may be open for a day. */
    private static final Duration OPEN_LIFE = Duration.ofDays(1);

    private static final Logger LOG = LoggerFactory.getLogger(BulkService.class);

    private final Org org;
    private final BulkFolder folder = new BulkFolder();
    private final BulkJobs jobs;
    private final JobQueue queue;
    private final ClassicJobs classic;
    private final Map<String, Blackhole> blackholes = new ConcurrentHashMap<>();
    private final Map<String, ComputedRows> computed = new ConcurrentHashMap<>();
    private volatile BulkSettings settings = BulkSettings.standard();

    public BulkService(Org org) {
        this.org = org;
        this.jobs = new BulkJobs(org.clock(), org.organizationId().substring(3, 5));
        this.queue = new JobQueue(true, () -> settings.stepDelay());
        this.classic = new ClassicJobs(org, folder, queue);
    }

    // What tests steer

    /** Other behaviour from now on. */
    public void change(BulkSettings wanted) {
        settings = wanted;
        queue.automatic(wanted.automatic());
    }

    public BulkSettings settings() {
        return settings;
    }

    /** Moves the job that waits longest one step on: into progress, over one batch, to its end. Answers whether one waited. */
    public boolean step() {
        return queue.step();
    }

    /** Processes all jobs that wait, to their end. */
    public void runAll() {
        while (queue.step()) {
            Thread.onSpinWait();
        }
    }

    /** From now on, rows of ingest jobs for this object are counted and not stored. Answers the counter. */
    public Blackhole blackhole(String object) {
        return blackholes.computeIfAbsent(key(object), name -> new Blackhole());
    }

    /** From now on, query jobs of this object give these rows, whatever their condition. */
    public void compute(String object, ComputedRows rows) {
        computed.put(key(object), rows);
    }

    // What the resources do

    /** The jobs of the Bulk API before 2.0. */
    public ClassicJobs classic() {
        return classic;
    }

    /** All living jobs, oldest first. */
    public List<BulkJob> jobs() {
        return jobs.list();
    }

    /** Makes an ingest job (Bulk API 2.0 and Bulk API Developer Guide: "Create a Job"). */
    public IngestJob create(BulkJob.Order order, IngestAction action, String externalIdField, String assignmentRuleId) {
        ObjectSchema object = org.schema()
                .object(order.object())
                .orElseThrow(
                        () -> BulkRefusedException.invalidJob("InvalidJob : Unable to find object: " + order.object()));
        if (action == IngestAction.HARD_DELETE && !settings.hardDelete()) {
            throw new BulkRefusedException(
                    400, "FEATURENOTENABLED", "FeatureNotEnabled : hardDelete is not enabled for this user");
        }
        if (action == IngestAction.UPSERT) {
            requireKey(object, externalIdField);
        }
        IngestJob job = new IngestJob(
                jobs.newId(),
                order,
                action,
                externalIdField,
                assignmentRuleId,
                org.clock().instant());
        jobs.add(new IngestRun(job, org, folder, () -> settings.batchRows(), blackholes.get(key(object.name()))));
        return job;
    }

    static void requireKey(ObjectSchema object, String field) {
        if (field == null) {
            // Documented to be required, without the refusal's words.
            throw BulkRefusedException.invalidJob("InvalidJob : externalIdFieldName is required for upsert");
        }
        if (!field.equalsIgnoreCase("Id")
                && object.field(field).filter(known -> known.isKey()).isEmpty()) {
            throw BulkRefusedException.invalidJob("InvalidJob : Field name provided, " + field
                    + " does not match an External ID for " + object.name());
        }
    }

    /** Where an upload may be put before {@link #upload} is told of it. */
    public Path spool() {
        return folder.fresh("upload.csv");
    }

    /** Takes an upload over. */
    public void upload(IngestJob job, Path file) {
        synchronized (job) {
            take(job, file);
        }
    }

    private void take(IngestJob job, Path file) {
        requireOpen(job, "Uploading data");
        if (job.uploads() > 0 && settings.secondUpload() == BulkSettings.SecondUpload.UPLOAD_REFUSED) {
            BulkFolder.remove(file);
            throw new BulkRefusedException(400, "BULK_API_ERROR", secondUpload(job));
        }
        job.take(file);
    }

    /** Ends the upload: the job is to be processed. Of two calls at once the second is refused. */
    public void close(IngestJob job) {
        synchronized (job) {
            becomeComplete(job);
        }
        queue.add(jobs.find(job.id(), known -> true));
    }

    private void becomeComplete(IngestJob job) {
        if (job.state() != JobState.OPEN) {
            throw BulkRefusedException.invalidState("Closing already Completed Job not allowed");
        }
        if (job.uploads() > 1) {
            throw BulkRefusedException.invalidJob("InvalidJob : " + secondUpload(job));
        }
        requireOpen(job, "Closing");
        job.become(JobState.UPLOAD_COMPLETE, org.clock().instant());
    }

    private void requireOpen(IngestJob job, String what) {
        boolean old = job.created().plus(OPEN_LIFE).isBefore(org.clock().instant());
        if (job.state() != JobState.OPEN || old) {
            // The limit is documented, the refusal is not.
            throw BulkRefusedException.invalidState(what + " is allowed only while the job is Open");
        }
    }

    private static String secondUpload(IngestJob job) {
        return "Found multipe contents for job: <" + job.id() + ">, please 'Close' / 'Abort' / 'Delete' the current Job"
                + " then create a new Job and make sure you only do 'PUT' once on a given Job.";
    }

    /** Makes a query job, which is to be processed at once. */
    public QueryJob query(BulkJob.Order order, FlatRows rows, boolean withDeleted) {
        QueryJob job = new QueryJob(
                jobs.newId(),
                new BulkJob.Order(
                        rows.object(),
                        order.userId(),
                        order.version(),
                        order.delimiter(),
                        order.lineEnding(),
                        order.origin()),
                withDeleted,
                rows,
                org.clock().instant());
        QueryRun run = new QueryRun(job, org, folder, computed.get(key(rows.object())));
        jobs.add(run);
        queue.add(run);
        return job;
    }

    /** In which a query job's statement is checked and run. */
    public QueryContext context(String userId, String dataPath, boolean withDeleted) {
        return new QueryContext(org, org.clock().instant(), org.zoneOf(userId), userId, dataPath, withDeleted);
    }

    public IngestJob ingestJob(String id) {
        return (IngestJob) jobs.find(id, IngestJob.class::isInstance).job();
    }

    public QueryJob queryJob(String id) {
        return (QueryJob) jobs.find(id, QueryJob.class::isInstance).job();
    }

    /** Aborts a job. */
    public void abort(BulkJob job) {
        jobs.find(job.id(), known -> true).abort();
    }

    /** Removes a job with its data; which states allow that differs between the kinds. */
    public void delete(BulkJob job) {
        JobState state = job.state();
        if (job instanceof QueryJob && !state.terminal()) {
            throw new BulkRefusedException(
                    400, "API_ERROR", "Error encountered when deleting the job because the job is not terminated");
        }
        if (state == JobState.OPEN || state == JobState.IN_PROGRESS) {
            throw BulkRefusedException.invalidState("Deleting a job is not allowed in the state " + state.wireName());
        }
        JobRun run = jobs.find(job.id(), known -> true);
        if (!state.terminal()) {
            run.abort();
        }
        jobs.remove(run);
    }

    /** Forgets all jobs, those at work too. */
    public void clear() {
        classic.clear();
        for (BulkJob job : jobs.list()) {
            JobRun run = jobs.find(job.id(), known -> true);
            try {
                run.abort();
            } catch (BulkRefusedException ended) {
                LOG.trace("Job {} has ended already", job.id());
            }
            jobs.remove(run);
        }
    }

    @Override
    public void close() {
        queue.close();
        folder.close();
    }

    private static String key(String object) {
        return object.toLowerCase(Locale.ROOT);
    }
}
