package org.sftoolkit.camel.events;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.sftoolkit.camel.error.TransportException;
import org.sftoolkit.camel.model.SObject;

/** Records of an object, read page by page as Salesforce gives them: which rows is decided at first, their values page by page. */
final class SimulatedOrg implements StoredRecords {

    private static final int PAGE = 7;

    /** A row. */
    record Stored(int number, Instant created, Instant changed, boolean deleted) {}

    final Map<String, Stored> rows = new TreeMap<>();
    final List<Instant> since = new ArrayList<>();
    int queries;
    int rowsRead;
    double failures;
    Duration pageTime = Duration.ofMillis(100);

    private final VirtualTime time;
    private final Random random;

    SimulatedOrg(VirtualTime time, Random random) {
        this.time = time;
        this.random = random;
    }

    void put(String id, int number) {
        Stored old = rows.get(id);
        rows.put(id, new Stored(number, old == null ? time.instant() : old.created(), time.instant(), false));
    }

    void delete(String id) {
        Stored old = rows.get(id);
        rows.put(id, new Stored(old.number(), old.created(), time.instant(), true));
    }

    @Override
    public Pages all(String sObject) {
        return new Rows(sObject, null);
    }

    @Override
    public Pages changedSince(String sObject, Instant from) {
        since.add(from);
        return new Rows(sObject, from);
    }

    private final class Rows implements Pages {

        private final String sObject;
        private final Instant from;
        private Deque<String> ids;

        private Rows(String sObject, Instant from) {
            this.sObject = sObject;
            this.from = from;
        }

        @Override
        public Future<List<Row>> next() {
            Promise<List<Row>> page = Promise.promise();
            time.in(pageTime, () -> {
                if (random.nextDouble() < failures) {
                    page.fail(new TransportException("broken", "GET /query", true, true, null));
                } else {
                    page.complete(page());
                }
            });
            return page.future();
        }

        private List<Row> page() {
            if (ids == null) {
                queries++;
                ids = new ArrayDeque<>();
                rows.forEach((id, row) -> {
                    if (from == null ? !row.deleted() : !row.changed().isBefore(from)) {
                        ids.add(id);
                    }
                });
            }
            if (ids.isEmpty()) {
                return null;
            }
            var page = new ArrayList<Row>();
            while (page.size() < PAGE && !ids.isEmpty()) {
                String id = ids.poll();
                rowsRead++;
                Stored row = rows.get(id);
                var values = new LinkedHashMap<String, Object>();
                values.put("Id", id);
                SObject record = SObject.read(sObject, values);
                if (!row.deleted()) {
                    record.put("Number__c", row.number());
                }
                EventChange change = row.deleted()
                        ? EventChange.DELETED
                        : from == null || !row.created().isBefore(from) ? EventChange.CREATED : EventChange.UPDATED;
                page.add(new Row(record, change, row.changed()));
            }
            return page;
        }

        @Override
        public void close() {}
    }
}
