package org.sftoolkit.camel.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sftoolkit.camel.error.AuthenticationException;
import org.sftoolkit.camel.error.LimitExceededException;
import org.sftoolkit.camel.error.MultipleChoicesException;
import org.sftoolkit.camel.error.RedirectedException;
import org.sftoolkit.camel.error.RequestRejectedException;
import org.sftoolkit.camel.error.ServerException;
import org.sftoolkit.camel.error.SessionExpiredException;
import org.sftoolkit.camel.error.SfToolkitException;
import org.sftoolkit.camel.error.UnreadableResponseException;

class DecodeErrorsTest {

    private static final String JSON = "application/json;charset=UTF-8";
    private static final Request READ = Request.get("https://acme.example.com/services/data/v66.0/query?q=SELECT");
    private static final Request INSERT = Request.of(
            HttpMethod.POST, "https://acme.example.com/services/data/v66.0/sobjects/A", Body.NONE, Replay.NEVER);

    private static Future<Response> answer(Request request, int status, String type, String body) {
        var headers = MultiMap.caseInsensitiveMultiMap().add("Retry-After", "7");
        if (type != null) {
            headers.add("Content-Type", type);
        }
        return ((Transport) sent -> Future.succeededFuture(new Response(status, headers, Buffer.buffer(body))))
                .behind(new DecodeErrors())
                .send(request);
    }

    private static SfToolkitException failure(Request request, int status, String type, String body) {
        return (SfToolkitException) answer(request, status, type, body).cause();
    }

    private static String error(String code, String message) {
        return "[{\"errorCode\":\"" + code + "\",\"message\":\"" + message + "\"}]";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "401|[{\"errorCode\":\"INVALID_SESSION_ID\",\"message\":\"Session expired or invalid\"}]",
                "401|<html><body>who are you?</body></html>",
                "401|''",
                "403|Bad_OAuth_Token",
                "403|Missing_OAuth_Token",
                "403|[{\"errorCode\":\"INVALID_SESSION_ID\",\"message\":\"x\"}]",
                "400|[{\"errorCode\":\"INVALID_SESSION_ID\",\"message\":\"x\"}]",
                "500|<e:Fault><faultcode>sf:INVALID_SESSION_ID</faultcode><faultstring>x</faultstring></e:Fault>",
            })
    void everyShapeOfADeadSession(int status, String body) {
        assertThat(failure(INSERT, status, null, body)).isInstanceOf(SessionExpiredException.class);
    }

    @Test
    void aSessionThatNoLoginCanHelp() {
        assertThat(failure(
                        READ,
                        401,
                        JSON,
                        error("INVALID_SESSION_ID", "This session is not valid for use with the REST API")))
                .isInstanceOf(AuthenticationException.class)
                .isNotInstanceOf(SessionExpiredException.class);
    }

    @Test
    void limitsAreToldApart() {
        var daily = failure(READ, 403, JSON, error("REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded."));
        var concurrent = failure(
                INSERT,
                403,
                JSON,
                error("REQUEST_LIMIT_EXCEEDED", "ConcurrentRequests (Concurrent API Requests) Limit exceeded."));
        assertThat(daily).isInstanceOf(LimitExceededException.class);
        assertThat(daily.retryable()).isFalse();
        assertThat(concurrent).isInstanceOf(LimitExceededException.class);
        assertThat(concurrent.retryable()).as("a limit comes before the insert").isTrue();
        assertThat(((LimitExceededException) concurrent).retryAfter()).contains(Duration.ofSeconds(7));
    }

    @ParameterizedTest
    @ValueSource(ints = {406, 420, 500, 502, 503, 504})
    void failuresOfTheServerLeaveAnInsertUnknown(int status) {
        var failure = failure(INSERT, status, "text/html", "<html><title>Down</title><body>for <b>repair</b></html>");
        assertThat(failure).isInstanceOf(ServerException.class).hasMessageContaining("is unknown");
        assertThat(failure.retryable()).isFalse();
        assertThat(failure.status()).isEqualTo(status);
        var read = failure(READ, status, "text/html", "<html>Down</html>");
        assertThat(read.retryable()).isTrue();
        assertThat(read.getMessage()).contains("Down").doesNotContain("<html>").doesNotContain("unknown;");
        assertThat(read.request()).as("no query string").isEqualTo("GET /services/data/v66.0/query");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/json|{\"records\":[{\"Name\":\"Ac",
                "application/json|[{\"a\":1},{\"a\":",
                "application/json|{\"a\":\"}\"",
                "application/json|<html>not what it says</html>",
                "text/html|<html>maintenance</html>",
                "application/json|''",
            })
    void successesThatAreNone(String type, String body) {
        var failure = failure(READ, 200, type, body);
        assertThat(failure).isInstanceOf(UnreadableResponseException.class);
        assertThat(failure.retryable()).isTrue();
        assertThat(failure(INSERT, 200, type, body).retryable()).isFalse();
    }

    @Test
    void brokenJsonIsNotQuoted() {
        assertThat(failure(READ, 200, "application/json", "{\"Name\":\"Confidential")
                        .getMessage())
                .doesNotContain("Confidential");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200|application/json|{\"a\":\"\\\\\",\"b\":\"{[\\\"\"}",
                "200|application/json|[]",
                "200|application/json| true ",
                "200|text/csv|\"Id\"",
                "204|''|''",
                "201|application/json|''",
            })
    void successes(int status, String type, String body) {
        assertThat(answer(READ, status, type.isEmpty() ? null : type, body).succeeded())
                .isTrue();
    }

    @Test
    void anEmptyAnswerOfApexRestIsASuccess() {
        Request apex = Request.get("https://acme.example.com/services/apexrest/hello");
        assertThat(answer(apex, 200, "application/json", "").succeeded()).isTrue();
    }

    @Test
    void aFaultOfSoapIsARefusalUnlessTheServerIsDown() {
        String fault =
                "<e:Envelope><e:Body><e:Fault><faultcode>%1$s</faultcode><faultstring>%1$s: no</faultstring><detail>"
                        + "<sf:LoginFault><sf:exceptionCode>%1$s</sf:exceptionCode>"
                        + "<sf:exceptionMessage>no</sf:exceptionMessage>"
                        + "</sf:LoginFault></detail></e:Fault></e:Body></e:Envelope>";
        var refusal = failure(READ, 500, "text/xml", fault.formatted("INVALID_LOGIN"));
        assertThat(refusal).isInstanceOf(RequestRejectedException.class);
        assertThat(refusal.errors()).singleElement().matches(e -> e.code().equals("INVALID_LOGIN"));
        assertThat(failure(READ, 500, "text/xml", fault.formatted("SERVER_UNAVAILABLE")))
                .isInstanceOf(ServerException.class);
    }

    @Test
    void severalMatchesNameTheirPaths() {
        var failure = (MultipleChoicesException) failure(
                READ, 300, JSON, "[\"/services/data/v66.0/sobjects/A/1\",\"/services/data/v66.0/sobjects/A/2\"]");
        assertThat(failure.choices()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[null]", "null", "[[1]]", "[1,\"a\"]", "{}", "not JSON", "", "<html>"})
    void severalMatchesInAnyShapeAreTyped(String body) {
        assertThat(failure(READ, 300, JSON, body)).isInstanceOf(MultipleChoicesException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://acme2.my.salesforce.com/services/data|https://acme2.my.salesforce.com/services/data",
                "https://u:p@acme2.my.salesforce.com:8443/x?sid=00Dsecret#00Dsecret|https://acme2.my.salesforce.com:8443/x",
                "/login?sid=00Dsecret|https://acme.example.com/login",
                "//other.example.com|https://other.example.com",
                "?sid=00Dsecret|https://acme.example.com/",
                "http://[broken|",
                "not a <url>|",
                "javascript:alert(1)|",
                "|",
            })
    void aRedirectNamesItsTargetWithoutSecrets(String location, String shown) {
        for (int status : new int[] {301, 302, 303, 307, 308}) {
            for (Request request : List.of(READ, INSERT)) {
                var failure = (RedirectedException) redirect(request, status, location);
                assertThat(failure.location()).isEqualTo(shown);
                assertThat(failure.status()).isEqualTo(status);
                assertThat(failure.retryable()).isFalse();
                assertThat(failure)
                        .hasMessageContaining(shown == null ? "cannot be read" : shown)
                        .hasMessageNotContaining("secret")
                        .hasMessageNotContaining("u:p");
            }
        }
    }

    private static Throwable redirect(Request request, int status, String location) {
        var headers = MultiMap.caseInsensitiveMultiMap();
        if (location != null) {
            headers.add("Location", location);
        }
        return ((Transport) sent -> Future.succeededFuture(new Response(status, headers, Buffer.buffer())))
                .behind(new DecodeErrors())
                .send(request)
                .cause();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "PATCH", "PUT", "DELETE"})
    void notModifiedIsAnAnswerToConditionalRequestsOnly(String method) {
        Request request = Request.of(HttpMethod.valueOf(method), READ.path(), Body.NONE, Replay.IDEMPOTENT);
        assertThat(failure(request, 304, null, "")).isInstanceOf(UnreadableResponseException.class);
        assertThat(failure(request.withHeader("If-Unmodified-Since", "x"), 304, null, ""))
                .isInstanceOf(UnreadableResponseException.class);
        boolean reads = method.equals("GET");
        assertThat(answer(request.withHeader("if-modified-since", "x"), 304, null, "")
                        .succeeded())
                .isEqualTo(reads);
        assertThat(answer(request.withHeader("If-None-Match", "x"), 304, null, "")
                        .succeeded())
                .isEqualTo(reads);
    }

    static List<String> pages() {
        var pages = new ArrayList<String>();
        for (String part :
                List.of("<", "<a", "<script>", "<style ", "<errorCode>", "<faultcode>a</faultcode>", "<>", " ")) {
            pages.add("<" + part.repeat(1_000_000 / part.length()));
            pages.add(part.repeat(1_000_000 / part.length()));
        }
        pages.add("[".repeat(1_000_000));
        pages.add("{\"a\":".repeat(200_000));
        pages.add("[" + "{\"errorCode\":\"X\"},".repeat(100_000) + "{}]");
        pages.add("{\"message\":\"" + "x".repeat(1_000_000) + "\"}");
        return pages;
    }

    @ParameterizedTest
    @MethodSource("pages")
    void aLargePageIsLookedAtQuicklyAndShownInPart(String page) {
        for (int status : new int[] {502, 400, 401, 300}) {
            var failure = org.junit.jupiter.api.Assertions.assertTimeoutPreemptively(
                    Duration.ofSeconds(30), () -> failure(READ, status, "text/html", page));
            assertThat(failure.getMessage().length()).isLessThan(100_000);
        }
    }

    @Test
    void ofAPageTheTextIsShownWithoutScriptsAndStyles() {
        var failure = failure(
                READ,
                502,
                "text/html",
                "<html><STYLE>p{}</STYLE><script src='x'>if (a < b) {}</script><p>Down <b>for</b> repair</p><br");
        assertThat(failure).hasMessageContaining("Down for repair").hasMessageNotContaining("if (a");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "120||120",
                "Sat, 28 Nov 2026 12:02:00 GMT|Sat, 28 Nov 2026 12:00:00 GMT|120",
                "99999999999999999999||",
                "soon||",
                "Sat, 28 Nov 2026 12:02:00|Sat, 28 Nov 2026 12:00:00 GMT|",
            })
    void aDateToRetryAfterIsReadByTheServersClock(String header, String date, Long seconds) {
        var headers = MultiMap.caseInsensitiveMultiMap().add("Retry-After", header);
        if (date != null) {
            headers.add("Date", date);
        }
        assertThat(DecodeErrors.retryAfter(new Response(503, headers, Buffer.buffer())))
                .isEqualTo(seconds == null ? null : Duration.ofSeconds(seconds));
    }
}
