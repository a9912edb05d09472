package org.sftoolkit.camel.poll;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.client.SalesforceClient;
import org.sftoolkit.camel.model.SObject;
import org.sftoolkit.camel.records.CollectionsClient;

/** Reads changes through the org's API. */
public final class ReplicationReader implements ChangeReader {

    private final SalesforceClient client;
    private final Supplier<Future<Instant>> clock;
    private final PolledQuery query;
    private final QueryReader stamps;

    /** A reader of the object and fields of this query. */
    public ReplicationReader(SalesforceClient client, Supplier<Future<Instant>> clock, PolledQuery query) {
        this.client = client;
        this.clock = clock;
        this.query = query;
        this.stamps = new QueryReader(client, clock, query);
    }

    @Override
    public Future<Instant> now() {
        return clock.get();
    }

    @Override
    public Future<Replicated> updated(Instant start, Instant end) {
        return new ReplicationClient(client).updated(query.sObject(), start, end);
    }

    @Override
    public Future<Replicated> deleted(Instant start, Instant end) {
        return new ReplicationClient(client).deleted(query.sObject(), start, end);
    }

    @Override
    public Future<List<@Nullable SObject>> records(List<String> ids) {
        return client.metadata().describe(query.sObject()).compose(object -> new CollectionsClient(client)
                .retrieve(query.sObject(), ids, QueryReader.fields(query, object)));
    }

    @Override
    public Instant stamp(SObject record) {
        return stamps.stamp(record);
    }

    @Override
    public SObject deleted(String id) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("Id", id);
        fields.put("IsDeleted", true);
        return SObject.read(query.sObject(), fields);
    }
}
