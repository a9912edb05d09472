package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.TextNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.support.PropertyBindingSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sftoolkit.camel.error.InvalidInputException;

/** Values that their option does not have, refused alike when they stand in a URI and when a header brings them. */
class OptionValuesIT extends RouteTestSupport {

    @ParameterizedTest(name = "{0} {1}={2}")
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = true,
            value = {
                "save:Account | mode | SAVE | use one of AUTO, INSERT, UPDATE, UPSERT",
                "save:Account | via | FAX | use one of REST, BULK, PUBSUB, AUTO",
                "save:Account | duplicateKeys | ALL | use one of FAIL, FIRST, LAST",
                "save:Account | onPartialFailure | STOP | use one of RETURN, FAIL",
                "save:Account | allOrNone | maybe | use true or false",
                "save:Account | updateMru | 2 | use true or false",
                "save:Account | batchSize | x | a whole number",
                "save:Account | batchSize | 1.5 | a whole number",
                "save:Account | batchSize | 99999999999 | at most 2147483647",
                "save:Account | batchSize | 0 | use 1 or more",
                "save:Account | batchSize | -3 | use 1 or more",
                "save:Account | batchSize | 201 | use at most 200",
                "delete:Account | batchSize | 500 | use at most 200",
                "fetch:Account | batchSize | 2001 | use at most 2000",
                "reload:Account | batchSize | 5000 | use at most 2000",
                "save:Account | concurrency | zero | use a number from 1 to 1000, or adaptive",
                "save:Account | concurrency | 0 | use a number from 1 to 1000, or adaptive",
                "save:Account | concurrency | -1 | use a number from 1 to 1000, or adaptive",
                "save:Account | concurrency | 99999999999 | use a number from 1 to 1000, or adaptive",
                "save:Account | retryRecords | often | use true, false, or a number",
                "save:Account | retryRecords | -1 | use 0 to 1000",
                "save:Account | retryRecords | 2000000000 | use 0 to 1000",
                "save:Account | assignmentRule | maybe | use true, false, or the Id of a rule",
                "save:Account | duplicateRule | nonsense | duplicateRule",
                "save:Account | externalIdField | External_ID__c,Name | use a name such as",
                "fetch:Account | externalIdField | [External_ID__c] | use a name such as",
                "bulk:Account | externalIdField | 5 | use a name such as",
                "save:Account | groupBy | Account Id | use a name such as",
                "save:Account | ifUnmodifiedSince | yesterday | such as 2026-01-31T12:00:00Z",
                "save:Account | bulkThreshold | 0 | use 1 or more",
                "fetch:Account | ifModifiedSince | 2026-01-31 | such as 2026-01-31T12:00:00Z",
                "fetch:Account | notFound | IGNORE | FAIL, NULL or SKIP",
                "delete:Account | notFound | SKIP | FAIL or IGNORE",
                "query:Account | outputType | CSV | LIST, STREAM or ONE",
                "query:Account | maxListSize | 0 | use 1 or more",
                "query:Account | queryBatchSize | 0 | 200 to 2000",
                "query:Account | queryBatchSize | 5000 | 200 to 2000",
                "query:Account | prefetch | -1 | use 0 to 100",
                "query:Account | prefetch | 1000000 | use 0 to 100",
                "query:Account | limit | -1 | use 0 or more",
                "query:Account | limit | ten | a whole number",
                "query:Account | api | SOAP | use one of DATA, TOOLING",
                "bulk:Account | bulkOperation | DROP | use one of INSERT, UPDATE, UPSERT, DELETE, HARD_DELETE",
                "bulk:Account | await | later | use true or false",
                "bulk:Account | maxJobBytes | 5 | maxJobBytes=5",
                "bulk:Account | maxJobBytes | much | maxJobBytes=much",
                "bulk:Account | jobTimeout | -1 | use 0 to 2147483647 milliseconds",
                "bulk:Account | jobTimeout | 9223372036854775807 | use 0 to 2147483647 milliseconds",
                "bulk:Account | jobTimeout | soon | a number of milliseconds, or a duration",
                "bulk:Account | jobTimeout | garbage | a number of milliseconds, or a duration",
                "bulk:Account | jobTimeout | 1w | a number of milliseconds, or a duration",
                "bulk:Account | jobTimeout | 10S | a number of milliseconds, or a duration",
                "bulk:Account | jobTimeout | PT5S | a number of milliseconds, or a duration",
                "bulk:Account | jobTimeout | 1.5 | a number of milliseconds, or a duration",
                "bulk:Account | jobTimeout | 10,000 | a number of milliseconds, or a duration",
                "bulk:Account | jobTimeout | 5s or so | a number of milliseconds, or a duration",
                "bulk:Account | jobTimeout | 1s2s | a number of milliseconds, or a duration",
                "bulk:Account | jobTimeout | -5s | a number of milliseconds, or a duration",
                "bulk:Account | maxJobBytes | 1w | a whole number",
                "bulk:Account | maxJobBytes | 9000s | a whole number",
                "bulk:Account | pollInterval | 0 | use 1 to 2147483647 milliseconds",
                "bulk:Account | columnDelimiter | DASH | use one of",
                "bulkQuery:Account | maxRecords | 0 | use 1 or more",
                "bulkJob | action | stop | use one of info, results, abort, delete, list",
                "raw | method | TRACE | GET, HEAD, POST, PUT, PATCH or DELETE",
                "composite | compositeType | LIST | use one of",
            })
    void invalidValueIsRefusedWithTheAllowedOnes(String endpoint, String option, String value, String said) {
        String needed =
                switch (endpoint) {
                    case "raw" -> "&path=limits";
                    default -> "";
                };
        assertThatThrownBy(() -> context.getEndpoint("sftoolkit:" + endpoint + "?" + option + "=" + value + needed))
                .hasMessageContaining(option + "=" + value)
                .hasMessageContaining(said)
                .hasMessageNotContaining("SfToolkitConfiguration@");
        Exchange exchange = send(
                "sftoolkit:" + endpoint + "?allowHeaderOverride=" + option + needed,
                new LinkedHashMap<>(Map.of("Name", "Acme")),
                Map.of("CamelSfToolkit" + Character.toUpperCase(option.charAt(0)) + option.substring(1), value));
        assertThat(exchange.getException())
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("CamelSfToolkit")
                .hasMessageContaining(option + "=" + value)
                .hasMessageContaining(said);
        assertThat(emulator.requests().count()).isZero();
    }

    @ParameterizedTest(name = "{0} {1}={2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "maxRetries | -1 | use 0 to 1000",
                "maxRetries | 2147483647 | use 0 to 1000",
                "retryDelay | 0 | use 1 to 2147483647 milliseconds",
                "requestTimeout | 9999999999 | use 1 to 2147483647 milliseconds",
                "requestTimeout | never | or a duration such as 30s",
                "connectTimeout | -1 | use 1 to",
                "maxConnections | many | a whole number",
                "apiBudget | 101 | use 1 to 100",
                "proxyType | HTTP9 | use one of HTTP, SOCKS4, SOCKS5",
                "compression | gzip | use true or false",
            })
    void soIsOneOfTheConnection(String option, String value, String said) {
        assertThatThrownBy(() -> context.getEndpoint("sftoolkit:limits?" + option + "=" + value))
                .hasMessageContaining(option + "=" + value)
                .hasMessageContaining(said);
    }

    @ParameterizedTest
    @ValueSource(strings = {"settleDelay", "lookBack", "pollTimeout", "parkTimeout"})
    void aTimeThatCannotBeReadIsNotZero(String option) {
        for (String value : List.of("10S", "garbage", "1w", "PT10S", "10,000", "+5", "1.5")) {
            assertThatThrownBy(() -> context.getEndpoint("sftoolkit:query:Account?" + option + "=" + value))
                    .as(value)
                    .hasMessageContaining(option + "=" + value)
                    .hasMessageContaining("a duration such as 30s");
            assertThatThrownBy(() -> set(option, value)).as(value).hasStackTraceContaining(option + "=" + value);
        }
        for (String value : List.of("500", "20ms", "10s", "5m", "5min", "1h30m", "1m500ms")) {
            assertThat(context.getEndpoint("sftoolkit:query:Account?" + option + "=" + value))
                    .as(value)
                    .isNotNull();
        }
    }

    /** As {@code camel.component.sftoolkit.*} is read. */
    private void set(String option, String value) {
        var component = context.getComponent("sftoolkit");
        PropertyBindingSupport.build()
                .withCamelContext(context)
                .withTarget(component)
                .withConfigurer(component.getComponentPropertyConfigurer())
                .withProperty(option, value)
                .bind();
    }

    @Test
    void aPropertyOfTheComponentThatIsRightIsSet() {
        set("settleDelay", "7s");
        set("maxRetries", "2");
        set("type", "java.util.Map");
        var options =
                context.getComponent("sftoolkit", SfToolkitComponent.class).getConfiguration();
        assertThat(options.getSettleDelay()).isEqualTo(7000);
        assertThat(options.getMaxRetries()).isEqualTo(2);
        assertThatThrownBy(() -> set("apiBudget", "most")).hasStackTraceContaining("apiBudget=most");
    }

    @Test
    void aValueThatIsNoTextDoesNotBecomeItsToString() {
        Map<String, String> options = Map.of(
                "fetch:Account", "fields",
                "search:Account?q=acme&", "fields",
                "bulk:Account", "assignmentRuleId",
                "bulkJob?action=list&", "jobType",
                "upload", "fileName",
                "raw?method=GET&", "path",
                "query:Account", "where");
        options.forEach((endpoint, option) -> {
            for (Object value : List.of(new Object(), List.of("Id", "Name"), Map.of("a", 1), TextNode.valueOf("Id"))) {
                Exchange exchange = send(
                        "sftoolkit:" + endpoint + (endpoint.contains("?") ? "" : "?") + "allowHeaderOverride=" + option,
                        "001000000000001AAA",
                        Map.of(
                                "CamelSfToolkit" + Character.toUpperCase(option.charAt(0)) + option.substring(1),
                                value));
                assertThat(exchange.getException())
                        .as(endpoint + " " + value)
                        .isInstanceOf(InvalidInputException.class)
                        .hasMessageContaining(
                                option + " was given a " + value.getClass().getName());
            }
        });
        for (Object value : List.of("garbage", "", "#bean:nobody", 5, Map.of())) {
            Exchange exchange = send(
                    "sftoolkit:bulk:Account?allowHeaderOverride=jobStore",
                    List.of(Map.of("Name", "Acme")),
                    Map.of("CamelSfToolkitJobStore", value));
            assertThat(exchange.getException())
                    .as(String.valueOf(value))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("jobStore");
        }
        assertThat(emulator.requests().count()).isZero();
    }

    @Test
    void whatHeadersSayIsCheckedAsWhatTheUriSays() {
        Exchange creates = send(
                "sftoolkit:save:Account?updateOnly=true&allowHeaderOverride=mode",
                new LinkedHashMap<>(Map.of("Name", "Acme")),
                Map.of("CamelSfToolkitMode", "INSERT"));
        assertThat(creates.getException())
                .hasMessageContaining("CamelSfToolkitMode")
                .hasMessageContaining("mode=INSERT and updateOnly=true cannot be combined");
        for (String kept : List.of("allOrNone=true", "updateMru=false", "updateOnly=true", "assignmentRule=true")) {
            Exchange half = send(
                    "sftoolkit:save:Account?allowHeaderOverride=via&" + kept,
                    List.of(Map.of("Name", "Acme"), Map.of("Phone", "1")),
                    Map.of("CamelSfToolkitVia", "BULK"));
            assertThat(half.getException())
                    .as(kept)
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("CamelSfToolkitVia")
                    .hasMessageContaining(kept.substring(0, kept.indexOf('=')));
        }
        Exchange keyless = send(
                "sftoolkit:save:Account?allowHeaderOverride=mode",
                new LinkedHashMap<>(Map.of("Name", "Acme")),
                Map.of("CamelSfToolkitMode", "UPSERT"));
        assertThat(keyless.getException()).hasMessageContaining("mode=UPSERT needs externalIdField");
        Exchange pathless = send("sftoolkit:raw?allowHeaderOverride=path", null);
        assertThat(pathless.getException()).hasMessageContaining("raw needs a path");
        assertThat(emulator.requests().count()).isZero();
    }

    @Test
    void anAssignmentRuleByItsIdRunsInJobsToo() {
        emulator.requests().keepBodies(1_000);
        Exchange exchange = send(
                "sftoolkit:save:Lead?via=BULK&assignmentRule=01Q000000000001AAA",
                List.of(Map.of("LastName", "Doe", "Company", "Acme")));
        assertThat(emulator.requests().list())
                .filteredOn(request ->
                        request.method().equals("POST") && request.resource().equals("jobs/ingest"))
                .singleElement()
                .satisfies(request -> assertThat(request.body()).contains("01Q000000000001AAA"));
        assertThat(exchange).isNotNull();
    }

    @Test
    void aBlankNameOrConditionIsNotTakenForNone() {
        for (String option : List.of("externalIdField", "ifUnmodifiedSince", "groupBy", "sObject")) {
            for (String blank : List.of("", "  ")) {
                Exchange done = send(
                        "sftoolkit:save:Account?allowHeaderOverride=" + option,
                        new LinkedHashMap<>(Map.of("Name", "Acme")),
                        Map.of(
                                "CamelSfToolkit" + Character.toUpperCase(option.charAt(0)) + option.substring(1),
                                blank));
                assertThat(done.getException()).as(option).hasMessageContaining("leave the option out");
            }
        }
        assertThatThrownBy(() -> context.getEndpoint("sftoolkit:save:Account?externalIdField="))
                .hasMessageContaining("leave the option out");
        assertThat(emulator.requests().count()).isZero();
    }
}
