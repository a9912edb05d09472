package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.sftoolkit.emulator.EmulatorBuilder;

class DyingTokenIT extends RouteTestSupport {

    private static final int EXCHANGES = 5_000;
    private static final int LIFE = 50;

    @Override
    protected void org(EmulatorBuilder settings) {
        settings.tokenLifetimeRequests(LIFE);
    }

    @Test
    void everyExchangeSucceedsAndEachDeathCausesOneLogin() throws Exception {
        String id = emulator.org().insert("Account", Map.of("Name", "Acme"));
        var turns = new Semaphore(20);
        List<CompletableFuture<Exchange>> sent = new ArrayList<>();
        for (int i = 0; i < EXCHANGES; i++) {
            assertThat(turns.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
            CompletableFuture<Exchange> exchange =
                    template.asyncSend("sftoolkit:fetch:Account?fields=Id", message -> message.getMessage()
                            .setBody(id));
            exchange.whenComplete((done, failure) -> turns.release());
            sent.add(exchange);
        }
        for (CompletableFuture<Exchange> exchange : sent) {
            assertThat(exchange.get(30, TimeUnit.SECONDS).getException()).isNull();
        }
        assertThat(emulator.logins()).isBetween(EXCHANGES / LIFE, EXCHANGES / LIFE + 1);
        assertThat(emulator.refusedLogins()).isZero();
    }
}
