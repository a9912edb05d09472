package org.sftoolkit.camel.events.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sftoolkit.camel.model.SObject;
import org.sftoolkit.emulator.events.EventSettings;
import org.sftoolkit.emulator.fault.EventFault;
import org.sftoolkit.emulator.fault.Fault;
import org.sftoolkit.emulator.fault.FaultPlan;

/** Records that are read from the org where events do not tell of them. */
class RecordLoadIT extends EventRouteSupport {

    @TempDir
    Path folder;

    @Override
    EventSettings events(EventSettings settings) {
        return super.events(settings).withKeepAlive(Duration.ofMillis(300));
    }

    private static void save(CamelContext context, Object body) {
        context.createProducerTemplate().requestBody("sftoolkit:save:Account", body);
    }

    private static List<Map<String, Object>> accounts(int number) {
        var accounts = new ArrayList<Map<String, Object>>();
        for (int i = 0; i < number; i++) {
            accounts.add(Map.of("Name", "Account " + i, "BillingCity", "Berlin"));
        }
        return accounts;
    }

    @ParameterizedTest
    @ValueSource(strings = {"REST", "BULK"})
    void whatExistsComesFirstAndThenEvents(String way) throws Exception {
        CamelContext context = camel();
        context.start();
        save(context, accounts(30));
        List<Exchange> seen = follow(
                context,
                "sftoolkit:subscribe:Account?pollInterval=50&commitInterval=0&initialLoad=" + way + "&watermarkFile="
                        + folder.resolve("positions.txt"));
        arrive(seen, 30);
        assertThat(seen)
                .extracting(it -> it.getMessage().getHeader("CamelSfToolkitChange"))
                .containsOnly("CREATED");
        SObject first = seen.get(0).getMessage().getBody(SObject.class);
        assertThat(first).containsEntry("BillingCity", "Berlin").containsKey("Id");
        assertThat(first.changedFields()).contains("Name");
        String id = seen.get(0).getMessage().getHeader("CamelSfToolkitId", String.class);
        save(context, Map.of("Id", id, "Name", "Renamed"));
        arrive(seen, 31);
        assertThat(seen.get(30).getMessage().getBody(SObject.class)).containsEntry("Name", "Renamed");
        context.stop();

        CamelContext later = camel();
        List<Exchange> again = follow(
                later,
                "sftoolkit:subscribe:Account?initialLoad=" + way + "&watermarkFile=" + folder.resolve("positions.txt"));
        save(later, Map.of("Name", "New"));
        arrive(again, 1);
        assertThat(again.get(0).getMessage().getBody(SObject.class)).containsEntry("Name", "New");
    }

    @Test
    void aLoadWhosePageCannotBeReadGoesOnBehindItsLastRecord() throws Exception {
        CamelContext context = camel();
        context.start();
        save(context, accounts(2_100));
        // more often than the client itself tries again
        emulator.faults().next(5, FaultPlan.when("GET query/*"), Fault.status(503, "SERVER_UNAVAILABLE", "busy"));
        List<Exchange> seen = follow(context, "sftoolkit:subscribe:Account?initialLoad=REST");
        arrive(seen, 2_100);
        assertThat(seen)
                .extracting(it -> it.getMessage().getHeader("CamelSfToolkitId"))
                .doesNotHaveDuplicates()
                .hasSize(2_100);
        assertThat(emulator.requests().count("GET query")).isEqualTo(2);
    }

    @Test
    void whatChangedWhileTheOrgForgotIsReadAndThenEventsFollow() throws Exception {
        String uri = "sftoolkit:subscribe:Account?commitInterval=0&onGap=RESYNC&replayPreset=EARLIEST&watermarkFile="
                + folder.resolve("positions.txt");
        CamelContext context = camel();
        List<Exchange> seen = follow(context, uri);
        save(context, accounts(2));
        arrive(seen, 2);
        String id = seen.get(0).getMessage().getHeader("CamelSfToolkitId", String.class);
        context.stop();
        CamelContext later = camel();
        later.start();
        save(later, Map.of("Id", id, "Name", "Renamed"));
        save(later, Map.of("Name", "New"));
        emulator.events().migrate();
        List<Exchange> again = follow(later, uri);
        arrive(again, 3);
        assertThat(again)
                .filteredOn(it -> id.equals(it.getMessage().getHeader("CamelSfToolkitId")))
                .first()
                .satisfies(it -> {
                    assertThat(it.getMessage().getHeader("CamelSfToolkitGap")).isEqualTo("RESYNC");
                    assertThat(it.getMessage().getBody(SObject.class)).containsEntry("Name", "Renamed");
                });
        save(later, Map.of("Name", "Last"));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> values(again, "Name").contains("New")
                        && values(again, "Name").contains("Last"));
    }

    @ParameterizedTest
    @EnumSource(
            value = EventFault.Alteration.class,
            names = {"OVERFLOW", "WILDCARD"})
    void anEventThatNamesNoRecordsHasTheObjectQueried(EventFault.Alteration kind) throws Exception {
        CamelContext context = camel();
        List<Exchange> seen = follow(context, "sftoolkit:subscribe:Account?replayPreset=EARLIEST");
        emulator.faults().next(FaultPlan.when("Subscribe /data/*"), EventFault.alter(kind));
        save(context, Map.of("Name", "Acme"));
        arrive(seen, 1);
        assertThat(seen.get(0).getMessage().getBody(SObject.class)).containsEntry("Name", "Acme");
        assertThat(seen.get(0).getMessage().getHeader("CamelSfToolkitGap", String.class))
                .startsWith("GAP_");
    }
}
