package org.sftoolkit.examples.invoices;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.sftoolkit.emulator.CustomField;
import org.sftoolkit.emulator.CustomObject;
import org.sftoolkit.emulator.junit.EmulatorExtension;

class InvoicesTest {

    @RegisterExtension
    final EmulatorExtension org = EmulatorExtension.builder()
            .with(builder -> builder.object(CustomObject.named("Invoice__c", "a0I")
                    .with(
                            CustomField.text("Number__c", 30).externalId(),
                            CustomField.currency("Amount__c", 16, 2),
                            CustomField.lookup("Account__c", "Account"))))
            .seed("Account", Map.of("Name", "Acme", "External_ID__c", "ACME"))
            .build();

    @Test
    void invoicesAreUpsertedByTheirNumber() throws Exception {
        Main main = new Main();
        main.configure().withRoutesIncludePattern("classpath:invoices/*.camel.yaml");
        main.addOverrideProperty("camel.component.sftoolkit.loginUrl", org.url());
        main.addOverrideProperty("camel.component.sftoolkit.clientId", "emulator-client");
        main.addOverrideProperty("camel.component.sftoolkit.clientSecret", "emulator-secret");
        main.start();
        try (var template = main.getCamelContext().createProducerTemplate()) {
            template.sendBody("direct:invoice", invoice(100));
            template.sendBody("direct:invoice", invoice(120));
        } finally {
            main.stop();
        }
        assertThat(org.records().all("Invoice__c"))
                .singleElement()
                .satisfies(invoice -> assertThat(invoice.get("Amount__c")).hasToString("120.00"));
        assertThat(org.requests().count("PATCH sobjects/Invoice__c/*")).isEqualTo(2);
    }

    private static Map<String, Object> invoice(int amount) {
        return Map.of("Number__c", "2026-1", "Amount__c", amount);
    }
}
