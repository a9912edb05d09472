package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.ThreadPoolProfileBuilder;
import org.apache.camel.spi.ThreadPoolProfile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContinuationIT extends RouteTestSupport {

    private String id;

    private void route(String options) throws Exception {
        id = emulator.org().insert("Account", Map.of("Name", "Acme"));
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in")
                        .to("sftoolkit:fetch:Account?fields=Id&" + options)
                        .process(exchange -> exchange.setProperty(
                                "thread", Thread.currentThread().getName()));
            }
        });
    }

    @ParameterizedTest
    @CsvSource({"POOL,SfToolkit", "WORKER,vert.x-worker-thread", "EVENT_LOOP,vert.x-eventloop-thread"})
    void routeContinuesOnTheThreadsOfContinueOn(String where, String thread) throws Exception {
        route("continueOn=" + where);
        Exchange exchange = send("direct:in", id);
        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getProperty("thread", String.class)).contains(thread);
    }

    @Test
    void synchronousStaysOnTheCallingThread() throws Exception {
        route("synchronous=true");
        assertThat(send("direct:in", id).getProperty("thread"))
                .isEqualTo(Thread.currentThread().getName());
    }

    @ParameterizedTest
    @CsvSource({"POOL", "WORKER"})
    void slowStepsRunSideBySide(String where) throws Exception {
        id = emulator.org().insert("Account", Map.of("Name", "Acme"));
        CountDownLatch together = new CountDownLatch(5);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:slow")
                        .to("sftoolkit:fetch:Account?fields=Id&continueOn=" + where)
                        // passes only when five exchanges stand here at a time
                        .process(exchange -> {
                            together.countDown();
                            exchange.setProperty("met", together.await(20, TimeUnit.SECONDS));
                        });
            }
        });
        List<CompletableFuture<Exchange>> sent = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            sent.add(template.asyncSend(
                    "direct:slow", exchange -> exchange.getMessage().setBody(id)));
        }
        for (CompletableFuture<Exchange> exchange : sent) {
            assertThat(exchange.get(30, TimeUnit.SECONDS).getProperty("met")).isEqualTo(true);
        }
    }

    @Test
    void aPoolThatIsFullLosesNoExchange() throws Exception {
        ThreadPoolProfile tiny = new ThreadPoolProfileBuilder("sftoolkit")
                .poolSize(1)
                .maxPoolSize(1)
                .maxQueueSize(0)
                .build();
        context.getExecutorServiceManager().registerThreadPoolProfile(tiny);
        route("continueOn=POOL");
        List<CompletableFuture<Exchange>> sent = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            sent.add(template.asyncSend(
                    "direct:in", exchange -> exchange.getMessage().setBody(id)));
        }
        for (CompletableFuture<Exchange> exchange : sent) {
            assertThat(exchange.get(30, TimeUnit.SECONDS).getException()).isNull();
            assertThat(exchange.get().getProperty("thread", String.class)).doesNotContain("eventloop");
        }
    }
}
