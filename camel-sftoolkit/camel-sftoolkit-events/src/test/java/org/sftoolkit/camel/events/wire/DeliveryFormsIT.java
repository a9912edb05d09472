package org.sftoolkit.camel.events.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sftoolkit.camel.model.SObject;

/** The forms in which events are delivered. */
class DeliveryFormsIT extends EventRouteSupport {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static Object save(CamelContext context, String uri, Object body) {
        return context.createProducerTemplate().requestBody(uri, body);
    }

    private static List<Map<String, Object>> accounts(int number) {
        var accounts = new ArrayList<Map<String, Object>>();
        for (int i = 0; i < number; i++) {
            accounts.add(Map.of("Name", "Account " + i, "AnnualRevenue", i));
        }
        return accounts;
    }

    @Test
    void eventsComeInListsOfAtMostSoMany() throws Exception {
        CamelContext context = camel();
        save(start(context), "sftoolkit:save:Account", accounts(5));
        List<Exchange> seen = follow(
                context,
                "sftoolkit:subscribe:Account?replayPreset=EARLIEST&outputType=LIST&maxMessagesPerPoll=3&listTimeout=500");
        arrive(seen, 2);
        assertThat(seen)
                .extracting(it -> it.getMessage().getBody(List.class).size())
                .containsExactlyInAnyOrder(3, 2);
        assertThat((List<?>) seen.get(0).getMessage().getBody(List.class)).allMatch(SObject.class::isInstance);
        assertThat(seen.get(0).getMessage().getHeader("CamelSfToolkitChange", String.class))
                .startsWith("CREATED,CREATED");
    }

    @Test
    void aTransactionIsOneExchangeInItsOrder() throws Exception {
        CamelContext context = camel();
        List<Exchange> seen =
                follow(context, "sftoolkit:subscribe:ChangeEvents?outputType=TRANSACTION&transactionTimeout=1000");
        save(context, "sftoolkit:save:Account", accounts(4));
        save(context, "sftoolkit:save:Contact", Map.of("LastName", "Bond"));
        arrive(seen, 2);
        assertThat(values(seen.get(0))).containsExactly("Account 0", "Account 1", "Account 2", "Account 3");
        assertThat(seen.get(0).getMessage().getHeader("CamelSfToolkitTransactionKey"))
                .isNotEqualTo(seen.get(1).getMessage().getHeader("CamelSfToolkitTransactionKey"));
        assertThat(seen.get(0).getMessage().getHeader("CamelSfToolkitPart")).isNull();
        assertThat(seen.get(0).getProperty(Exchange.BATCH_COMPLETE)).isEqualTo(true);
    }

    private static List<Object> values(Exchange exchange) {
        return ((List<?>) exchange.getMessage().getBody(List.class))
                .stream().map(it -> ((SObject) it).get("Name")).toList();
    }

    @Test
    void anEventComesAsTheStreamingApiWroteIt() throws Exception {
        CamelContext context = camel();
        List<Exchange> seen =
                follow(context, "sftoolkit:subscribe:Account,Order_Placed__e?replayPreset=EARLIEST&eventFormat=JSON");
        save(context, "sftoolkit:save:Account", Map.of("Name", "Acme", "BillingCity", "Berlin"));
        arrive(seen, 1);
        JsonNode created = JSON.readTree(seen.get(0).getMessage().getBody(String.class));
        assertThat(created.path("schema").asText())
                .isEqualTo(seen.get(0).getMessage().getHeader("CamelSfToolkitSchemaId"));
        assertThat(created.path("event").path("replayId").isNumber()).isTrue();
        JsonNode payload = created.path("payload");
        assertThat(payload.path("Name").asText()).isEqualTo("Acme");
        assertThat(payload.path("BillingAddress").path("City").asText()).isEqualTo("Berlin");
        assertThat(payload.path("ChangeEventHeader").path("changeType").asText())
                .isEqualTo("CREATE");
        assertThat(payload.path("ChangeEventHeader").path("recordIds")).hasSize(1);
        assertThat(payload.path("CreatedDate").asText()).matches("\\d{4}-\\d\\d-\\d\\dT.*Z");
        order("O-1");
        arrive(seen, 2);
        JsonNode order = JSON.readTree(seen.get(1).getMessage().getBody(String.class));
        assertThat(order.path("payload").path("Order_Number__c").asText()).isEqualTo("O-1");
        assertThat(order.path("payload").has("CreatedById")).isTrue();
    }

    @Test
    void anEventComesAsBytesWithItsSchema() throws Exception {
        CamelContext context = camel();
        List<Exchange> seen =
                follow(context, "sftoolkit:subscribe:Order_Placed__e?replayPreset=EARLIEST&eventFormat=AVRO");
        order("O-1");
        arrive(seen, 1);
        Schema schema =
                new Schema.Parser().parse(seen.get(0).getMessage().getHeader("CamelSfToolkitSchema", String.class));
        GenericRecord read = new GenericDatumReader<GenericRecord>(schema)
                .read(
                        null,
                        DecoderFactory.get()
                                .binaryDecoder(seen.get(0).getMessage().getBody(byte[].class), null));
        assertThat(read.get("Order_Number__c").toString()).isEqualTo("O-1");
    }

    @Test
    void aChangeBringsItsWholeRecordAndKnowsWhatChanged() throws Exception {
        CamelContext context = camel();
        List<Exchange> seen = follow(context, "sftoolkit:subscribe:Account?enrich=true&replayPreset=EARLIEST");
        save(context, "sftoolkit:save:Account", Map.of("Name", "Acme", "BillingCity", "Berlin"));
        arrive(seen, 1);
        String id = seen.get(0).getMessage().getHeader("CamelSfToolkitId", String.class);
        save(context, "sftoolkit:save:Account", Map.of("Id", id, "Name", "Acme & Co"));
        arrive(seen, 2);
        SObject record = seen.get(1).getMessage().getBody(SObject.class);
        assertThat(record).containsEntry("Name", "Acme & Co").containsEntry("BillingCity", "Berlin");
        assertThat(record.changedFields()).contains("Name").doesNotContain("BillingCity");
        save(context, "sftoolkit:delete:Account", id);
        arrive(seen, 3);
        assertThat(seen.get(2).getMessage().getBody(SObject.class)).containsOnlyKeys("Id");
    }

    @Test
    void onlyTheFieldsThatAreWantedAreRead() throws Exception {
        CamelContext context = camel();
        save(start(context), "sftoolkit:save:Account", accounts(150));
        long calls = emulator.requests().count();
        List<Exchange> seen =
                follow(context, "sftoolkit:subscribe:Account?enrich=true&fields=AnnualRevenue&replayPreset=EARLIEST");
        arrive(seen, 150);
        assertThat(seen.get(7).getMessage().getBody(SObject.class)).containsOnlyKeys("Id", "AnnualRevenue");
        // many records that wait are read by one call
        assertThat(emulator.requests().count() - calls).isLessThan(40);
    }

    @Test
    void whatIsDoneBeforeIsNotDeliveredAgain() throws Exception {
        var done = new MemoryIdempotentRepository();
        CamelContext first = camel();
        first.getRegistry().bind("done", done);
        String uri = "sftoolkit:subscribe:Order_Placed__e?replayPreset=EARLIEST&idempotentRepository=#done";
        order("O-1");
        order("O-2");
        arrive(follow(first, uri), 2);
        first.stop();
        assertThat(done.getCacheSize()).isEqualTo(2);
        order("O-3");
        CamelContext second = camel();
        second.getRegistry().bind("done", done);
        List<Exchange> later = follow(second, uri);
        arrive(later, 1);
        assertThat(values(later, "Order_Number__c")).containsExactly("O-3");
    }

    private static CamelContext start(CamelContext context) {
        context.start();
        return context;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Account?outputType=STREAM | LIST or TRANSACTION",
                "Account?maxMessagesPerPoll=5 | outputType=LIST",
                "Account?listTimeout=5 | outputType=LIST",
                "Account?transactionTimeout=5 | outputType=TRANSACTION",
                "Order_Placed__e?outputType=TRANSACTION | LIST",
                "Account?eventFormat=JSON&type=java.util.Map | drop type",
                "Account?eventFormat=JSON&enrich=true | drop enrich",
                "Account?eventFormat=AVRO&outputType=LIST | eventFormat=JSON",
                "Account?eventFormat=JSON&initialLoad=REST | drop initialLoad",
                "Account?eventFormat=JSON&onGap=RESYNC | another onGap",
                "Account?fields=Name | enrich=true",
                "Order_Placed__e?enrich=true | drop it",
                "ChangeEvents?onGap=RESYNC | name the objects",
                "Order_Placed__e?onGap=RESYNC | another onGap",
                "ChangeEvents?initialLoad=BULK | name the objects",
                "Order_Placed__e?initialLoad=REST | drop it",
                "Account?initialLoad=REST&replayPreset=EARLIEST | drop replayPreset",
                "Account?initialLoad=REST&replayId=AAAA | drop replayId",
                "Account?lookBack=-1 | lookBack",
            })
    void optionsThatMakeNoSenseTogetherAreRefusedWithTheCure(String uri, String cure) {
        CamelContext context = camel();
        assertThatThrownBy(() -> context.getEndpoint("sftoolkit:subscribe:" + uri))
                .rootCause()
                .hasMessageContaining(cure);
    }
}
