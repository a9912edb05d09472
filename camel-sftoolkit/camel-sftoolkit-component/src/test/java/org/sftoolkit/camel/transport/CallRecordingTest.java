package org.sftoolkit.camel.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.streams.WriteStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CallRecordingTest {

    private static Vertx vertx;

    @TempDir
    private Path parent;

    private Response answer = answer("");

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx(
                new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1).setInternalBlockingPoolSize(1));
    }

    @AfterAll
    static void stop() {
        await(vertx.close());
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(1, TimeUnit.MINUTES);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static Response answer(String text) {
        return new Response(
                200,
                MultiMap.caseInsensitiveMultiMap()
                        .add("Content-Type", "application/json")
                        .add("Set-Cookie", "sid=x"),
                Buffer.buffer(text));
    }

    private CallRecording recording() {
        return new CallRecording(parent, vertx);
    }

    private Transport org(CallRecording recording) {
        return ((Transport) request -> Future.succeededFuture(answer)).behind(new RecordCalls(recording));
    }

    private List<Path> folders() throws IOException {
        try (Stream<Path> made = Files.list(parent)) {
            return made.sorted().toList();
        }
    }

    private JsonNode read(String file) throws IOException {
        return new ObjectMapper().readTree(folders().get(0).resolve(file).toFile());
    }

    @Test
    void aCallAndItsAnswerAreAFileWithoutSecrets() throws IOException {
        var recording = recording();
        answer = answer("{\"url\":\"https://acme.my.salesforce.com/a\",\"access_token\":\"x\"}");
        assertThat(org(recording)
                        .send(Request.get("https://acme.my.salesforce.com/services/data?q=a")
                                .withHeader("Authorization", "Bearer 00D")
                                .withHeader("Accept", "application/json"))
                        .result())
                .isSameAs(answer);
        await(recording.close());

        JsonNode call = read("000001.json");
        assertThat(call.path("number").asInt()).isEqualTo(1);
        assertThat(call.path("millis").asLong()).isNotNegative();
        assertThat(call.path("request"))
                .hasToString(
                        "{\"method\":\"GET\",\"path\":\"/services/data?q=a\",\"headers\":{\"accept\":\"application/json\"}}");
        JsonNode told = call.path("answer");
        assertThat(told.path("status").asInt()).isEqualTo(200);
        assertThat(told.path("headers")).hasToString("{\"content-type\":\"application/json\"}");
        assertThat(told.path("text").asText()).isEqualTo("{\"url\":\"{{org}}/a\",\"access_token\":\"(removed)\"}");
        assertThat(told.path("cut").asBoolean()).isFalse();
    }

    @Test
    void theManifestCountsWhatWasWritten() throws IOException {
        var recording = recording();
        org(recording).send(Request.get("/a"));
        org(recording).send(Request.get("/b"));
        await(recording.close());
        JsonNode manifest = read("manifest.json");
        assertThat(manifest.path("format").asInt()).isEqualTo(1);
        assertThat(manifest.path("ended").asText()).startsWith("20");
        assertThat(manifest.path("calls").asInt()).isEqualTo(2);
        assertThat(manifest.path("omitted").asInt(-1)).isZero();
    }

    @Test
    void aRecordingThatNobodyEndedHasAManifestToo() throws IOException {
        var recording = recording();
        org(recording).send(Request.get("/a"));
        // files are written one after another
        await(vertx.executeBlocking(() -> null, false));
        await(vertx.executeBlocking(() -> null, false));
        JsonNode manifest = read("manifest.json");
        assertThat(manifest.path("begun").asText()).startsWith("20");
        for (String later : List.of("ended", "calls", "omitted")) {
            assertThat(manifest.get(later).isNull()).as(later).isTrue();
        }
        await(recording.close());
    }

    @Test
    void theBodyThatAnAttemptSentIsRecordedOnce() throws IOException {
        var recording = recording();
        Transport twice = ((Transport) request -> {
                    ((Body.Bytes) request.body()).content().get();
                    assertThat(((Body.Bytes) request.body()).content().get()).hasToString("a=b");
                    return Future.succeededFuture(answer);
                })
                .behind(new RecordCalls(recording));
        twice.send(Request.of(HttpMethod.POST, "/a", Body.form("a=b"), Replay.NEVER));
        await(recording.close());
        assertThat(read("000001.json").path("request"))
                .hasToString("{\"method\":\"POST\",\"path\":\"/a\","
                        + "\"headers\":{\"content-type\":\"application/x-www-form-urlencoded\"},"
                        + "\"length\":3,\"cut\":false,\"text\":\"a=b\"}");
    }

    @Test
    void aFailureIsRecordedWithoutSecrets() throws IOException {
        var recording = recording();
        var failure = new IllegalStateException("refused: {\"access_token\":\"x\"}");
        Transport broken = request -> Future.failedFuture(failure);
        assertThat(broken.behind(new RecordCalls(recording))
                        .send(Request.get("/a"))
                        .cause())
                .isSameAs(failure);
        await(recording.close());
        JsonNode call = read("000001.json");
        assertThat(call.path("failure").asText())
                .isEqualTo("java.lang.IllegalStateException: refused: {\"access_token\":\"(removed)\"}");
        assertThat(call.has("answer")).isFalse();
    }

    @Test
    void bodiesOfStreamsAreRecordedAsTheyPass() throws IOException {
        var recording = recording();
        var target = new StreamsTest.Target();
        Transport streaming = ((Transport) request -> {
                    ((Body.Stream) request.body()).open().handler(part -> {});
                    request.sink().open(200, answer.headers()).write(Buffer.buffer("broken"));
                    WriteStream<Buffer> into = request.sink().open(200, answer.headers());
                    into.write(Buffer.buffer("{\"a\":"));
                    into.write(Buffer.buffer("1}"));
                    return Future.succeededFuture(answer);
                })
                .behind(new RecordCalls(recording));
        var source = new Body.Stream("text/csv", () -> new StreamsTest.Source("Id\n", "1\n"), -1, false);
        streaming.send(Request.of(HttpMethod.PUT, "/a", source, Replay.NEVER).into((status, headers) -> target));
        await(recording.close());
        assertThat(target.written).containsExactly("broken", "{\"a\":", "1}");
        JsonNode call = read("000001.json");
        assertThat(call.at("/request/text").asText()).isEqualTo("Id\n1\n");
        assertThat(call.at("/answer/text").asText()).isEqualTo("{\"a\":1}");
        assertThat(call.at("/answer/length").asInt()).isEqualTo(7);
    }

    @Test
    void ofALongBodyTheBeginningIsKept() throws IOException {
        var recording = recording();
        answer = answer("x".repeat(CallRecording.MOST_BYTES + 1));
        org(recording).send(Request.get("/a"));
        Transport streaming = request -> {
            WriteStream<Buffer> into = request.sink().open(200, answer.headers());
            into.write(Buffer.buffer("a"));
            into.write(Buffer.buffer("b".repeat(CallRecording.MOST_BYTES)));
            into.write(Buffer.buffer("c"));
            return Future.succeededFuture(answer(""));
        };
        streaming
                .behind(new RecordCalls(recording))
                .send(Request.get("/b").into((status, headers) -> new StreamsTest.Target()));
        await(recording.close());
        for (int call = 1; call <= 2; call++) {
            JsonNode told = read("00000" + call + ".json").path("answer");
            assertThat(told.path("length").asInt()).isEqualTo(CallRecording.MOST_BYTES + call);
            assertThat(told.path("cut").asBoolean()).isTrue();
            assertThat(told.path("text").asText()).hasSize(CallRecording.MOST_BYTES);
        }
    }

    @Test
    void aRecordingThatIsFullLetsCallsPass() throws IOException {
        var recording = recording();
        var last = recording.begin(Request.get("/a"));
        for (int i = 1; i < CallRecording.MOST_CALLS; i++) {
            last = recording.begin(Request.get("/a"));
        }
        assertThat(last.number()).isEqualTo(CallRecording.MOST_CALLS);
        assertThat(org(recording).send(Request.get("/b")).result()).isSameAs(answer);
        recording.end(last, Future.succeededFuture(answer));
        await(recording.close());
        assertThat(read("manifest.json").path("calls").asInt()).isEqualTo(1);
        assertThat(read("manifest.json").path("omitted").asInt()).isEqualTo(1);
        assertThat(folders().get(0).resolve("010000.json")).exists();
    }

    @Test
    void callsThatTheDiskCannotFollowAreLeftOut() throws IOException {
        var recording = recording();
        var slow = new CountDownLatch(1);
        vertx.executeBlocking(() -> slow.await(1, TimeUnit.MINUTES), false);
        for (int i = 0; i < 66; i++) {
            org(recording).send(Request.get("/a"));
        }
        slow.countDown();
        await(recording.close());
        assertThat(read("manifest.json").path("calls").asInt()).isEqualTo(64);
        assertThat(read("manifest.json").path("omitted").asInt()).isEqualTo(2);
    }

    @Test
    void eachRecordingHasItsFolder() throws IOException {
        for (int i = 0; i < 4; i++) {
            var recording = recording();
            org(recording).send(Request.get("/a"));
            await(recording.close());
        }
        assertThat(folders()).hasSize(4);
        assertThat(folders().get(0).getFileName().toString()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d-\\d\\d-\\d\\dZ");
    }

    @Test
    void withoutCallsThereIsNoFolder() throws IOException {
        await(recording().close());
        assertThat(folders()).isEmpty();
    }

    @Test
    void callsPassThoughTheFolderCannotBeMade() throws IOException {
        var recording = new CallRecording(Files.createFile(parent.resolve("file")), vertx);
        assertThat(org(recording).send(Request.get("/a")).result()).isSameAs(answer);
        await(recording.close());
        assertThat(parent.resolve("file")).isEmptyFile();
    }
}
