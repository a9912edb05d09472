package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Streams rows through a route in a JVM with a heap of 64 MB: 60,000 of them, which would not fit at once, and with
 * {@code -Dsftoolkit.rows=1000000} a million.
 */
class StreamMemoryIT {

    private static final int ROWS = Integer.getInteger("sftoolkit.rows", 60_000);
    private static final int PAGE = 2000;
    /** 60,000 of them, a kilobyte each, fill the heap. */
    private static final String NAME = "x".repeat(1000);

    @Test
    void memoryDoesNotDependOnTheNumberOfRows() throws Exception {
        Vertx vertx = Vertx.vertx();
        try {
            HttpServer org = vertx.createHttpServer()
                    .requestHandler(StreamMemoryIT::answer)
                    .listen(0, "localhost")
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(10, TimeUnit.SECONDS);
            assertThat(read("http://localhost:" + org.actualPort())).contains("rows=" + ROWS);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        }
    }

    private static String read(String url) throws Exception {
        String java = System.getProperty("java.home") + File.separator + "bin" + File.separator + "java";
        String classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Process reader = new ProcessBuilder(
                        java,
                        "-Xmx64m",
                        "-XX:MaxDirectMemorySize=64m",
                        "-cp",
                        classes,
                        StreamReader.class.getName(),
                        url)
                .redirectErrorStream(true)
                .start();
        try {
            String output = new String(reader.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(reader.waitFor(1, TimeUnit.MINUTES)).isTrue();
            return output;
        } finally {
            reader.destroyForcibly();
        }
    }

    private static void answer(HttpServerRequest request) {
        int dash = request.path().lastIndexOf('-');
        int from = request.path().endsWith("/query")
                ? 0
                : Integer.parseInt(request.path().substring(dash + 1));
        int to = Math.min(ROWS, from + PAGE);
        Buffer page = Buffer.buffer(PAGE * 1100);
        page.appendString("{\"totalSize\":" + ROWS + ",\"done\":" + (to == ROWS));
        page.appendString(
                to == ROWS ? "" : ",\"nextRecordsUrl\":\"/services/data/v66.0/query/01g000000000001-" + to + "\"");
        page.appendString(",\"records\":[");
        for (int i = from; i < to; i++) {
            page.appendString(i == from ? "" : ",")
                    .appendString("{\"attributes\":{\"type\":\"Account\",\"url\":\"/x\"},\"Id\":\"%018d\",\"Name\":\""
                            .formatted(i))
                    .appendString(NAME)
                    .appendString("\"}");
        }
        request.response()
                .putHeader("Content-Type", "application/json;charset=UTF-8")
                .end(page.appendString("]}"));
    }
}
