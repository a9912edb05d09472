package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sftoolkit.emulator.fault.FaultPlan.when;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.sftoolkit.camel.error.LimitExceededException;
import org.sftoolkit.camel.error.ServerException;
import org.sftoolkit.camel.error.SfToolkitException;
import org.sftoolkit.camel.error.TransportException;
import org.sftoolkit.camel.error.UnreadableResponseException;
import org.sftoolkit.camel.model.SObject;
import org.sftoolkit.emulator.fault.Fault;

/**
 * Every class of operation meets every fault at every place, once and for ever; what became of it is read from the org's rows.
 */
class FaultMatrixIT extends RouteTestSupport {

    /** What is asked of the org. */
    enum Work {
        READ,
        UPDATE,
        INSERT,
        UPSERT,
        DELETE,
        DELETE_MANY,
        INSERT_MANY
    }

    /** What goes wrong, and whether Salesforce has done the work when it does. */
    enum Trouble {
        DELAY(Fault.delay(Duration.ofMillis(600)), true, TransportException.class),
        CUT_BEFORE_WORK(Fault.dropConnection(Fault.Moment.BEFORE_PROCESSING), false, TransportException.class),
        CUT_BEFORE_ANSWER(Fault.dropConnection(Fault.Moment.BEFORE_ANSWER), true, TransportException.class),
        CUT_IN_ANSWER(Fault.dropConnection(Fault.Moment.IN_ANSWER), true, TransportException.class),
        UNAVAILABLE(Fault.status(503), false, ServerException.class),
        FAILED(Fault.status(500), false, ServerException.class),
        NO_ROUTE(Fault.status(420), false, ServerException.class),
        EMPTY_406(new Fault.Status(406, "text/plain", "", Map.of()), false, ServerException.class),
        PAGE(Fault.htmlBody(200), false, UnreadableResponseException.class),
        PAGE_502(Fault.htmlBody(502), false, ServerException.class),
        TRUNCATED(Fault.truncateBody(), true, UnreadableResponseException.class),
        CONCURRENT_LIMIT(Fault.limitReached(Fault.Limit.CONCURRENT), false, LimitExceededException.class),
        DAILY_LIMIT(Fault.limitReached(Fault.Limit.DAILY), false, LimitExceededException.class),
        DEAD_SESSION(Fault.expireSession(), false, null);

        private final Fault fault;
        private final boolean afterWork;
        private final Class<? extends SfToolkitException> type;

        Trouble(Fault fault, boolean afterWork, Class<? extends SfToolkitException> type) {
            this.fault = fault;
            this.afterWork = afterWork;
            this.type = type;
        }

        /** Refused before anything is done: even an insert may go out again. */
        boolean harmless() {
            return this == CONCURRENT_LIMIT || this == DEAD_SESSION;
        }
    }

    @Override
    protected void configure(SfToolkitConfiguration options) {
        options.setMaxRetries(2);
        options.setRetryDelay(5);
        options.setRequestTimeout(300);
    }

    static Stream<Arguments> everyPair() {
        return Arrays.stream(Work.values())
                .flatMap(work -> Arrays.stream(Trouble.values()).map(trouble -> Arguments.of(work, trouble)));
    }

    private String known() {
        return emulator.org().insert("Account", Map.of("Name", "Before", "AccountNumber", "A-1"));
    }

    private Exchange perform(Work work, String id) {
        return switch (work) {
            case READ -> send("sftoolkit:fetch:Account", id);
            case UPDATE -> send("sftoolkit:save:Account", Map.of("Id", id, "Name", "After"));
            case INSERT -> send("sftoolkit:save:Account?mode=INSERT", Map.of("Name", "New"));
            case UPSERT ->
                send(
                        "sftoolkit:save:Account?externalIdField=External_ID__c",
                        Map.of("External_ID__c", "X-1", "Name", "New"));
            case DELETE -> send("sftoolkit:delete:Account", id);
            case DELETE_MANY -> send("sftoolkit:delete:Account?onPartialFailure=FAIL", List.of(id));
            case INSERT_MANY ->
                send(
                        "sftoolkit:save:Account?mode=INSERT&onPartialFailure=FAIL",
                        List.of(Map.of("Name", "New"), Map.of("Name", "New")));
        };
    }

    private static boolean writesAnew(Work work) {
        return work == Work.INSERT || work == Work.INSERT_MANY;
    }

    /** An answer without a body has no middle in which it could end. */
    private static boolean bites(Work work, Trouble trouble) {
        boolean bodiless = work == Work.UPDATE || work == Work.DELETE;
        return !(bodiless && (trouble == Trouble.TRUNCATED || trouble == Trouble.CUT_IN_ANSWER));
    }

    private long count(String name) {
        return emulator.org().all("Account").stream()
                .filter(row -> name.equals(row.get("Name")))
                .count();
    }

    private void strike(int times, Trouble trouble) {
        emulator.faults().next(times, when("sobjects*"), trouble.fault);
        emulator.faults().next(times, when("composite*"), trouble.fault);
    }

    @ParameterizedTest(name = "{0} meets {1} once")
    @MethodSource("everyPair")
    void oneFault(Work work, Trouble trouble) {
        String id = known();
        send("sftoolkit:fetch:Account", id); // logged in
        strike(1, trouble);
        Exchange exchange = perform(work, id);
        SfToolkitException failure = exchange.getException(SfToolkitException.class);
        boolean unknown = writesAnew(work) && !trouble.harmless() && trouble != Trouble.DAILY_LIMIT;
        if (unknown || trouble == Trouble.DAILY_LIMIT) {
            assertThat(failure).as("the failure").isNotNull();
            assertThat(failure.retryable()).as("may be sent again blindly").isFalse();
        } else {
            assertThat(exchange.getException()).as("repeated and done").isNull();
        }
        assertStore(work, unknown ? trouble.afterWork : trouble != Trouble.DAILY_LIMIT);
        assertResult(work, exchange, failure == null);
        if (unknown && work == Work.INSERT) {
            assertThat(failure).isInstanceOf(trouble.type).hasMessageContaining("is unknown");
        }
    }

    private void assertStore(Work work, boolean done) {
        // work that was delayed is done after its client has gone
        Awaitility.await().untilAsserted(() -> {
            switch (work) {
                case READ -> assertThat(count("Before")).isEqualTo(1);
                case UPDATE -> assertThat(count("After")).isEqualTo(done ? 1 : 0);
                case INSERT, UPSERT -> assertThat(count("New")).isEqualTo(done ? 1 : 0);
                case INSERT_MANY -> assertThat(count("New")).isEqualTo(done ? 2 : 0);
                case DELETE, DELETE_MANY -> assertThat(count("Before")).isEqualTo(done ? 0 : 1);
            }
        });
    }

    private static void assertResult(Work work, Exchange exchange, boolean succeeded) {
        if (work == Work.READ && succeeded) {
            assertThat(exchange.getMessage().getBody(SObject.class)).containsEntry("Name", "Before");
        }
    }

    @ParameterizedTest(name = "{0} meets {1} again and again")
    @MethodSource("everyPair")
    void faultsThatDoNotEnd(Work work, Trouble trouble) {
        String id = known();
        send("sftoolkit:fetch:Account", id);
        strike(Integer.MAX_VALUE, trouble);
        emulator.requests().reset();
        Exchange exchange = perform(work, id);
        emulator.faults().clear();
        if (!bites(work, trouble)) {
            assertThat(exchange.getException()).isNull();
            return;
        }
        Throwable failure = exchange.getException();
        assertThat(failure).isInstanceOf(SfToolkitException.class);
        if (trouble.type != null && work != Work.INSERT_MANY && work != Work.DELETE_MANY) {
            assertThat(failure).isInstanceOf(trouble.type);
        }
        long most = trouble == Trouble.CONCURRENT_LIMIT ? 5 : trouble == Trouble.DEAD_SESSION ? 8 : 3;
        long least = trouble == Trouble.DAILY_LIMIT || writesAnew(work) && !trouble.harmless() ? 1 : 3;
        assertThat(emulator.requests().list().stream()
                        .filter(request -> request.path().startsWith("/services/data/v"))
                        .count())
                .as("tries")
                .isBetween(least, writesAnew(work) && !trouble.harmless() ? 1 : most);
        assertStore(work, trouble.afterWork);
    }
}
