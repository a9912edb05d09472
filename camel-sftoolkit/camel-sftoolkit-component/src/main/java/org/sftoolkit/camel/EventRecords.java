package org.sftoolkit.camel;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.sftoolkit.camel.client.ClockClient;
import org.sftoolkit.camel.client.SalesforceClient;
import org.sftoolkit.camel.config.InitialLoad;
import org.sftoolkit.camel.events.LoadedRecords;
import org.sftoolkit.camel.events.QueriedRecords;
import org.sftoolkit.camel.events.StoredRecords;
import org.sftoolkit.camel.poll.BulkExtractSource;
import org.sftoolkit.camel.poll.Cursor;
import org.sftoolkit.camel.poll.OrgClock;
import org.sftoolkit.camel.poll.PolledQuery;
import org.sftoolkit.camel.poll.QueryReader;

/** The records of the org that an event consumer reads: by query, and all of an object by a bulk query if that is wanted. */
final class EventRecords implements StoredRecords {

    private final SalesforceClient client;
    private final EventSettings settings;
    private final Function<String, BulkQueryJobs> jobsOf;
    private final QueriedRecords queried;
    private final List<BulkQueryJobs> jobs = new CopyOnWriteArrayList<>();

    /** @param jobsOf makes the jobs that read an object */
    EventRecords(SalesforceClient client, EventSettings settings, Function<String, BulkQueryJobs> jobsOf) {
        this.client = client;
        this.settings = settings;
        this.jobsOf = jobsOf;
        this.queried = new QueriedRecords(() -> client, settings.fields(), InstantSource.system());
    }

    @Override
    public Pages changedSince(String sObject, Instant since) {
        return queried.changedSince(sObject, since);
    }

    @Override
    public Pages all(String sObject) {
        if (settings.initialLoad() != InitialLoad.BULK) {
            return queried.all(sObject);
        }
        var query = PolledQuery.of(sObject, settings.fields(), false);
        var clock = new OrgClock(() -> new ClockClient(client).now(), System::nanoTime, Instant::now);
        var reader = new QueryReader(client, clock::now, query);
        var running = jobsOf.apply(sObject);
        jobs.add(running);
        return new LoadedRecords(
                new BulkExtractSource(
                        running,
                        clock::now,
                        (from, until) -> reader.extract(from, until, false),
                        query,
                        Duration.ZERO,
                        Duration.ZERO,
                        false),
                Cursor.beginning("subscribe:" + sObject),
                since -> queried.changedSince(sObject, since));
    }

    /** The consumer has stopped: a load that has not ended begins anew, and its jobs are of no use. */
    Future<Void> leave() {
        return Future.join(jobs.stream().map(job -> job.leave(false)).toList())
                .<Void>mapEmpty()
                .otherwiseEmpty();
    }
}
