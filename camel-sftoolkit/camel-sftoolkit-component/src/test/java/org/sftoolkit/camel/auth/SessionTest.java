package org.sftoolkit.camel.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sftoolkit.camel.error.Answer;
import org.sftoolkit.camel.error.AuthenticationException;
import org.sftoolkit.camel.error.SessionExpiredException;
import org.sftoolkit.camel.transport.LogContext;
import org.sftoolkit.camel.transport.Token;

class SessionTest {

    private static final AuthenticationException REFUSED =
            new AuthenticationException("refused", "invalid_grant", Answer.NONE);

    private Instant now = Instant.parse("2026-03-01T12:00:00Z");
    private Runnable whenTheClockIsRead = () -> {};
    private final List<Promise<Grant>> logins = new ArrayList<>();
    private final List<Grant> heard = new ArrayList<>();
    private final Session session = new Session(
            () -> {
                Promise<Grant> login = Promise.promise();
                logins.add(login);
                return login.future();
            },
            grant -> {
                heard.add(grant);
                return Future.failedFuture("the listener's own trouble");
            },
            () -> {
                whenTheClockIsRead.run();
                return now;
            },
            LogContext.NONE);

    private static Token token(String value) {
        return new Token(value, "https://acme.my.salesforce.com/");
    }

    private static Grant grant(String value) {
        return Grant.of(token(value));
    }

    @Test
    void oneLoginServesAllWhoWait() {
        List<Future<Token>> waiting =
                IntStream.range(0, 50).mapToObj(i -> session.token()).toList();
        assertThat(logins).hasSize(1);
        logins.get(0).complete(grant("a"));
        assertThat(waiting).allMatch(token -> token.result().equals(token("a")));
        assertThat(session.token().result()).isEqualTo(token("a"));
        assertThat(logins).hasSize(1);
        assertThat(heard).as("the listener, whose failure stops nothing").containsExactly(grant("a"));
    }

    @Test
    void manyRefusalsOfOneTokenCauseOneLogin() {
        session.token();
        logins.get(0).complete(grant("a"));
        List<Future<Token>> renewed =
                IntStream.range(0, 50).mapToObj(i -> session.renew(token("a"))).toList();
        logins.get(1).complete(grant("b"));
        assertThat(renewed).allMatch(token -> token.result().equals(token("b")));
        // one whose refusal arrives after the login
        assertThat(session.renew(token("a")).result()).isEqualTo(token("b"));
        assertThat(logins).hasSize(2);
    }

    @Test
    void aLoginWithoutAnswerFailsThoseWhoWaitAndIsTriedAnew() {
        Future<Token> first = session.token();
        logins.get(0).fail("no answer");
        assertThat(first.failed()).isTrue();
        Future<Token> second = session.token();
        logins.get(1).complete(grant("a"));
        assertThat(second.result()).isEqualTo(token("a"));
    }

    @Test
    void aRefusedLoginIsRememberedForAWhileThatGrows() {
        session.token();
        logins.get(0).fail(REFUSED);
        for (int i = 0; i < 100; i++) {
            assertThat(session.token().cause()).isSameAs(REFUSED);
        }
        assertThat(logins).hasSize(1);
        List<Duration> pauses = new ArrayList<>();
        for (int refusal = 1; refusal < 8; refusal++) {
            Instant since = now;
            while (logins.size() == refusal) {
                now = now.plusSeconds(1);
                session.token();
            }
            pauses.add(Duration.between(since, now));
            logins.get(refusal).fail(REFUSED);
        }
        assertThat(pauses).extracting(Duration::toSeconds).containsExactly(5L, 10L, 20L, 40L, 60L, 60L, 60L);
    }

    @Test
    void aCallerWhoCrossesWithTheRefusalCausesNoFurtherLogin() {
        Future<Token> first = session.token();
        List<Future<Token>> crossing = new ArrayList<>();
        whenTheClockIsRead = () -> {
            whenTheClockIsRead = () -> {};
            crossing.add(session.token());
        };
        logins.get(0).fail(REFUSED);
        assertThat(first.cause()).isSameAs(REFUSED);
        assertThat(crossing).singleElement().satisfies(token -> assertThat(token.cause())
                .isSameAs(REFUSED));
        assertThat(logins).hasSize(1);
    }

    @Test
    void aLoginAfterARefusalForgetsIt() {
        session.token();
        logins.get(0).fail(REFUSED);
        now = now.plusSeconds(5);
        session.token();
        logins.get(1).complete(grant("a"));
        assertThat(session.token().result()).isEqualTo(token("a"));
        session.renew(token("a"));
        logins.get(2).fail(REFUSED);
        now = now.plusSeconds(5);
        session.token();
        assertThat(logins).as("the pause begins at its shortest again").hasSize(4);
    }

    @Test
    void loginsThatSucceedInVainEndWithTheReasonAndBeginAgainLater() {
        session.token();
        logins.get(0).complete(grant("0"));
        var refusal = new SessionExpiredException("user has no API access", Answer.NONE);
        for (int i = 1; i <= Session.VAIN_LOGINS; i++) {
            session.renew(token("" + (i - 1)));
            logins.get(i).complete(grant("" + i));
            session.replayed(token("" + i), refusal);
            session.replayed(token("" + i), refusal); // of another request with the same token
        }
        Future<Token> capped = session.renew(token("" + Session.VAIN_LOGINS));
        assertThat(capped.cause())
                .isInstanceOf(AuthenticationException.class)
                .hasMessageContaining("3 logins in a row")
                .hasMessageContaining("user has no API access");
        assertThat(logins).hasSize(1 + Session.VAIN_LOGINS);
        now = now.plus(Session.LONGEST_MEMORY);
        session.renew(token("" + Session.VAIN_LOGINS));
        assertThat(logins).hasSize(2 + Session.VAIN_LOGINS);
    }

    @Test
    void loginsThatHelpAreNotCounted() {
        session.token();
        logins.get(0).complete(grant("0"));
        var refusal = new SessionExpiredException("expired", Answer.NONE);
        for (int i = 1; i < 20; i++) {
            assertThat(session.renew(token("" + (i - 1))).failed()).isFalse();
            logins.get(i).complete(grant("" + i));
            session.replayed(token("" + i), i % 2 == 0 ? refusal : null);
        }
        assertThat(logins).hasSize(20);
    }

    @Test
    void secretsStandInNoText() {
        assertThat(token("secret").toString()).doesNotContain("secret").contains("https://acme.my.salesforce.com");
        assertThat(new Grant(token("secret"), "refresh-secret", null).toString())
                .doesNotContain("secret");
    }
}
