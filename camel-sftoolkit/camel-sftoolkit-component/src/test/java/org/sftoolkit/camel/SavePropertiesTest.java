package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sftoolkit.emulator.fault.FaultPlan.when;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.sftoolkit.camel.model.SObject;
import org.sftoolkit.camel.model.SaveResult;
import org.sftoolkit.camel.model.SaveResults;
import org.sftoolkit.camel.operation.DuplicateKeys;
import org.sftoolkit.emulator.SalesforceEmulator;
import org.sftoolkit.emulator.fault.Fault;

/** Whatever a list holds and whatever goes wrong: one result an input, in order, and the org holds what the results say. */
class SavePropertiesTest {

    enum Kind {
        NEW,
        EXISTING,
        KEYED,
        SAME_KEY,
        INVALID,
        UNCHANGED,
        LOCKED,
        NO_RECORD
    }

    private static SalesforceEmulator emulator;
    private static DefaultCamelContext context;
    private static ProducerTemplate template;

    @BeforeContainer
    static void start() {
        emulator = SalesforceEmulator.builder().start();
        context = new DefaultCamelContext();
        var component = new SfToolkitComponent();
        component.getConfiguration().setLoginUrl(emulator.url());
        component.getConfiguration().setClientId("emulator-client");
        component.getConfiguration().setClientSecret("emulator-secret");
        component.getConfiguration().setRetryDelay(1);
        component.getConfiguration().setRetryMaxDelay(2);
        context.addComponent("sftoolkit", component);
        context.start();
        template = context.createProducerTemplate();
    }

    @AfterContainer
    static void stop() {
        context.stop();
        emulator.close();
    }

    @Property(tries = 60, shrinking = ShrinkingMode.BOUNDED)
    void resultsTellWhatTheOrgHolds(
            @ForAll @Size(max = 60) List<Kind> kinds,
            @ForAll @IntRange(min = 1, max = 25) int batchSize,
            @ForAll @IntRange(min = 1, max = 8) int concurrency,
            @ForAll @IntRange(min = 0, max = 3) int broken,
            @ForAll boolean retryRecords,
            @ForAll boolean groups,
            @ForAll DuplicateKeys duplicateKeys) {
        emulator.org().clear();
        emulator.faults().clear();
        List<Object> input = new ArrayList<>();
        for (int i = 0; i < kinds.size(); i++) {
            input.add(record(kinds.get(i), "r" + i, i));
        }
        int before = emulator.org().count("Account");
        emulator.faults()
                .lockRows(3, "Account", row -> String.valueOf(row.get("Name")).startsWith("locked"));
        for (int i = 0; i < broken; i++) {
            // more often than requests are repeated: whole batches fail
            emulator.faults().next(i % 2 == 0 ? 1 : 5, when("composite/sobjects"), Fault.status(503));
        }

        Exchange exchange = template.request(
                "sftoolkit:save:Account?externalIdField=External_ID__c&onlyChanges=true&batchSize=" + batchSize
                        + "&concurrency=" + concurrency + "&retryRecords=" + retryRecords + "&duplicateKeys="
                        + duplicateKeys + (groups ? "&groupBy=Phone" : ""),
                message -> message.getMessage().setBody(input));
        assertThat(exchange.getException()).isNull();
        SaveResults results = exchange.getMessage().getBody(SaveResults.class);

        assertThat(results).hasSameSizeAs(input);
        Map<String, Set<Object>> namesById = new LinkedHashMap<>();
        int created = 0;
        for (int i = 0; i < input.size(); i++) {
            SaveResult result = results.get(i);
            assertThat(result.index()).isEqualTo(i);
            assertThat(result.record()).isSameAs(input.get(i));
            assertThat(result.success()).isEqualTo(result.errors().isEmpty());
            created += result.created() ? 1 : 0;
            if (result.success() && !result.skipped()) {
                namesById
                        .computeIfAbsent(result.id(), id -> new HashSet<>())
                        .add(((Map<?, ?>) input.get(i)).get("Name"));
            }
        }
        assertThat(emulator.org().count("Account")).isEqualTo(before + created);
        // a record that was written several times, in several requests, holds one of the values
        namesById.forEach((id, names) -> assertThat(names)
                .contains(emulator.org().find("Account", id).orElseThrow().get("Name")));
        Set<Object> written = new HashSet<>();
        namesById.values().forEach(written::addAll);
        for (int i = 0; i < input.size(); i++) {
            if (!results.get(i).success() && input.get(i) instanceof Map<?, ?> failed) {
                Object name = failed.get("Name");
                assertThat(emulator.org().all("Account"))
                        .as("a record that failed is not stored")
                        .noneSatisfy(row -> assertThat(row.get("Name")).isEqualTo(name));
            }
        }
        emulator.faults().clear();
    }

    private static Object record(Kind kind, String name, int i) {
        var map = new LinkedHashMap<String, Object>(Map.of("Name", name, "Phone", "p" + i % 3));
        switch (kind) {
            case EXISTING -> map.put("Id", emulator.org().insert("Account", Map.of("Name", "old")));
            case KEYED -> map.put("External_ID__c", "K" + i);
            case SAME_KEY -> map.put("External_ID__c", "SAME");
            case INVALID -> map.put("Nonsense__c", 1);
            case LOCKED -> map.put("Name", "locked" + name);
            case UNCHANGED -> {
                map.put("Id", emulator.org().insert("Account", Map.of("Name", name)));
                return SObject.read("Account", map);
            }
            case NO_RECORD -> {
                return "no record";
            }
            default -> {
                return map;
            }
        }
        return map;
    }
}
