package org.sftoolkit.camel.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sftoolkit.camel.transport.Token;

class SessionTest {

    private final List<Promise<Token>> logins = new ArrayList<>();
    private final Session session = new Session(() -> {
        Promise<Token> login = Promise.promise();
        logins.add(login);
        return login.future();
    });

    private static Token token(String value) {
        return new Token(value, "https://acme.my.salesforce.com/");
    }

    @Test
    void oneLoginServesAllWhoWait() {
        List<Future<Token>> waiting =
                IntStream.range(0, 50).mapToObj(i -> session.token()).toList();
        assertThat(logins).hasSize(1);
        logins.get(0).complete(token("a"));
        assertThat(waiting).allMatch(token -> token.result().equals(token("a")));
        assertThat(session.token().result()).isEqualTo(token("a"));
        assertThat(logins).hasSize(1);
    }

    @Test
    void manyRefusalsOfOneTokenCauseOneLogin() {
        session.token();
        logins.get(0).complete(token("a"));
        List<Future<Token>> renewed =
                IntStream.range(0, 50).mapToObj(i -> session.renew(token("a"))).toList();
        logins.get(1).complete(token("b"));
        assertThat(renewed).allMatch(token -> token.result().equals(token("b")));
        // one whose refusal arrives after the login
        assertThat(session.renew(token("a")).result()).isEqualTo(token("b"));
        assertThat(logins).hasSize(2);
    }

    @Test
    void aFailedLoginFailsThoseWhoWaitAndIsTriedAnew() {
        Future<Token> first = session.token();
        logins.get(0).fail("refused");
        assertThat(first.failed()).isTrue();
        Future<Token> second = session.token();
        logins.get(1).complete(token("a"));
        assertThat(second.result()).isEqualTo(token("a"));
    }

    @Test
    void theTokenStandsInNoText() {
        assertThat(token("secret").toString()).doesNotContain("secret").contains("https://acme.my.salesforce.com");
    }
}
