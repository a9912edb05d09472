package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.tooling.model.ComponentModel.EndpointOptionModel;
import org.apache.camel.tooling.model.JsonMapper;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sftoolkit.camel.error.InvalidInputException;
import org.sftoolkit.camel.operation.HonouredOptions;

/** Each operation with each option of the catalogue: what it honours works, all else is refused by name. */
class HonouredOptionsTest {

    /** What each operation needs to start. */
    private static final Map<OperationName, String> NEEDED = Map.of(
            OperationName.jobs, "jobFile=target/jobs",
            OperationName.raw, "path=limits",
            OperationName.bulkJob, "action=list",
            OperationName.bulk, "bulkOperation=UPSERT&externalIdField=Key__c");

    /** What an option needs beside it, by {@code operation.option}, or by the option alone. */
    private static final Map<String, String> BESIDE = Map.ofEntries(
            Map.entry("save.fields", "reload=true"),
            Map.entry("save.lineEnding", "via=BULK"),
            Map.entry("save.maxJobBytes", "via=BULK"),
            Map.entry("save.pollInterval", "via=BULK"),
            Map.entry("save.maxPollInterval", "via=BULK"),
            Map.entry("save.jobTimeout", "via=BULK"),
            Map.entry("save.bulkThreshold", "via=AUTO"),
            Map.entry("bulk.loadName", "jobFile=target/jobs"),
            Map.entry("save.loadName", "via=BULK&jobFile=target/jobs"),
            Map.entry("save.jobStore", "via=BULK"),
            Map.entry("save.jobFile", "via=BULK"),
            Map.entry("save.jobKey", "via=BULK"),
            Map.entry("bulkJob.jobId", "action=results"),
            Map.entry("bulkJob.concurrency", "action=results"),
            Map.entry("bulkJob.await", "action=results"),
            Map.entry("bulkJob.pollInterval", "action=results"),
            Map.entry("bulkJob.maxPollInterval", "action=results"),
            Map.entry("bulkJob.jobTimeout", "action=results"),
            Map.entry("bulkJob.maxRecords", "action=results"),
            Map.entry("bulkJob.typed", "action=results"),
            Map.entry("bulkJob.type", "action=results"),
            Map.entry("query.prefetch", "outputType=STREAM"),
            Map.entry("bulkQuery.maxListSize", "outputType=LIST"),
            Map.entry("search.fields", "q=Acme"),
            Map.entry("search.in", "q=Acme"),
            Map.entry("search.sObject", "q=Acme"),
            Map.entry("search.limit", "q=Acme"),
            Map.entry("subscribe.fields", "enrich=true"),
            Map.entry("subscribe.maxMessagesPerPoll", "outputType=LIST"),
            Map.entry("subscribe.listTimeout", "outputType=LIST"),
            Map.entry("subscribe.transactionTimeout", "outputType=TRANSACTION"),
            Map.entry("skipOwnChanges", "clientName=acme"),
            Map.entry("splitIn", "where=Name IN :some"),
            Map.entry("useGlobalSslContextParameters", "sslContextParameters=#bean:tls"),
            Map.entry("proxyPort", "proxyHost=proxy"));

    /** Values, if those that the type tells do not do. */
    private static final Map<String, String> VALUES = Map.ofEntries(
            Map.entry("concurrency", "3"),
            Map.entry("retryRecords", "2"),
            Map.entry("assignmentRule", "true"),
            Map.entry("duplicateRule", "allowSave"),
            Map.entry("ifModifiedSince", "2026-01-31T12:00:00Z"),
            Map.entry("ifUnmodifiedSince", "2026-01-31T12:00:00Z"),
            Map.entry("initialWatermark", "NOW"),
            Map.entry("soql", "SELECT Id FROM Account"),
            Map.entry("sosl", "FIND {Acme}"),
            Map.entry("splitIn", "some"),
            Map.entry("where", "Name = 'Acme'"),
            Map.entry("orderBy", "parentFirst"),
            Map.entry("type", "java.util.LinkedHashMap"),
            Map.entry("method", "GET"),
            Map.entry("path", "limits"),
            Map.entry("queryBatchSize", "200"),
            Map.entry("maxJobBytes", "100000"),
            Map.entry("apiBudget", "90"),
            Map.entry("notFound", "FAIL"),
            Map.entry("via", "REST"),
            Map.entry("api", "DATA"),
            Map.entry("mode", "INSERT"),
            Map.entry("requestHeaders", "Sforce-Call-Options"),
            Map.entry("connection", "org"),
            Map.entry("scheduler", "none"),
            Map.entry("changeTypes", "UPDATE"),
            Map.entry("replayId", "AAAAAAAAAAE="),
            Map.entry("authType", "CLIENT_CREDENTIALS"),
            Map.entry("exchangePattern", "InOut"));

    private final CamelContext context = new DefaultCamelContext();
    private final SfToolkitComponent component = new SfToolkitComponent();

    @BeforeEach
    void start() {
        credentials(component.getConfiguration());
        // a default, for in a URI it would be refused in place of the option that needs it
        component.getConfiguration().setJobFile("target/jobs");
        context.addComponent("sftoolkit", component);
        var org = new SfToolkitConnection();
        org.setClientId("id");
        org.setClientSecret("secret");
        org.setLoginUrl("https://acme.my.salesforce.com");
        context.getRegistry().bind("org", org);
        context.getRegistry().bind("tls", new SSLContextParameters());
        context.start();
    }

    private static void credentials(SfToolkitConfiguration options) {
        options.setLoginUrl("https://acme.my.salesforce.com");
        options.setClientId("id");
        options.setClientSecret("secret");
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    private static List<EndpointOptionModel> options() {
        try (InputStream json =
                SfToolkitComponent.class.getResourceAsStream("/META-INF/org/sftoolkit/camel/sftoolkit.json")) {
            return JsonMapper.generateComponentModel(new String(json.readAllBytes(), StandardCharsets.UTF_8))
                    .getEndpointParameterOptions();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static boolean isOfOperations(EndpointOptionModel option) {
        return option.getConfigurationField() != null
                && !isOfConnections(option)
                && !option.getName().equals("connection");
    }

    private static boolean isOfConnections(EndpointOptionModel option) {
        return new SfToolkitConnectionConfigurer().getOptionType(option.getName(), true) != null;
    }

    @ParameterizedTest
    @EnumSource(OperationName.class)
    void whatAnOperationHonoursWorksAndAllElseIsRefusedByName(OperationName operation) {
        var softly = new SoftAssertions();
        for (EndpointOptionModel option : options()) {
            boolean bean =
                    option.getType().equals("object") || option.getJavaType().equals("java.lang.String");
            // one of the connection may need others beside it; that all of them are taken is seen by the simple ones
            if (!isOfConnections(option) || !bean) {
                softly.check(() -> check(operation, option));
            }
        }
        softly.assertAll();
    }

    private void check(OperationName operation, EndpointOptionModel option) {
        String uri = uri(operation, option);
        boolean inTo = honours(operation.producerOptions(), option, true);
        // a subscription does not poll: of Camel's options it has those that say what becomes of an exchange
        boolean ofPolls = option.getConfigurationField() == null
                && !Set.of("bridgeErrorHandler", "exceptionHandler", "exchangePattern", "operation", "sObject")
                        .contains(option.getName());
        boolean inFrom = honours(operation.consumerOptions(), option, false)
                && !(ofPolls && operation == OperationName.subscribe);
        if (!inTo && !inFrom) {
            assertRefused(() -> context.getEndpoint(uri), operation, option.getName());
            return;
        }
        Endpoint endpoint = context.getEndpoint(uri);
        if (operation.hasProducer()) {
            check(inTo, endpoint::createProducer, operation, option.getName());
        }
        if (operation.hasConsumer()) {
            check(inFrom, () -> endpoint.createConsumer(exchange -> {}), operation, option.getName());
        }
    }

    private interface Attempt {
        void run() throws Exception;
    }

    private static void check(boolean honoured, Attempt attempt, OperationName operation, String option) {
        if (honoured) {
            assertThatCode(attempt::run).doesNotThrowAnyException();
        } else {
            assertRefused(attempt, operation, option);
        }
    }

    private static void assertRefused(Attempt attempt, OperationName operation, String option) {
        assertThatThrownBy(attempt::run)
                .as(operation + " " + option)
                .hasStackTraceContaining(IllegalArgumentException.class.getName())
                .hasStackTraceContaining("sftoolkit:" + operation)
                .hasStackTraceContaining("has no option " + option);
    }

    private static boolean honours(HonouredOptions honoured, EndpointOptionModel option, boolean producer) {
        if (honoured == null) {
            return false;
        }
        if (isOfOperations(option)) {
            return honoured.names().contains(option.getName());
        }
        boolean camel = option.getConfigurationField() == null;
        return !camel || option.getLabel().contains("producer") == producer;
    }

    private String uri(OperationName operation, EndpointOptionModel option) {
        HonouredOptions side = operation.hasProducer() ? operation.producerOptions() : operation.consumerOptions();
        boolean whole = Set.of("soql", "sosl", "resume").contains(option.getName()) && operation.hasProducer();
        boolean object = side.names().contains("sObject") && !whole && operation != OperationName.search;
        var parameters = new LinkedHashMap<String, String>();
        add(parameters, NEEDED.get(operation));
        add(parameters, BESIDE.get(option.getName()));
        add(parameters, BESIDE.get(operation + "." + option.getName()));
        parameters.put(option.getName(), value(operation, option));
        var text = new StringBuilder("sftoolkit:" + operation
                + (object ? operation == OperationName.publish ? ":Order__e" : ":Account" : ""));
        parameters.forEach((name, value) -> text.append(text.indexOf("?") < 0 ? '?' : '&')
                .append(name)
                .append("=RAW(")
                .append(value)
                .append(')'));
        return text.toString();
    }

    private static void add(Map<String, String> parameters, String query) {
        if (query != null) {
            for (String pair : query.split("&")) {
                parameters.put(pair.split("=", 2)[0], pair.split("=", 2)[1]);
            }
        }
    }

    private String value(OperationName operation, EndpointOptionModel option) {
        String name = option.getName();
        if (name.equals("outputType")) {
            return operation == OperationName.subscribe ? "LIST" : "STREAM";
        }
        if (name.equals("allowHeaderOverride")) {
            return "";
        }
        if (operation == OperationName.bulk && name.equals("bulkOperation")) {
            return "UPSERT";
        }
        if (VALUES.containsKey(name)) {
            return VALUES.get(name);
        }
        if (option.getEnums() != null) {
            return option.getEnums().get(0);
        }
        return switch (option.getJavaType()) {
            case "boolean", "java.lang.Boolean" -> "true";
            case "int", "long", "java.lang.Integer", "java.lang.Long" -> "7";
            case "java.lang.String" -> "Text__c";
            default -> bean(option);
        };
    }

    /** A bean that nobody asks anything. */
    private String bean(EndpointOptionModel option) {
        try {
            Class<?> type = Class.forName(option.getJavaType().replaceFirst("<.*", ""));
            Object bean = type.isInterface()
                    ? Proxy.newProxyInstance(
                            type.getClassLoader(),
                            new Class<?>[] {type},
                            (proxy, method, args) -> method.getName().equals("toString") ? "a bean" : null)
                    : type.getConstructor().newInstance();
            context.getRegistry().bind(option.getName(), bean);
            return "#bean:" + option.getName();
        } catch (ReflectiveOperationException e) {
            return fail("give option " + option.getName() + " a value", e);
        }
    }

    @Test
    void everyOptionOfOperationsIsHonouredBySome() {
        var unused = new ArrayList<String>();
        for (EndpointOptionModel option : options()) {
            boolean used = Arrays.stream(OperationName.values())
                    .anyMatch(operation -> honours(operation.producerOptions(), option, true)
                            || honours(operation.consumerOptions(), option, false));
            if (!used) {
                unused.add(option.getName());
            }
        }
        assertThat(unused).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(OperationName.class)
    void anOperationDeclaresOptionsThatThereAre(OperationName operation) {
        List<String> known =
                options().stream().map(EndpointOptionModel::getName).toList();
        Stream.of(operation.producerOptions(), operation.consumerOptions())
                .filter(java.util.Objects::nonNull)
                .flatMap(options -> options.names().stream())
                .filter(name -> !name.equals("sObject"))
                .forEach(name -> assertThat(known).contains(name));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bulk:Account?mode=UPDATE | use bulkOperation",
                "bulk:Account?allOrNone=true | which is for save, delete, composite",
                "bulk:Account?onPartialFailure=FAIL | CamelSfToolkitFailed",
                "bulk:Account?batchSize=200 | use maxJobBytes",
                "query:Account?batchSize=200 | use queryBatchSize",
                "fetch:Account?delay=5000 | which is for consumers ('from': bulkQuery, query, changes, jobs)",
                "changes:Account?lazyStartProducer=true | which is for producers ('to')",
                "changes:Account?where=x | use query",
                "userInfo:Account | does not take an object",
                "save:Account?allornone=true&columndelimiter=TAB&bulkoperation=INSERT | has no option bulkoperation",
                "fetch:Account?keyStoreParameters.resource=x&allOrNone=true | has no option allOrNone",
                "save:Account?via=BULK&updateMru=false | does not use updateMru with via=BULK",
                "save:Account?via=AUTO&duplicateRule=allowSave | does not use duplicateRule with via=AUTO",
                "save:Account?fields=Name | does not use fields with reload=false",
                "save:Account?allowHeaderOverride=soql | allowHeaderOverride=soql",
                "save:Account?allowHeaderOverride=loginUrl | allowHeaderOverride=loginUrl",
                "query:Account?allowHeaderOverride=type | allowHeaderOverride=type",
                "raw | raw needs a path",
                "bulk | bulk needs an object",
                "fetch:Account?type=no.such.Type | type=no.such.Type",
            })
    void aRefusalSaysWhatIsMeant(String uri, String said) {
        assertThatThrownBy(() -> context.getEndpoint("sftoolkit:" + uri)).hasMessageContaining(said);
    }

    @ParameterizedTest
    @CsvSource({
        "raw?allowHeaderOverride=path",
        "bulk?allowHeaderOverride=sObject",
        "bulkJob?allowHeaderOverride=action",
        "save:Account?mode=UPSERT&allowHeaderOverride=externalIdField",
        "save:Account?fields=Name&allowHeaderOverride=reload",
        "bulk:Account?externalIdField=Key__c&bulkOperation=INSERT&allowHeaderOverride=bulkOperation",
    })
    void optionThatAHeaderMaySetIsNotRequiredAtTheStart(String uri) {
        assertThat(context.getEndpoint("sftoolkit:" + uri)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"57", "57.0", "v41.0"})
    void pagesOfAQueryAreNotAskedForInAVersionThatDoesNotListThem(String version) throws Exception {
        String uri = "sftoolkit:bulkQuery:Account?jobFile=target/jobs&loadName=all&apiVersion=" + version;
        assertThatCode(() -> context.getEndpoint(uri).createProducer()).doesNotThrowAnyException();
        assertThatThrownBy(() -> context.getEndpoint(uri + "&partition=true").createProducer())
                .hasStackTraceContaining("needs apiVersion=58.0 or later, but it is ");
        for (String newer : List.of("58.0", "latest")) {
            assertThatCode(() -> context.getEndpoint(uri.replace(version, newer) + "&partition=true")
                            .createProducer())
                    .doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bulkJob?action=list |"
                        + " jobId=750000000000001AAA,concurrency=2,await=false,pollInterval=5,maxRecords=5,typed=false",
                "bulkJob?action=info |"
                        + " jobType=V2Ingest,maxListSize=5,await=false,jobTimeout=5000,maxRecords=5,typed=false",
                "bulkJob?action=abort | jobType=V2Ingest,maxListSize=5,await=false,maxPollInterval=5000,maxRecords=5",
                "bulkJob?action=delete | jobType=V2Ingest,maxListSize=5,await=false,type=java.util.Map",
                "bulkJob?action=results | jobType=V2Ingest,maxListSize=5",
                "query:Account?outputType=STREAM | maxListSize=5",
                "query:Account?outputType=ONE | maxListSize=5,prefetch=2",
                "query:Account?outputType=LIST | prefetch=2",
                "query:Account?limit=3 | prefetch=2",
                "bulkQuery:Account?outputType=STREAM | maxListSize=5",
                "bulkQuery:Account?outputType=CSV | maxListSize=5,typed=false",
                "save:Account?via=REST | bulkThreshold=5,lineEnding=CRLF,maxJobBytes=1000,pollInterval=5,"
                        + "maxPollInterval=50,jobTimeout=5",
                "save:Account?via=BULK | bulkThreshold=5,batchSize=100,duplicateRule=allowSave,updateMru=true",
            })
    void anOptionThatAnotherMakesPointlessIsRefusedAtTheStartAndAfterHeaders(String uri, String options)
            throws Exception {
        String with = uri.substring(uri.indexOf('?') + 1);
        String option = with.substring(0, with.indexOf('='));
        for (String pointless : options.split(",")) {
            String name = pointless.substring(0, pointless.indexOf('='));
            assertThatThrownBy(() -> context.getEndpoint("sftoolkit:" + uri + '&' + pointless)
                            .createProducer())
                    .as(uri + '&' + pointless)
                    .hasStackTraceContaining("does not use " + name + " with ");
            // a header may still bring another value: what came of it is seen when the exchange is there
            if (!option.equals("limit")) {
                var opened =
                        context.getEndpoint("sftoolkit:" + uri + '&' + pointless + "&allowHeaderOverride=" + option);
                assertThatCode(opened::createProducer).doesNotThrowAnyException();
                var exchange = opened.createExchange();
                exchange.getMessage()
                        .setHeader(
                                "CamelSfToolkit" + Character.toUpperCase(option.charAt(0)) + option.substring(1),
                                with.substring(with.indexOf('=') + 1));
                exchange.getMessage().setBody("x");
                try (var template = context.createProducerTemplate()) {
                    Exchange done = template.send(opened, exchange);
                    assertThat(done.getException())
                            .as("header " + with + " over " + pointless)
                            .isInstanceOf(InvalidInputException.class)
                            .hasMessageContaining("does not use " + name);
                }
            }
        }
    }

    @Test
    void defaultsOfTheComponentAreNotRefused() {
        SfToolkitConfiguration defaults = component.getConfiguration();
        defaults.setExternalIdField("Key__c");
        defaults.setBatchSize(100);
        defaults.setOnlyChanges(true);
        defaults.setUpdateMru(false);
        defaults.setWatermarkFile("positions");
        defaults.setFields("Id,Name");
        for (OperationName operation : OperationName.values()) {
            String uri =
                    switch (operation) {
                        case jobs -> "jobs?jobFile=target/jobs";
                        case raw -> "raw?path=limits";
                        case bulkJob -> "bulkJob?action=list";
                        case bulk -> "bulk:Account?bulkOperation=DELETE";
                        case search -> "search";
                        case publish -> "publish:Order__e";
                        default -> takesObject(operation) ? operation + ":Account" : operation.name();
                    };
            assertThat(context.getEndpoint("sftoolkit:" + uri)).isNotNull();
        }
    }

    private static boolean takesObject(OperationName operation) {
        var options = operation.hasProducer() ? operation.producerOptions() : operation.consumerOptions();
        return options.names().contains("sObject");
    }

    @Test
    void anEndpointThatIsMadeAsABeanIsCheckedToo() {
        var options = new SfToolkitConfiguration();
        credentials(options);
        options.setMode(org.sftoolkit.camel.operation.SaveMode.UPDATE);
        var endpoint = new SfToolkitEndpoint("sftoolkit:bulk:Account", component, options);
        endpoint.setOperation(OperationName.bulk);
        endpoint.setSObject("Account");
        endpoint.setCamelContext(context);
        assertThatThrownBy(endpoint::start).hasMessageContaining("sftoolkit:bulk has no option mode");
    }
}
