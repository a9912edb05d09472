package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PollChangesIT extends PollTestSupport {

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
    void gapLeadsToANewLoadIfRequested() throws Exception {
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
}
