package org.sftoolkit.camel.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sftoolkit.camel.model.SObject;
import org.sftoolkit.camel.transport.Response;

class LongQueryTest {

    @Test
    void numbersOfALongQueryAreAsExactAsThoseOfAShortOne() {
        String answer = "{\"compositeResponse\":[{\"httpStatusCode\":200,\"httpHeaders\":{},\"referenceId\":\"query\","
                + "\"body\":{\"totalSize\":1,\"done\":true,\"records\":[{\"attributes\":{\"type\":\"Account\"},"
                + "\"Exact__c\":12345678901234567.89,\"Half__c\":1.50,\"Many__c\":1.0E7}]}}]}";
        var client = new QueryClient(request ->
                Future.succeededFuture(new Response(200, MultiMap.caseInsensitiveMultiMap(), Buffer.buffer(answer))));
        String soql = "SELECT Exact__c FROM Account WHERE Name IN ('" + "x".repeat(9_000) + "')";
        List<SObject> rows = client.all(soql).result();
        assertThat(rows).singleElement().satisfies(row -> assertThat(row)
                .containsEntry("Exact__c", new BigDecimal("12345678901234567.89"))
                .containsEntry("Half__c", 1.5)
                .containsEntry("Many__c", 1.0E7));
    }
}
