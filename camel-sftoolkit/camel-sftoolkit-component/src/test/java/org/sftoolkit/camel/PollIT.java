package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

class PollIT extends PollTestSupport {

    @Test
    void existingAndNewRecordsAreDeliveredOnceInOrder() throws Exception {
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
    void deletedRowsComeOnRequest() throws Exception {
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
                .hasMessageContaining("cannot be used in 'from'")
                .hasMessageContaining("bulkQuery, query, changes");
        assertThatThrownBy(() -> template.sendBody("sftoolkit:changes:Account", "x"))
                .rootCause()
                .hasMessageContaining("cannot be used in 'to'")
                .hasMessageContaining("fetch, reload, save");
        assertThatThrownBy(() -> route("sftoolkit:query:Account?outputType=ONE"))
                .rootCause()
                .hasMessageContaining("RECORD, LIST or STREAM");
    }

    @Test
    void whatAConsumerCannotDoIsRefused() {
        for (var refused : Map.of(
                        "sftoolkit:query:Account?api=TOOLING", "api=TOOLING",
                        "sftoolkit:query?where=Name='x'&soql=SELECT Id FROM Account", "where",
                        "sftoolkit:changes:Account?soql=SELECT Id FROM Account", "soql",
                        "sftoolkit:changes:Account?where=Name='x'", "where",
                        "sftoolkit:query:Account?type=com.acme.Missing", "com.acme.Missing")
                .entrySet()) {
            assertThatThrownBy(() -> route(refused.getKey()))
                    .as(refused.getKey())
                    .rootCause()
                    .hasMessageContaining(refused.getValue());
        }
    }
}
