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
import org.sftoolkit.camel.error.UnreadableResponseException;

class ResolveVersionTest {

    private final List<String> sent = new ArrayList<>();
    private Promise<Response> versions = Promise.promise();
    private final Transport org = request -> {
        sent.add(request.path());
        return request.path().equals("/services/data/") ? versions.future() : Future.succeededFuture(answer("{}"));
    };

    private static Response answer(String body) {
        return new Response(200, MultiMap.caseInsensitiveMultiMap(), Buffer.buffer(body));
    }

    @Test
    void pathsOfTheDataApiStandBelowTheVersion() {
        var transport = org.behind(new ResolveVersion(ApiVersion.of("66.0")));
        transport.send(Request.get("/query?q=x"));
        transport.send(Request.get("/services/data/v60.0/query/01g-2000"));
        assertThat(sent).containsExactly("/services/data/v66.0/query?q=x", "/services/data/v60.0/query/01g-2000");
    }

    @Test
    void theLatestIsAskedForOnceByAllWhoWait() {
        var transport = org.behind(new ResolveVersion(ApiVersion.latest()));
        Future<Response> first = transport.send(Request.get("/a"));
        transport.send(Request.get("/b"));
        versions.complete(answer("[{\"version\":\"9.0\"},{\"version\":\"67.0\"},{\"version\":\"66.0\"},{}]"));
        transport.send(Request.get("/c"));
        assertThat(first.succeeded()).isTrue();
        assertThat(sent)
                .containsExactly(
                        "/services/data/",
                        "/services/data/v67.0/a",
                        "/services/data/v67.0/b",
                        "/services/data/v67.0/c");
    }

    @Test
    void unreadableListIsRequestedAgain() {
        var transport = org.behind(new ResolveVersion(ApiVersion.latest()));
        versions.complete(answer("[]"));
        assertThat(transport.send(Request.get("/a")).cause()).isInstanceOf(UnreadableResponseException.class);
        versions = Promise.promise();
        versions.complete(answer("[{\"version\":\"67.0\"}]"));
        assertThat(transport.send(Request.get("/a")).succeeded()).isTrue();
    }

    @Test
    void aWholePathNeedsNoVersionUnlessItsBodyNamesPaths() {
        var transport = org.behind(new ResolveVersion(ApiVersion.latest()));
        assertThat(transport.send(Request.get("/services/apexrest/a")).succeeded())
                .isTrue();
        assertThat(sent).containsExactly("/services/apexrest/a");
        var bases = new ArrayList<String>();
        var parts = new Body.Located(base -> {
            bases.add(base);
            return Body.NONE;
        });
        versions.complete(answer("[{\"version\":\"67.0\"}]"));
        transport.send(Request.of(HttpMethod.POST, "/services/data/v60.0/composite", parts, Replay.NEVER));
        assertThat(bases).containsExactly("/services/data/v67.0");
    }
}
