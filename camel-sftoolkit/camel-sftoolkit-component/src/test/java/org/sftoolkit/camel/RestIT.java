package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.ResolveEndpointFailedException;
import org.junit.jupiter.api.Test;
import org.sftoolkit.camel.error.InvalidInputException;
import org.sftoolkit.camel.error.NotFoundException;
import org.sftoolkit.camel.error.PartialFailureException;
import org.sftoolkit.camel.error.RequestRejectedException;
import org.sftoolkit.camel.model.CompositeRequest;
import org.sftoolkit.camel.model.CompositeResults;
import org.sftoolkit.camel.model.SObject;

class RestIT extends RouteTestSupport {

    private List<?> search(String uri, Object body) {
        return body(uri, body, List.class);
    }

    @Test
    void aSearchFindsRecordsOfItsObjects() {
        emulator.org().insert("Account", Map.of("Name", "Acme Energy"));
        emulator.org().insert("Account", Map.of("Name", "Other"));
        List<?> found = search(
                "sftoolkit:search?sosl=RAW(FIND {:what} IN NAME FIELDS RETURNING Account(Id, Name WHERE Name LIKE"
                        + " :like(%what%)))",
                Map.of("what", "Acme"));
        assertThat(found).hasSize(1).first().isInstanceOfSatisfying(SObject.class, record -> assertThat(record)
                .containsEntry("Name", "Acme Energy"));
        assertThat(search("sftoolkit:search", "FIND {Acme} RETURNING Account(Id)"))
                .hasSize(1);
    }

    @Test
    void aSearchByParametersNeedsNoSosl() {
        emulator.org().insert("Account", Map.of("Name", "Acme Energy"));
        assertThat(search("sftoolkit:search:Account?q=:what&in=NAME&fields=Id,Name&limit=5", Map.of("what", "Acme")))
                .hasSize(1);
        assertThat(search("sftoolkit:search:Account?q=:what&fields=Id,Name", Map.of("what", "Acme} OR {Other")))
                .isEmpty();
    }

    @Test
    void aSearchWithoutAnythingToSearchForIsRefused() {
        assertThatThrownBy(() -> context.getEndpoint("sftoolkit:search:Account"))
                .isInstanceOf(ResolveEndpointFailedException.class);
        assertThatThrownBy(() -> context.getEndpoint("sftoolkit:search?q=a&sosl=FIND {b}"))
                .isInstanceOf(ResolveEndpointFailedException.class);
        assertThat(send("sftoolkit:search", null).getException()).hasMessageContaining("there is no search");
    }

    @Test
    void anObjectIsDescribedAndTransferredOnceOnly() {
        Map<?, ?> first = body("sftoolkit:describe:Account", null, Map.class);
        Map<?, ?> second = body("sftoolkit:describe:Account", null, Map.class);
        assertThat(first.get("name")).isEqualTo("Account");
        assertThat(second).isEqualTo(first).isNotSameAs(first);
        assertThat((List<?>) body("sftoolkit:describe", null, Map.class).get("sobjects"))
                .isNotEmpty();
        assertThat(emulator.requests().list("sobjects/{object}/describe"))
                .extracting(request -> request.status())
                .containsExactly(200, 304);
        assertThat(send("sftoolkit:describe:Nothing__c", null).getException()).isInstanceOf(NotFoundException.class);
    }

    @Test
    void theOrgTellsItsLimitsVersionsAndUser() {
        emulator.org().insert("Account", Map.of("Name", "x"));
        Map<?, ?> limits = body("sftoolkit:limits", null, Map.class);
        assertThat(((Map<?, ?>) limits.get("DailyApiRequests")).containsKey("Remaining"))
                .isTrue();
        assertThat(body("sftoolkit:limits:Account", null, Map.class).get("sObjects"))
                .isEqualTo(List.of(Map.of("name", "Account", "count", 1)));
        List<?> versions = body("sftoolkit:versions", "the body does not matter", List.class);
        assertThat(versions).anySatisfy(version -> assertThat(((Map<?, ?>) version).get("version"))
                .isEqualTo("66.0"));
        assertThat(body("sftoolkit:userInfo", null, Map.class).get("user_id"))
                .asString()
                .startsWith("005");
    }

    @Test
    void requestsOfACompositeReferToEachOther() {
        var request = new CompositeRequest()
                .allOrNone(true)
                .add("account", "POST", "sobjects/Account", Map.of("Name", "Acme"))
                .add("contact", "POST", "/sobjects/Contact", Map.of("LastName", "Doe", "AccountId", "@{account.id}"))
                .add("read", "GET", "query?q=SELECT+Id,LastName+FROM+Contact");
        Exchange exchange = send("sftoolkit:composite", request);
        CompositeResults results = exchange.getMessage().getBody(CompositeResults.class);
        assertThat(results).hasSize(3).allMatch(result -> result.success());
        assertThat(results.find("account").orElseThrow().id()).startsWith("001");
        assertThat(results.get(1).status()).isEqualTo(201);
        Map<?, ?> page = (Map<?, ?>) results.get(2).body();
        assertThat((List<?>) page.get("records")).first().isInstanceOf(SObject.class);
        assertThat(exchange.getMessage().getHeader("CamelSfToolkitSucceeded")).isEqualTo(3);
        assertThat(exchange.getMessage().getHeader("CamelSfToolkitRequests")).isEqualTo(1);
        assertThat(emulator.org().count("Contact")).isEqualTo(1);
    }

    @Test
    void eachRequestThatFailsSaysWhy() {
        CompositeResults results = body(
                "sftoolkit:composite",
                """
                {"compositeRequest":[
                  {"method":"POST","url":"/services/data/v66.0/sobjects/Account","referenceId":"a","body":{"Name":"x"}},
                  {"method":"POST","url":"sobjects/Contact","referenceId":"b","body":{}}]}
                """,
                CompositeResults.class);
        assertThat(results.succeeded()).hasSize(1);
        assertThat(results.failed()).hasSize(1).first().satisfies(failed -> {
            assertThat(failed.referenceId()).isEqualTo("b");
            assertThat(failed.status()).isEqualTo(400);
            assertThat(failed.errors()).first().satisfies(error -> assertThat(error.statusCode())
                    .isEqualTo("REQUIRED_FIELD_MISSING"));
        });
    }

    @Test
    void requestsOfABatchAreIndependent() {
        CompositeResults results = body(
                "sftoolkit:composite",
                Map.of(
                        "batchRequests",
                        List.of(
                                Map.of("method", "GET", "url", "limits"),
                                Map.of("method", "GET", "url", "v66.0/sobjects/Account/001000000000001AAA"))),
                CompositeResults.class);
        assertThat(results).extracting(result -> result.status()).containsExactly(200, 404);
        assertThat(results.get(1).errors()).isNotEmpty();
    }

    @Test
    void aTreeCreatesRecordsWithTheirChildren() {
        SObject account = SObject.of(
                "Account",
                Map.of("Name", "Acme", "Contacts", List.of(SObject.of("Contact", Map.of("LastName", "Doe")))));
        CompositeResults results =
                body("sftoolkit:composite", Map.of("records", List.of(account)), CompositeResults.class);
        assertThat(results).hasSize(2).allMatch(result -> result.success() && result.id() != null);
        assertThat(emulator.org().count("Contact")).isEqualTo(1);
    }

    @Test
    void aTreeThatIsRefusedTellsTheErrorsOfItsRecords() {
        Exchange exchange = send("sftoolkit:composite:Contact", Map.of("records", List.of(Map.of("FirstName", "x"))));
        assertThat(exchange.getException())
                .isInstanceOfSatisfying(RequestRejectedException.class, refusal -> assertThat(refusal.errors())
                        .extracting(error -> error.code())
                        .containsExactly("REQUIRED_FIELD_MISSING"));
    }

    @Test
    void graphsAreAllOrNoneEach() {
        Map<String, Object> good = Map.of(
                "graphId",
                "g1",
                "compositeRequest",
                List.of(Map.of(
                        "method", "POST", "url", "sobjects/Account", "referenceId", "a", "body", Map.of("Name", "x"))));
        Map<String, Object> bad = Map.of(
                "graphId",
                "g2",
                "compositeRequest",
                List.of(Map.of(
                        "method",
                        "POST",
                        "url",
                        "sobjects/Contact",
                        "referenceId",
                        "a",
                        "body",
                        Map.of("FirstName", "x"))));
        CompositeResults results =
                body("sftoolkit:composite", Map.of("graphs", List.of(good, bad)), CompositeResults.class);
        assertThat(results).extracting(result -> result.graphId()).containsExactly("g1", "g2");
        assertThat(results).extracting(result -> result.success()).containsExactly(true, false);
    }

    @Test
    void aBodyThatIsNoCompositeRequestIsRefused() {
        assertThat(send("sftoolkit:composite", Map.of("a", 1)).getException())
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("compositeRequest, batchRequests, graphs or records");
        assertThat(send("sftoolkit:composite?compositeType=BATCH", Map.of("graphs", List.of()))
                        .getException())
                .isInstanceOf(InvalidInputException.class);
        assertThat(emulator.requests().count()).isZero();
    }

    @Test
    void partsThatFailedMayBeAnException() {
        String body =
                """
                {"compositeRequest":[
                  {"method":"POST","url":"sobjects/Account","referenceId":"a","body":{"Name":"x"}},
                  {"method":"POST","url":"sobjects/Contact","referenceId":"b","body":{}}]}
                """;
        Exchange exchange = send("sftoolkit:composite?onPartialFailure=FAIL", body);
        assertThat(exchange.getException()).isInstanceOfSatisfying(PartialFailureException.class, failure -> {
            assertThat(failure.results()).hasSize(2);
            assertThat(failure.results().get(0).created()).isTrue();
            assertThat(failure.results().get(0).id()).startsWith("001");
            assertThat(failure.results().failed()).singleElement().satisfies(failed -> {
                assertThat(failed.index()).isEqualTo(1);
                assertThat(failed.errors().get(0).statusCode()).isEqualTo("REQUIRED_FIELD_MISSING");
            });
        });
        assertThat(exchange.getMessage().getBody()).isEqualTo(body);
        try (var log = new CapturedLog()) {
            assertThat(send("sftoolkit:composite", body).getException()).isNull();
            assertThat(log.lines()).anyMatch(line -> line.startsWith("WARN") && line.contains("1 of 2"));
        }
    }
}
