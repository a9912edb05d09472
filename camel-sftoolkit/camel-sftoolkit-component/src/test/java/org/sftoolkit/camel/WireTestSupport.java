package org.sftoolkit.camel;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.sftoolkit.camel.error.SfToolkitException;
import org.sftoolkit.camel.model.BulkResult;

/** Every operation of the component, and the request of it that is to meet a misbehaving server. */
abstract class WireTestSupport extends RouteTestSupport {

    static final int REQUEST_TIMEOUT = 600;
    static final int PERMITS = 2;

    private static final String DATA = "/services/data/v66.0/";
    private static final byte[] CONTENT = "content of a file".repeat(100).getBytes();

    /**
     * @param stalls begins the request line of the request that meets the stall
     * @param uri    of the operation, without options of the connection
     * @param body   gives the body
     * @param recovers whether a lost answer is made up for though {@code maxRetries=0}: it stalls once
     */
    record Operation(String stalls, String uri, Callable<Object> body, boolean recovers) {}

    private String account;
    private String file;
    private String loadJob;
    private String queryJob;

    List<Operation> operations() {
        List<Object> two = List.of(Map.of("Name", "one"), Map.of("Name", "two"));
        return List.of(
                reading("GET " + DATA + "sobjects/Account/", "fetch:Account?fields=Name", account),
                reading("POST " + DATA + "composite/sobjects/Account", "fetch:Account?fields=Name", List.of(account)),
                reading("POST " + DATA + "composite/sobjects/Account", "reload:Account?fields=Name", two(account)),
                reading("GET " + DATA + "query", "query:Account?fields=Name", null),
                reading("GET " + DATA + "query", "query:Account?fields=Name&outputType=STREAM", null),
                reading("GET " + DATA + "query", "query:Account?fields=Name&outputType=ONE&limit=1", null),
                reading("GET " + DATA + "query", "query?soql=SELECT COUNT() FROM Account", null),
                reading("POST " + DATA + "parameterizedSearch", "search:Account?q=Acme&fields=Id", null),
                writing("POST " + DATA + "sobjects/Account", "save:Account", () -> Map.of("Name", "x")),
                writing(
                        "PATCH " + DATA + "sobjects/Account/",
                        "save:Account",
                        () -> Map.of("Id", account, "Name", "x")),
                writing("POST " + DATA + "composite/sobjects", "save:Account?onPartialFailure=FAIL", () -> two),
                writing("POST " + DATA + "jobs/ingest", "save:Account?via=BULK&onPartialFailure=FAIL", () -> two),
                writing("DELETE " + DATA + "sobjects/Account/", "delete:Account", this::insert),
                writing(
                        "DELETE " + DATA + "composite/sobjects",
                        "delete:Account?onPartialFailure=FAIL",
                        () -> List.of(insert(), insert())),
                writing(
                        "POST " + DATA + "sobjects/ContentVersion",
                        "upload:ContentVersion?fileName=a.txt",
                        () -> new ByteArrayInputStream(CONTENT)),
                reading(versionData(), "download:ContentVersion", file),
                reading(versionData(), "download:ContentVersion?outputType=BYTES", file),
                reading(versionData(), "download:ContentVersion?outputType=FILE", file),
                writing("POST " + DATA + "jobs/ingest", "bulk:Account", () -> two),
                recovering("PUT " + DATA + "jobs/ingest/", "bulk:Account", () -> two),
                recovering("PATCH " + DATA + "jobs/ingest/", "bulk:Account", () -> two),
                recovering("GET " + DATA + "jobs/ingest/", "bulk:Account", () -> two),
                reading("POST " + DATA + "jobs/query", "bulkQuery:Account?fields=Name", null),
                recovering("GET " + DATA + "jobs/query/", "bulkQuery:Account?fields=Name", () -> null),
                reading("POST " + DATA + "jobs/query", "bulkQuery:Account?fields=Name&outputType=CSV", null),
                reading("GET " + DATA + "jobs/ingest", "bulkJob?action=info", loadJob),
                reading("GET " + DATA + "jobs/query", "bulkJob?action=results", queryJob),
                reading("GET " + DATA + "jobs/", "bulkJob?action=list", null),
                writing("PATCH " + DATA + "jobs/ingest", "bulkJob?action=abort", this::openJob),
                writing("DELETE " + DATA + "jobs/ingest", "bulkJob?action=delete", this::loadedJob),
                reading(
                        "POST " + DATA + "composite",
                        "composite",
                        Map.of("batchRequests", List.of(Map.of("method", "GET", "url", "v66.0/limits")))),
                reading("GET " + DATA + "sobjects", "describe", null),
                reading("GET " + DATA + "sobjects/Contact/describe", "describe:Contact", null),
                reading("GET " + DATA + "limits", "limits", null),
                reading("GET /services/data", "versions", null),
                reading("GET /services/oauth2/userinfo", "userInfo", null),
                reading("GET " + DATA + "limits", "raw?path=" + DATA + "limits", null),
                writing(
                        "POST " + DATA + "sobjects/Account",
                        "raw?method=POST&path=" + DATA + "sobjects/Account",
                        () -> "{\"Name\":\"raw\"}"),
                reading("POST /services/oauth2/token", "limits", null));
    }

    private static String versionData() {
        return "GET " + DATA + "sobjects/ContentVersion/";
    }

    private static Operation reading(String stalls, String uri, Object body) {
        return new Operation(stalls, uri, () -> body, false);
    }

    private static Operation writing(String stalls, String uri, Callable<Object> body) {
        return new Operation(stalls, uri, body, false);
    }

    private static Operation recovering(String stalls, String uri, Callable<Object> body) {
        return new Operation(stalls, uri, body, true);
    }

    private static List<Object> two(String id) {
        return List.of(new java.util.HashMap<>(Map.of("Id", id)), new java.util.HashMap<>(Map.of("Id", id)));
    }

    private String insert() {
        return emulator.org().insert("Account", Map.of("Name", "Acme"));
    }

    @Override
    protected void configure(SfToolkitConfiguration options) {
        options.setRequestTimeout(REQUEST_TIMEOUT);
        options.setMaxRetries(0);
        options.setMaxConnections(PERMITS);
        options.setMaxConcurrentRequests(PERMITS);
        options.setPollInterval(20);
    }

    @Override
    protected RouteBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:operation").toD("sftoolkit:${header.uri}").process(WireTestSupport::readToEnd);
                from("direct:text").toD("sftoolkit:${header.uri}").convertBodyTo(String.class);
            }
        };
    }

    private static void readToEnd(Exchange exchange) throws Exception {
        Object body = exchange.getMessage().getBody();
        if (body instanceof BulkResult result) {
            readToEnd(result.successful());
        } else if (body instanceof InputStream in) {
            in.readAllBytes();
        } else {
            readToEnd(body);
        }
    }

    private static void readToEnd(Object body) {
        if (body instanceof Iterator<?> rows) {
            rows.forEachRemaining(row -> {});
        } else if (body instanceof Stream<?> rows) {
            rows.forEach(row -> {});
        }
    }

    /** Makes what the operations work on. */
    void prepare() {
        account = insert();
        file = send("sftoolkit:upload:ContentVersion?fileName=a.txt&requestTimeout=20000", CONTENT)
                .getMessage()
                .getHeader("CamelSfToolkitId", String.class);
        loadJob = job("sftoolkit:bulk:Account?await=false&requestTimeout=20000", List.of(Map.of("Name", "x")));
        queryJob = job("sftoolkit:bulkQuery:Account?fields=Name&requestTimeout=20000", null);
    }

    static boolean ofTheFamily(Throwable failure) {
        return failure != null
                && (failure instanceof SfToolkitException || failure.getCause() instanceof SfToolkitException);
    }

    private String openJob() throws Exception {
        Exchange made = send(
                "direct:text",
                "{\"object\":\"Account\",\"operation\":\"insert\"}",
                Map.of("uri", "raw?requestTimeout=20000&method=POST&path=" + DATA + "jobs/ingest"));
        String body = made.getMessage().getBody(String.class);
        return new com.fasterxml.jackson.databind.ObjectMapper()
                .readTree(body)
                .path("id")
                .asText();
    }

    private String loadedJob() {
        return send("sftoolkit:bulk:Account?requestTimeout=20000", List.of(Map.of("Name", "x")))
                .getMessage()
                .getBody(BulkResult.class)
                .jobs()
                .get(0)
                .id();
    }

    private String job(String uri, Object body) {
        return send(uri, body).getMessage().getHeader("CamelSfToolkitJobId", String.class);
    }

    /** Begins an operation. */
    CompletableFuture<Exchange> begin(String uri, String settings, Object body) {
        return template.asyncSend("direct:operation", exchange -> {
            Message message = exchange.getMessage();
            message.setHeader("uri", uri + (uri.contains("?") ? "&" : "?") + settings);
            message.setBody(body);
        });
    }
}
