package org.sftoolkit.camel.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class CompressTest {

    private final List<Request> sent = new ArrayList<>();
    private final Transport transport = ((Transport) request -> {
                sent.add(request);
                return Future.succeededFuture(new Response(204, MultiMap.caseInsensitiveMultiMap(), Buffer.buffer()));
            })
            .behind(new Compress());

    private byte[] send(String text) {
        transport.send(Request.of(HttpMethod.POST, "/", Body.json(() -> Buffer.buffer(text)), Replay.NEVER));
        return ((Body.Bytes) sent.get(sent.size() - 1).body()).content().get().getBytes();
    }

    @Test
    void aLargeBodyIsCompressed() throws IOException {
        String text = "{\"Name\":\"" + "Acmé ".repeat(1000) + "\"}";
        byte[] bytes = send(text);
        assertThat(sent.get(0).headers()).containsEntry("Content-Encoding", "gzip");
        assertThat(bytes).hasSizeLessThan(200);
        assertThat(new GZIPInputStream(new ByteArrayInputStream(bytes)))
                .hasBinaryContent(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    @Test
    void aSmallOneIsNot() {
        assertThat(send("{}")).asString().isEqualTo("{}");
        assertThat(sent.get(0).headers()).doesNotContainKey("Content-Encoding");
    }

    @Test
    void theLimitIsABodyOfTwoKilobytes() {
        send("a".repeat(Compress.SMALLEST - 1));
        send("a".repeat(Compress.SMALLEST));
        assertThat(sent.get(0).headers()).doesNotContainKey("Content-Encoding");
        assertThat(sent.get(1).headers()).containsKey("Content-Encoding");
    }

    @Test
    void theAnswerPasses() {
        Body stream = new Body.Stream("text/csv", () -> null, -1, false);
        for (Body body : List.of(stream, Body.NONE, Body.form("a=b"), Body.form("a=" + "b".repeat(5_000)))) {
            assertThat(transport
                            .send(Request.of(HttpMethod.POST, "/", body, Replay.NEVER))
                            .result()
                            .status())
                    .isEqualTo(204);
        }
        assertThat(sent.get(0).body()).isSameAs(stream);
        assertThat(((Body.Bytes) sent.get(2).body()).content().get()).hasToString("a=b");
    }
}
