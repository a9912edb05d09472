package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sftoolkit.emulator.fault.FaultPlan.when;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.DefaultPollingConsumerPollStrategy;
import org.apache.camel.support.processor.state.MemoryStateRepository;
import org.apache.camel.support.service.BaseService;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sftoolkit.camel.jobs.JobTaker;
import org.sftoolkit.camel.model.JobInfo;
import org.sftoolkit.emulator.fault.Fault;

/** The route for jobs when it is suspended or stopped, and when single jobs cannot be read. */
class JobsRouteIT extends RouteTestSupport {

    private final Repository repository = new Repository();
    private final CountedPolls polls = new CountedPolls();
    private final List<String> delivered = new CopyOnWriteArrayList<>();
    private final Semaphore leave = new Semaphore(0);

    @Override
    protected void configure(SfToolkitConfiguration options) {
        options.setMaxRetries(0);
    }

    @BeforeEach
    void keepJobs() {
        context.getRegistry().bind("polls", polls);
        component().getConfiguration().setJobStore(repository);
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(30));
    }

    private SfToolkitComponent component() {
        return context.getComponent("sftoolkit", SfToolkitComponent.class);
    }

    private BaseService jobsConsumer() {
        return (BaseService) context.getRoute("jobs").getConsumer();
    }

    private String load(String name) {
        Exchange sent = send("sftoolkit:bulk:Account?await=false", "Name\n" + name + "\n");
        assertThat(sent.getException()).isNull();
        emulator.bulk().runAll();
        return ((JobInfo) sent.getMessage().getBody(List.class).get(0)).id();
    }

    private String query(String option) {
        String id = body("sftoolkit:bulkQuery:Account?fields=Id,Name&" + option, null, JobInfo.class)
                .id();
        emulator.bulk().runAll();
        return id;
    }

    private void route(Processor work) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("sftoolkit:jobs?delay=20&initialDelay=0&pollStrategy=#polls")
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
        int ended = polls.ended.get();
        await().until(() -> polls.ended.get() > ended + 1);
        assertThat(delivered).hasSize(before);
    }

    private static CompletableFuture<Void> inBackground(ThrowingRunnable work) {
        return CompletableFuture.runAsync(() -> {
            try {
                work.run();
            } catch (Throwable e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private void othersMayTake(int jobs) {
        await().until(() -> polls.ended.get() == polls.begun.get());
        JobTaker other =
                component().jobStores().store(component().getConfiguration()).taker();
        assertThat(other.claim(false, 9)).as("others may take them").hasSize(jobs);
        other.release();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aSuspensionEndsThePollBehindTheExchangeUnderWay(boolean succeeds) throws Exception {
        for (int i = 0; i < 4; i++) {
            load("a" + i);
        }
        var entered = new Semaphore(0);
        var failures = new AtomicInteger(succeeds ? 0 : 1);
        route(exchange -> {
            entered.release();
            leave.acquireUninterruptibly();
            if (failures.getAndDecrement() > 0) {
                throw new IllegalStateException("not now");
            }
        });
        assertThat(entered.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
        var suspended = inBackground(() -> context.getRouteController().suspendRoute("jobs", 60, TimeUnit.SECONDS));
        await().until(jobsConsumer()::isSuspended);
        leave.release(100);
        suspended.get(60, TimeUnit.SECONDS);
        othersMayTake(succeeds ? 3 : 4);
        assertThat(delivered).hasSize(succeeds ? 1 : 0);
        context.getRouteController().resumeRoute("jobs");
        await().untilAsserted(() -> assertThat(delivered).hasSize(4).doesNotHaveDuplicates());
    }

    @Test
    void aStopWhoseSuspensionFindsNoStoreKeepsNoJobFromTheNextStart() throws Exception {
        List<String> jobs = List.of(load("a"), load("b"), load("c"));
        var entered = new Semaphore(0);
        route(exchange -> {
            entered.release();
            leave.acquireUninterruptibly();
        });
        assertThat(entered.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
        var failures = new AtomicInteger();
        repository.beforeRead = () -> {
            repository.beforeRead = () -> {};
            failures.incrementAndGet();
            throw new IllegalStateException("no store");
        };
        var stopped = inBackground(() -> context.getRouteController().stopRoute("jobs", 60, TimeUnit.SECONDS));
        await().until(() -> failures.get() > 0);
        leave.release(100);
        stopped.get(60, TimeUnit.SECONDS);
        context.getRouteController().startRoute("jobs");
        await().untilAsserted(() -> assertThat(delivered).containsExactlyInAnyOrderElementsOf(jobs));
    }

    @Test
    void whatIsTakenDuringASuspensionIsLeftToOthers() throws Exception {
        String job = load("a");
        repository.beforeRead = () -> {
            repository.beforeRead = () -> {};
            await().until(() ->
                    context.getRoute("jobs") != null && jobsConsumer().isStarted());
            jobsConsumer().suspend();
        };
        route(exchange -> {});
        await().until(jobsConsumer()::isSuspended);
        othersMayTake(1);
        jobsConsumer().resume();
        await().untilAsserted(() -> assertThat(delivered).containsExactly(job));
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
        List<String> bad =
                List.of(ingest ? load("b") : query("await=false"), ingest ? load("c") : query("await=false"));
        String good = load("d");
        String page = query("partition=true");
        bad.forEach(id -> emulator.faults()
                .always(when("GET jobs/" + (ingest ? "ingest/" : "query/") + id), Fault.htmlBody(status)));
        route(exchange -> read(exchange.getMessage().getBody()));
        await().untilAsserted(() -> assertThat(delivered).hasSize(3).contains(good, page));
        emulator.faults().clear();
        await().untilAsserted(() -> assertThat(delivered).hasSize(5).containsAll(bad));
        nothingMoreComes();
    }

    private static void read(Object body) {
        if (body instanceof Iterator<?> rows) {
            rows.forEachRemaining(row -> {});
        }
    }

    /** A repository in memory whose reads may do something else before. */
    private static final class Repository extends MemoryStateRepository {
        private volatile Runnable beforeRead = () -> {};

        @Override
        public String getState(String key) {
            beforeRead.run();
            return super.getState(key);
        }
    }

    private static final class CountedPolls extends DefaultPollingConsumerPollStrategy {
        private final AtomicInteger begun = new AtomicInteger();
        private final AtomicInteger ended = new AtomicInteger();

        @Override
        public boolean begin(Consumer consumer, Endpoint endpoint) {
            begun.incrementAndGet();
            return super.begin(consumer, endpoint);
        }

        @Override
        public void commit(Consumer consumer, Endpoint endpoint, int polled) {
            ended.incrementAndGet();
        }

        @Override
        public boolean rollback(Consumer consumer, Endpoint endpoint, int retry, Exception cause) throws Exception {
            ended.incrementAndGet();
            return super.rollback(consumer, endpoint, retry, cause);
        }
    }
}
