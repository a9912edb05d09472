package org.sftoolkit.camel.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.WriteStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sftoolkit.camel.error.DuplicateException;
import org.sftoolkit.camel.error.LimitExceededException;
import org.sftoolkit.camel.error.RequestRejectedException;
import org.sftoolkit.camel.error.SessionExpiredException;
import org.sftoolkit.camel.error.UnreadableResponseException;

/** Which successes are failures, and what their messages say. */
class AnswerShapeTest {

    private static final Request READ = Request.get("/services/data/v66.0/query");

    private static Response response(int status, String type, String body) {
        var headers = MultiMap.caseInsensitiveMultiMap();
        if (type != null) {
            headers.add("Content-Type", type);
        }
        return new Response(status, headers, Buffer.buffer(body));
    }

    private static Throwable failure(Request request, int status, String type, String body) {
        return ((Transport) sent -> Future.succeededFuture(response(status, type, body)))
                .behind(new DecodeErrors())
                .send(request)
                .cause();
    }

    private static Sink sink(boolean accepts) {
        return new Sink() {
            @Override
            public WriteStream<Buffer> open(int status, MultiMap headers) {
                throw new IllegalStateException("not opened here");
            }

            @Override
            public boolean accepts(int status, MultiMap headers) {
                return accepts;
            }
        };
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "text/html; charset=UTF-8|-|<p>|an HTML page instead of data",
                "text/html|-|''|-",
                "Application/JSON|text/csv|[]|an answer of the type application/json where text/csv was asked for",
                "application/json|text/csv, application/json|[]|-",
                "application/json|*/*|[]|-",
                "application/json|-|[|a response that claims to be JSON but is incomplete or invalid",
                "text/csv|-|[|-",
                "-|application/json|[|a response that claims to be JSON but is incomplete or invalid",
                "-|text/csv|[|-",
                "-|-|[|-",
                "application/json|-|''|an empty response instead of JSON",
                "-|-|''|an empty response instead of JSON",
                "text/csv|-|''|-",
            })
    void theDefectIsNamed(String type, String accept, String body, String defect) {
        Request request = accept == null ? READ : READ.withHeader("accept", accept);
        assertThat(AnswerShape.defect(request, response(200, type, body))).isEqualTo(defect);
    }

    @Test
    void anEmptySuccessIsADefectOfTheDataApiOnly() {
        assertThat(AnswerShape.defect(READ, response(201, "application/json", "")))
                .isNull();
        assertThat(AnswerShape.defect(Request.get("/services/apexrest/a"), response(200, "application/json", "")))
                .isNull();
        assertThat(AnswerShape.defect(READ.into(sink(true)), response(200, "application/json", "")))
                .isNull();
    }

    @Test
    void whatASinkDeclinesHasTheWrongType() {
        String defect = "an answer of the type text/csv where another was asked for";
        assertThat(AnswerShape.defect(READ.into(sink(false)), response(200, "text/csv", "Id")))
                .isEqualTo(defect);
        assertThat(AnswerShape.defect(READ.into(sink(false)), response(200, "text/csv", "")))
                .isEqualTo(defect);
        assertThat(AnswerShape.defect(READ.into(sink(false)), response(204, "text/csv", "")))
                .isNull();
        assertThat(AnswerShape.defect(READ.into(sink(true)), response(200, "text/csv", "Id")))
                .isNull();
    }

    @Test
    void aSuccessPassesAsItIs() {
        Response answer = response(200, "application/json", "[]");
        assertThat(((Transport) sent -> Future.succeededFuture(answer))
                        .behind(new DecodeErrors())
                        .send(READ)
                        .result())
                .isSameAs(answer);
    }

    @Test
    void aPartThatNobodyAskedForIsADefect() {
        assertThat(failure(READ, 206, "text/csv", "Id"))
                .isInstanceOf(UnreadableResponseException.class)
                .hasMessageContaining("only a part");
        assertThat(failure(READ.withHeader("range", "bytes=1-"), 206, "text/csv", "Id"))
                .isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "400, DUPLICATE_VALUE, x",
        "400, DUPLICATES_DETECTED, x",
        "403, DUPLICATE_VALUE, x",
    })
    void aRecordThatExistsIsADuplicate(int status, String code, String message) {
        assertThat(rejected(status, code, message)).isInstanceOf(DuplicateException.class);
    }

    @Test
    void aRefusalIsToldFromADeadSession() {
        for (int status : new int[] {400, 403}) {
            assertThat(rejected(status, "INSUFFICIENT_ACCESS", "no"))
                    .isInstanceOf(RequestRejectedException.class)
                    .isNotInstanceOf(DuplicateException.class);
            assertThat(rejected(status, "INVALID_SESSION_ID", "no")).isInstanceOf(SessionExpiredException.class);
        }
        assertThat(rejected(403, "x", "Bad_OAuth_Token")).isInstanceOf(SessionExpiredException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "400, TotalRequests Limit exceeded., the org's API calls of the last 24 hours are used up",
        "403, TotalRequests Limit exceeded., the org's API calls of the last 24 hours are used up",
        "403, ConcurrentRequests (Concurrent API Requests) Limit exceeded., too many requests at a time",
    })
    void theLimitThatWasMetIsNamed(int status, String message, String told) {
        assertThat(rejected(status, "REQUEST_LIMIT_EXCEEDED", message))
                .isInstanceOf(LimitExceededException.class)
                .hasMessageContaining(told);
    }

    private static Throwable rejected(int status, String code, String message) {
        return failure(
                READ, status, "application/json", "[{\"errorCode\":\"" + code + "\",\"message\":\"" + message + "\"}]");
    }
}
