package org.sftoolkit.camel.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RequestTest {

    private static final Body TEXT = Body.form("a=b");

    private static Request of(HttpMethod method, String path, Replay replay) {
        return Request.of(method, path, TEXT, replay);
    }

    @Test
    void aLineShowsNeitherHostNorQueryNorExternalIds() {
        assertThat(Request.get("/query?q=SELECT+Id").line()).isEqualTo("GET /query");
        assertThat(Request.get("https://acme.my.salesforce.com/services/data/v66.0/limits?x=1")
                        .line())
                .isEqualTo("GET /services/data/v66.0/limits");
        assertThat(Request.get("https://acme.my.salesforce.com").line()).isEqualTo("GET /");
        assertThat(Request.get("/sobjects/Account/Key__c/secret").line()).isEqualTo("GET /sobjects/Account/Key__c/...");
        assertThat(Request.get("/services/data/v66.0/sobjects/Account/Key__c/a/b")
                        .toString())
                .isEqualTo("GET /services/data/v66.0/sobjects/Account/Key__c/...");
    }

    @Test
    void whatIsBehindAnIdIsNoSecret() {
        assertThat(Request.get("/sobjects/Document/001000000000001AAA/Body").line())
                .isEqualTo("GET /sobjects/Document/001000000000001AAA/Body");
        assertThat(Request.get("/sobjects/Account/describe").line()).isEqualTo("GET /sobjects/Account/describe");
        assertThat(Request.get("/sobjects/Account").line()).isEqualTo("GET /sobjects/Account");
        assertThat(Request.get("/sobjects").line()).isEqualTo("GET /sobjects");
    }

    @Test
    void copiesDifferInWhatWasAskedForOnly() {
        var counter = new CallCounter();
        Sink sink = (status, headers) -> null;
        Request request = of(HttpMethod.POST, "/a", Replay.NEVER)
                .withHeader("A", "1")
                .withHeaders(Map.of("B", "2", "A", "3"))
                .into(sink)
                .countedBy(counter);
        assertThat(request.headers()).containsOnly(Map.entry("A", "3"), Map.entry("B", "2"));
        assertThat(request.sink()).isSameAs(sink);
        assertThat(request.tally()).isSameAs(counter);
        assertThat(request.body()).isSameAs(TEXT);
        assertThat(request.withHeaders(Map.of())).isSameAs(request);

        Request moved = request.to("/b").carrying(Body.NONE);
        assertThat(moved.path()).isEqualTo("/b");
        assertThat(moved.body()).isSameAs(Body.NONE);
        assertThat(moved.headers()).isEqualTo(request.headers());
        assertThat(moved.sink()).isSameAs(sink);
        assertThat(moved.tally()).isSameAs(counter);
        assertThat(moved.withHeader("C", "4").headers()).containsKeys("A", "B", "C");
    }

    @Test
    void theTypeThatIsAskedForIsAcceptedAndAMissingOneIsToo() {
        Request any = Request.get("/a");
        assertThat(any.accept()).isNull();
        assertThat(any.accepts("text/html")).isTrue();

        Request json = any.withHeader("accept", "application/json; charset=UTF-8");
        assertThat(json.accept()).startsWith("application/json");
        assertThat(json.accepts(null)).isTrue();
        assertThat(json.accepts("Application/JSON ;charset=latin1")).isTrue();
        assertThat(json.accepts("text/html")).isFalse();
        assertThat(any.withHeader("Accept", "*/*").accepts("text/html")).isTrue();
        assertThat(any.withHeader("Accept", "text/csv, application/xml").accepts("text/html"))
                .isTrue();
    }

    @Test
    void onlyReadsAreConditional() {
        for (String header : List.of("if-modified-since", "If-None-Match")) {
            assertThat(Request.get("/a").withHeader(header, "x").conditional()).isTrue();
            assertThat(of(HttpMethod.HEAD, "/a", Replay.SAFE)
                            .withHeader(header, "x")
                            .conditional())
                    .isTrue();
            assertThat(of(HttpMethod.PATCH, "/a", Replay.SAFE)
                            .withHeader(header, "x")
                            .conditional())
                    .isFalse();
        }
        assertThat(Request.get("/a").withHeader("Accept", "x").conditional()).isFalse();
    }

    @Test
    void aPartIsTakenOfWhatMayGiveParts() {
        assertThat(Request.get("/a").partial()).isFalse();
        assertThat(Request.get("/a").withHeader("range", "bytes=0-9").partial()).isTrue();
        assertThat(Request.get("/services/apexrest/a").partial()).isTrue();
    }

    @Test
    void whatIsRepeatableMayBeSentAgain() {
        assertThat(Request.get("/a").repeatable()).isTrue();
        assertThat(of(HttpMethod.PATCH, "/a", Replay.IDEMPOTENT).repeatable()).isTrue();
        assertThat(of(HttpMethod.POST, "/a", Replay.NEVER).repeatable()).isFalse();
        var once = new Body.Stream("text/csv", () -> null, -1, false);
        assertThat(Request.of(HttpMethod.PUT, "/a", once, Replay.IDEMPOTENT).repeatable())
                .as("as long as it was not opened")
                .isTrue();
        once.open();
        assertThat(Request.of(HttpMethod.PUT, "/a", once, Replay.IDEMPOTENT).repeatable())
                .isFalse();
        var again = new Body.Stream("text/csv", () -> null, 7, true);
        again.open();
        assertThat(again.repeatable()).isTrue();
        assertThat(again.length()).isEqualTo(7);
        assertThat(again.contentType()).isEqualTo("text/csv");
    }

    @Test
    void requestsThatChangeTheOrgWrite() {
        assertThat(Request.get("/a").writes()).isFalse();
        assertThat(Request.get("/tooling/executeAnonymous?anonymousBody=x").writes())
                .isTrue();
        assertThat(Request.get("/tooling/executeAnonymous/?anonymousBody=x").writes())
                .isTrue();
        assertThat(Request.get("/%zz/executeAnonymous").writes())
                .as("a path that cannot be decoded")
                .isTrue();
        assertThat(of(HttpMethod.POST, "/sobjects/Account", Replay.NEVER).writes())
                .isTrue();
        assertThat(of(HttpMethod.DELETE, "/sobjects/Account/1", Replay.IDEMPOTENT)
                        .writes())
                .isTrue();
        assertThat(of(HttpMethod.POST, "/jobs/query", Replay.NEVER).writes()).isFalse();
        assertThat(of(HttpMethod.PATCH, "/jobs/query/750", Replay.IDEMPOTENT).writes())
                .isFalse();
        assertThat(of(HttpMethod.POST, "/jobs/ingest", Replay.NEVER).writes()).isTrue();
    }

    @Test
    void bodiesSayWhatTheyAre() {
        assertThat(TEXT.contentType()).isEqualTo("application/x-www-form-urlencoded");
        assertThat(((Body.Bytes) TEXT).content().get()).hasToString("a=b");
        assertThat(Body.json(() -> null).contentType()).isEqualTo("application/json; charset=UTF-8");
        assertThat(Body.NONE.contentType()).isNull();
        assertThat(Body.NONE.repeatable()).isTrue();
        var located = new Body.Located(below -> Body.NONE);
        assertThat(located.contentType()).isNull();
        assertThat(located.repeatable()).isTrue();
        assertThat(TEXT.repeatable()).isTrue();
    }
}
