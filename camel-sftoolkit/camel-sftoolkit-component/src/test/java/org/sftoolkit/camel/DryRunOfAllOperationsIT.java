package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sftoolkit.camel.model.BulkResult;
import org.sftoolkit.camel.model.PublishResult;
import org.sftoolkit.camel.model.SaveResult;

/**
 * Each operation in {@code to}, and each way that it writes: one that writes can be rehearsed, sends no writing request then, and gives
 * what a real run gives but for Ids. An operation that comes later needs a sample here, or this fails.
 */
class DryRunOfAllOperationsIT extends SaveTestSupport {

    /** What they write is not for the component to foresee: the caller gives the requests. */
    private static final Set<OperationName> NOT_REHEARSED =
            Set.of(OperationName.raw, OperationName.composite, OperationName.bulkJob);

    private record Sample(OperationName operation, String rest, Object body) {

        String uri(String more) {
            return "sftoolkit:" + operation + rest + (rest.contains("?") ? "&" : "?") + more;
        }

        @Override
        public String toString() {
            return operation + rest + (body instanceof List ? " of a list" : "");
        }
    }

    private static final String KEY = "External_ID__c";
    private static final String ID = "001000000000001AAA";

    private static Map<String, Object> fresh(int number) {
        return account("Name", "N" + number, KEY, "k" + number);
    }

    static Stream<Sample> samples() {
        return Stream.of(
                sample(OperationName.fetch, ":Account?notFound=NULL", ID),
                sample(OperationName.fetch, ":Account", List.of(ID)),
                sample(OperationName.reload, ":Account?notFound=NULL", List.of(account("Id", ID))),
                sample(OperationName.save, ":Account", fresh(9)),
                sample(OperationName.save, ":Account?externalIdField=" + KEY, fresh(1)),
                sample(OperationName.save, ":Account?externalIdField=" + KEY, list(5, i -> fresh(i))),
                sample(OperationName.save, ":Account?via=BULK&pollInterval=5", list(5, i -> fresh(i + 10))),
                sample(
                        OperationName.save,
                        ":Account?via=AUTO&bulkThreshold=3&pollInterval=5&externalIdField=" + KEY,
                        list(5, i -> fresh(i))),
                sample(OperationName.delete, ":Account?externalIdField=" + KEY, "k1"),
                sample(OperationName.delete, ":Account?externalIdField=" + KEY, List.of("k1", "k7")),
                sample(OperationName.upload, "?fileName=a.txt", "content"),
                sample(OperationName.download, ":Document?outputType=BYTES", "015000000000001AAA"),
                sample(OperationName.bulk, ":Account?pollInterval=5", list(5, i -> fresh(i + 20))),
                sample(OperationName.bulk, ":Account?pollInterval=5&await=false", "Name\nA\nB\n"),
                sample(
                        OperationName.bulk,
                        ":Account?pollInterval=5&externalIdField=" + KEY,
                        "Name," + KEY + "\nA,k1\nB,k2\n"),
                sample(OperationName.bulkQuery, ":Account?fields=Id&pollInterval=5&outputType=LIST", null),
                sample(OperationName.bulkJob, "?action=list", null),
                sample(OperationName.query, ":Account?fields=Id", null),
                sample(OperationName.search, ":Account?q=Acme", null),
                sample(OperationName.describe, ":Account", null),
                sample(OperationName.limits, "", null),
                sample(OperationName.versions, "", null),
                sample(OperationName.userInfo, "", null),
                sample(OperationName.composite, "", "{\"compositeRequest\":[]}"),
                sample(OperationName.raw, "?path=limits", null),
                sample(OperationName.control, ":nobody", null),
                sample(OperationName.publish, ":Order_Placed__e?via=REST", Map.of("Order_Number__c", "1")),
                sample(OperationName.publish, ":Order_Placed__e?via=REST", List.of(Map.of("Order_Number__c", "1"))));
    }

    private static Sample sample(OperationName operation, String rest, Object body) {
        return new Sample(operation, rest, body);
    }

    @Test
    void everyOperationHasASample() {
        assertThat(samples().map(Sample::operation).collect(Collectors.toSet()))
                .containsAll(Arrays.stream(OperationName.values())
                        .filter(OperationName::hasProducer)
                        .toList());
    }

    /** Logins, lists of Ids and jobs that query are POSTs that read. */
    private List<String> writes() {
        return emulator.requests().list().stream()
                .filter(request -> !request.method().equals("GET"))
                .map(request -> request.method() + ' ' + request.path())
                .filter(line -> !line.contains("/oauth2/token")
                        && !line.endsWith("/composite/sobjects/Account")
                        && !line.endsWith("/parameterizedSearch")
                        && !line.endsWith("/jobs/query"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void whatWritesCanBeRehearsedWithTheResultsOfARealRun(Sample sample) {
        emulator.org().insert("Account", Map.of("Name", "Old", KEY, "k1"));
        boolean rehearsed = sample.operation().producerOptions().names().contains("dryRun");
        int records = emulator.org().all("Account").size();
        String planned = rehearsed ? told(send(sample.uri("dryRun=true"), sample.body())) : null;
        assertThat(writes()).isEmpty();
        assertThat(emulator.org().all("Account")).hasSize(records);
        String real = told(send(sample.uri("synchronous=false"), sample.body()));
        if (!NOT_REHEARSED.contains(sample.operation())) {
            assertThat(writes().isEmpty()).as("writes, and can be rehearsed").isNotEqualTo(rehearsed);
        }
        if (rehearsed) {
            assertThat(planned).isEqualTo(real);
        }
    }

    /** The results without Ids and times. */
    private static String told(Exchange exchange) {
        Map<String, Object> headers = new HashMap<>(exchange.getMessage().getHeaders());
        headers.keySet()
                .retainAll(List.of(
                        "CamelSfToolkitVia",
                        "CamelSfToolkitSucceeded",
                        "CamelSfToolkitFailed",
                        "CamelSfToolkitCreated"));
        Exception failure = exchange.getException();
        return (failure == null
                        ? result(exchange.getMessage().getBody())
                        : failure.getClass().getSimpleName())
                + ' '
                + new java.util.TreeMap<>(headers);
    }

    private static String result(Object body) {
        if (body instanceof List<?> list) {
            return list.stream().map(DryRunOfAllOperationsIT::result).toList().toString();
        }
        if (body instanceof SaveResult save) {
            return save.index() + " " + save.success() + " " + save.created() + " " + save.skipped() + " "
                    + save.errors().stream().map(error -> error.statusCode()).toList();
        }
        if (body instanceof PublishResult event) {
            return String.valueOf(event.success());
        }
        return body instanceof BulkResult load
                ? load.processedCount() + " " + load.succeededCount() + " " + load.failedCount()
                : body == null ? "null" : body.getClass().getSimpleName();
    }
}
