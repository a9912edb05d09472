package org.sftoolkit.camel.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sftoolkit.camel.error.Answer;
import org.sftoolkit.camel.error.RedirectedException;
import org.sftoolkit.camel.error.RequestRejectedException;
import org.sftoolkit.camel.error.SessionExpiredException;
import org.sftoolkit.camel.error.TransportException;

class AuthenticateTest {

    private final List<String> sent = new ArrayList<>();
    private final List<String> replayed = new ArrayList<>();
    private int valid;
    private int current;

    private final TokenSource tokens = new TokenSource() {
        @Override
        public Future<Token> token(long since) {
            return Future.succeededFuture(new Token("t" + current, "https://na" + current + ".example.com"));
        }

        @Override
        public Future<Token> renew(Token refused, long since) {
            current++;
            return token(since);
        }

        @Override
        public void accepted(Token token) {
            replayed.add(token.accessToken() + " accepted");
        }

        @Override
        public void refused(Token token, SessionExpiredException refusal) {
            replayed.add(token.accessToken() + " refused");
        }
    };

    private final Transport transport = ((Transport) request -> {
                sent.add(request.path() + " " + request.headers().get("Authorization"));
                return current >= valid
                        ? Future.succeededFuture(
                                new Response(200, MultiMap.caseInsensitiveMultiMap(), Buffer.buffer("{}")))
                        : Future.failedFuture(new SessionExpiredException("expired", Answer.NONE));
            })
            .behind(new Authenticate(tokens));

    @Test
    void aRefusedTokenIsRenewedAndTheRequestFollowsToTheNewInstance() {
        valid = 1;
        assertThat(transport.send(Request.get("/services/data")).succeeded()).isTrue();
        assertThat(sent)
                .containsExactly(
                        "https://na0.example.com/services/data Bearer t0",
                        "https://na1.example.com/services/data Bearer t1");
        assertThat(replayed).containsExactly("t1 accepted");
    }

    @Test
    void anInsertIsReplayedToo() {
        valid = 1;
        Request insert = Request.of(HttpMethod.POST, "/services/data/v66.0/sobjects/A", Body.NONE, Replay.NEVER);
        assertThat(transport.send(insert).succeeded()).isTrue();
    }

    @Test
    void replaysEndAndTheTokenSourceHearsOfEach() {
        valid = 99;
        assertThat(transport.send(Request.get("/services/data")).cause()).isInstanceOf(SessionExpiredException.class);
        assertThat(sent).hasSize(11);
        assertThat(replayed).hasSize(10).startsWith("t1 refused", "t2 refused").endsWith("t10 refused");
    }

    @Test
    void aRedirectIsFollowedByOneLoginToItsInstance() {
        var moved = new RedirectedException("https://na0.example.com/x", "https://na1.example.com/x", Answer.NONE);
        Transport redirecting = ((Transport) request -> {
                    sent.add(request.path());
                    return request.path().contains("na0")
                            ? Future.failedFuture(moved)
                            : Future.succeededFuture(
                                    new Response(200, MultiMap.caseInsensitiveMultiMap(), Buffer.buffer("{}")));
                })
                .behind(new Authenticate(tokens));
        assertThat(redirecting.send(Request.get("/services/data")).succeeded()).isTrue();
        assertThat(sent)
                .containsExactly("https://na0.example.com/services/data", "https://na1.example.com/services/data");
    }

    @Test
    void anAnswerThatBeginsShowsThatTheTokenIsAcceptedThoughItsReaderCloses() {
        Transport closed = ((Transport) request -> {
                    request.sink().open(200, MultiMap.caseInsensitiveMultiMap());
                    return Future.failedFuture("nobody reads the answer any more");
                })
                .behind(new Authenticate(tokens));
        closed.send(Request.get("/services/data").into((status, headers) -> null));
        assertThat(replayed).containsExactly("t0 accepted");
    }

    @Test
    void aBodyThatWasReadIsNotReplayedButTheNextCallFindsALivingToken() {
        valid = 1;
        var once = new Body.Stream("text/csv", () -> null, -1, false);
        once.open();
        Request upload = Request.of(HttpMethod.PUT, "/services/data/v66.0/jobs", once, Replay.IDEMPOTENT);
        assertThat(transport.send(upload).cause()).isInstanceOf(SessionExpiredException.class);
        assertThat(sent).hasSize(1);
        assertThat(replayed).containsExactly("t0 refused");
        assertThat(transport.send(Request.get("/services/data")).succeeded()).isTrue();
        assertThat(sent.get(1)).endsWith("Bearer t1");
    }

    @Test
    void aBodyThatCanBeReadOnceGoesOutAgainIfNothingOfItWasTaken() {
        valid = 1;
        var once = new Body.Stream("text/csv", () -> null, -1, false);
        Request upload = Request.of(HttpMethod.PUT, "/services/data/v66.0/jobs", once, Replay.IDEMPOTENT);
        assertThat(transport.send(upload).succeeded()).isTrue();
        assertThat(sent).hasSize(2);
    }

    private static Transport failing(TokenSource tokens, Throwable failure) {
        return ((Transport) request -> Future.failedFuture(failure)).behind(new Authenticate(tokens));
    }

    @ParameterizedTest
    @CsvSource({"400, true", "499, true", "1, true", "500, false", "503, false", "0, false"})
    void aRefusalShowsThatTheTokenWasTakenButAFailureOfTheServerDoesNot(int status, boolean accepted) {
        var failure = new RequestRejectedException("no", new Answer(status, null, "GET /"));
        assertThat(failing(tokens, failure).send(Request.get("/a")).cause()).isSameAs(failure);
        assertThat(replayed).isEqualTo(accepted ? List.of("t0 accepted") : List.of());
    }

    @Test
    void aFailureWithoutAnAnswerTellsNothingOfTheToken() {
        var failure = new IllegalStateException();
        assertThat(failing(tokens, failure).send(Request.get("/a")).cause()).isSameAs(failure);
        assertThat(replayed).isEmpty();
    }

    @Test
    void aLoginThatFailsFailsTheCallWithItsReason() {
        var refused = new IllegalStateException("refused");
        for (Request request : List.of(Request.get("/a"), Request.get("/a").countedBy(new CallCounter()))) {
            TokenSource broken = new TokenSource() {
                @Override
                public Future<Token> token(long since) {
                    return Future.failedFuture(refused);
                }

                @Override
                public Future<Token> renew(Token token, long since) {
                    return Future.failedFuture(refused);
                }
            };
            assertThat(failing(broken, null).send(request).cause())
                    .isInstanceOf(LoginFailed.class)
                    .hasCause(refused);
        }
    }

    @Test
    void aStopEndsTheWaitForALogin() {
        var stop = new StopSignal();
        var login = Promise.<Token>promise();
        TokenSource slow = new TokenSource() {
            @Override
            public Future<Token> token(long since) {
                return login.future();
            }

            @Override
            public Future<Token> renew(Token token, long since) {
                return login.future();
            }
        };
        Future<Response> call = failing(slow, null).send(Request.get("/a").countedBy(new CallCounter(null, stop)));
        assertThat(call.isComplete()).isFalse();
        stop.give();
        assertThat(call.cause()).isInstanceOf(LoginFailed.class).hasCauseInstanceOf(TransportException.class);
    }

    @Test
    void aSecondRedirectOfACallIsAFailure() {
        var moved = new RedirectedException("https://na0.example.com/x", "https://na1.example.com/x", Answer.NONE);
        Transport lost = ((Transport) request -> {
                    sent.add(request.path());
                    return Future.failedFuture(moved);
                })
                .behind(new Authenticate(tokens));
        assertThat(lost.send(Request.get("/a")).cause()).isSameAs(moved);
        assertThat(sent).hasSize(2);
    }
}
