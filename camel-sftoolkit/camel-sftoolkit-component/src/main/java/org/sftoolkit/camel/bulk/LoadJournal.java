package org.sftoolkit.camel.bulk;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.error.DuplicateLoadException;
import org.sftoolkit.camel.error.NotFoundException;
import org.sftoolkit.camel.jobs.JobStore;
import org.sftoolkit.camel.jobs.StoredJob;
import org.sftoolkit.camel.jobs.StoredLoad;
import org.sftoolkit.camel.model.JobInfo;
import org.sftoolkit.camel.operation.OperationContext;
import org.sftoolkit.camel.operation.Outcome;
import org.sftoolkit.camel.operation.OutputType;
import org.sftoolkit.camel.transport.ReaderThread;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a load writes down of its jobs, for a process that comes after this one. Without a job store it writes nothing. Thread-safe. */
public final class LoadJournal {

    private static final Logger LOG = LoggerFactory.getLogger(LoadJournal.class);

    private static final String QUERY = "0";

    private final OperationContext call;
    /** Null if nothing is written down. */
    private final @Nullable Kept kept;
    /** The job of a query as it was written down last; null before there is one. */
    private volatile @Nullable StoredJob query;

    private final Set<String> ended = ConcurrentHashMap.newKeySet();

    /** A load in its store. */
    private record Kept(JobStore store, StoredLoad load) {}

    private LoadJournal(OperationContext call, @Nullable Kept kept) {
        this.call = call;
        this.kept = kept;
    }

    /** One that writes nothing. */
    public static LoadJournal none(OperationContext call) {
        return new LoadJournal(call, null);
    }

    /** Whether anything is written down. */
    boolean isKept() {
        return kept != null;
    }

    /**
     * Begins a load, or continues one of the same name that a process before has left unfinished.
     *
     * @param object null if it is not known
     * @param left   whether nobody will wait for its jobs
     */
    public static Future<LoadJournal> begin(
            OperationContext call, String operation, @Nullable String object, boolean left) {
        String name = call.options().bulk().loadName();
        JobStore store = call.jobStore();
        if (store == null || call.options().dryRun()) {
            return Future.succeededFuture(none(call));
        }
        return call.worker().run(() -> {
            StoredLoad load = store.begin(name, operation, object, left);
            tellIfContinued(load, call);
            return new LoadJournal(call, new Kept(store, load));
        });
    }

    private static void tellIfContinued(StoredLoad load, OperationContext call) {
        if (!load.jobs().isEmpty()) {
            call.log()
                    .write(() -> LOG.info(
                            "{}: the load {} is continued; {} jobs of it are there already",
                            call.log().about(),
                            load.title(),
                            load.jobs().size()));
        }
    }

    /** Does the work of the load. The journal ends with its failure, or with the end of the exchange. */
    public Future<Outcome> over(Supplier<Future<Outcome>> work) {
        Kept in = kept;
        if (in == null) {
            return work.get();
        }
        return Future.succeededFuture()
                .compose(begun -> work.get())
                .transform(done -> done.succeeded()
                        ? Future.succeededFuture(done.result().settling(succeeded -> end(in, succeeded)))
                        : failed(in).transform(written -> Future.failedFuture(done.cause())));
    }

    private Future<Void> failed(Kept in) {
        return call.worker()
                .<Void>run(() -> {
                    end(in, false);
                    return null;
                })
                // no worker is left once Vert.x is closed
                .onFailure(closed -> end(in, false));
    }

    private void end(Kept in, boolean succeeded) {
        try {
            in.store().end(in.load(), succeeded, ended);
        } catch (RuntimeException e) {
            call.log()
                    .write(() -> LOG.warn(
                            "{}: the end of the load {} cannot be written to the job store, and its jobs may be"
                                    + " delivered again by sftoolkit:jobs",
                            call.log().about(),
                            in.load().title(),
                            e));
        }
    }

    /** Writes a job down. */
    public Future<Void> put(StoredJob job) {
        Kept in = kept;
        return in == null
                ? Future.succeededFuture()
                : call.worker().run(() -> {
                    in.store().put(in.load(), job);
                    return null;
                });
    }

    /** The end of a part's job was seen. */
    void ended(String part) {
        ended.add(part);
    }

    /** The job that an earlier process made for a part. */
    Optional<StoredJob> known(String part) {
        return kept == null ? Optional.empty() : kept.load().job(part);
    }

    /** Whether the result of a part's job goes another way than with this load. */
    boolean goesAlone(String part) {
        return known(part).filter(StoredJob::goesAlone).isPresent();
    }

    /** What tells the data of a part from other data; empty without a store. */
    Future<String> digest(BulkPart part) {
        return kept == null ? Future.succeededFuture("") : call.worker().run(() -> digest(part.content()));
    }

    /**
     * The job of an earlier process that has this data, if it processes it or has done so.
     *
     * @throws DuplicateLoadException (in the future) if the load was begun with other data
     */
    Future<Optional<JobInfo>> found(String key, BulkPart part, String digest) {
        Optional<StoredJob> known = known(key);
        if (kept == null || known.isEmpty()) {
            return Future.succeededFuture(Optional.empty());
        }
        if (!known.get().digest().equals(digest) || known.get().rows() != part.rows()) {
            return Future.failedFuture(new DuplicateLoadException(
                    kept.load().name(),
                    "the load " + kept.load().title() + " was begun with other data: part " + key + " had "
                            + known.get().rows() + " rows in job " + known.get().id() + ", and now has " + part.rows()
                            + " rows, or others. A load is continued with the same input and the same options only:"
                            + " give other data another loadName"));
        }
        return FoundJob.look(call, known.get());
    }

    /** The job of an earlier process for this statement, unless it is of no use any more: another one costs nothing but time. */
    Future<Optional<JobInfo>> foundQuery(String soql) {
        Optional<StoredJob> known = known(QUERY);
        if (kept == null || known.isEmpty()) {
            return Future.succeededFuture(Optional.empty());
        }
        if (!known.get().digest().equals(digest(soql))) {
            return Future.failedFuture(new DuplicateLoadException(
                    kept.load().name(),
                    "the query " + kept.load().title() + " was begun with another statement, in job "
                            + known.get().id() + ": give another statement another loadName"));
        }
        return new BulkClient(call.client())
                .info(BulkKind.QUERY, known.get().id())
                .map(job -> job.ended() && !job.complete() ? Optional.<JobInfo>empty() : Optional.of(job))
                .recover(failure -> failure instanceof NotFoundException
                        ? Future.succeededFuture(Optional.empty())
                        : Future.failedFuture(failure));
    }

    Future<Void> putQuery(String soql, JobInfo job) {
        if (kept == null) {
            return Future.succeededFuture();
        }
        StoredJob made = StoredJob.query(
                BulkClient.id(job), digest(soql), call.options().bulk().partition());
        query = made;
        return put(made);
    }

    /** The page at which an earlier process has stopped to read; null for the first. */
    @Nullable
    String locator(String jobId) {
        Optional<StoredJob> known = known(QUERY).filter(job -> job.id().equals(jobId));
        if (known.isPresent()) {
            query = known.get();
        }
        boolean whole = call.options().query().outputType() == OutputType.LIST;
        return known.map(StoredJob::locator)
                .filter(locator -> !locator.isEmpty() && !whole)
                .orElse(null);
    }

    /** Everything before this page has been given out. Waits, on the reader's thread. */
    void reading(String locator) throws IOException {
        StoredJob read = query;
        if (read != null) {
            ReaderThread.await(put(read.from(locator)));
        }
    }

    private static String digest(String soql) {
        return hex(sha256(), soql.getBytes(StandardCharsets.UTF_8));
    }

    private static String digest(PartContent content) throws IOException {
        MessageDigest digest = sha256();
        PartContent.Blocks blocks = content.blocks();
        for (Buffer block = blocks.next(); block != null; block = blocks.next()) {
            digest.update(block.getBytes());
        }
        return hex(digest, new byte[0]);
    }

    private static String hex(MessageDigest digest, byte[] rest) {
        return HexFormat.of().formatHex(digest.digest(rest), 0, 16);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }
}
