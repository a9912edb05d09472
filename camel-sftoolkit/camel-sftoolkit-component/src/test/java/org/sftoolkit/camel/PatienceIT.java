package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sftoolkit.emulator.fault.FaultPlan.when;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.sftoolkit.camel.error.AuthenticationException;
import org.sftoolkit.camel.error.LimitExceededException;
import org.sftoolkit.camel.model.SObject;
import org.sftoolkit.emulator.EmulatorBuilder;
import org.sftoolkit.emulator.fault.Fault;

class PatienceIT extends RouteTestSupport {

    private static final String NOBODY = "001000000000001AAA";

    @Override
    protected void org(EmulatorBuilder settings) {
        settings.dailyLimit(20);
    }

    private String known() {
        return emulator.org().insert("Account", Map.of("Name", "Acme"));
    }

    @Test
    void callsStopAtTheBudgetAndTheOrgHearsNothingMore() {
        String id = known();
        String uri = "sftoolkit:fetch:Account?apiBudget=50";
        for (int i = 0; i < 10; i++) {
            assertThat(send(uri, id).getException()).isNull();
        }
        Exchange stopped = send(uri, id);
        assertThat(stopped.getException())
                .isInstanceOf(LimitExceededException.class)
                .hasMessageContaining("10/20")
                .hasMessageContaining("apiBudget=50");
        assertThat(stopped.getMessage().getHeader(SfToolkitConstants.REQUESTS)).isEqualTo(0);
        assertThat(stopped.getMessage().getHeader(SfToolkitConstants.API_USAGE)).isEqualTo("10/20");
        assertThat(emulator.requests().count("GET sobjects*")).isEqualTo(10);
    }

    @Test
    void theUsageIsReadFromFailuresToo() {
        Exchange exchange = send("sftoolkit:fetch:Account", NOBODY);
        assertThat(exchange.getException()).isNotNull();
        assertThat(exchange.getMessage().getHeader(SfToolkitConstants.API_USAGE, String.class))
                .endsWith("/20");
    }

    @Test
    void theDailyLimitIsSurfacedAndNotWaitedFor() {
        String id = known();
        for (int i = 0; i < 20; i++) {
            assertThat(send("sftoolkit:fetch:Account", id).getException()).isNull();
        }
        Exchange exchange = send("sftoolkit:fetch:Account", id);
        assertThat(exchange.getException(LimitExceededException.class).retryable())
                .isFalse();
        assertThat(exchange.getMessage().getHeader(SfToolkitConstants.REQUESTS)).isEqualTo(1);
    }

    @Test
    void retryAfterIsHonoured() {
        String id = known();
        emulator.faults().next(when("sobjects*"), Fault.status(503).with("Retry-After", "1"));
        long begun = System.nanoTime();
        assertThat(send("sftoolkit:fetch:Account", id).getException()).isNull();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void aRetryAfterThatIsTooLongEndsTheTries() {
        emulator.faults().next(when("sobjects*"), Fault.status(503).with("Retry-After", "3600"));
        assertThat(send("sftoolkit:fetch:Account", known()).getException()).isNotNull();
    }

    @Test
    void loginsThatDoNotHelpEndWithTheReason() {
        String id = known();
        emulator.faults()
                .always(when("sobjects*"), Fault.status(401, "INVALID_SESSION_ID", "no API access for this user"));
        for (int i = 0; i < 10; i++) {
            assertThat(send("sftoolkit:fetch:Account", id).getException())
                    .isInstanceOf(AuthenticationException.class)
                    .hasMessageContaining("no API access for this user");
        }
        assertThat(emulator.logins()).isLessThanOrEqualTo(4);
    }

    @Test
    void bodiesAreCompressedOnRequest() {
        List<Map<String, Object>> records = IntStream.range(0, 100)
                .mapToObj(i -> Map.<String, Object>of("Name", "Company " + i))
                .toList();
        body("sftoolkit:save:Account?compressRequests=true", records, List.class);
        assertThat(emulator.org().count("Account")).isEqualTo(100);
        assertThat(emulator.requests().list("POST composite/sobjects"))
                .singleElement()
                .matches(request -> "gzip".equals(request.headers().get("content-encoding")));
        String id = (String) emulator.org().all("Account").get(0).get("Id");
        assertThat(body("sftoolkit:fetch:Account", id, SObject.class)).containsEntry("Id", id);
        assertThat(emulator.requests().list("GET sobjects*"))
                .allMatch(request -> request.headers().get("accept-encoding").contains("gzip"));
    }

    @Test
    void aLoginThatSalesforceRetiresWarnsOnceWithTheDate() {
        String options = "?userName=user@example.com&password=RAW(password)&securityToken=RAW(token)";
        try (CapturedLog log = new CapturedLog()) {
            String id = known();
            body("sftoolkit:fetch:Account" + options, id, SObject.class);
            body("sftoolkit:fetch:Account" + options + "&fields=Id", id, SObject.class);
            assertThat(log.lines())
                    .filteredOn(line -> line.startsWith("WARN org.sftoolkit"))
                    .singleElement()
                    .asString()
                    .contains("authType=PASSWORD")
                    .contains("2027-02-20");
        }
    }
}
