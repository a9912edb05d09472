package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.sftoolkit.camel.error.AuthenticationException;
import org.sftoolkit.camel.model.SObject;

class SessionIT extends RouteTestSupport {

    @Test
    void fiftyExchangesMeetingAnExpiredTokenCauseOneLogin() throws Exception {
        String id = emulator.org().insert("Account", Map.of("Name", "Acme"));
        body("sftoolkit:fetch:Account", id, SObject.class);
        assertThat(emulator.logins()).isEqualTo(1);
        emulator.expireTokens();
        List<CompletableFuture<Exchange>> sent = IntStream.range(0, 50)
                .mapToObj(i -> template.asyncSend("sftoolkit:fetch:Account", exchange -> exchange.getMessage()
                        .setBody(id)))
                .toList();
        for (CompletableFuture<Exchange> exchange : sent) {
            assertThat(exchange.get(20, TimeUnit.SECONDS).getException()).isNull();
        }
        assertThat(emulator.logins()).isEqualTo(2);
    }

    @Test
    void aRefusedLoginIsTypedSaysWhyAndHidesTheSecret() {
        String uri = "sftoolkit:fetch:Account?clientSecret=RAW(verysecret)";
        Exchange exchange = send(uri, "001000000000001AAA");
        assertThat(exchange.getException()).isInstanceOf(AuthenticationException.class);
        assertThat(((AuthenticationException) exchange.getException()).retryable())
                .isFalse();
        assertThat(((AuthenticationException) exchange.getException()).oauthError())
                .startsWith("invalid_client");
        assertThat(exchange.getException().toString()).doesNotContain("verysecret");
        assertThat(emulator.refusedLogins()).isEqualTo(1);
    }

    @Test
    void theUserNamePasswordLoginWorks() {
        String id = emulator.org().insert("Account", Map.of("Name", "Acme"));
        String uri =
                "sftoolkit:fetch:Account?userName=user@example.com&password=RAW(password)&securityToken=RAW(token)";
        assertThat(body(uri, id, SObject.class)).containsEntry("Id", id);
    }
}
