package org.sftoolkit.camel.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import org.sftoolkit.camel.error.SfToolkitException;

class DecodeErrorsFuzzTest {

    private static final int[] REFUSALS = {300, 400, 401, 403, 404, 406, 412, 414, 420, 429, 431, 500, 502, 503};
    private static final String[] TYPES = {
        null,
        "application/json",
        "application/json;charset=UTF-8",
        "application/xml",
        "text/xml",
        "text/html",
        "text/csv"
    };

    @FuzzTest(maxDuration = "2m")
    void everyRefusalIsAFailureOfTheFamily(FuzzedDataProvider input) {
        int status = input.pickValue(REFUSALS);
        var headers = MultiMap.caseInsensitiveMultiMap();
        String type = input.pickValue(TYPES);
        if (type != null) {
            headers.add("Content-Type", type);
        }
        headers.add("Retry-After", input.consumeAsciiString(30));
        Request request = Request.of(
                input.consumeBoolean() ? HttpMethod.GET : HttpMethod.POST,
                "https://acme.example.com/services/data/v66.0/query",
                Body.NONE,
                Replay.NEVER);
        Buffer body = Buffer.buffer(input.consumeRemainingAsBytes());
        Future<Response> decoded = ((Transport) sent -> Future.succeededFuture(new Response(status, headers, body)))
                .behind(new DecodeErrors())
                .send(request);

        assertThat(decoded.failed()).isTrue();
        assertThat(decoded.cause()).isInstanceOf(SfToolkitException.class);
        assertThat(decoded.cause().getMessage()).hasSizeLessThan(20_000);
        assertThat(((SfToolkitException) decoded.cause()).status()).isEqualTo(status);
    }
}
