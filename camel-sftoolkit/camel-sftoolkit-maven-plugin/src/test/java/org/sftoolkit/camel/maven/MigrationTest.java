package org.sftoolkit.camel.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.catalog.DefaultCamelCatalog;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sftoolkit.camel.SfToolkitComponent;
import org.sftoolkit.camel.maven.EndpointUse.Side;
import org.sftoolkit.camel.model.BulkResult;
import org.sftoolkit.emulator.CustomField;
import org.sftoolkit.emulator.PlatformEvent;
import org.sftoolkit.emulator.SalesforceEmulator;

/** Endpoints of camel-salesforce as its documentation writes them, and what becomes of them on the embedded org. */
class MigrationTest {

    private static SalesforceEmulator org;
    private static CamelContext context;
    private static String id;
    private static String file;
    private static String job;

    @BeforeAll
    static void start() throws Exception {
        org = SalesforceEmulator.builder()
                .platformEvent(PlatformEvent.named("Order_Event__e").with(CustomField.text("Note__c", 80)))
                .start();
        context = new DefaultCamelContext();
        context.disableJMX();
        var component = new SfToolkitComponent();
        component.getConfiguration().setLoginUrl(org.url());
        component.getConfiguration().setClientId("emulator-client");
        component.getConfiguration().setClientSecret("emulator-secret");
        context.addComponent("sftoolkit", component);
        context.start();
        send("sftoolkit:save:Account", account("ACME"));
        id = org.org().all("Account").get(0).get("Id").toString();
        send("sftoolkit:save:ContentVersion", Map.of("Title", "a", "PathOnClient", "a.txt", "VersionData", "YQ=="));
        file = org.org().all("ContentVersion").get(0).get("Id").toString();
        job = send("sftoolkit:bulk:Account?bulkOperation=INSERT", List.of(account("BULK")))
                .getMessage()
                .getBody(BulkResult.class)
                .jobs()
                .get(0)
                .id();
    }

    @AfterAll
    static void stop() {
        context.stop();
        org.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "getVersions | sftoolkit:versions",
                "getResources | sftoolkit:raw?path=/services/data/v66.0",
                "getGlobalObjects | sftoolkit:describe",
                "getBasicInfo?sObjectName=Account | sftoolkit:raw?path=sobjects/Account",
                "getDescription?sObjectName=Account | sftoolkit:describe:Account",
                "limits | sftoolkit:limits",
                "recent | sftoolkit:raw?path=recent",
                "getSObject?sObjectName=Account&sObjectFields=Id,Name | sftoolkit:fetch:Account?fields=Id,Name",
                "getSObject?sObjectName=Account&notFoundBehaviour=NULL&rawPayload=true |"
                        + " sftoolkit:fetch:Account?notFound=NULL",
                "getSObjectWithId?sObjectName=Account&sObjectIdName=External_ID__c |"
                        + " sftoolkit:fetch:Account?externalIdField=External_ID__c",
                "createSObject?sObjectName=Account | sftoolkit:save:Account?mode=INSERT",
                "updateSObject?sObjectName=Account | sftoolkit:save:Account?mode=UPDATE",
                "upsertSObject?sObjectName=Account&sObjectIdName=External_ID__c |"
                        + " sftoolkit:save:Account?mode=UPSERT&externalIdField=External_ID__c",
                "getBlobField?sObjectName=ContentVersion&sObjectBlobFieldName=VersionData |"
                        + " sftoolkit:download:ContentVersion?blobField=VersionData",
                "query?sObjectQuery=SELECT Id FROM Account&sObjectClass=java.util.LinkedHashMap |"
                        + " sftoolkit:query?soql=SELECT Id FROM Account&type=java.util.LinkedHashMap",
                "query?sObjectQuery=SELECT Id FROM Account&streamQueryResult=true | sftoolkit:query?soql=SELECT Id"
                        + " FROM Account&outputType=STREAM",
                "queryAll?sObjectQuery=SELECT Id FROM Account | sftoolkit:query?soql=SELECT Id FROM"
                        + " Account&includeDeleted=true",
                "search?sObjectSearch=FIND {Acme} RETURNING Account | sftoolkit:search?sosl=FIND {Acme} RETURNING"
                        + " Account",
                "raw?rawMethod=GET&rawPath=limits | sftoolkit:raw?path=limits",
                "composite-tree?sObjectName=Account | sftoolkit:composite:Account?compositeType=TREE",
                "composite-batch | sftoolkit:composite?compositeType=BATCH",
                "composite | sftoolkit:composite?compositeType=COMPOSITE",
                "compositeRetrieveSObjectCollections?sObjectName=Account&sObjectFields=Name |"
                        + " sftoolkit:fetch:Account?fields=Name",
                "compositeCreateSObjectCollections?sObjectName=Account | sftoolkit:save:Account?mode=INSERT",
                "compositeUpdateSObjectCollections?sObjectName=Account&allOrNone=true |"
                        + " sftoolkit:save:Account?mode=UPDATE&allOrNone=true",
                "compositeUpsertSObjectCollections?sObjectName=Account&sObjectIdName=External_ID__c |"
                        + " sftoolkit:save:Account?mode=UPSERT&externalIdField=External_ID__c",
                "bulk2CreateJob?sObjectName=Account | sftoolkit:bulk:Account?bulkOperation=INSERT",
                "bulk2GetJob?jobId=JOB | sftoolkit:bulkJob?action=info&jobId=JOB",
                "bulk2GetAllJobs | sftoolkit:bulkJob?action=list",
                "bulk2GetSuccessfulResults?jobId=JOB | sftoolkit:bulkJob?action=results&jobId=JOB",
                "bulk2GetFailedResults?jobId=JOB | sftoolkit:bulkJob?action=results&jobId=JOB",
                "bulk2CreateQueryJob?sObjectQuery=SELECT Id FROM Account | sftoolkit:bulkQuery?soql=SELECT Id FROM"
                        + " Account",
                "bulk2GetAllQueryJobs | sftoolkit:bulkJob?action=list&jobType=V2Query",
                "pubSubPublish:/event/Order_Event__e | sftoolkit:publish:Order_Event__e",
                "deleteSObject?sObjectName=Contact | sftoolkit:delete:Contact",
                "compositeDeleteSObjectCollections?sObjectName=Contact | sftoolkit:delete:Contact",
                "deleteSObjectWithId?sObjectName=Account&sObjectIdName=External_ID__c |"
                        + " sftoolkit:delete:Account?externalIdField=External_ID__c"
            })
    void aProducerIsConvertedAndRuns(String old, String expected) throws Exception {
        Migration migration = migrated(old, Side.TO);
        assertThat(migration.uri()).isEqualTo(expected);
        Exchange done = send(migration.uri().replace("JOB", job), body(migration.path(), old));
        assertThat(done.getException()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pubSubSubscribe:/event/Order_Event__e?replayPreset=EARLIEST |"
                        + " sftoolkit:subscribe:/event/Order_Event__e?replayPreset=EARLIEST",
                "pubSubSubscribe:/data/AccountChangeEvent?pubSubBatchSize=50&fallbackToLatestReplayId=true |"
                        + " sftoolkit:subscribe:/data/AccountChangeEvent?prefetch=50&onGap=LATEST",
                "subscribe:/event/Order_Event__e | sftoolkit:subscribe:/event/Order_Event__e",
                "subscribe:data/AccountChangeEvent | sftoolkit:subscribe:/data/AccountChangeEvent"
            })
    void aConsumerIsConvertedAndStarts(String old, String expected) throws Exception {
        Migration migration = migrated(old, Side.FROM);
        assertThat(migration.uri()).isEqualTo(expected);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(migration.uri()).routeId("migrated").process(exchange -> {});
            }
        });
        assertThat(context.getRouteController().getRouteStatus("migrated").isStarted())
                .isTrue();
        context.getRouteController().stopRoute("migrated");
        context.removeRoute("migrated");
    }

    /** The embedded org has neither Apex REST nor approvals nor reports. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "apexCall?apexMethod=POST&apexUrl=Merchandise/ |"
                        + " sftoolkit:raw?method=POST&path=/services/apexrest/Merchandise/",
                "apexCall?apexUrl=Orders&apexQueryParam.id=7 | sftoolkit:raw?path=RAW(/services/apexrest/Orders?id=7)",
                "approval?approval.actionType=Submit | sftoolkit:raw?method=POST&path=process/approvals",
                "approvals | sftoolkit:raw?path=process/approvals",
                "getRecentReports | sftoolkit:raw?path=analytics/reports",
                "executeSyncReport?reportId=00O1&includeDetails=true |"
                        + " sftoolkit:raw?method=POST&path=analytics/reports/00O1",
                "bulk2AbortJob?jobId=JOB | sftoolkit:bulkJob?action=abort&jobId=JOB",
                "bulk2DeleteJob?jobId=JOB | sftoolkit:bulkJob?action=delete&jobId=JOB",
                "bulk2GetQueryJobResults?jobId=7500000000001AAA&locator=x | sftoolkit:bulkQuery?resume=7500000000001AAA"
            })
    void whatTheEmbeddedOrgDoesNotServeIsConvertedAndLoads(String old, String expected) throws Exception {
        Migration migration = migrated(old, Side.TO);
        assertThat(migration.uri()).isEqualTo(expected);
        assertThat(context.getEndpoint(migration.uri().replace("JOB", job))).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "queryMore",
                "getEventSchema",
                "bulk2CreateBatch",
                "bulk2CloseJob",
                "getResults",
                "getQueryResult",
                "subscribe:CamelTestTopic?notifyForFields=ALL",
                "composite?compositeMethod=PATCH"
            })
    void whatHasNoCounterpartIsNamedWithTheReason(String old) throws Exception {
        Migration migration = migrated(old, Side.TO);
        assertThat(migration.path()).isNull();
        assertThat(migration.notes()).singleElement().asString().hasSizeGreaterThan(30);
    }

    static Stream<String> operations() {
        return new DefaultCamelCatalog()
                .componentModel("salesforce").getEndpointPathOptions().stream()
                        .filter(option -> option.getName().equals("operationName"))
                        .flatMap(option -> option.getEnums().stream());
    }

    @ParameterizedTest
    @MethodSource("operations")
    void everyOperationIsConvertedOrNamed(String operation) throws Exception {
        Migration migration = migrated(operation, Side.TO);
        assertThat(String.join(" ", migration.notes())).doesNotContain("is no operation");
        assertThat(migration.path() == null ? migration.notes() : List.of(migration.path()))
                .isNotEmpty();
    }

    @Test
    void anOptionWithoutCounterpartIsNamed() throws Exception {
        assertThat(migrated("query?sObjectQuery=SELECT Id FROM Account&maxBackoff=3&format=XML", Side.TO)
                        .notes())
                .containsExactly("maxBackoff has no counterpart here and is left out", "format is not needed");
    }

    @Test
    void theGoalReadsRoutesOfAllLanguages() throws Exception {
        var log = new StringBuilder();
        var mojo = new MigrateMojo();
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
        mojo.migrate(List.of(Path.of("src/test/resources/migrated")), false);
        assertThat(log)
                .contains("old.yaml:5: salesforce:upsertSObject -> "
                        + "sftoolkit:save:Account?mode=UPSERT&externalIdField=External_ID__c")
                .contains("Old.java:6: salesforce:query -> sftoolkit:query?soql=SELECT Id FROM Account")
                .contains("old.xml:3: salesforce:queryMore is not needed")
                .contains("3 salesforce endpoints, 1 without a counterpart");
    }

    private static Migration migrated(String old, Side side) throws Exception {
        return Migration.of(EndpointUse.of(Path.of("x"), 1, side, "salesforce:" + old, List.of()));
    }

    private static Object body(String path, String old) {
        boolean many = old.contains("Collections");
        return switch (path.split(":")[1]) {
            case "fetch" -> old.contains("IdName") ? "ACME" : many ? List.of(id) : id;
            case "download" -> file;
            case "save" -> {
                Map<String, Object> record = account("M" + System.nanoTime() % 100_000);
                if (old.startsWith("update") || old.contains("Update")) {
                    record = new HashMap<>(Map.of("Id", id, "Name", "Changed"));
                }
                yield many ? List.of(record) : record;
            }
            case "delete" -> old.contains("IdName") ? savedKey() : contact(many);
            case "bulk" -> List.of(account("B" + System.nanoTime() % 100_000));
            case "publish" -> new HashMap<>(Map.of("Note__c", "hello"));
            default -> composite(old);
        };
    }

    private static Object composite(String old) {
        if (old.startsWith("composite-tree")) {
            return Map.of("records", List.of(account("TREE")));
        }
        if (old.startsWith("composite-batch")) {
            return Map.of("batchRequests", List.of(Map.of("method", "GET", "url", "v66.0/limits")));
        }
        return old.equals("composite")
                ? Map.of(
                        "compositeRequest",
                        List.of(Map.of(
                                "method",
                                "GET",
                                "url",
                                "/services/data/v66.0/sobjects/Account/" + id,
                                "referenceId",
                                "a")))
                : null;
    }

    private static String savedKey() {
        send("sftoolkit:save:Account", account("GONE"));
        return "GONE";
    }

    private static Object contact(boolean many) {
        send("sftoolkit:save:Contact", new HashMap<>(Map.of("LastName", "Ripley")));
        List<Map<String, Object>> all = List.copyOf(org.org().all("Contact"));
        Object last = all.get(all.size() - 1).get("Id");
        return many ? List.of(last) : last;
    }

    private static Map<String, Object> account(String key) {
        return new HashMap<>(Map.of("Name", key, "External_ID__c", key));
    }

    private static Exchange send(String uri, Object body) {
        try (var template = context.createProducerTemplate()) {
            return template.request(uri, exchange -> exchange.getMessage().setBody(body));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
