package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.sftoolkit.emulator.fault.FaultPlan.when;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.service.BaseService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sftoolkit.camel.jobs.JobTaker;
import org.sftoolkit.camel.model.JobInfo;
import org.sftoolkit.emulator.fault.Fault;

/** The route for jobs when it is suspended or stopped, and when single jobs cannot be read. */
class JobsRouteIT extends RouteTestSupport {

    @TempDir
    Path folder;

    private final List<String> delivered = new CopyOnWriteArrayList<>();
    private final Semaphore leave = new Semaphore(0);

    @Override
    protected void configure(SfToolkitConfiguration options) {
        options.setMaxRetries(0);
    }

    @BeforeEach
    void keepJobs() {
        context.getComponent("sftoolkit", SfToolkitComponent.class)
                .getConfiguration()
                .setJobFile(folder.resolve("jobs").toString());
    }

    private String load(String name) {
        Exchange sent = send("sftoolkit:bulk:Account?await=false", "Name\n" + name + "\n");
        assertThat(sent.getException()).isNull();
        emulator.bulk().runAll();
        return ((JobInfo) sent.getMessage().getBody(List.class).get(0)).id();
    }

    private String query() {
        String id = body("sftoolkit:bulkQuery:Account?fields=Id,Name&await=false", null, JobInfo.class)
                .id();
        emulator.bulk().runAll();
        return id;
    }

    private void route(Processor work) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("sftoolkit:jobs?delay=20&initialDelay=0")
                        .routeId("jobs")
                        .threads(2, 2)
                        .process(work)
                        .process(exchange -> delivered.add(
                                exchange.getMessage().getHeader(SfToolkitConstants.JOB_ID, String.class)));
            }
        });
    }

    private void nothingMoreComes() {
        int before = delivered.size();
        await().during(Duration.ofMillis(200))
                .untilAsserted(() -> assertThat(delivered).hasSize(before));
    }

    @Test
    void aSuspensionEndsThePollBehindTheExchangeUnderWay() throws Exception {
        for (int i = 0; i < 4; i++) {
            load("a" + i);
        }
        var entered = new Semaphore(0);
        route(exchange -> {
            entered.release();
            leave.acquireUninterruptibly();
        });
        assertThat(entered.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
        var suspended = CompletableFuture.runAsync(() -> {
            try {
                context.getRouteController().suspendRoute("jobs", 60, TimeUnit.SECONDS);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        var consumer = (BaseService) context.getRoute("jobs").getConsumer();
        await().until(consumer::isSuspended);
        leave.release(100);
        suspended.get(60, TimeUnit.SECONDS);
        assertThat(delivered).hasSize(1);
        nothingMoreComes();
        SfToolkitComponent component = context.getComponent("sftoolkit", SfToolkitComponent.class);
        JobTaker other =
                component.jobStores().store(component.getConfiguration()).taker();
        assertThat(other.claim(false, 9)).as("others may take them").hasSize(3);
        other.release();
        context.getRouteController().resumeRoute("jobs");
        await().untilAsserted(() -> assertThat(delivered).hasSize(4).doesNotHaveDuplicates());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anExchangeThatEndsAfterTheStopDecidesWhetherItsJobComesAgain(boolean succeeds) throws Exception {
        String job = load("a");
        var entered = new Semaphore(0);
        route(exchange -> {
            entered.release();
            leave.acquireUninterruptibly();
            if (!succeeds && delivered.isEmpty()) {
                delivered.add("failed");
                throw new IllegalStateException("not now");
            }
        });
        assertThat(entered.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
        context.getRouteController().stopRoute("jobs", 50, TimeUnit.MILLISECONDS);
        leave.release(100);
        await().until(() -> context.getInflightRepository().size() == 0);
        context.getRouteController().startRoute("jobs");
        await().untilAsserted(() -> assertThat(delivered).contains(job));
        nothingMoreComes();
        assertThat(delivered).isEqualTo(succeeds ? List.of(job) : List.of("failed", job));
    }

    @ParameterizedTest
    @CsvSource({"500, true", "200, true", "400, true", "404, true", "500, false", "200, false"})
    void jobsThatCannotBeAskedForDoNotHoldUpTheOthersForGood(int status, boolean ingest) throws Exception {
        load("a");
        List<String> bad = List.of(ingest ? load("b") : query(), ingest ? load("c") : query());
        String good = load("d");
        bad.forEach(id -> emulator.faults()
                .always(when("GET jobs/" + (ingest ? "ingest/" : "query/") + id), Fault.htmlBody(status)));
        route(exchange -> read(exchange.getMessage().getBody()));
        await().untilAsserted(() -> assertThat(delivered).hasSize(2).contains(good));
        emulator.faults().clear();
        await().untilAsserted(() -> assertThat(delivered).hasSize(4).containsAll(bad));
        nothingMoreComes();
    }

    private static void read(Object body) {
        if (body instanceof Iterator<?> rows) {
            rows.forEachRemaining(row -> {});
        }
    }
}
