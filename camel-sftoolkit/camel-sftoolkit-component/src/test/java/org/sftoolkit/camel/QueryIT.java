package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.ResolveEndpointFailedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sftoolkit.camel.error.MultipleChoicesException;
import org.sftoolkit.camel.error.RequestRejectedException;
import org.sftoolkit.camel.model.SObject;
import org.sftoolkit.emulator.EmulatorBuilder;

class QueryIT extends RouteTestSupport {

    @Override
    protected void org(EmulatorBuilder settings) {
        settings.pageSize(200);
    }

    private List<String> seed(int count) {
        var ids = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            ids.add(emulator.org()
                    .insert(
                            "Account",
                            Map.of("Name", "Company %04d".formatted(i), "NumberOfEmployees", i, "Industry", "Energy")));
        }
        return ids;
    }

    private List<?> list(String uri, Object body, Map<String, Object> headers) {
        Exchange exchange = send(uri, body, headers);
        if (exchange.getException() != null) {
            throw new AssertionError("the exchange failed", exchange.getException());
        }
        return exchange.getMessage().getBody(List.class);
    }

    private List<Object> names(String soql, Object body, Map<String, Object> headers) {
        return list("sftoolkit:query?soql=RAW(" + soql + ")", body, headers).stream()
                .<Object>map(record -> ((SObject) record).get("Name"))
                .toList();
    }

    @Test
    void aListHoldsTheRowsOfAllPages() {
        seed(450);
        Exchange exchange = send("sftoolkit:query?soql=SELECT Id, Name FROM Account ORDER BY Name", null);
        assertThat(exchange.getMessage().getBody()).asInstanceOf(LIST).hasSize(450);
        assertThat(exchange.getMessage().getHeader("CamelSfToolkitRequests")).isEqualTo(3);
    }

    @Test
    void aQueryIsBuiltOfAnObjectAndParts() {
        seed(5);
        List<?> rows = list(
                "sftoolkit:query:Account?fields=Id,Name&where=NumberOfEmployees >= :least&orderBy=Name DESC&limit=2",
                Map.of("least", 2),
                Map.of());
        assertThat(rows).extracting(row -> ((SObject) row).get("Name")).containsExactly("Company 0004", "Company 0003");
    }

    @Test
    void withoutFieldsAllThatTheOrgDescribesAreSelected() {
        seed(1);
        List<?> rows = list("sftoolkit:query:Account", null, Map.of());
        assertThat((SObject) rows.get(0)).containsKeys("Id", "Name", "Industry", "CreatedDate", "Phone");
    }

    @Test
    void bodyIsTheQueryIfTheEndpointHasNone() {
        seed(3);
        assertThat(list("sftoolkit:query", "SELECT Id FROM Account WHERE Name LIKE :like(p%)", Map.of("p", "Comp")))
                .hasSize(3);
        assertThat(send("sftoolkit:query", null).getException()).hasMessageContaining("there is no query");
        assertThat(send("sftoolkit:query", Map.of("a", 1)).getException()).hasMessageContaining("there is no query");
    }

    @Test
    void namesAreBoundFromTheBodyMapThenHeadersThenProperties() {
        seed(10);
        String soql = "SELECT Name FROM Account WHERE NumberOfEmployees = :n";
        assertThat(names(soql, Map.of("n", 1), Map.of("n", 2))).containsExactly("Company 0001");
        assertThat(names(soql, "text", Map.of("n", 2))).containsExactly("Company 0002");
        Exchange exchange = template.request("sftoolkit:query?soql=RAW(" + soql + ")", e -> e.setProperty("n", 3));
        assertThat(exchange.getMessage().getBody()).asInstanceOf(LIST).hasSize(1);
        assertThat(names(
                        "SELECT Name FROM Account WHERE NumberOfEmployees = :a.b",
                        Map.of("a", Map.of("b", 4)),
                        Map.of()))
                .containsExactly("Company 0004");
    }

    @Test
    void valuesOfAllKindsSelectWhatTheyMean() {
        seed(4);
        emulator.org().insert("Account", Map.of("Name", "50%_off' OR Name != '"));
        var values = new HashMap<String, Object>(
                Map.of("hostile", "50%_off' OR Name != '", "ids", List.of(1, 3), "day", LocalDate.of(2000, 1, 1)));
        values.put("none", null);
        assertThat(names("SELECT Name FROM Account WHERE Name = :hostile", values, Map.of()))
                .hasSize(1);
        assertThat(names("SELECT Name FROM Account WHERE Name LIKE :like(%hostile)", values, Map.of()))
                .hasSize(1);
        assertThat(names("SELECT Name FROM Account WHERE NumberOfEmployees IN :ids", values, Map.of()))
                .hasSize(2);
        assertThat(names("SELECT Name FROM Account WHERE NumberOfEmployees = :none", values, Map.of()))
                .hasSize(1);
        assertThat(names("SELECT Name FROM Account WHERE DAY_ONLY(CreatedDate) > :day", values, Map.of()))
                .hasSize(5);
        assertThat(names(
                        "SELECT Name FROM Account WHERE CreatedDate > :then",
                        Map.of("then", java.time.Instant.now().minusSeconds(3600)),
                        Map.of()))
                .hasSize(5);
    }

    @Test
    void anUnboundNameFailsTheExchangeAndCostsNothing() {
        Exchange exchange = send("sftoolkit:query?soql=RAW(SELECT Id FROM Account WHERE Name = :nmae)", null);
        assertThat(exchange.getException()).hasMessageContaining(":nmae has no value");
        assertThat(emulator.requests().count()).isZero();
    }

    @Test
    void countIsANumberAndAggregatesAreRecords() {
        seed(7);
        assertThat(body("sftoolkit:query?soql=SELECT COUNT() FROM Account", null, Object.class))
                .isEqualTo(7L);
        SObject sums = body(
                "sftoolkit:query?outputType=ONE&soql=SELECT Industry, SUM(NumberOfEmployees) total FROM Account GROUP"
                        + " BY Industry",
                null,
                SObject.class);
        assertThat(sums.type()).isEqualTo("AggregateResult");
        assertThat(((Number) sums.get("total")).intValue()).isEqualTo(21);
    }

    @Test
    void outputTypeOneIsTheOnlyRowOrNull() {
        String uri = "sftoolkit:query:Account?fields=Name&outputType=ONE&where=NumberOfEmployees < :n";
        seed(3);
        assertThat(send(uri, Map.of("n", 0)).getMessage().getBody()).isNull();
        assertThat(body(uri, Map.of("n", 1), SObject.class)).containsEntry("Name", "Company 0000");
        assertThat(send(uri, Map.of("n", 3)).getException())
                .isInstanceOf(MultipleChoicesException.class)
                .hasMessageContaining("more than one row");
    }

    @Test
    void aListRefusesToGrowPastItsLimitAfterTheFirstPage() {
        seed(700);
        Exchange exchange = send("sftoolkit:query?maxListSize=500&soql=SELECT Id FROM Account", "body");
        assertThat(exchange.getException())
                .isInstanceOf(org.sftoolkit.camel.error.ListTooLongException.class)
                .hasMessageContaining("700 rows")
                .hasMessageContaining("outputType=STREAM");
        assertThat(emulator.requests().count("query")).isEqualTo(1);
        assertThat(emulator.requests().count("query/*")).isZero();
        assertThat(exchange.getMessage().getBody()).isEqualTo("body");
    }

    @Test
    void deletedRowsAreReadOnRequest() {
        String id = seed(2).get(0);
        emulator.org().delete("Account", id);
        assertThat(list("sftoolkit:query:Account?fields=Id", null, Map.of())).hasSize(1);
        assertThat(list("sftoolkit:query:Account?fields=Id&includeDeleted=true", null, Map.of()))
                .hasSize(2);
    }

    @Test
    void rowsMayBeBeans() {
        seed(2);
        String type = FetchIT.Company.class.getName().replace("$", "%24");
        List<?> rows = list("sftoolkit:query:Account?fields=Id,Name,NumberOfEmployees&type=" + type, null, Map.of());
        assertThat(rows)
                .allSatisfy(row -> assertThat(row).isInstanceOf(FetchIT.Company.class))
                .extracting(row -> ((FetchIT.Company) row).employees)
                .containsExactlyInAnyOrder(0, 1);
    }

    @Test
    void childrenArePagedToTheirEnd() {
        for (String parent : seed(3)) {
            for (int i = 0; i < 450; i++) {
                emulator.org().insert("Contact", Map.of("LastName", "c" + i, "AccountId", parent));
            }
        }
        List<?> rows = list(
                "sftoolkit:query?soql=SELECT Name, (SELECT LastName FROM Contacts) FROM Account ORDER BY Name",
                null,
                Map.of());
        assertThat(rows).hasSize(3).allSatisfy(row -> assertThat(((SObject) row).get("Contacts"))
                .asInstanceOf(LIST)
                .hasSize(450)
                .doesNotHaveDuplicates());
    }

    @Test
    void aLongListOfValuesIsSplit() {
        List<String> ids = seed(1000);
        var wanted = new ArrayList<>(ids.subList(0, 900));
        wanted.addAll(ids.subList(0, 100));
        wanted.add(ids.get(0).substring(0, 15));
        List<?> rows = list(
                "sftoolkit:query?splitIn=ids&soql=RAW(SELECT Id FROM Account WHERE Id IN :ids AND Industry = 'Energy')",
                Map.of("ids", wanted),
                Map.of());
        assertThat(rows)
                .extracting(row -> ((SObject) row).id())
                .containsExactlyInAnyOrderElementsOf(ids.subList(0, 900));
        assertThat(emulator.requests().count("query")).isGreaterThan(1);
        assertThat(body(
                        "sftoolkit:query?splitIn=ids&soql=RAW(SELECT COUNT() FROM Account WHERE Id IN :ids)",
                        Map.of("ids", wanted),
                        Long.class))
                .isEqualTo(900);
    }

    @Test
    void aQueryThatIsTooLongForAUriCostsOneCallAllTheSame() {
        List<String> ids = seed(1200);
        Exchange exchange = send(
                "sftoolkit:query?soql=RAW(SELECT Id FROM Account WHERE Id IN :ids)",
                Map.of("ids", ids.subList(0, 600)));
        assertThat(exchange.getException()).isNull();
        assertThat((List<?>) exchange.getMessage().getBody()).hasSize(600);
        assertThat(emulator.requests().count("composite")).isEqualTo(1);
        assertThat(emulator.requests().count("query/*")).isEqualTo(2);
        assertThat(send("sftoolkit:query?soql=RAW(SELECT No__c FROM Account WHERE Id IN :ids)", Map.of("ids", ids))
                        .getException())
                .isInstanceOf(RequestRejectedException.class)
                .hasMessageContaining("INVALID_FIELD");
    }

    @Test
    void anEmptyListThatMayBeSplitAsksNothing() {
        String uri = "sftoolkit:query?splitIn=ids&soql=RAW(SELECT Id FROM Account WHERE Id IN :ids)";
        assertThat(list(uri, Map.of("ids", List.of()), Map.of())).isEmpty();
        assertThat(emulator.requests().count()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sftoolkit:query?outputType=CSV",
                "sftoolkit:query?where=Name = 'x'",
                "sftoolkit:query?soql=SELECT Id FROM Account&limit=1",
                "sftoolkit:query?soql=RAW(SELECT Id FROM Account WHERE Name = 'open)",
                "sftoolkit:query:Account?where=Name = 'x' LIMIT 1",
                "sftoolkit:query?splitIn=x&soql=RAW(SELECT Id FROM Account WHERE Id IN :ids)",
                "sftoolkit:query?splitIn=ids&soql=RAW(SELECT Id FROM Account WHERE Id NOT IN :ids)",
                "sftoolkit:query?splitIn=ids&soql=RAW(SELECT Id FROM Account WHERE Id IN :ids OR Name = 'x')",
                "sftoolkit:query?splitIn=ids&soql=RAW(SELECT Id FROM Account WHERE Id IN :ids LIMIT 5)",
                "sftoolkit:query?splitIn=ids&soql=RAW(SELECT MAX(Name) FROM Account WHERE Id IN :ids)",
                "sftoolkit:query?splitIn=ids&soql=RAW(SELECT Id FROM Account WHERE Id IN (SELECT AccountId FROM Contact"
                        + " WHERE Id IN :ids))"
            })
    void whatCannotWorkFailsWhenTheEndpointIsMade(String uri) {
        assertThatThrownBy(() -> context.getEndpoint(uri))
                .isInstanceOf(ResolveEndpointFailedException.class)
                .hasRootCauseInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void queryErrorOfSalesforceFailsTheExchange() {
        for (String output : List.of("LIST", "STREAM", "ONE")) {
            assertThat(send("sftoolkit:query?outputType=" + output + "&soql=SELECT Nothing__c FROM Account", null)
                            .getException())
                    .isInstanceOf(RequestRejectedException.class)
                    .hasMessageContaining("INVALID_FIELD");
        }
    }

    @Test
    void headerOverridesTheQueryOnlyIfAllowed() {
        seed(2);
        var headers = Map.<String, Object>of("CamelSfToolkitSoql", "SELECT COUNT() FROM Account");
        assertThat(list("sftoolkit:query?soql=SELECT Id FROM Account", null, headers))
                .hasSize(2);
        assertThat(send("sftoolkit:query?soql=SELECT Id FROM Account&allowHeaderOverride=soql", null, headers)
                        .getMessage()
                        .getBody())
                .isEqualTo(2L);
    }
}
