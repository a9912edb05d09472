package org.sftoolkit.camel.springboot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.ConsumerTemplate;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.Test;
import org.sftoolkit.camel.SfToolkitComponent;
import org.sftoolkit.camel.model.SObject;
import org.sftoolkit.emulator.SalesforceEmulator;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

class BootedApplicationIT {

    private static final Path WRITTEN = Path.of("target/companies/accounts.json");

    @Test
    void propertiesAndYamlRunTheCompaniesExample() throws Exception {
        Files.deleteIfExists(WRITTEN);
        try (SalesforceEmulator org = SalesforceEmulator.builder().start();
                ConfigurableApplicationContext application = boot("--org.url=" + org.url())) {
            application.getBean(ProducerTemplate.class).requestBody("direct:run", (Object) null);
            assertThat(org.org().count("Account")).isGreaterThan(20);
            assertThat(new ObjectMapper().readTree(WRITTEN.toFile()))
                    .hasSize(org.org().count("Account"));
        }
    }

    @Test
    void eventsAreFollowedAndPublishedWithTheirArtifact() throws Exception {
        try (SalesforceEmulator org = SalesforceEmulator.builder().start();
                ConfigurableApplicationContext application = boot("--org.url=" + org.url());
                ConsumerTemplate follower =
                        application.getBean(CamelContext.class).createConsumerTemplate()) {
            application
                    .getBean(ProducerTemplate.class)
                    .requestBody("sftoolkit:publish:Order_Placed__e", Map.of("Order_Number__c", "O-1"));
            SObject order = follower.receiveBody(
                    "sftoolkit:subscribe:Order_Placed__e?replayPreset=EARLIEST", 20_000, SObject.class);
            assertThat(order).isNotNull().containsEntry("Order_Number__c", "O-1");
        }
    }

    @Test
    void anOrgForDevelopmentStartsWithTheApplication() {
        try (ConfigurableApplicationContext application =
                boot("--org.url=https://production.invalid", "--camel.component.sftoolkit.dev-org=true")) {
            ProducerTemplate template = application.getBean(ProducerTemplate.class);
            template.requestBody("sftoolkit:save:Account", Map.of("Name", "Booted"));
            assertThat(template.requestBody(
                            "sftoolkit:query?soql=SELECT COUNT() FROM Account WHERE Name = 'Booted'", null, Long.class))
                    .isEqualTo(1);
            var component = application.getBean(CamelContext.class).getComponent("sftoolkit", SfToolkitComponent.class);
            assertThat(component.getConfiguration().getLoginUrl()).startsWith("http://127.0.0.1:");
        }
    }

    @Test
    void namesMayHaveHyphens() {
        try (ConfigurableApplicationContext application =
                boot("--org.url=http://localhost:1", "--camel.component.sftoolkit.max-retries=7")) {
            var component = application.getBean(CamelContext.class).getComponent("sftoolkit", SfToolkitComponent.class);
            assertThat(component.getConfiguration().getMaxRetries()).isEqualTo(7);
            assertThat(component.getConfiguration().getLoginUrl()).isEqualTo("http://localhost:1");
        }
    }

    @Test
    void anUnknownOptionFailsTheStartByName() {
        assertThatThrownBy(() -> boot("--org.url=http://localhost:1", "--camel.component.sftoolkit.colour=red"))
                .hasStackTraceContaining("colour");
    }

    private static ConfigurableApplicationContext boot(String... arguments) {
        return SpringApplication.run(CompaniesApplication.class, arguments);
    }
}
