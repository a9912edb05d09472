package org.sftoolkit.emulator.soql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.sftoolkit.emulator.org.Org;
import org.sftoolkit.emulator.org.RowGuard;
import org.sftoolkit.emulator.org.Schema;

/** An org at noon of Saturday, 31 January 2026 (UTC), and queries over it. */
final class TestOrg {
    static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
    static final int UNPAGED = 1_000_000;

    final MutableClock clock = new MutableClock(NOW);
    final Org org = new Org(Schema.builtIn(), clock, new Random(1), RowGuard.NONE, "ada@example.com");
    final QueryCursors cursors = new QueryCursors(clock, 10, Duration.ofDays(2));
    private ZoneId zone = ZoneOffset.UTC;

    TestOrg in(String zone) {
        this.zone = ZoneId.of(zone);
        return this;
    }

    QueryContext context(boolean withDeleted) {
        return new QueryContext(org, clock.instant(), zone, org.userId(), "/services/data/v66.0", withDeleted);
    }

    String insert(String object, Object... fields) {
        Map<String, Object> record = new LinkedHashMap<>();
        for (int i = 0; i < fields.length; i += 2) {
            record.put((String) fields[i], fields[i + 1]);
        }
        return org.insert(object, record);
    }

    QueryResult run(String soql) {
        return Soql.run(soql, context(false));
    }

    ObjectNode page(String soql) {
        return page(soql, UNPAGED);
    }

    ObjectNode page(String soql, int pageSize) {
        return cursors.first(run(soql), "token", org.userId(), pageSize);
    }

    ObjectNode pageWithDeleted(String soql) {
        return cursors.first(Soql.run(soql, context(true)), "token", org.userId(), UNPAGED);
    }

    JsonNode records(String soql) {
        return page(soql).path("records");
    }

    /** The texts of the one selected field. */
    List<String> column(String soql) {
        List<String> values = new ArrayList<>();
        for (JsonNode record : records(soql)) {
            ((ObjectNode) record).remove("attributes");
            values.add(record.iterator().next().asText());
        }
        return values;
    }

    /** A clock that moves when told to. */
    static final class MutableClock extends Clock {
        private Instant now;

        MutableClock(Instant now) {
            this.now = now;
        }

        void set(Instant instant) {
            now = instant;
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
