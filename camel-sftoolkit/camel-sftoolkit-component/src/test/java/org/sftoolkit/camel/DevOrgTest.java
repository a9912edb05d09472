package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.impl.engine.DefaultClassResolver;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.Test;
import org.sftoolkit.camel.model.SaveResult;

class DevOrgTest {

    @Test
    void anOrgIsThereWhenItIsAskedForAndItsConfigAndRecordsToo() throws Exception {
        Main main = new Main();
        main.addOverrideProperty("camel.component.sftoolkit.devOrg", "true");
        main.addInitialProperty("camel.component.sftoolkit.loginUrl", "https://production.invalid");
        main.addInitialProperty("camel.component.sftoolkit.clientId", "production");
        main.start();
        try {
            List<?> contacts = main.getCamelTemplate()
                    .requestBody(
                            "sftoolkit:query?soql=SELECT Account.Segment__c FROM Contact WHERE LastName = 'Lovelace'",
                            null,
                            List.class);
            assertThat(contacts.toString()).contains("Segment__c=A");
            main.getCamelTemplate().requestBody("sftoolkit:save:Account", Map.of("Name", "New"));
            SfToolkitComponent component = main.getCamelContext().getComponent("sftoolkit", SfToolkitComponent.class);
            assertThat(component.getConfiguration().getLoginUrl()).startsWith("http://127.0.0.1:");
        } finally {
            main.stop();
        }
    }

    @Test
    void anOrgIsThereForRoutesWhichAreMadeBeforeComponentsStart() throws Exception {
        Main main = new Main();
        main.addOverrideProperty("camel.component.sftoolkit.devOrg", "true");
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:save").to("sftoolkit:save:Account?externalIdField=External_ID__c&mode=UPSERT");
            }
        });
        main.start();
        try {
            SaveResult saved = main.getCamelTemplate()
                    .requestBody("direct:save", Map.of("Name", "New", "External_ID__c", "N1"), SaveResult.class);
            assertThat(saved.success()).isTrue();
        } finally {
            main.stop();
        }
    }

    @Test
    void noOrgStartsByItself() throws Exception {
        try (CamelContext context = new DefaultCamelContext()) {
            context.start();
            SfToolkitComponent component = context.getComponent("sftoolkit", SfToolkitComponent.class);
            assertThat(component.isDevOrg()).isFalse();
            assertThat(component.getConfiguration().getLoginUrl()).isEqualTo("https://login.salesforce.com");
        }
    }

    @Test
    void withoutTheEmulatorTheDependencyIsNamed() throws Exception {
        try (CamelContext context = new DefaultCamelContext()) {
            context.setClassResolver(new DefaultClassResolver(context) {
                @Override
                public Class<?> resolveClass(String name) {
                    return name.contains(".emulator.") ? null : super.resolveClass(name);
                }
            });
            SfToolkitComponent component = new SfToolkitComponent();
            component.setDevOrg(true);
            context.addComponent("sftoolkit", component);
            assertThatThrownBy(context::start)
                    .hasStackTraceContaining("add the dependency org.sftoolkit.camel:camel-sftoolkit-emulator");
        }
    }

    @Test
    void aConnectionOfAnotherOrgContradictsIt() throws Exception {
        try (CamelContext context = new DefaultCamelContext()) {
            SfToolkitComponent component = new SfToolkitComponent();
            component.setDevOrg(true);
            component.getConfiguration().setConnection("production");
            context.addComponent("sftoolkit", component);
            assertThatThrownBy(context::start).hasStackTraceContaining("devOrg=true contradicts connection");
        }
    }
}
