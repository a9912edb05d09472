package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.sftoolkit.emulator.fault.FaultPlan.when;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.camel.support.processor.state.MemoryStateRepository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sftoolkit.camel.poll.Cursor;
import org.sftoolkit.camel.poll.CursorText;
import org.sftoolkit.emulator.fault.Fault;

/** Positions and clocks that are not believed. */
class PollClockIT extends PollTestSupport {

    private static final String URI = "sftoolkit:query:Account?fields=Name" + FAST;

    static Stream<Fault> wrongDates() {
        return Stream.of(
                Fault.wrongClock(Duration.ofHours(1)),
                Fault.wrongClock(Duration.ofHours(-1)),
                Fault.wrongClock(Duration.ofSeconds(40)),
                Fault.wrongClock(Duration.ofDays(5_000)),
                Fault.withoutHeaders("Date"),
                Fault.withHeader("Date", "yesterday"));
    }

    @ParameterizedTest
    @MethodSource("wrongDates")
    void oneWrongDateMovesNothing(Fault wrong) throws Exception {
        account("one");
        clock.advance(Duration.ofSeconds(1));
        emulator.faults().next(when("GET /services/data"), wrong);
        route(URI);
        awaitNames(1);
        for (int i = 2; i < 5; i++) {
            emulator.faults().next(when("GET /services/data"), wrong);
            account("more " + i);
            clock.advance(Duration.ofSeconds(2));
            awaitNames(i);
        }
        var control = component().watermarkControls().iterator().next();
        await().until(() -> control.watermark().orElseThrow().equals(clock.instant()));
    }

    @Test
    void aPositionAheadOfTheClockStaysAFailureUntilItIsSet() throws Exception {
        Instant ahead = clock.instant().plus(Duration.ofHours(1));
        var positions = new MemoryStateRepository();
        positions.start();
        String source = "query:Account:SystemModstamp";
        positions.setState("key", CursorText.write(Cursor.since(source, ahead)));
        context.getRegistry().bind("positions", positions);
        route(URI + "&watermarkStore=#positions&watermarkKey=key");
        await().until(() -> positions.getState("key").contains(";ahead;"));
        account("meanwhile");
        clock.advance(Duration.ofHours(2));
        nothingMoreComes();
        context.getRouteController().stopRoute("poll");
        context.getRouteController().startRoute("poll");
        nothingMoreComes();
        assertThat(received).isEmpty();
        component().watermarkControls().iterator().next().set("BEGINNING");
        awaitNames(1);
    }

    @Test
    void damagedFileDoesNotRestartTheConsumer() throws Exception {
        Path file = directory.resolve("watermarks");
        account("one");
        clock.advance(Duration.ofSeconds(1));
        route(URI + "&watermarkFile=" + file);
        awaitNames(1);
        context.getRouteController().stopRoute("poll");
        byte[] good = Files.readAllBytes(file);
        for (byte[] damaged : new byte[][] {
            {}, new byte[good.length], "\n".getBytes(StandardCharsets.UTF_8), Arrays.copyOf(good, good.length - 1)
        }) {
            Files.write(file, damaged);
            context.getRouteController().startRoute("poll");
            nothingMoreComes();
            context.getRouteController().stopRoute("poll");
            assertThat(Files.readAllBytes(file)).isEqualTo(damaged);
        }
        account("two");
        clock.advance(Duration.ofSeconds(1));
        Files.write(file, good);
        context.getRouteController().startRoute("poll");
        awaitNames(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "null", "sftoolkit-poll;1;query:Acc"})
    void invalidStoredTextDoesNotRestartTheConsumer(String text) throws Exception {
        var positions = new MemoryStateRepository();
        positions.start();
        positions.setState("key", text);
        context.getRegistry().bind("positions", positions);
        account("one");
        clock.advance(Duration.ofSeconds(1));
        route(URI + "&watermarkStore=#positions&watermarkKey=key");
        nothingMoreComes();
        assertThat(received).isEmpty();
        component().watermarkControls().iterator().next().set("BEGINNING");
        awaitNames(1);
    }

    @Test
    void aPositionSetWhileNowIsLookedUpIsNotLost() throws Exception {
        account("one");
        clock.advance(Duration.ofSeconds(1));
        emulator.faults().next(when("GET /services/data"), Fault.delay(Duration.ofMillis(500)));
        route(URI + "&initialWatermark=NOW");
        await().until(() -> emulator.requests().list().stream()
                .anyMatch(request -> request.resource().contains("token")));
        component().watermarkControls().iterator().next().set("BEGINNING");
        awaitNames(1);
    }

    @Test
    void positionSetWhileTheRouteIsStoppedIsUsedAtItsStart() throws Exception {
        account("one");
        clock.advance(Duration.ofSeconds(1));
        route(URI);
        awaitNames(1);
        var control = component().watermarkControls().iterator().next();
        context.getRouteController().stopRoute("poll");
        control.set("BEGINNING");
        context.getRouteController().startRoute("poll");
        awaitNames(2);
    }

    @Test
    void bulkLoadContinuesWithinItsJobAfterARestart() throws Exception {
        for (int i = 0; i < 25; i++) {
            account("Acme " + i);
        }
        clock.advance(Duration.ofSeconds(1));
        Path file = directory.resolve("watermarks");
        String uri =
                URI + "&initialLoad=BULK&pollInterval=20&maxMessagesPerPoll=10&repeatCount=2&watermarkFile=" + file;
        route(uri);
        awaitNames(20);
        context.getRouteController().stopRoute("poll");
        context.removeRoute("poll");
        route(uri.replace("&repeatCount=2", ""));
        awaitNames(25);
        assertThat(names()).doesNotHaveDuplicates();
        assertThat(emulator.requests().list().stream()
                        .filter(request -> request.method().equals("POST")
                                && request.resource().endsWith("jobs/query")))
                .as("jobs")
                .hasSize(1);
        nothingMoreComes();
    }
}
