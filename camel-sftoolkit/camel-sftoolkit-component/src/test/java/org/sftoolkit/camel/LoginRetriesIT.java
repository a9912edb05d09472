package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sftoolkit.emulator.fault.FaultPlan.when;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.sftoolkit.camel.body.UncachedStream;
import org.sftoolkit.camel.error.AuthenticationException;
import org.sftoolkit.camel.error.RedirectedException;
import org.sftoolkit.camel.error.SessionExpiredException;
import org.sftoolkit.camel.error.SfToolkitException;
import org.sftoolkit.emulator.SalesforceEmulator;
import org.sftoolkit.emulator.fault.Fault;

/** How often a failing login is tried, and by whom. */
class LoginRetriesIT extends RouteTestSupport {

    private static final int RETRIES = 3;

    private static Arguments fault(String name, Fault fault) {
        return Arguments.of(name, fault);
    }

    static Stream<Arguments> passingFaults() {
        return Stream.of(
                fault("503", Fault.status(503)),
                fault("500", Fault.status(500)),
                fault("429", Fault.status(429)),
                fault("HTML with 200", Fault.htmlBody(200)),
                fault("an empty object", Fault.replaceBody("application/json", "{}")),
                fault("a cut answer", Fault.replaceBody("application/json", "{\"access_token\":\"00D")),
                fault("a dropped connection", Fault.dropConnection(Fault.Moment.BEFORE_ANSWER)),
                fault("unknown_error", Fault.loginRefused("unknown_error", "retry your request")),
                fault("server_error", Fault.loginRefused("server_error", "sorry")),
                fault("temporarily_unavailable", Fault.loginRefused("temporarily_unavailable", "later")),
                fault("login_rate_exceeded", Fault.loginRefused("invalid_grant", "login rate exceeded")),
                fault("rate_limit_exceeded", Fault.loginRefused("rate_limit_exceeded", "slowly")));
    }

    private long logins() {
        return emulator.requests().list().stream()
                .filter(request -> request.path().contains("oauth2/token"))
                .count();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("passingFaults")
    void anExchangeCausesOneLoginAndItsRetriesAtMost(String name, Fault fault) {
        emulator.faults().always(when("POST oauth2/token"), fault);
        List<Map<String, Object>> records = IntStream.range(0, 1_000)
                .mapToObj(i -> (Map<String, Object>) new HashMap<String, Object>(Map.of("Name", "Acme " + i)))
                .toList();
        Exchange exchange = send("sftoolkit:save:Account?onPartialFailure=FAIL", records);
        assertThat(exchange.getException()).isInstanceOf(SfToolkitException.class);
        assertThat(logins()).isEqualTo(1 + RETRIES);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("passingFaults")
    void aLoginThatFailedForAPassingReasonIsTriedAgain(String name, Fault fault) {
        String id = emulator.org().insert("Account", Map.of("Name", "Acme"));
        emulator.faults().next(RETRIES, when("POST oauth2/token"), fault);
        assertThat(send("sftoolkit:fetch:Account", id).getException()).isNull();
        assertThat(logins()).isEqualTo(1 + RETRIES);
    }

    @Test
    void fiftyExchangesThatWaitShareTheTriesOfOneLogin() throws Exception {
        emulator.faults().always(when("POST oauth2/token"), Fault.status(503));
        List<CompletableFuture<Exchange>> sent = IntStream.range(0, 50)
                .mapToObj(i -> template.asyncSend(
                        "sftoolkit:fetch:Account?maxConcurrentRequests=5&retryDelay=500",
                        exchange -> exchange.getMessage().setBody("001000000000001AAA")))
                .toList();
        for (CompletableFuture<Exchange> exchange : sent) {
            assertThat(exchange.get(60, TimeUnit.SECONDS).getException()).isInstanceOf(SfToolkitException.class);
        }
        assertThat(logins()).isEqualTo(1 + RETRIES);
    }

    @Test
    void aRefusedLoginNamesWhatItsKindIsRefusedFor() {
        emulator.faults()
                .always(when("POST oauth2/token"), Fault.loginRefused("invalid_grant", "authentication failure"));
        Exchange exchange = send("sftoolkit:fetch:Account", "001000000000001AAA");
        assertThat(exchange.getException())
                .isInstanceOf(AuthenticationException.class)
                .hasMessageContaining("check clientId, clientSecret, and the run-as user")
                .hasMessageNotContaining("userName");
        assertThat(logins()).isEqualTo(1);
    }

    @Test
    void aRedirectCausesOneLoginAndAnErrorThatNamesItsTarget() throws Exception {
        body("sftoolkit:limits", null, Object.class);
        emulator.faults().always(when("GET limits"), Fault.redirect(302, "https://new.my.salesforce.com/x?sid=y"));
        for (int i = 0; i < 20; i++) {
            assertThat(send("sftoolkit:limits", null).getException())
                    .isInstanceOf(RedirectedException.class)
                    .hasMessageContaining("https://new.my.salesforce.com");
        }
        assertThat(logins()).isEqualTo(2);
    }

    @Test
    void anExpiredTokenMetByABodyThatIsReadOnceIsRenewedForTheNextCall() {
        body("sftoolkit:limits", null, Object.class);
        for (int i = 0; i < 4; i++) {
            emulator.expireTokens();
            Exchange first = send(
                    "sftoolkit:raw?method=POST&path=sobjects/Account",
                    new UncachedStream(new java.io.ByteArrayInputStream("{\"Name\":\"Acme\"}".getBytes())));
            assertThat(first.getException()).isInstanceOf(SessionExpiredException.class);
            Exchange second = send(
                    "sftoolkit:raw?method=POST&path=sobjects/Account",
                    new UncachedStream(new java.io.ByteArrayInputStream("{\"Name\":\"Acme\"}".getBytes())));
            assertThat(second.getException()).isNull();
        }
        assertThat(logins()).isEqualTo(5);
        assertThat(emulator.org().count("Account")).isEqualTo(4);
    }

    @Test
    void anOrgThatMovedToAnotherHostIsFollowedByOneLoginWhichNamesIt() {
        body("sftoolkit:limits", null, Object.class);
        try (var moved =
                SalesforceEmulator.builder().accessToken("00Dnew!token.of.it").start()) {
            String id = moved.org().insert("Account", Map.of("Name", "Acme"));
            emulator.faults().always(when("sobjects*"), Fault.redirect(301, moved.url() + "/services/data"));
            emulator.faults()
                    .always(
                            when("POST oauth2/token"),
                            Fault.replaceBody(
                                    "application/json",
                                    "{\"access_token\":\"00Dnew!token.of.it\",\"token_type\":\"Bearer\","
                                            + "\"instance_url\":\"" + moved.url() + "\"}"));
            for (int i = 0; i < 3; i++) {
                assertThat(send("sftoolkit:fetch:Account", id).getException()).isNull();
            }
            assertThat(send("sftoolkit:save:Account", new HashMap<>(Map.of("Name", "new")))
                            .getException())
                    .isNull();
            assertThat(logins()).isEqualTo(2);
            assertThat(moved.org().count("Account")).isEqualTo(2);
            assertThat(moved.requests().list()).allSatisfy(request -> assertThat(request.headers())
                    .containsEntry("authorization", "Bearer 00Dnew!token.of.it"));
        }
    }
}
