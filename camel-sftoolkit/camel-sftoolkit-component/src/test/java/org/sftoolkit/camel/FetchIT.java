package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.sftoolkit.camel.error.NotFoundException;
import org.sftoolkit.camel.error.RequestRejectedException;
import org.sftoolkit.camel.model.SObject;

class FetchIT extends RouteTestSupport {

    /** A bean without a base class. */
    public static class Company {
        public String id;
        public String name;

        @JsonProperty("NumberOfEmployees")
        public Integer employees;

        @JsonProperty("CreatedDate")
        public OffsetDateTime created;
    }

    private List<String> seed(int count) {
        var ids = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            ids.add(emulator.org()
                    .insert(
                            "Account",
                            Map.of("Name", "Company " + i, "External_ID__c", "X/" + i, "NumberOfEmployees", i)));
        }
        return ids;
    }

    @Test
    void oneRecordByIdHasAllItsFields() {
        String id = seed(1).get(0);
        Exchange exchange = send("sftoolkit:fetch:Account", id);
        SObject record = exchange.getMessage().getBody(SObject.class);
        assertThat(record.type()).isEqualTo("Account");
        assertThat(record)
                .containsEntry("Id", id)
                .containsEntry("Name", "Company 0")
                .containsKey("Phone");
        assertThat(record.get("CreatedDate")).isInstanceOf(OffsetDateTime.class);
        assertThat(record.changedFields()).isEmpty();
        assertThat(exchange.getMessage().getHeader("CamelSfToolkitId")).isEqualTo(id);
        assertThat(exchange.getMessage().getHeader("CamelSfToolkitRequests")).isEqualTo(1);
        assertThat(exchange.getMessage().getHeader("CamelSfToolkitApiUsage", String.class))
                .matches("\\d+/\\d+");
    }

    @Test
    void onlyTheNamedFieldsAreRead() {
        assertThat(body("sftoolkit:fetch:Account?fields=Name", seed(1).get(0), SObject.class))
                .containsOnlyKeys("Id", "Name");
    }

    @Test
    void theIdHeaderGoesBeforeTheBody() {
        String id = seed(2).get(1);
        Exchange exchange = send("sftoolkit:fetch:Account", "something else", Map.of("CamelSfToolkitId", id));
        assertThat(exchange.getMessage().getBody(SObject.class)).containsEntry("Id", id);
    }

    @Test
    void oneRecordByExternalIdWhateverItsCharacters() {
        String key = "a/b + %c&d? #é";
        emulator.org().insert("Account", Map.of("Name", "Odd", "External_ID__c", key));
        assertThat(body("sftoolkit:fetch:Account?externalIdField=External_ID__c", key, SObject.class))
                .containsEntry("Name", "Odd");
    }

    @Test
    void manyAreReadTwoThousandACallInTheOrderOfTheirIds() {
        List<String> ids = seed(4500);
        java.util.Collections.shuffle(ids, new java.util.Random(7));
        Exchange exchange = send("sftoolkit:fetch:Account?fields=Id,Name", ids);
        List<?> records = exchange.getMessage().getBody(List.class);
        assertThat(records).extracting(record -> ((SObject) record).id()).isEqualTo(ids);
        assertThat(exchange.getMessage().getHeader("CamelSfToolkitRequests")).isEqualTo(3);
    }

    @Test
    void withoutFieldsManyAreReadWithAllThatTheOrgDescribes() {
        List<?> records = body("sftoolkit:fetch:Account", seed(2), List.class);
        assertThat((SObject) records.get(0)).containsKeys("Id", "Name", "Industry", "CreatedDate");
    }

    @Test
    void manyByExternalIdComeInTheOrderOfTheirKeys() {
        seed(600);
        List<String> keys = new ArrayList<>();
        for (int i = 599; i >= 0; i--) {
            keys.add("X/" + i);
        }
        List<?> records = body("sftoolkit:fetch:Account?externalIdField=External_ID__c&fields=Name", keys, List.class);
        assertThat(records)
                .extracting(record -> ((SObject) record).get("External_ID__c"))
                .isEqualTo(keys);
    }

    @Test
    void aMissingRecordIsAnErrorForOneAndANullForMany() {
        String id = seed(1).get(0);
        String gone = emulator.org().insert("Account", Map.of("Name", "Gone"));
        emulator.org().delete("Account", gone);
        assertThat(send("sftoolkit:fetch:Account", gone).getException()).isInstanceOf(NotFoundException.class);
        List<?> records = body("sftoolkit:fetch:Account?fields=Id", List.of(gone, id), List.class);
        assertThat(records.get(0)).isNull();
        assertThat(((SObject) records.get(1)).id()).isEqualTo(id);
    }

    @Test
    void notFoundSaysWhatAMissingRecordMeans() {
        String id = seed(1).get(0);
        String gone = "001000000000001AAA";
        assertThat(send("sftoolkit:fetch:Account?notFound=NULL", gone)
                        .getMessage()
                        .getBody())
                .isNull();
        assertThat((List<?>) body("sftoolkit:fetch:Account?fields=Id&notFound=SKIP", List.of(gone, id), List.class))
                .hasSize(1);
        assertThat(send("sftoolkit:fetch:Account?fields=Id&notFound=FAIL", List.of(gone, id))
                        .getException())
                .isInstanceOf(NotFoundException.class);
    }

    @Test
    void recordsMayBeBeansOfAnyClass() {
        String type = Company.class.getName().replace("$", "%24");
        Company company = body("sftoolkit:fetch:Account?type=" + type, seed(3).get(2), Company.class);
        assertThat(company.name).isEqualTo("Company 2");
        assertThat(company.employees).isEqualTo(2);
        assertThat(company.created).isNotNull();
    }

    @Test
    void anEmptyListAsksNothing() {
        Exchange exchange = send("sftoolkit:fetch:Account", List.of());
        assertThat(exchange.getMessage().getBody()).isEqualTo(List.of());
        assertThat(exchange.getMessage().getHeader("CamelSfToolkitRequests")).isEqualTo(0);
        assertThat(emulator.requests().count()).isZero();
    }

    @Test
    void nullsAmongTheIdsKeepTheirPlace() {
        String id = seed(1).get(0);
        List<?> records = body("sftoolkit:fetch:Account?fields=Id", Arrays.asList(null, id, null), List.class);
        assertThat(records).hasSize(3);
        assertThat(records.get(0)).isNull();
        assertThat(records.get(1)).isNotNull();
    }

    @Test
    void anUnknownFieldIsNamedInATypedError() {
        Exchange exchange = send("sftoolkit:fetch:Account?fields=Nonsense__c", seed(1).get(0));
        assertThat(exchange.getException())
                .isInstanceOf(RequestRejectedException.class)
                .hasMessageContaining("Nonsense__c")
                .hasMessageContaining("GET /services/data/v66.0/sobjects/Account/");
        assertThat(((RequestRejectedException) exchange.getException())
                        .errors()
                        .get(0)
                        .code())
                .isEqualTo("INVALID_FIELD");
    }

    @Test
    void listedHeadersGoWithEachRequestOfTheExchange() {
        String id = emulator.org().insert("Account", Map.of("Name", "Acme"));
        String listed = "requestHeaders=Sforce-Call-Options";
        var headers = Map.<String, Object>of("Sforce-Call-Options", "client=nightly", "If-Match", "x");
        send("sftoolkit:fetch:Account?" + listed, id, headers);
        send("sftoolkit:fetch:Account?" + listed, List.of(id), headers);
        send("sftoolkit:reload:Account?" + listed, new java.util.HashMap<>(Map.of("Id", id)), headers);
        send("sftoolkit:limits?" + listed, null, headers);
        send("sftoolkit:bulkJob?action=list&" + listed, null, headers);
        assertThat(emulator.requests().list().stream()
                        .filter(request -> !request.resource().contains("oauth2")))
                .hasSizeGreaterThan(4)
                .allSatisfy(request -> assertThat(request.headers())
                        .containsEntry("sforce-call-options", "client=nightly")
                        .doesNotContainKey("if-match"));
    }

    @Test
    void aListLeavesTheConnectionAsItWas() {
        List<String> ids = IntStream.range(0, 30)
                .mapToObj(i -> emulator.org().insert("Account", Map.of("Name", "a" + i)))
                .toList();
        for (int i = 0; i < 3; i++) {
            assertThat(body("sftoolkit:fetch:Account?fields=Name&batchSize=10&concurrency=3", ids, List.class))
                    .hasSize(30)
                    .doesNotContainNull();
        }
        assertThat(body("sftoolkit:fetch:Account", ids.get(0), SObject.class)).containsEntry("Name", "a0");
        assertThat(emulator.logins()).isEqualTo(1);
    }
}
