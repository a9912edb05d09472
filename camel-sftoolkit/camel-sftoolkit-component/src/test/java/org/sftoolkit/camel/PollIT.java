package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sftoolkit.emulator.DrivenClock;
import org.sftoolkit.emulator.EmulatorBuilder;

class PollIT extends RouteTestSupport {

    private static final String FAST = "&delay=20&initialDelay=0&settleDelay=0&lookBack=600000";

    private final DrivenClock clock = new DrivenClock(Instant.parse("2026-03-01T12:00:00Z"));
    private final List<Exchange> received = new CopyOnWriteArrayList<>();

    @TempDir
    Path directory;

    @Override
    protected void org(EmulatorBuilder settings) {
        settings.clock(clock).pageSize(7);
    }

    @Test
    void whatExistsAndWhatComesIsDeliveredOnceInOrder() throws Exception {
        for (int i = 0; i < 25; i++) {
            account("Acme " + i);
        }
        String first = emulator.org().all("Account").get(0).get("Id").toString();
        clock.advance(Duration.ofSeconds(1));
        route("sftoolkit:query:Account?fields=Name" + FAST);
        awaitNames(25);
        assertThat(received).allSatisfy(exchange -> {
            assertThat(header(exchange, "CamelSfToolkitChange")).isEqualTo("CREATED");
            assertThat(header(exchange, "CamelSfToolkitSObject")).isEqualTo("Account");
            assertThat(header(exchange, "CamelSfToolkitWatermark")).isEqualTo("2026-03-01T12:00:00Z");
            assertThat(exchange.getProperty(Exchange.BATCH_SIZE)).isIn(7, 4);
        });
        assertThat(received.get(6).getProperty(Exchange.BATCH_COMPLETE)).isEqualTo(true);
        assertThat(received.get(0).getProperty(Exchange.BATCH_COMPLETE)).isEqualTo(false);
        received.clear();
        clock.advance(Duration.ofSeconds(60));
        emulator.org().update("Account", first, Map.of("Name", "changed"));
        String late = emulator.org()
                .insert(
                        "Account",
                        Map.of(
                                "Name", "late",
                                "SystemModstamp", clock.instant().minusSeconds(61),
                                "CreatedDate", clock.instant().minusSeconds(61)));
        clock.advance(Duration.ofSeconds(1));
        awaitNames(2);
        assertThat(names()).containsExactly("late", "changed");
        assertThat(header(received.get(0), "CamelSfToolkitId")).isEqualTo(late);
        assertThat(header(received.get(0), "CamelSfToolkitChange")).isEqualTo("CREATED");
        assertThat(header(received.get(1), "CamelSfToolkitChange")).isEqualTo("UPDATED");
        nothingMoreComes();
    }

    @Test
    void aFailedRecordComesAgainAndTheRestFollows() throws Exception {
        for (int i = 0; i < 10; i++) {
            account("Acme " + i);
        }
        clock.advance(Duration.ofSeconds(1));
        var failures = new AtomicInteger(3);
        route("sftoolkit:query:Account?fields=Name" + FAST, exchange -> {
            if (name(exchange).equals("Acme 4") && failures.getAndDecrement() > 0) {
                throw new IllegalStateException("not today");
            }
        });
        awaitNames(10);
        assertThat(failures.get()).isEqualTo(-1);
        nothingMoreComes();
    }

    @Test
    void skippedRecordsDoNotComeAgain() throws Exception {
        for (int i = 0; i < 10; i++) {
            account("Acme " + i);
        }
        clock.advance(Duration.ofSeconds(1));
        route("sftoolkit:query:Account?fields=Name&onRecordFailure=SKIP" + FAST, exchange -> {
            if (name(exchange).equals("Acme 4")) {
                throw new IllegalStateException("never");
            }
        });
        awaitNames(9);
        assertThat(names()).doesNotContain("Acme 4");
        nothingMoreComes();
    }

    @Test
    void aRestartGoesOnWhereTheFileSays() throws Exception {
        Path file = directory.resolve("watermarks");
        String uri = "sftoolkit:query:Account?fields=Name&watermarkFile=" + file + FAST;
        account("before");
        clock.advance(Duration.ofSeconds(1));
        route(uri);
        awaitNames(1);
        context.getRouteController().stopRoute("poll");
        assertThat(Files.readString(file)).contains("query:Account=sftoolkit-poll;1;");
        account("between");
        clock.advance(Duration.ofSeconds(1));
        context.getRouteController().startRoute("poll");
        awaitNames(2);
        assertThat(names()).containsExactly("before", "between");
        nothingMoreComes();
    }

    @Test
    void aCorruptPositionIsRefusedUntilItIsSet() throws Exception {
        Path file = directory.resolve("watermarks");
        Files.writeString(file, "query:Account=sftoolkit-poll;1;query:Account:SystemMod\n");
        account("Acme");
        clock.advance(Duration.ofSeconds(1));
        route("sftoolkit:query:Account?fields=Name&watermarkFile=" + file + FAST);
        nothingMoreComes();
        var control = component().watermarkControls().iterator().next();
        control.set("BEGINNING");
        awaitNames(1);
        control.rewind(Duration.ofMinutes(5));
        awaitNames(2);
        assertThat(control.watermark()).contains(Instant.parse("2026-03-01T12:00:01Z"));
    }

    @Test
    void listsHoldAsManyAsAsked() throws Exception {
        for (int i = 0; i < 25; i++) {
            account("Acme " + i);
        }
        clock.advance(Duration.ofSeconds(1));
        route("sftoolkit:query:Account?fields=Name&outputType=LIST&maxMessagesPerPoll=10" + FAST);
        await().until(() -> received.size() == 3);
        assertThat(received)
                .extracting(one -> one.getMessage().getBody(List.class).size())
                .containsExactly(10, 10, 5);
        nothingMoreComes();
    }

    @Test
    void aStreamReadsOnWhileItIsReadAndWhatWasNotReadComesAgain() throws Exception {
        for (int i = 0; i < 25; i++) {
            account("Acme " + i);
        }
        clock.advance(Duration.ofSeconds(1));
        var read = new CopyOnWriteArrayList<Object>();
        route("sftoolkit:query:Account?fields=Name&outputType=STREAM" + FAST, exchange -> {
            Iterator<?> rows = exchange.getMessage().getBody(Iterator.class);
            for (int i = 0; i < 20 && rows.hasNext(); i++) {
                read.add(((Map<?, ?>) rows.next()).get("Name"));
            }
        });
        await().until(() -> read.size() == 25);
        assertThat(read).doesNotHaveDuplicates();
        assertThat(received).hasSize(2);
        nothingMoreComes();
    }

    @Test
    void aStatementOfOnesOwnIsReadByWatermark() throws Exception {
        account("Acme");
        account("Bolt");
        clock.advance(Duration.ofSeconds(1));
        route("sftoolkit:query?soql=RAW(SELECT Name FROM Account WHERE Name LIKE 'A%' AND SystemModstamp > :watermark"
                + " AND SystemModstamp <= :until)" + FAST);
        awaitNames(1);
        account("Atlas");
        clock.advance(Duration.ofSeconds(1));
        awaitNames(2);
        assertThat(names()).containsExactly("Acme", "Atlas");
        nothingMoreComes();
    }

    @Test
    void deletedRowsComeWhereAskedFor() throws Exception {
        String id = account("Acme");
        clock.advance(Duration.ofSeconds(1));
        route("sftoolkit:query:Account?fields=Name&includeDeleted=true&initialWatermark=NOW" + FAST);
        await().until(() ->
                component().watermarkControls().iterator().next().watermark().isPresent());
        clock.advance(Duration.ofSeconds(1));
        emulator.org().delete("Account", id);
        clock.advance(Duration.ofSeconds(1));
        awaitNames(1);
        assertThat(header(received.get(0), "CamelSfToolkitChange")).isEqualTo("DELETED");
        assertThat(header(received.get(0), "CamelSfToolkitId")).isEqualTo(id);
    }

    @Test
    void anExpiredTokenAndAFailingOrgAreSurvived() throws Exception {
        account("Acme");
        clock.advance(Duration.ofSeconds(1));
        route("sftoolkit:query:Account?fields=Name&backoffErrorThreshold=1&backoffMultiplier=2" + FAST);
        awaitNames(1);
        emulator.expireTokens();
        account("Bolt");
        clock.advance(Duration.ofSeconds(1));
        awaitNames(2);
        assertThat(names()).containsExactly("Acme", "Bolt");
    }

    @Test
    void changesTellCreatedUpdatedAndDeleted() throws Exception {
        String kept = account("kept");
        String gone = account("gone");
        clock.advance(Duration.ofSeconds(1));
        route("sftoolkit:changes:Account?fields=Name" + FAST);
        awaitNames(2);
        received.clear();
        clock.advance(Duration.ofMinutes(3));
        emulator.org().update("Account", kept, Map.of("Name", "changed"));
        emulator.org().delete("Account", gone);
        String fresh = account("fresh");
        clock.advance(Duration.ofMinutes(3));
        await().until(() -> received.size() == 3);
        assertThat(received)
                .extracting(one -> header(one, "CamelSfToolkitId"), one -> header(one, "CamelSfToolkitChange"))
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(kept, "UPDATED"),
                        org.assertj.core.groups.Tuple.tuple(gone, "DELETED"),
                        org.assertj.core.groups.Tuple.tuple(fresh, "CREATED"));
        clock.advance(Duration.ofMinutes(3));
        nothingMoreComes();
    }

    @Test
    void aGapLeadsToANewLoadWhereAskedFor() throws Exception {
        account("Acme");
        clock.advance(Duration.ofSeconds(1));
        route("sftoolkit:changes:Account?fields=Name&onGap=RESYNC" + FAST);
        awaitNames(1);
        context.getRouteController().suspendRoute("poll");
        clock.advance(Duration.ofDays(16));
        context.getRouteController().resumeRoute("poll");
        awaitNames(2);
        nothingMoreComes();
    }

    @Test
    void aGapStopsTheConsumerUntilItsPositionIsSet() throws Exception {
        account("Acme");
        clock.advance(Duration.ofSeconds(1));
        route("sftoolkit:changes:Account?fields=Name" + FAST);
        awaitNames(1);
        context.getRouteController().suspendRoute("poll");
        clock.advance(Duration.ofDays(16));
        context.getRouteController().resumeRoute("poll");
        nothingMoreComes();
        var control = component().watermarkControls().iterator().next();
        control.set("NOW");
        await().until(() -> control.watermark().orElseThrow().equals(clock.instant()));
        clock.advance(Duration.ofMinutes(3));
        account("Bolt");
        clock.advance(Duration.ofMinutes(3));
        awaitNames(2);
    }

    @Test
    void whatExistsIsLoadedByBulkAndThenFollowed() throws Exception {
        for (int i = 0; i < 25; i++) {
            account("Acme " + i);
        }
        clock.advance(Duration.ofSeconds(1));
        route("sftoolkit:query:Account?fields=Name&initialLoad=BULK&pollInterval=20" + FAST);
        awaitNames(25);
        assertThat(emulator.requests().list())
                .anyMatch(request -> request.resource().startsWith("jobs/query"));
        account("later");
        emulator.org()
                .insert(
                        "Account",
                        Map.of("Name", "late", "SystemModstamp", clock.instant().minusSeconds(61)));
        clock.advance(Duration.ofSeconds(1));
        awaitNames(27);
        assertThat(names()).endsWith("late", "later");
        nothingMoreComes();
    }

    @Test
    void anExtractGivesEverythingEachTime() throws Exception {
        account("Acme");
        account("Bolt");
        clock.advance(Duration.ofSeconds(1));
        route("sftoolkit:bulkQuery:Account?fields=Name&outputType=LIST&repeatCount=2&pollInterval=20" + FAST);
        await().atMost(Duration.ofSeconds(20)).until(() -> received.size() == 2);
        assertThat(received).allSatisfy(one -> assertThat(one.getMessage().getBody(List.class))
                .hasSize(2));
        nothingMoreComes();
    }

    @Test
    void theWrongSideIsRefusedNamingTheRightOnes() {
        assertThatThrownBy(() -> route("sftoolkit:save:Account"))
                .hasRootCauseInstanceOf(IllegalArgumentException.class)
                .rootCause()
                .hasMessageContaining("cannot stand in 'from'")
                .hasMessageContaining("bulkQuery, query, changes");
        assertThatThrownBy(() -> template.sendBody("sftoolkit:changes:Account", "x"))
                .rootCause()
                .hasMessageContaining("cannot stand in 'to'")
                .hasMessageContaining("fetch, reload, save");
        assertThatThrownBy(() -> route("sftoolkit:query:Account?outputType=ONE"))
                .rootCause()
                .hasMessageContaining("RECORD, LIST and STREAM");
    }

    private void route(String uri) throws Exception {
        route(uri, exchange -> {});
    }

    private void route(String uri, org.apache.camel.Processor work) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(uri).routeId("poll").process(work).process(exchange -> received.add(exchange.copy()));
            }
        });
    }

    private SfToolkitComponent component() {
        return context.getComponent("sftoolkit", SfToolkitComponent.class);
    }

    private String account(String name) {
        return emulator.org().insert("Account", Map.of("Name", name));
    }

    private void awaitNames(int number) {
        await().atMost(Duration.ofSeconds(20)).until(() -> received.size() >= number);
        assertThat(received).hasSize(number);
    }

    private void nothingMoreComes() {
        int before = received.size();
        await().during(Duration.ofMillis(300)).atMost(Duration.ofSeconds(5)).until(() -> received.size() == before);
    }

    private List<String> names() {
        return new ArrayList<>(received.stream().map(PollIT::name).toList());
    }

    private static String name(Exchange exchange) {
        return (String) exchange.getMessage().getBody(Map.class).get("Name");
    }

    private static Object header(Exchange exchange, String name) {
        return exchange.getMessage().getHeader(name);
    }
}
