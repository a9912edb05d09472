package org.sftoolkit.examples.invoices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Map;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.sftoolkit.camel.error.RequestRejectedException;
import org.sftoolkit.emulator.CustomField;
import org.sftoolkit.emulator.CustomObject;
import org.sftoolkit.emulator.fault.Fault;
import org.sftoolkit.emulator.fault.Fault.Moment;
import org.sftoolkit.emulator.fault.FaultPlan;
import org.sftoolkit.emulator.junit.EmulatorExtension;

class InvoiceFaultsTest {

    @RegisterExtension
    final EmulatorExtension org = EmulatorExtension.builder()
            .with(builder -> builder.object(CustomObject.named("Invoice__c", "a0I")
                    .with(
                            CustomField.text("Number__c", 30).externalId(),
                            CustomField.picklist("Status__c", "Open", "Paid"))))
            .build();

    @Test
    void anAnswerThatWasLostLeadsToOneInvoice() throws Exception {
        org.faults().next(FaultPlan.when("PATCH sobjects/Invoice__c/*"), Fault.dropConnection(Moment.BEFORE_ANSWER));
        send(Map.of("Number__c", "2026-1"));
        assertThat(org.records().count("Invoice__c")).isEqualTo(1);
        assertThat(org.requests().count("PATCH sobjects/Invoice__c/*")).isEqualTo(2);
    }

    @Test
    void aRefusalNamesTheField() {
        assertThatThrownBy(() -> send(Map.of("Number__c", "2026-1", "Status__c", "Lost")))
                .cause()
                .isInstanceOfSatisfying(RequestRejectedException.class, refused -> assertThat(refused.errors())
                        .extracting("code", "fields")
                        .containsExactly(tuple("INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", List.of("Status__c"))));
    }

    private void send(Map<String, ?> invoice) throws Exception {
        Main main = new Main();
        main.configure().withRoutesIncludePattern("classpath:invoices/*.camel.yaml");
        main.addOverrideProperty("camel.component.sftoolkit.loginUrl", org.url());
        main.addOverrideProperty("camel.component.sftoolkit.clientId", "emulator-client");
        main.addOverrideProperty("camel.component.sftoolkit.clientSecret", "emulator-secret");
        main.start();
        try (var template = main.getCamelContext().createProducerTemplate()) {
            template.sendBody("direct:invoice", invoice);
        } finally {
            main.stop();
        }
    }
}
