package org.sftoolkit.camel.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sftoolkit.camel.SfToolkitComponent;

/** What the goal migrate writes into files. */
class MigrateFilesTest {

    private static final String YAML =
            """
            # orders of the day, für München 🎯
            - route:
                from:
                  uri: "salesforce:pubSubSubscribe:/event/Order_Event__e" # the shop's
                  parameters:
                    replayPreset: EARLIEST
                    pubSubBatchSize: 50
                  steps:
                    - to: { uri: salesforce:upsertSObject, parameters: { sObjectName: Account, sObjectIdName: "{{key}}" } }
                    # all at once
                    - to:
                        uri: salesforce:query
                        parameters:
                          sObjectQuery: "SELECT Id FROM Account WHERE Name != 'x' AND Rating = 'A&B'"
                    # and the limits
                    - to: salesforce:limits
                    - to: 'salesforce:getBasicInfo?sObjectName=Account'
                    - to: salesforce:queryMore
                    - toD: salesforce:createSObject?sObjectName=${header.object}
            """;
    private static final String MIGRATED =
            """
            # orders of the day, für München 🎯
            - route:
                from:
                  uri: sftoolkit:subscribe:/event/Order_Event__e # the shop's
                  parameters:
                    replayPreset: EARLIEST
                    prefetch: 50
                  steps:
                    - to: { uri: sftoolkit:save:Account, parameters: { mode: UPSERT, externalIdField: '{{key}}' } }
                    # all at once
                    - to:
                        uri: sftoolkit:query
                        parameters:
                          soql: 'RAW(SELECT Id FROM Account WHERE Name != \'\'x\'\' AND Rating = \'\'A&B\'\')'
                    # and the limits
                    - to: sftoolkit:limits
                    - to: sftoolkit:raw?path=sobjects/Account
                    - to: salesforce:queryMore
                    - toD: 'sftoolkit:save:${header.object}?mode=INSERT'
            """;

    @TempDir
    Path folder;

    private final StringBuilder log = new StringBuilder();
    private final MigrateMojo mojo = new MigrateMojo();

    @BeforeEach
    void listen() {
        mojo.setLog(new SystemStreamLog() {
            @Override
            public void info(CharSequence line) {
                log.append(line).append('\n');
            }

            @Override
            public void warn(CharSequence line) {
                info(line);
            }
        });
    }

    @Test
    void yamlKeepsAllButItsEndpoints() throws Exception {
        Path file = Files.writeString(folder.resolve("a.camel.yaml"), YAML);
        mojo.migrate(List.of(folder), true);
        assertThat(file).hasContent(MIGRATED);
        assertThat(folder.resolve("a.camel.yaml.bak")).hasContent(YAML);
        assertThat(log).contains("a.camel.yaml: 6 endpoints written, the old file is a.camel.yaml.bak");
    }

    @Test
    void whatWasWrittenLoadsAndHasNoFaults() throws Exception {
        Path file = Files.writeString(folder.resolve("a.camel.yaml"), YAML.replaceAll(".*queryMore\n", ""));
        mojo.migrate(List.of(file), true);
        var files = new RouteFiles(ValidateMojo.URI.asMatchPredicate());
        files.add(file);
        assertThat(files.uses()).hasSize(6);
        try (var check = new EndpointCheck(null)) {
            assertThat(files.uses())
                    .allSatisfy(use -> assertThat(check.faults(use)).isEmpty());
        }
        try (var context = new DefaultCamelContext()) {
            context.disableJMX();
            context.setAutoStartup(false);
            var component = new SfToolkitComponent();
            component.getConfiguration().setLoginUrl("https://sample.my.salesforce.com");
            component.getConfiguration().setClientId("x");
            component.getConfiguration().setClientSecret("x");
            context.addComponent("sftoolkit", component);
            context.getPropertiesComponent().addInitialProperty("key", "External_ID__c");
            PluginHelper.getRoutesLoader(context)
                    .loadRoutes(ResourceHelper.fromString("a.camel.yaml", Files.readString(file)));
            context.start();
            assertThat(context.getRoutes()).hasSize(1);
            assertThat(context.getEndpoints())
                    .extracting(endpoint -> endpoint.getEndpointUri())
                    .anyMatch(uri -> uri.contains("A%26B") || uri.contains("A&B"));
        }
    }

    @Test
    void xmlAndJavaAreWrittenByTheirOwnRules() throws Exception {
        String java =
                """
                public class Old extends RouteBuilder {
                    static final String OBJECT = "Account";

                    public void configure() {
                        from("direct:a")
                                .to("salesforce:limits").to("salesforce:limits")
                                .to("salesforce:createSObject?sObjectName=" + OBJECT);
                    }
                }
                """;
        String xml =
                """
                <routes xmlns="http://camel.apache.org/schema/spring"><route>
                  <from uri="direct:a"/>
                  <to uri="salesforce:upsertSObject?sObjectName=Account&amp;sObjectIdName=Key__c"/>
                </route></routes>
                """;
        Path old = Files.writeString(folder.resolve("Old.java"), java);
        Path routes = Files.writeString(folder.resolve("routes.xml"), xml);
        mojo.migrate(List.of(folder), true);
        assertThat(old).hasContent(java.replace("salesforce:limits", "sftoolkit:limits"));
        assertThat(routes)
                .hasContent(xml.replace(
                        "salesforce:upsertSObject?sObjectName=Account&amp;sObjectIdName=Key__c",
                        "sftoolkit:save:Account?mode=UPSERT&amp;externalIdField=Key__c"));
        assertThat(log).contains("Old.java:7: salesforce:createSObject is put together by code");
    }

    @Test
    void anOlderBackupIsNeverOverwritten() throws Exception {
        Path file = Files.writeString(folder.resolve("a.camel.yaml"), YAML);
        Path backup = Files.writeString(folder.resolve("a.camel.yaml.bak"), "mine");
        assertThatThrownBy(() -> mojo.migrate(List.of(folder), true))
                .isInstanceOf(MojoExecutionException.class)
                .hasMessageContaining("a.camel.yaml.bak would be overwritten");
        assertThat(file).hasContent(YAML);
        assertThat(backup).hasContent("mine");
    }

    @Test
    void aFileWithoutSuchEndpointsIsLeftAlone() throws Exception {
        Files.writeString(folder.resolve("a.camel.yaml"), MIGRATED);
        mojo.migrate(List.of(folder), true);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).hasSize(1);
        }
    }
}
