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
import org.sftoolkit.camel.error.Answer;
import org.sftoolkit.camel.error.RequestRejectedException;
import org.sftoolkit.camel.error.SandboxRequiredException;
import org.sftoolkit.camel.error.TransportException;
import org.sftoolkit.camel.error.UnreadableResponseException;

class SandboxOnlyTest {

    private static final Request WRITE =
            Request.of(HttpMethod.POST, "/sobjects/Account", Body.json(() -> Buffer.buffer("{}")), Replay.NEVER);

    private final List<String> sent = new ArrayList<>();
    private Future<Response> organization = said("{\"records\":[{\"IsSandbox\":true}]}");
    private final Transport org = ((Transport) this::answer).behind(new SandboxOnly());

    private static Future<Response> said(String json) {
        return Future.succeededFuture(new Response(200, MultiMap.caseInsensitiveMultiMap(), Buffer.buffer(json)));
    }

    private Future<Response> answer(Request request) {
        sent.add(request.line());
        if (request.path().contains("Organization")) {
            assertThat(request.accept()).isEqualTo("application/json");
            return organization;
        }
        return said("{}");
    }

    @Test
    void aSandboxIsAskedOnceBeforeItsFirstWrite() {
        assertThat(org.send(WRITE).succeeded()).isTrue();
        assertThat(org.send(WRITE).succeeded()).isTrue();
        assertThat(sent).containsExactly("GET /query", "POST /sobjects/Account", "POST /sobjects/Account");
    }

    @Test
    void readsAreNotAskedAbout() {
        assertThat(org.send(Request.get("/limits")).succeeded()).isTrue();
        assertThat(sent).containsExactly("GET /limits");
    }

    @Test
    void productionIsNotWrittenTo() {
        organization = said("{\"records\":[{\"IsSandbox\":false}]}");
        Future<Response> refused = org.send(WRITE);
        assertThat(refused.cause())
                .isInstanceOf(SandboxRequiredException.class)
                .hasMessageContaining("production or Developer Edition")
                .hasMessageContaining("POST /sobjects/Account");
        assertThat(sent).containsExactly("GET /query");
    }

    @Test
    void writesThatComeMeanwhileWaitForTheSameAnswer() {
        Promise<Response> late = Promise.promise();
        organization = late.future();
        Future<Response> first = org.send(WRITE);
        Future<Response> second = org.send(WRITE);
        assertThat(sent).containsExactly("GET /query");
        late.complete(said("{\"records\":[{\"IsSandbox\":true}]}").result());
        assertThat(first.succeeded()).isTrue();
        assertThat(second.succeeded()).isTrue();
        assertThat(sent).hasSize(3);
    }

    @Test
    void anOrgThatDoesNotSayIsAskedAgainByTheNextWrite() {
        for (String unclear : List.of("{}", "{\"records\":[{\"IsSandbox\":\"true\"}]}", "no JSON")) {
            organization = said(unclear);
            assertThat(org.send(WRITE).cause())
                    .isInstanceOf(UnreadableResponseException.class)
                    .hasMessageContaining("did not say whether it is a sandbox");
        }
        organization = said("{\"records\":[{\"IsSandbox\":true}]}");
        assertThat(org.send(WRITE).succeeded()).isTrue();
    }

    @Test
    void aUserWhoMayNotLookIsToldWhatIsMissing() {
        organization = Future.failedFuture(new RequestRejectedException("no such field", Answer.NONE));
        assertThat(org.send(WRITE).cause())
                .isInstanceOf(SandboxRequiredException.class)
                .hasMessageContaining("may not read Organization.IsSandbox")
                .hasCauseInstanceOf(RequestRejectedException.class);
        var cut = new TransportException("cut", "GET /query", true, true, null);
        organization = Future.failedFuture(cut);
        assertThat(org.send(WRITE).cause()).isSameAs(cut);
    }
}
