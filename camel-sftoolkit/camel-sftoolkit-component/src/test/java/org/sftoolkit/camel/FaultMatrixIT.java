package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sftoolkit.emulator.fault.FaultPlan.when;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sftoolkit.camel.error.AuthenticationException;
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
        /** An insert that can be found by an external id. */
        INSERT_KEYED,
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
        DEAD_SESSION(Fault.expireSession(), false, AuthenticationException.class);

        final Fault fault;
        final boolean afterWork;
        private final Class<? extends SfToolkitException> type;
        private final long least;
        private final long most;

        Trouble(Fault fault, boolean afterWork, Class<? extends SfToolkitException> type) {
            this.fault = fault;
            this.afterWork = afterWork;
            this.type = type;
            // with maxRetries=2; limits are waited for twice as often, and logins that do not help become rare
            this.least = name().equals("DAILY_LIMIT") || name().equals("DEAD_SESSION") ? 1 : 3;
            this.most = switch (name()) {
                case "DAILY_LIMIT" -> 1;
                case "CONCURRENT_LIMIT" -> 5;
                case "DEAD_SESSION" -> 4;
                default -> 3;
            };
        }
    }

    @Override
    protected void configure(SfToolkitConfiguration options) {
        options.setMaxRetries(2);
        options.setRetryDelay(5);
        options.setRequestTimeout(300);
    }

    /** One piece of work with rows of its own. */
    private final class Case {

        private final Work work;
        private final Trouble trouble;
        private final int number = ++cases;
        private final String id = emulator.org().insert("Account", Map.of("Name", "Before " + number));

        private Case(Work work, Trouble trouble) {
            this.work = work;
            this.trouble = trouble;
        }

        Exchange perform() {
            String key = "K-" + number;
            String name = "New " + number;
            return switch (work) {
                case READ -> send("sftoolkit:fetch:Account", id);
                case UPDATE -> send("sftoolkit:save:Account", Map.of("Id", id, "Name", "After " + number));
                case INSERT -> send("sftoolkit:save:Account?mode=INSERT", Map.of("Name", name));
                case INSERT_KEYED ->
                    send(
                            "sftoolkit:save:Account?mode=INSERT&externalIdField=External_ID__c",
                            Map.of("Name", name, "External_ID__c", key));
                case UPSERT ->
                    send(
                            "sftoolkit:save:Account?externalIdField=External_ID__c",
                            Map.of("Name", name, "External_ID__c", key));
                case DELETE -> send("sftoolkit:delete:Account", id);
                case DELETE_MANY -> send("sftoolkit:delete:Account?onPartialFailure=FAIL", List.of(id));
                case INSERT_MANY ->
                    send(
                            "sftoolkit:save:Account?mode=INSERT&onPartialFailure=FAIL",
                            List.of(Map.of("Name", name), Map.of("Name", name)));
            };
        }

        boolean insert() {
            return work == Work.INSERT || work == Work.INSERT_KEYED || work == Work.INSERT_MANY;
        }

        /** Whether nobody can know what became of it; what was refused before anything was done is known. */
        boolean unknown() {
            boolean refused = trouble == Trouble.CONCURRENT_LIMIT
                    || trouble == Trouble.DEAD_SESSION
                    || trouble == Trouble.DAILY_LIMIT;
            boolean found = work == Work.INSERT_KEYED && trouble.afterWork;
            return insert() && !refused && !found;
        }

        /** An answer without a body has no middle: it arrives, or not. */
        boolean bites() {
            boolean bodiless = work == Work.UPDATE || work == Work.DELETE;
            return !(bodiless && (trouble == Trouble.TRUNCATED || trouble == Trouble.CUT_IN_ANSWER));
        }

        private long count(String name) {
            return emulator.org().all("Account").stream()
                    .filter(row -> (name + " " + number).equals(row.get("Name")))
                    .count();
        }

        void assertStore(boolean done) {
            // work that was delayed is done after its client has gone
            Awaitility.await().pollDelay(Duration.ZERO).untilAsserted(() -> {
                switch (work) {
                    case READ -> assertThat(count("Before")).as(toString()).isEqualTo(1);
                    case UPDATE -> assertThat(count("After")).as(toString()).isEqualTo(done ? 1 : 0);
                    case INSERT, INSERT_KEYED, UPSERT ->
                        assertThat(count("New")).as(toString()).isEqualTo(done ? 1 : 0);
                    case INSERT_MANY -> assertThat(count("New")).as(toString()).isEqualTo(done ? 2 : 0);
                    case DELETE, DELETE_MANY ->
                        assertThat(count("Before")).as(toString()).isEqualTo(done ? 0 : 1);
                }
            });
        }

        @Override
        public String toString() {
            return work + " meets " + trouble;
        }
    }

    private int cases;

    private Exchange strike(int times, Case one) {
        emulator.faults().next(times, when("sobjects*"), one.trouble.fault);
        emulator.faults().next(times, when("composite*"), one.trouble.fault);
        Exchange exchange = one.perform();
        emulator.faults().clear();
        return exchange;
    }

    @BeforeEach
    void logIn() {
        send("sftoolkit:fetch:Account", emulator.org().insert("Account", Map.of("Name", "x")));
    }

    @ParameterizedTest
    @EnumSource
    void oneFault(Trouble trouble) {
        for (Work work : Work.values()) {
            var one = new Case(work, trouble);
            Exchange exchange = strike(1, one);
            SfToolkitException failure = exchange.getException(SfToolkitException.class);
            if (work == Work.INSERT_KEYED && trouble == Trouble.DELAY) {
                // it may be looked for before it is there
                assertThat(failure).matches(lost -> lost == null || !lost.retryable());
                one.assertStore(true);
                continue;
            }
            if (one.unknown() || trouble == Trouble.DAILY_LIMIT) {
                assertThat(failure).as(one.toString()).isNotNull();
                assertThat(failure.retryable()).as("%s: may be sent again", one).isFalse();
            } else {
                assertThat(exchange.getException()).as(one.toString()).isNull();
            }
            if (one.unknown() && work != Work.INSERT_MANY) {
                assertThat(failure).isInstanceOf(trouble.type).hasMessageContaining("is unknown");
            }
            if (work == Work.READ && failure == null) {
                assertThat(exchange.getMessage().getBody(SObject.class)).containsEntry("Id", one.id);
            }
            one.assertStore(one.unknown() ? trouble.afterWork : trouble != Trouble.DAILY_LIMIT);
        }
    }

    @ParameterizedTest
    @EnumSource
    void faultsThatDoNotEnd(Trouble trouble) {
        for (Work work : EnumSet.complementOf(EnumSet.of(Work.INSERT_KEYED))) {
            var one = new Case(work, trouble);
            Exchange exchange = strike(Integer.MAX_VALUE, one);
            if (!one.bites()) {
                assertThat(exchange.getException())
                        .as(one.toString())
                        .matches(failure -> failure == null || failure instanceof TransportException);
                one.assertStore(true);
                continue;
            }
            assertThat(exchange.getException()).as(one.toString()).isInstanceOf(SfToolkitException.class);
            if (work != Work.INSERT_MANY && work != Work.DELETE_MANY) {
                assertThat(exchange.getException()).as(one.toString()).isInstanceOf(trouble.type);
            }
            assertThat(exchange.getMessage().getHeader(SfToolkitConstants.REQUESTS, Long.class))
                    .as("%s: tries", one)
                    .isBetween(one.unknown() ? 1L : trouble.least, one.unknown() ? 1L : trouble.most);
            one.assertStore(trouble.afterWork);
        }
    }
}
