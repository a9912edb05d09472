package org.sftoolkit.examples.invoices;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.sftoolkit.camel.SfToolkitComponent;
import org.sftoolkit.camel.error.RequestRejectedException;
import org.sftoolkit.emulator.CustomField;
import org.sftoolkit.emulator.CustomObject;
import org.sftoolkit.emulator.junit.EmulatorExtension;

class InvoiceRouteTest extends CamelTestSupport {

    @RegisterExtension
    final EmulatorExtension org = EmulatorExtension.builder()
            .with(builder -> builder.object(CustomObject.named("Invoice__c", "a0I")
                    .with(CustomField.text("Number__c", 30).externalId())))
            .build();

    @Override
    protected RoutesBuilder createRouteBuilder() {
        var salesforce = context().getComponent("sftoolkit", SfToolkitComponent.class);
        salesforce.getConfiguration().setLoginUrl(org.url());
        salesforce.getConfiguration().setClientId("emulator-client");
        salesforce.getConfiguration().setClientSecret("emulator-secret");
        return new RouteBuilder() {
            @Override
            public void configure() {
                onException(RequestRejectedException.class).handled(true).to("mock:refused");
                from("direct:invoice").to("sftoolkit:save:Invoice__c?externalIdField=Number__c&mode=UPSERT");
            }
        };
    }

    @Test
    void refusedInvoicesGoAside() throws Exception {
        getMockEndpoint("mock:refused").expectedMessageCount(1);
        template().sendBody("direct:invoice", Map.of("Number__c", "2026-1"));
        template().sendBody("direct:invoice", Map.of("Number__c", "2026-2", "Nope__c", "x"));
        getMockEndpoint("mock:refused").assertIsSatisfied();
        assertThat(org.records().all("Invoice__c")).extracting("Number__c").containsExactly("2026-1");
    }
}
