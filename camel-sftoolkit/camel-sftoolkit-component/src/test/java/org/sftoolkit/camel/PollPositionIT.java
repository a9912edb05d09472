package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PollPositionIT extends PollTestSupport {

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
    void restartContinuesAtThePositionInTheFile() throws Exception {
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
    void whatWasDeliveredIsKnownFromARepositoryAfterARestart() throws Exception {
        var repository = new org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository();
        context.getRegistry().bind("delivered", repository);
        Path file = directory.resolve("watermarks");
        String uri = "sftoolkit:query:Account?fields=Name&idempotentRepository=#delivered&watermarkFile=" + file + FAST;
        for (int i = 0; i < 10; i++) {
            account("Acme " + i);
        }
        clock.advance(Duration.ofSeconds(1));
        route(uri);
        awaitNames(10);
        context.getRouteController().stopRoute("poll");
        assertThat(repository.getCacheSize()).isEqualTo(10);
        assertThat(Files.readString(file)).as("not kept twice").doesNotContain("/delivered");
        String late = emulator.org()
                .insert(
                        "Account",
                        Map.of(
                                "Name", "late",
                                "SystemModstamp", clock.instant().minusSeconds(1),
                                "CreatedDate", clock.instant().minusSeconds(1)));
        clock.advance(Duration.ofSeconds(1));
        context.getRouteController().startRoute("poll");
        awaitNames(11);
        assertThat(header(received.get(10), "CamelSfToolkitId")).isEqualTo(late);
        nothingMoreComes();
        component().watermarkControls().iterator().next().rewind(Duration.ofMinutes(1));
        awaitNames(22);
        nothingMoreComes();
    }

    @Test
    void aRecordThatFailedIsNotEnteredInTheRepository() throws Exception {
        var repository = new org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository();
        context.getRegistry().bind("delivered", repository);
        account("Acme");
        clock.advance(Duration.ofSeconds(1));
        var failures = new AtomicInteger(2);
        route("sftoolkit:query:Account?fields=Name&idempotentRepository=#delivered" + FAST, exchange -> {
            if (failures.getAndDecrement() > 0) {
                assertThat(repository.getCacheSize()).isZero();
                throw new IllegalStateException("not today");
            }
        });
        awaitNames(1);
        await().until(() -> repository.getCacheSize() == 1);
        nothingMoreComes();
    }
}
