package org.sftoolkit.camel.events.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.sftoolkit.camel.model.SObject;
import org.sftoolkit.emulator.events.EventSettings;
import org.sftoolkit.emulator.fault.EventFault;
import org.sftoolkit.emulator.fault.FaultPlan;

/** What comes without values is read anew. */
class RepairIT extends EventRouteSupport {

    @Override
    EventSettings events(EventSettings settings) {
        return super.events(settings).withDifferences(true);
    }

    @Test
    void theRecordOfAGapEventIsReadAnew() throws Exception {
        CamelContext context = camel();
        List<Exchange> seen = follow(context, "sftoolkit:subscribe:Account?replayPreset=EARLIEST");
        emulator.faults().next(FaultPlan.when("Subscribe /data/*"), EventFault.alter(EventFault.Alteration.GAP));
        context.createProducerTemplate()
                .requestBody("sftoolkit:save:Account", Map.of("Name", "Acme", "BillingCity", "Berlin"));
        arrive(seen, 1);
        assertThat(seen.get(0).getMessage().getHeader("CamelSfToolkitGap", String.class))
                .startsWith("GAP_");
        SObject record = seen.get(0).getMessage().getBody(SObject.class);
        assertThat(record).containsEntry("Name", "Acme").containsEntry("BillingCity", "Berlin");
        assertThat(record.changedFields()).contains("Name");
    }

    @Test
    void aLongTextThatCameAsADifferenceIsReadAnew() throws Exception {
        CamelContext context = camel();
        List<Exchange> seen = follow(context, "sftoolkit:subscribe:Account?replayPreset=EARLIEST");
        String text = "All work and no play.\n".repeat(100);
        context.createProducerTemplate()
                .requestBody("sftoolkit:save:Account", Map.of("Name", "Acme", "Description", text));
        arrive(seen, 1);
        String id = seen.get(0).getMessage().getHeader("CamelSfToolkitId", String.class);
        context.createProducerTemplate()
                .requestBody("sftoolkit:save:Account", Map.of("Id", id, "Description", text + "The end."));
        arrive(seen, 2);
        assertThat(seen.get(1).getMessage().getHeader("CamelSfToolkitDiffFields"))
                .isEqualTo("Description");
        assertThat(seen.get(1).getMessage().getBody(SObject.class)).containsEntry("Description", text + "The end.");
    }

    @Test
    void aDifferenceIsDeliveredInPlaceOfTheTextIfThatIsWanted() throws Exception {
        CamelContext context = camel();
        List<Exchange> seen = follow(context, "sftoolkit:subscribe:Account?replayPreset=EARLIEST&diffFields=DELIVER");
        String text = "All work and no play.\n".repeat(100);
        context.createProducerTemplate()
                .requestBody("sftoolkit:save:Account", Map.of("Name", "Acme", "Description", text));
        arrive(seen, 1);
        String id = seen.get(0).getMessage().getHeader("CamelSfToolkitId", String.class);
        context.createProducerTemplate()
                .requestBody("sftoolkit:save:Account", Map.of("Id", id, "Description", text + "The end."));
        arrive(seen, 2);
        assertThat(seen.get(1).getMessage().getBody(SObject.class).get("Description"))
                .asString()
                .startsWith("---")
                .contains("+The end.");
    }

    @Test
    void aGapEventIsDeliveredAsItIsIfThatIsWanted() throws Exception {
        CamelContext context = camel();
        List<Exchange> seen = follow(context, "sftoolkit:subscribe:Account?replayPreset=EARLIEST&gapEvents=DELIVER");
        emulator.faults().next(FaultPlan.when("Subscribe /data/*"), EventFault.alter(EventFault.Alteration.GAP));
        context.createProducerTemplate().requestBody("sftoolkit:save:Account", Map.of("Name", "Acme"));
        arrive(seen, 1);
        assertThat(seen.get(0).getMessage().getBody(SObject.class)).containsOnlyKeys("Id");
    }
}
