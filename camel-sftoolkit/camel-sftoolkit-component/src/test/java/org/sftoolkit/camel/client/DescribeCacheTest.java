package org.sftoolkit.camel.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DescribeCacheTest {

    private Instant now = Instant.parse("2026-01-31T12:00:00Z");
    private final DescribeCache cache = new DescribeCache(() -> now);
    private final List<Promise<ObjectDescription>> asked = new ArrayList<>();

    private Future<ObjectDescription> describe(String type) {
        return cache.get(type, () -> {
            Promise<ObjectDescription> answer = Promise.promise();
            asked.add(answer);
            return answer.future();
        });
    }

    private static ObjectDescription object(String name) {
        return new ObjectDescription(name, null, List.of(), Set.of());
    }

    @Test
    void oneRequestServesAllCallersInAnyCaseOfTheName() {
        var first = describe("Account");
        var second = describe("ACCOUNT");
        assertThat(asked).hasSize(1);
        asked.get(0).complete(object("Account"));
        assertThat(first.result()).isSameAs(second.result());
    }

    @Test
    void aFailureIsForgotten() {
        describe("Account");
        asked.get(0).fail("no");
        describe("Account");
        assertThat(asked).hasSize(2);
    }

    @Test
    void descriptionIsRequestedAgainAfterAWhile() {
        describe("Account");
        asked.get(0).complete(object("Account"));
        now = now.plus(DescribeCache.LIFE).minusSeconds(1);
        describe("Account");
        assertThat(asked).hasSize(1);
        now = now.plus(Duration.ofSeconds(1));
        describe("Account");
        assertThat(asked).hasSize(2);
    }

    @Test
    void aSlowAnswerIsWaitedForByAll() {
        describe("Account");
        now = now.plus(DescribeCache.LIFE).plusSeconds(1);
        describe("Account");
        assertThat(asked).hasSize(1);
    }
}
