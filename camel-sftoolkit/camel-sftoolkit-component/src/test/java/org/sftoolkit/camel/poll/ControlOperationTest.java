package org.sftoolkit.camel.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sftoolkit.camel.TestCalls;
import org.sftoolkit.camel.error.InvalidInputException;
import org.sftoolkit.camel.operation.CallOptions;
import org.sftoolkit.camel.operation.Outcome;

class ControlOperationTest {

    private final List<String> done = new ArrayList<>();
    private final ControlOperation operation = new ControlOperation().over(new ControlOperation.Consumers() {
        @Override
        public Map<String, Object> read(String route) {
            done.add("read " + route);
            return Map.of("position", "there");
        }

        @Override
        public void pause(String route) {
            done.add("pause " + route);
        }

        @Override
        public void resume(String route) {
            done.add("resume " + route);
        }

        @Override
        public void set(String route, String position) {
            done.add("set " + route + " to " + position);
        }
    });

    private Future<Outcome> run(String text, String own) {
        CallOptions options = TestCalls.options("accounts", set -> {});
        return operation.run(
                new ControlOperation.Command(text, own),
                TestCalls.context(request -> Future.failedFuture("no call is needed"), options, TestCalls.DIRECT));
    }

    @ParameterizedTest
    @CsvSource({
        "PAUSE,pause accounts",
        "' PAUSE\n',pause accounts",
        "RESUME,resume accounts",
        "NOW,set accounts to NOW",
        "' 2026-03-01T12:00:00Z ',set accounts to 2026-03-01T12:00:00Z"
    })
    void aCommandIsDoneAndAnsweredByThePositionAfterIt(String text, String does) {
        Outcome outcome = run(text, "another").result();
        assertThat(done).containsExactly(does, "read accounts");
        assertThat(outcome.body()).isEqualTo(Map.of("position", "there"));
        assertThat(outcome.replaceBody()).isTrue();
    }

    @Test
    void withoutACommandThePositionIsReadAlone() {
        assertThat(run(null, "another").succeeded()).isTrue();
        assertThat(run(" ", "another").succeeded()).isTrue();
        assertThat(done).containsExactly("read accounts", "read accounts");
    }

    @Test
    void aRouteCannotPauseItself() {
        assertThat(run("PAUSE", "accounts").cause())
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("route accounts cannot pause itself");
        assertThat(done).isEmpty();
        assertThat(run("RESUME", "accounts").succeeded()).isTrue();
        assertThat(run("PAUSE", null).succeeded()).isTrue();
    }

    @Test
    void theRouteHasToBeNamedUnlessAnExchangeMayNameIt() {
        assertThatThrownBy(() -> operation.check(TestCalls.options(null, set -> {})))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("sftoolkit:control:myRoute");
        operation.check(TestCalls.options("accounts", set -> {}));
        CallOptions some = TestCalls.options(null, set -> {});
        operation.check(new CallOptions(
                null,
                some.fields(),
                some.concurrency(),
                some.batchSize(),
                some.requestHeaders(),
                some.records(),
                some.query(),
                some.files(),
                some.bulk(),
                some.rest(),
                Set.of("sObject")));
    }

    @Test
    void itHonoursTheNameOfTheRouteAndNoOptionOfRecords() {
        assertThat(operation.options().names()).contains("sObject").doesNotContain("fields", "batchSize");
        assertThat(operation.input()).isEqualTo(ControlOperation.Command.class);
    }
}
