package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.sftoolkit.camel.error.RequestRejectedException;
import org.sftoolkit.camel.error.TransportException;
import org.sftoolkit.camel.model.SObject;
import org.sftoolkit.emulator.EmulatorBuilder;
import org.sftoolkit.emulator.fault.Fault;
import org.sftoolkit.emulator.fault.FaultPlan;

class QueryStreamIT extends RouteTestSupport {

    private final List<Object> seen = Collections.synchronizedList(new ArrayList<>());

    @Override
    protected void org(EmulatorBuilder settings) {
        settings.pageSize(200);
    }

    @Override
    protected void configure(SfToolkitConfiguration options) {
        options.setRequestTimeout(2000);
        options.setMaxRetries(2);
    }

    private void seed(int count) {
        for (int i = 0; i < count; i++) {
            emulator.org().insert("Account", Map.of("Name", "Company %04d".formatted(i), "NumberOfEmployees", i));
        }
    }

    private Exchange split(String query, boolean parallel) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                var rows = from("direct:in")
                        .to("sftoolkit:query?outputType=STREAM&" + query)
                        .split(body());
                (parallel ? rows.parallelProcessing() : rows)
                        .streaming()
                        .stopOnException()
                        .process(row -> {
                            seen.add(row.getMessage().getBody());
                            onRow(seen.size());
                        });
            }
        });
        return send("direct:in", null);
    }

    private volatile int stopAt = -1;
    private volatile int expireAt = -1;
    private volatile int forgetAt = -1;

    private void onRow(int count) {
        if (count == expireAt) {
            emulator.expireTokens();
        }
        if (count == forgetAt) {
            emulator.expireQueryCursors();
        }
        if (count == stopAt) {
            throw new IllegalStateException("enough");
        }
    }

    private List<String> names() {
        return seen.stream().map(row -> (String) ((SObject) row).get("Name")).toList();
    }

    @Test
    void aSplitterReadsAllPages() throws Exception {
        seed(1050);
        assertThat(split("soql=SELECT Id, Name FROM Account ORDER BY Name", false)
                        .getException())
                .isNull();
        assertThat(names()).hasSize(1050).isSorted().doesNotHaveDuplicates();
        assertThat(emulator.requests().count("query/*")).isEqualTo(5);
    }

    @Test
    void aParallelSplitterReadsEachRowOnce() throws Exception {
        seed(1050);
        assertThat(split("prefetch=2&soql=SELECT Id, Name FROM Account", true).getException())
                .isNull();
        assertThat(names()).hasSize(1050).doesNotHaveDuplicates();
    }

    @Test
    void rowsOfAStreamMayBeBeans() throws Exception {
        seed(3);
        String type = FetchIT.Company.class.getName().replace("$", "%24");
        split("soql=SELECT Id, Name FROM Account&type=" + type, false);
        assertThat(seen).hasSize(3).allSatisfy(row -> assertThat(row).isInstanceOf(FetchIT.Company.class));
    }

    @Test
    void anEarlyStopCostsOneRequestAndLeavesNothingOpen() throws Exception {
        seed(1050);
        stopAt = 10;
        assertThat(split("soql=SELECT Id, Name FROM Account", false).getException())
                .isNotNull();
        assertThat(seen).hasSize(10);
        assertThat(emulator.requests().count("query")).isEqualTo(1);
        assertThat(emulator.requests().count("query/*")).isZero();
        await().atMost(5, TimeUnit.SECONDS).until(() -> emulator.requests().inFlight() == 0);
    }

    @Test
    void theStreamIsClosedWithItsExchange() {
        seed(3);
        Exchange exchange = send("sftoolkit:query?outputType=STREAM&soql=SELECT Id FROM Account", null);
        assertThat(exchange.getException()).isNull();
        var rows = (java.util.Iterator<?>) exchange.getMessage().getBody();
        org.assertj.core.api.Assertions.assertThatThrownBy(rows::next).hasMessageContaining("closed with its exchange");
    }

    @Test
    void aPageThatNeverComesIsAnExceptionWithinTheTimeOut() throws Exception {
        seed(1050);
        emulator.faults().always(FaultPlan.when("query/*"), Fault.delay(java.time.Duration.ofSeconds(60)));
        long start = System.nanoTime();
        Exchange exchange = split("soql=SELECT Id, Name FROM Account", false);
        assertThat(exchange.getException()).hasStackTraceContaining(TransportException.class.getName());
        assertThat(seen).hasSize(200);
        assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(15));
    }

    @Test
    void aPageThatBreaksOffIsReadAgainWithoutRepeatingRows() throws Exception {
        seed(1050);
        emulator.faults().next(FaultPlan.when("query"), Fault.dropConnection(Fault.Moment.IN_ANSWER));
        emulator.faults().next(FaultPlan.when("query/*"), Fault.dropConnection(Fault.Moment.IN_ANSWER));
        emulator.faults().next(FaultPlan.when("query/*"), Fault.truncateBody());
        assertThat(split("soql=SELECT Id, Name FROM Account", false).getException())
                .isNull();
        assertThat(names()).hasSize(1050).doesNotHaveDuplicates();
    }

    @Test
    void aCursorLostToANewSessionIsGoneOnFromTheLastId() throws Exception {
        seed(1050);
        expireAt = 300;
        assertThat(split(
                                "soql=SELECT Name, Id FROM Account WHERE Name LIKE 'C%25' OR Name = 'x' ORDER BY Id LIMIT 1000",
                                false)
                        .getException())
                .isNull();
        assertThat(names()).hasSize(1000).doesNotHaveDuplicates();
        assertThat(emulator.logins()).isEqualTo(2);
    }

    @Test
    void aCursorThatExpiredIsGoneOnFromTheLastTimeAndId() throws Exception {
        seed(1050);
        forgetAt = 500;
        assertThat(split("soql=SELECT Id, Name, SystemModstamp FROM Account ORDER BY SystemModstamp DESC, Id", false)
                        .getException())
                .isNull();
        assertThat(names()).hasSize(1050).doesNotHaveDuplicates();
    }

    @Test
    void aLostCursorWithoutAnOrderToGoOnIsATypedError() throws Exception {
        seed(1050);
        forgetAt = 50;
        Exchange exchange = split("prefetch=0&soql=SELECT Id, Name FROM Account", false);
        assertThat(exchange.getException())
                .hasStackTraceContaining(RequestRejectedException.class.getName())
                .hasStackTraceContaining("the query's cursor was lost after 200 rows")
                .hasStackTraceContaining("INVALID_QUERY_LOCATOR");
        assertThat(seen).hasSize(200);
    }

    @Test
    void childrenOfStreamedRowsArePagedToTheirEnd() throws Exception {
        for (int a = 0; a < 8; a++) {
            String parent = emulator.org().insert("Account", Map.of("Name", "A" + a));
            for (int i = 0; i < 300; i++) {
                emulator.org().insert("Contact", Map.of("LastName", "c" + i, "AccountId", parent));
            }
        }
        assertThat(split("soql=SELECT Name, (SELECT LastName FROM Contacts) FROM Account ORDER BY Name", false)
                        .getException())
                .isNull();
        assertThat(names()).containsExactly("A0", "A1", "A2", "A3", "A4", "A5", "A6", "A7");
        assertThat(seen).allSatisfy(row -> assertThat((List<?>) ((SObject) row).get("Contacts"))
                .hasSize(300));
    }
}
