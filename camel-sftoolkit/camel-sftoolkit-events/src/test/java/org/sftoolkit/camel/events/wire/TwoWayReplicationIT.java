package org.sftoolkit.camel.events.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sftoolkit.camel.SfToolkitConnection;
import org.sftoolkit.camel.error.NotFoundException;
import org.sftoolkit.camel.model.SObject;
import org.sftoolkit.emulator.SalesforceEmulator;
import org.sftoolkit.emulator.events.CustomChannel;
import org.sftoolkit.emulator.events.EventSettings;

/**
 * Two orgs that follow each other while both are written to. Each org edits fields of its own and deletes records of its own, as
 * edits of one field in both orgs at a moment would cross.
 */
class TwoWayReplicationIT extends EventRouteSupport {

    private static final int WRITES = Integer.getInteger("sftoolkit.writes", 120);
    private static final String CHANNEL = "/data/Mirror__chn";
    private static final String KEY = "External_ID__c";
    private static final Set<String> SHARED = Set.of(KEY, "Name", "Phone", "Industry", "BillingCity");

    private SalesforceEmulator other;
    private final AtomicInteger here = new AtomicInteger();
    private final AtomicInteger there = new AtomicInteger();

    @Override
    EventSettings events(EventSettings settings) {
        return settings.withChannels(CustomChannel.named(CHANNEL).with("Account", null, KEY));
    }

    @AfterEach
    void closeOther() {
        other.close();
    }

    @Test
    void bothOrgsBecomeEqualAndNoChangeComesBack() throws Exception {
        other = SalesforceEmulator.builder()
                .events(events(EventSettings.standard()))
                .start();
        CamelContext context = camel();
        context.getRegistry().bind("here", connection(emulator));
        context.getRegistry().bind("there", connection(other));
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                // the record was deleted in the other org meanwhile
                onException(NotFoundException.class).handled(true);
                mirror(this, "here", "there", here);
                mirror(this, "there", "here", there);
            }
        });
        context.start();

        long seed = Long.getLong("sftoolkit.seed", System.nanoTime());
        ExecutorService writers = Executors.newFixedThreadPool(2);
        writers.submit(new Writer(emulator, "A", List.of("Name", "Phone"), seed));
        writers.submit(new Writer(other, "B", List.of("Industry", "BillingCity"), seed + 1));
        writers.shutdown();
        assertThat(writers.awaitTermination(2, TimeUnit.MINUTES)).isTrue();
        int ofHere = foreign(emulator);
        int ofThere = foreign(other);
        await().atMost(Duration.ofMinutes(2))
                .until(() -> here.get() >= ofHere
                        && there.get() >= ofThere
                        && context.getInflightRepository().size() == 0);

        assertThat(rows(emulator)).as("seed %d", seed).isNotEmpty().isEqualTo(rows(other));
        assertThat(here).as("events of the first org").hasValue(ofHere);
        assertThat(there).as("events of the second org").hasValue(ofThere);
        assertThat(own(emulator)).as("seed %d", seed).isPositive().isLessThanOrEqualTo(ofThere);
        assertThat(own(other)).as("seed %d", seed).isPositive().isLessThanOrEqualTo(ofHere);
    }

    private static SfToolkitConnection connection(SalesforceEmulator org) {
        var connection = new SfToolkitConnection();
        connection.setLoginUrl(org.url());
        connection.setClientId("emulator-client");
        connection.setClientSecret("emulator-secret");
        connection.setClientName("mirror");
        return connection;
    }

    private static void mirror(RouteBuilder routes, String from, String to, AtomicInteger done) {
        // a deletion names the Id alone: the record's key is known from its creation
        Map<String, String> keys = new ConcurrentHashMap<>();
        routes.from("sftoolkit:subscribe:" + CHANNEL + "?replayPreset=EARLIEST&skipOwnChanges=true&connection=" + from)
                .onCompletion()
                .process(exchange -> done.incrementAndGet())
                .end()
                .process(exchange -> shared(exchange, keys))
                .choice()
                .when(routes.simple("${header.CamelSfToolkitChange} == 'DELETED'"))
                .to("sftoolkit:delete:Account?notFound=IGNORE&externalIdField=" + KEY + "&connection=" + to)
                .when(routes.simple("${header.CamelSfToolkitChange} == 'UPDATED'"))
                .to("sftoolkit:save:Account?updateOnly=true&externalIdField=" + KEY + "&connection=" + to)
                .otherwise()
                .to("sftoolkit:save:Account?externalIdField=" + KEY + "&connection=" + to);
    }

    private static void shared(Exchange exchange, Map<String, String> keys) {
        SObject record = exchange.getMessage().getBody(SObject.class);
        String key = keys.computeIfAbsent(record.id(), id -> (String) record.get(KEY));
        record.keySet().retainAll(SHARED);
        record.put(KEY, key);
    }

    /** Events of what others wrote. */
    private static int foreign(SalesforceEmulator org) {
        return org.events().list(CHANNEL).size() - own(org);
    }

    /** Events of what the routes wrote. */
    private static int own(SalesforceEmulator org) {
        return (int) org.events().list(CHANNEL).stream()
                .filter(event ->
                        event.fields().get("ChangeEventHeader").toString().contains("client=mirror"))
                .count();
    }

    private static Map<Object, Object> rows(SalesforceEmulator org) {
        var rows = new TreeMap<Object, Object>();
        for (Map<String, Object> row : org.org().all("Account")) {
            var shared = new TreeMap<>(row);
            shared.keySet().retainAll(SHARED);
            rows.put(row.get(KEY), shared);
        }
        return rows;
    }

    /** A user of one org. */
    private record Writer(SalesforceEmulator org, String name, List<String> fields, long seed) implements Runnable {

        @Override
        public void run() {
            var random = new Random(seed);
            var mine = new ArrayList<String>();
            for (int i = 0; i < WRITES; i++) {
                int choice = random.nextInt(10);
                List<Map<String, Object>> all = org.org().all("Account");
                if (choice < 3 || all.isEmpty()) {
                    mine.add(org.org().insert("Account", values(random, Map.of("Name", "new", KEY, name + '-' + i))));
                } else if (choice == 3 && !mine.isEmpty()) {
                    org.org().delete("Account", mine.remove(random.nextInt(mine.size())));
                } else {
                    String id = (String) all.get(random.nextInt(all.size())).get("Id");
                    update(id, random);
                }
            }
        }

        private void update(String id, Random random) {
            try {
                org.org().update("Account", id, values(random, Map.of()));
            } catch (RuntimeException deletedMeanwhile) {
                assertThat(org.org().all("Account")).extracting("Id").doesNotContain(id);
            }
        }

        private Map<String, Object> values(Random random, Map<String, Object> with) {
            var values = new HashMap<>(with);
            String value = random.nextInt(5) == 0 ? null : "v" + random.nextInt(1000);
            String field = fields.get(random.nextInt(fields.size()));
            values.put(field, value == null && field.equals("Name") ? "none" : value);
            return values;
        }
    }
}
