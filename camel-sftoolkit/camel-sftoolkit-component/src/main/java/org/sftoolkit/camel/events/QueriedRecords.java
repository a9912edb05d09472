package org.sftoolkit.camel.events;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.client.ObjectDescription;
import org.sftoolkit.camel.client.SalesforceClient;
import org.sftoolkit.camel.model.SObject;
import org.sftoolkit.camel.query.QueryClient;
import org.sftoolkit.camel.query.QueryPages;
import org.sftoolkit.camel.query.QueryRequest;
import org.sftoolkit.camel.soql.SoqlLiteral;
import org.sftoolkit.camel.soql.SoqlSelect;

/** Reads records by SOQL. */
public final class QueriedRecords implements StoredRecords {

    private static final String ID = "Id";
    private static final String STAMP = "SystemModstamp";
    /** Compound fields, whose parts are fields of their own, and contents. */
    private static final Set<String> NOT_READ = Set.of("address", "location", "base64");
    /** A row whose stamp is that old has not changed since its query was asked, whatever this machine's clock says. */
    private static final Duration CERTAIN = Duration.ofMinutes(10);

    private final Supplier<SalesforceClient> client;
    private final List<String> fields;
    private final InstantSource clock;

    /**
     * @param client of the org, one for each query
     * @param fields to read; empty for all
     */
    public QueriedRecords(Supplier<SalesforceClient> client, List<String> fields, InstantSource clock) {
        this.client = client;
        this.fields = List.copyOf(fields);
        this.clock = clock;
    }

    @Override
    public Pages all(String sObject) {
        return new Rows(sObject, null);
    }

    @Override
    public Pages changedSince(String sObject, Instant since) {
        return new Rows(sObject, since);
    }

    private List<String> names(ObjectDescription object) {
        var names = new ArrayList<String>();
        if (fields.isEmpty()) {
            object.fields().stream()
                    .filter(field -> !NOT_READ.contains(field.type()))
                    .forEach(field -> names.add(field.name()));
            return names;
        }
        names.addAll(fields);
        for (String needed : List.of(ID, STAMP, "CreatedDate", "IsDeleted")) {
            if (object.field(needed).isPresent() && names.stream().noneMatch(needed::equalsIgnoreCase)) {
                names.add(needed);
            }
        }
        return names;
    }

    /**
     * What a row tells.
     *
     * @param since null if all that exists is read
     */
    static Row row(SObject found, @Nullable Instant since) {
        Instant stamp = found.get(STAMP) instanceof OffsetDateTime at ? at.toInstant() : null;
        var read = new LinkedHashMap<String, Object>();
        read.put(ID, found.id());
        SObject record = SObject.read(found.type(), read);
        if (Boolean.TRUE.equals(found.get("IsDeleted"))) {
            return new Row(record, EventChange.DELETED, stamp);
        }
        found.forEach((name, value) -> {
            if (!name.equals(ID)) {
                record.put(name, value);
            }
        });
        boolean isNew = since == null
                || found.get("CreatedDate") instanceof OffsetDateTime created
                        && !created.toInstant().isBefore(since);
        return new Row(record, isNew ? EventChange.CREATED : EventChange.UPDATED, stamp);
    }

    /** All rows by their Id, or those that changed since an instant by their stamp. */
    private final class Rows implements Pages {

        private final String sObject;
        private final @Nullable Instant since;
        private @Nullable Instant from;
        private @Nullable String after;
        private @Nullable Instant certain;
        private @Nullable QueryPages pages;

        private Rows(String sObject, @Nullable Instant since) {
            this.sObject = sObject;
            this.since = since;
            this.from = since;
        }

        @Override
        public Future<@Nullable List<Row>> next() {
            Future<QueryPages> asked = pages == null
                    ? client.get().metadata().describe(sObject).map(this::ask)
                    : Future.succeededFuture(pages);
            return asked.compose(QueryPages::page).map(this::rows).onFailure(lost -> pages = null);
        }

        private QueryPages ask(ObjectDescription object) {
            certain = clock.instant().minus(CERTAIN);
            String where = from != null
                    ? STAMP + " >= " + SoqlLiteral.of(from)
                    : after == null ? null : ID + " > " + SoqlLiteral.text(after);
            String soql = new SoqlSelect(sObject, names(object), where, from == null ? ID : STAMP + ", " + ID, null)
                    .template()
                    .text();
            pages = new QueryClient(client.get()).rows(new QueryRequest(soql, from != null, false, 0, Map.of()));
            return pages;
        }

        private @Nullable List<Row> rows(List<SObject> page) {
            if (page == null) {
                return null;
            }
            List<Row> rows = page.stream().map(found -> row(found, since)).toList();
            for (Row row : rows) {
                after = row.record().id();
                // one that changed meanwhile stands before its place: a query from there would pass over others
                if (from != null && row.time() != null && row.time().isBefore(certain)) {
                    from = row.time();
                }
            }
            return rows;
        }

        @Override
        public void close() {
            pages = null;
        }
    }
}
