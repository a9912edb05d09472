package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.console.DevConsole;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.impl.health.DefaultHealthCheckRegistry;
import org.apache.camel.support.PluginHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sftoolkit.camel.error.SfToolkitException;
import org.sftoolkit.camel.model.BulkResult;
import org.sftoolkit.camel.transport.Token;

/** No secret of a connection comes out where an answer quotes the request: every operation, every login, every status. */
class QuotedSecretsIT {

    /** Every secret holds this word, which no escape changes. */
    private static final String MARK = "Hush";

    private static final String CLIENT_SECRET = "Hush&client +%41\"<x>'";
    private static final String PASSWORD = "p&ss<Hush>w%20rd\"+";
    private static final String SECURITY_TOKEN = "tokenHush9";
    private static final String REFRESH_TOKEN = "refresh/Hush=+&";
    private static final String ISSUED = "issued-Hush.token/1";
    private static final String ID = "001000000000001AAA";

    @TempDir
    static Path directory;

    private static TestKeys keys;

    private final List<String> seen = new ArrayList<>();
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private QuotingServer server;
    private CamelContext camel;
    private ProducerTemplate template;
    private CapturedLog log;
    private int connections;

    @BeforeAll
    static void makeKeys() {
        keys = TestKeys.in(directory, "app");
    }

    @BeforeEach
    void begin() throws Exception {
        server = new QuotingServer();
        log = new CapturedLog();
        camel = new DefaultCamelContext();
        camel.getRegistry().bind("meters", meters);
        camel.getCamelContextExtension()
                .addContextPlugin(HealthCheckRegistry.class, new DefaultHealthCheckRegistry(camel));
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:any").toD("${header.uri}");
            }
        });
        camel.start();
        template = camel.createProducerTemplate();
    }

    @AfterEach
    void end() throws Exception {
        camel.stop();
        server.close();
        log.close();
    }

    private String connection(Consumer<SfToolkitConnection> login) {
        var connection = new SfToolkitConnection();
        connection.setLoginUrl(server.url());
        connection.setClientId("client" + connections);
        connection.setMaxRetries(0);
        login.accept(connection);
        String name = "c" + connections++;
        camel.getRegistry().bind(name, connection);
        return name;
    }

    private Map<String, Consumer<SfToolkitConnection>> logins() {
        var logins = new LinkedHashMap<String, Consumer<SfToolkitConnection>>();
        logins.put("clientCredentials", c -> c.setClientSecret(CLIENT_SECRET));
        logins.put("password", c -> {
            c.setClientSecret(CLIENT_SECRET);
            user(c);
        });
        logins.put("soap", c -> {
            c.setClientId(null);
            user(c);
        });
        logins.put("jwt", c -> {
            c.setUserName("user@example.com");
            c.setPrivateKey(keys.pkcs8());
        });
        logins.put("refresh", c -> {
            c.setRefreshToken(REFRESH_TOKEN);
            c.setClientSecret(CLIENT_SECRET);
        });
        logins.put("token", c -> {
            c.setClientId(null);
            c.setAccessToken(ISSUED);
            c.setInstanceUrl(server.url());
        });
        logins.put("proxied", c -> {
            c.setClientSecret(CLIENT_SECRET);
            c.setLoginUrl("http://login.invalid");
            proxy(c, server.port());
        });
        logins.put("supplied", c -> {
            c.setClientId(null);
            c.setTokenSource(() -> new Token(ISSUED, server.url()));
        });
        return logins;
    }

    private static void proxy(SfToolkitConnection c, int port) {
        c.setProxyHost("127.0.0.1");
        c.setProxyPort(port);
        c.setProxyUsername("user");
        c.setProxyPassword("proxy-Hush-&%");
    }

    private static void user(SfToolkitConnection c) {
        c.setUserName("user" + System.nanoTime() + "@example.com");
        c.setPassword(PASSWORD);
        c.setSecurityToken(SECURITY_TOKEN);
    }

    private static Map<String, Object> operations() {
        var operations = new LinkedHashMap<String, Object>();
        List<Object> records = List.of(
                new HashMap<>(Map.of("Name", "Acme", "Ext__c", "1")), new HashMap<>(Map.of("Name", "Umbrella")));
        operations.put("fetch:Account", ID);
        operations.put("fetch:Account?externalIdField=Ext__c", List.of("1", "2"));
        operations.put("query:Account?fields=Id", null);
        operations.put("query:Account?fields=Id&outputType=STREAM", null);
        operations.put("search:Account?q=Acme", null);
        operations.put("save:Account", records.get(0));
        operations.put("save:Account?concurrency=1", records);
        operations.put("save:Account?via=BULK", records);
        operations.put("delete:Account", ID);
        operations.put("delete:Account?concurrency=2", List.of(ID));
        operations.put("reload:Account", new HashMap<>(Map.of("Id", ID)));
        operations.put("upload", "content");
        operations.put("download:ContentVersion", "068000000000001AAA");
        operations.put("bulk:Account?bulkOperation=INSERT", records);
        operations.put("bulkQuery:Account?fields=Id", null);
        for (String action : List.of("info", "results", "abort", "delete", "list")) {
            operations.put("bulkJob?action=" + action, "750000000000001AAA");
        }
        operations.put(
                "composite",
                List.of(Map.of("method", "GET", "url", "/services/data/v66.0/limits", "referenceId", "r")));
        operations.put("describe:Account", null);
        operations.put("limits", null);
        operations.put("versions", null);
        operations.put("userInfo", null);
        operations.put("raw?path=limits", null);
        operations.put("raw?path=/services/apexrest/x&method=POST", new ByteArrayInputStream("{}".getBytes()));
        return operations;
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "400, false",
        "401, false",
        "403, false",
        "404, false",
        "407, false",
        "429, false",
        "500, false",
        "502, false",
        "503, false",
        "302, false",
        "307, false",
        "200, false",
        "200, true"
    })
    void noSecretComesOutOfAnAnswerThatQuotesTheRequest(int status, boolean broken) throws Exception {
        for (QuotingServer.Form form : QuotingServer.Form.values()) {
            server.answer = new QuotingServer.Answer(status, form, broken);
            server.quotesLogins = false;
            String connection = connection(c -> c.setClientSecret(CLIENT_SECRET));
            operations().forEach((operation, body) -> send(operation, connection, body, form));
            for (var login : logins().entrySet()) {
                server.quotesLogins = true;
                send("limits", connection(login.getValue()), null, form);
            }
        }
        scanConsoles();
        assertThat(seen).anyMatch(text -> text.startsWith("health DOWN"));
        assertThat(server.quoted.get()).as("answers that quoted").isGreaterThan(150);
        assertNoSecret();
    }

    @Test
    void noSecretComesOutOfConsumersWhoseAnswersQuoteTheRequest() throws Exception {
        server.answer = new QuotingServer.Answer(400, QuotingServer.Form.HTML_IN_JSON, false);
        String connection = connection(c -> c.setClientSecret(CLIENT_SECRET));
        for (String consumer : List.of(
                "query:Account?fields=Id", "changes:Account?includeDeleted=false", "bulkQuery:Account?fields=Id")) {
            int before = server.quoted.get();
            String uri = "sftoolkit:" + consumer + "&delay=50&initialDelay=0&connection=" + connection;
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from(uri).routeId(consumer).to("mock:none");
                }
            });
            await().atMost(Duration.ofSeconds(60)).until(() -> server.quoted.get() > before + 2);
            camel.getRouteController().stopRoute(consumer);
        }
        scanConsoles();
        assertThat(log.lines()).anyMatch(line -> line.contains("DENIED"));
        assertNoSecret();
    }

    @Test
    void noSecretComesOutOfErrorsThatStandInASuccess() throws Exception {
        script(
                "POST",
                "/composite/sobjects",
                200,
                "[{\"success\":false,\"errors\":[{\"statusCode\":\"DENIED\","
                        + "\"message\":\"no $quote\",\"fields\":[\"$quote\"]}]}]");
        script(
                "POST",
                "/composite",
                200,
                "{\"compositeResponse\":[{\"referenceId\":\"r\",\"httpStatusCode\":400,"
                        + "\"httpHeaders\":{},\"body\":[{\"errorCode\":\"DENIED\",\"message\":\"no $quote\"}]}]}");
        String job = "{\"id\":\"750000000000001AAA\",\"operation\":\"insert\",\"object\":\"Account\","
                + "\"columnDelimiter\":\"COMMA\",\"lineEnding\":\"LF\",\"apiVersion\":66.0,\"state\":";
        script("POST", "/jobs/ingest", 200, job + "\"Open\"}");
        script("PUT", "/batches", 201, "");
        script("PATCH", "/jobs/ingest/750000000000001AAA", 200, job + "\"UploadComplete\"}");
        String ended = "\"JobComplete\",\"numberRecordsProcessed\":1,\"numberRecordsFailed\":1}";
        script("GET", "/jobs/ingest/750000000000001AAA", 200, job + ended);
        server.scripts.add(new QuotingServer.Scripted(
                "GET",
                "/failedResults",
                200,
                "text/csv",
                "\"sf__Id\",\"sf__Error\",\"Name\"\n\"\",\"DENIED:no $quote:--\",\"Acme\"\n"));
        script("POST", "/jobs/query", 200, job.replace("insert", "query") + "\"UploadComplete\"}");
        script(
                "GET",
                "/jobs/query/750000000000001AAA",
                200,
                job.replace("insert", "query") + "\"Failed\",\"errorMessage\":\"no $quote\"}");
        String connection = connection(c -> c.setClientSecret(CLIENT_SECRET));
        server.answer = new QuotingServer.Answer(400, QuotingServer.Form.JSON, false);
        List<Object> records = List.of(new HashMap<>(Map.of("Name", "Acme")));
        for (String failure : List.of("RETURN", "FAIL")) {
            send("save:Account?onPartialFailure=" + failure, connection, records, null);
        }
        send("composite", connection, operations().get("composite"), null);
        send("bulk:Account?bulkOperation=INSERT", connection, records, null);
        send("bulkJob?action=info", connection, "750000000000001AAA", null);
        send("bulkQuery:Account?fields=Id", connection, null, null);
        scanConsoles();
        assertThat(seen).filteredOn(text -> text.contains("no Bearer ***")).hasSizeGreaterThan(3);
        assertNoSecret();
    }

    @Test
    void noSecretComesOutOfBytesThatAreNoHttp() throws Exception {
        var replies = List.of(
                "$request",
                "$token is what you sent\r\n\r\n",
                "HTTP/1.1 407 Not with $token or $proxy\r\n"
                        + "Proxy-Authenticate: Basic realm=\"$proxy\"\r\n"
                        + "Content-Length: 0\r\n\r\n",
                "HTTP/1.1 $token\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: $token\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n$token\r\n",
                "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 19\r\n\r\n$token");
        for (String reply : replies) {
            try (var socket = new RawServer(
                    reply.replace("$token", "Bearer " + ISSUED).replace("$proxy", base64("user:proxy-Hush-&%")))) {
                for (String scheme : List.of("http", "https")) {
                    send(
                            "limits",
                            connection(c -> {
                                c.setClientId(null);
                                c.setAccessToken(ISSUED);
                                c.setInstanceUrl(scheme + "://127.0.0.1:" + socket.port());
                            }),
                            null,
                            null);
                    send(
                            "limits",
                            connection(c -> {
                                c.setClientId(null);
                                c.setAccessToken(ISSUED);
                                c.setInstanceUrl(scheme + "://acme.invalid");
                                proxy(c, socket.port());
                            }),
                            null,
                            null);
                }
            }
        }
        assertThat(seen).hasSizeGreaterThan(replies.size() * 4);
        assertNoSecret();
    }

    /** Answers whatever comes by the same bytes; {@code $request} stands for what came. */
    private static final class RawServer implements AutoCloseable {

        private final io.vertx.core.Vertx vertx = io.vertx.core.Vertx.vertx();
        private final io.vertx.core.net.NetServer server;

        RawServer(String reply) {
            server = vertx.createNetServer()
                    .connectHandler(client -> client.handler(request -> client.write(
                                    reply.equals("$request") ? request : io.vertx.core.buffer.Buffer.buffer(reply))
                            .onComplete(sent -> client.close())))
                    .listen(0, "127.0.0.1")
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
        }

        int port() {
            return server.actualPort();
        }

        @Override
        public void close() {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    private void script(String method, String path, int status, String body) {
        server.scripts.add(new QuotingServer.Scripted(method, path, status, "application/json", body));
    }

    private void send(String operation, String connection, Object body, QuotingServer.Form form) {
        String uri = "sftoolkit:" + operation + (operation.contains("?") ? "&" : "?") + "connection=" + connection;
        Exchange exchange = template.request("direct:any", message -> {
            message.getMessage().setBody(body);
            message.getMessage().setHeader("uri", uri);
        });
        String name = uri + " " + form + ": ";
        if (exchange.getException() != null) {
            note(name, exchange.getException());
        }
        seen.add(name + exchange.getMessage().getHeaders());
        // what came with a success is data
        if (exchange.getException() == null && server.answer != null && server.answer.status() != 200) {
            read(name, exchange.getMessage().getBody());
        }
    }

    private void read(String name, Object body) {
        seen.add(name + body);
        if (body instanceof BulkResult result) {
            result.failed().forEach(row -> seen.add(name + row));
        }
        try {
            if (body instanceof Iterator<?> rows) {
                rows.forEachRemaining(row -> seen.add(name + row));
            } else if (body instanceof InputStream in) {
                in.close();
            }
        } catch (Exception e) {
            note(name, e);
        }
    }

    private void note(String name, Throwable failure) {
        var text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            text.append("\n" + cause.getMessage() + "\n" + cause);
            if (cause instanceof SfToolkitException known) {
                text.append("\n" + known.errors() + known.request());
            }
        }
        seen.add(name + text);
    }

    private void scanConsoles() throws Exception {
        DevConsole console = PluginHelper.getDevConsoleResolver(camel).resolveDevConsole("sftoolkit");
        seen.add("console " + console.call(DevConsole.MediaType.TEXT));
        seen.add("console " + console.call(DevConsole.MediaType.JSON));
        var health = HealthCheckRegistry.get(camel)
                .getCheck("sftoolkit")
                .orElseThrow()
                .call();
        seen.add("health " + health.getState() + " " + health.getMessage() + health.getDetails() + health.getError());
        assertThat(meters.getMeters()).as("meters").isNotEmpty();
        meters.getMeters()
                .forEach(meter ->
                        seen.add("meter " + meter.getId() + meter.getId().getTags()));
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        for (ObjectName bean : beans.queryNames(new ObjectName("org.apache.camel:*"), null)) {
            for (MBeanAttributeInfo attribute : beans.getMBeanInfo(bean).getAttributes()) {
                if (attribute.isReadable()) {
                    seen.add("JMX " + bean + " " + attribute.getName() + " = "
                            + value(beans, bean, attribute.getName()));
                }
            }
        }
    }

    private static Object value(MBeanServer server, ObjectName bean, String attribute) {
        try {
            return server.getAttribute(bean, attribute);
        } catch (javax.management.JMException | RuntimeException e) {
            return e.toString();
        }
    }

    private void assertNoSecret() {
        seen.addAll(log.lines());
        List<String> marks =
                new ArrayList<>(List.of(MARK, "eyJhbGci", keys.pkcs8().split("\n")[3]));
        // Base64 of the mark, wherever it begins within three bytes
        marks.add(base64("Hush").substring(0, 5));
        marks.add(base64("xHush").substring(2, 6));
        marks.add(base64("xxHush").substring(3, 8));
        assertThat(seen).hasSizeGreaterThan(50);
        assertThat(seen.stream()
                        .filter(text -> marks.stream().anyMatch(text::contains))
                        .map(text -> text.substring(0, Math.min(text.length(), 2_000))))
                .isEmpty();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }
}
