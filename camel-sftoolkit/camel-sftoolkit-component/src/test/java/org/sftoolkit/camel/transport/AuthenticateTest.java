package org.sftoolkit.camel.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sftoolkit.camel.error.Answer;
import org.sftoolkit.camel.error.SessionExpiredException;

class AuthenticateTest {

    private final List<String> sent = new ArrayList<>();
    private final List<String> replayed = new ArrayList<>();
    private int valid;
    private int current;

    private final TokenSource tokens = new TokenSource() {
        @Override
        public Future<Token> token() {
            return Future.succeededFuture(new Token("t" + current, "https://na" + current + ".example.com"));
        }

        @Override
        public Future<Token> renew(Token refused) {
            current++;
            return token();
        }

        @Override
        public void replayed(Token fresh, SessionExpiredException refusal) {
            replayed.add(fresh.accessToken() + (refusal == null ? " accepted" : " refused"));
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
    void aBodyThatCanBeReadOnceIsNotReplayed() {
        valid = 1;
        var once = new Body.Stream("text/csv", () -> null, -1, false);
        Request upload = Request.of(HttpMethod.PUT, "/services/data/v66.0/jobs", once, Replay.IDEMPOTENT);
        assertThat(transport.send(upload).failed()).isTrue();
        assertThat(sent).hasSize(1);
    }
}
