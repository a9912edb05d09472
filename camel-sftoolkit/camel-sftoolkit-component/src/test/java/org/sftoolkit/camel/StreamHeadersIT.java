package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sftoolkit.emulator.fault.FaultPlan.when;

import java.time.Duration;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sftoolkit.emulator.fault.Fault;

/** What headers say of a body that is read later is there when the body is. */
class StreamHeadersIT extends RouteTestSupport {

    private void seed() {
        for (int i = 0; i < 50; i++) {
            emulator.org().insert("Account", Map.of("Name", "N" + i));
        }
    }

    @Test
    void theUsageIsThatOfTheAnswerWhoseBodyIsStillArriving() {
        seed();
        // the body takes a second; what would be read at its end would come too late
        emulator.faults().always(when("GET query"), Fault.slowBody(1_000, Duration.ofMillis(100)));
        int last = 0;
        for (int i = 0; i < 4; i++) {
            Exchange exchange = send("sftoolkit:query:Account?fields=Id,Name&outputType=STREAM", null);
            String usage = exchange.getMessage().getHeader(SfToolkitConstants.API_USAGE, String.class);
            assertThat(usage).as("stream %s", i).isNotNull();
            int used = Integer.parseInt(usage.substring(0, usage.indexOf('/')));
            assertThat(used).as("stream %s", i).isGreaterThan(last);
            last = used;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"STREAM", "LIST"})
    void theTotalIsToldWithTheRows(String outputType) {
        seed();
        Exchange exchange = send("sftoolkit:query:Account?fields=Id&outputType=" + outputType, null);
        assertThat(exchange.getMessage().getHeader(SfToolkitConstants.TOTAL_SIZE))
                .isEqualTo(50L);
        Exchange nothing = send("sftoolkit:query:Account?fields=Id&where=Name = 'none'&outputType=" + outputType, null);
        assertThat(nothing.getMessage().getHeader(SfToolkitConstants.TOTAL_SIZE))
                .isEqualTo(0L);
        Exchange several = send(
                "sftoolkit:query?soql=SELECT Id FROM Account WHERE Name IN :names&splitIn=names&outputType="
                        + outputType,
                Map.of("names", java.util.List.of("N1", "N2")));
        assertThat(several.getMessage().getHeader(SfToolkitConstants.TOTAL_SIZE))
                .as("a stream over several statements does not know it")
                .isEqualTo(outputType.equals("LIST") ? 2L : null);
    }

    @Test
    void aCountIsItsOwnTotal() {
        seed();
        Exchange exchange = send("sftoolkit:query?soql=SELECT COUNT() FROM Account", null);
        assertThat(exchange.getMessage().getHeader(SfToolkitConstants.TOTAL_SIZE))
                .isEqualTo(50L);
    }
}
