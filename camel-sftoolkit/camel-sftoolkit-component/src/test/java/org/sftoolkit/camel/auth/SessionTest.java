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
import org.sftoolkit.camel.error.LimitExceededException;
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

    private Future<Token> renew(Token refused) {
        return session.renew(refused, System.nanoTime());
    }

    @Test
    void oneLoginServesAllWaitingCalls() {
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
                IntStream.range(0, 50).mapToObj(i -> renew(token("a"))).toList();
        logins.get(1).complete(grant("b"));
        assertThat(renewed).allMatch(token -> token.result().equals(token("b")));
        // one whose refusal arrives after the login
        assertThat(renew(token("a")).result()).isEqualTo(token("b"));
        assertThat(logins).hasSize(2);
    }

    @Test
    void loginWithoutAnswerFailsWaitingCallsAndIsTriedAgain() {
        Future<Token> first = session.token();
        logins.get(0).fail("no answer");
        assertThat(first.failed()).isTrue();
        Future<Token> second = session.token();
        logins.get(1).complete(grant("a"));
        assertThat(second.result()).isEqualTo(token("a"));
    }

    @Test
    void aLoginWithoutAnswerFailedForAllExchangesThatBeganBefore() {
        long begun = System.nanoTime();
        session.token(begun);
        logins.get(0).fail("no answer");
        for (int i = 0; i < 50; i++) {
            assertThat(session.token(begun).failed()).isTrue();
            assertThat(session.renew(token("old"), begun).failed()).isTrue();
        }
        assertThat(logins).hasSize(1);
        session.token();
        logins.get(1).complete(grant("a"));
        assertThat(session.token(begun).result())
                .as("the login of another exchange serves it")
                .isEqualTo(token("a"));
    }

    @Test
    void aHostThatRedirectsCausesOneLoginHoweverManyMetIt() {
        session.token();
        logins.get(0).complete(grant("a"));
        long begun = System.nanoTime();
        List<Future<Token>> moved = IntStream.range(0, 50)
                .mapToObj(i -> session.moved(token("a"), begun))
                .toList();
        logins.get(1).complete(grant("b"));
        assertThat(moved).allMatch(token -> token.result().equals(token("b")));
        assertThat(session.moved(token("b"), begun).result())
                .as("the new token is for the same host: no further login")
                .isEqualTo(token("b"));
        assertThat(logins).hasSize(2);
        now = now.plus(Session.LONGEST_MEMORY);
        session.moved(token("b"), begun);
        assertThat(logins).hasSize(3);
    }

    @Test
    void anExchangeThatLastsLongMayLogInAgainAfterAMinute() {
        long begun = System.nanoTime();
        session.token(begun);
        logins.get(0).fail("no answer");
        now = now.plus(Session.LONGEST_MEMORY);
        session.token(begun);
        assertThat(logins).hasSize(2);
    }

    @Test
    void aLimitOnLoginsIsRememberedAsLongAsSalesforceAsks() {
        session.token();
        logins.get(0).fail(new LimitExceededException("too many", true, Duration.ofSeconds(40), Answer.NONE));
        now = now.plusSeconds(39);
        assertThat(session.token().failed()).isTrue();
        assertThat(logins).hasSize(1);
        now = now.plusSeconds(1);
        session.token();
        assertThat(logins).hasSize(2);
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
        renew(token("a"));
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
            renew(token("" + (i - 1)));
            logins.get(i).complete(grant("" + i));
            session.refused(token("" + i), refusal);
            session.refused(token("" + i), refusal); // of another request with the same token
        }
        Future<Token> capped = renew(token("" + Session.VAIN_LOGINS));
        assertThat(capped.cause())
                .isInstanceOf(AuthenticationException.class)
                .hasMessageContaining("3 logins in a row")
                .hasMessageContaining("user has no API access");
        assertThat(logins).hasSize(1 + Session.VAIN_LOGINS);
        now = now.plus(Session.LONGEST_MEMORY);
        renew(token("" + Session.VAIN_LOGINS));
        assertThat(logins).hasSize(2 + Session.VAIN_LOGINS);
    }

    @Test
    void loginsThatHelpAreNotCounted() {
        session.token();
        logins.get(0).complete(grant("0"));
        var refusal = new SessionExpiredException("expired", Answer.NONE);
        for (int i = 1; i < 20; i++) {
            assertThat(renew(token("" + (i - 1))).failed()).isFalse();
            logins.get(i).complete(grant("" + i));
            if (i % 2 == 0) {
                session.refused(token("" + i), refusal);
            } else {
                session.accepted(token("" + i));
            }
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
