package org.sftoolkit.camel;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A host whose answers quote the request, headers and body, as proxies and firewalls do. Logins succeed unless they quote, too. */
final class QuotingServer implements AutoCloseable {

    /** How the request is quoted. */
    enum Form {
        PLAIN("text/plain"),
        HTML("text/html; charset=UTF-8"),
        JSON("application/json"),
        URL("text/html"),
        HTML_IN_JSON("application/json"),
        BASE64("text/plain"),
        XML_FAULT("text/xml"),
        HEADERS("text/html");

        final String type;

        Form(String type) {
            this.type = type;
        }
    }

    /** What is answered. */
    record Answer(int status, Form form, boolean broken) {}

    /** A success with {@code $quote} in it, which stands for what the request said to show who it is. */
    record Scripted(String method, String path, int status, String type, String body) {}

    final List<Scripted> scripts = new CopyOnWriteArrayList<>();
    private final Vertx vertx = Vertx.vertx();
    private final HttpServer server;
    final AtomicInteger quoted = new AtomicInteger();
    private final AtomicInteger tokens = new AtomicInteger();
    volatile Answer answer;
    volatile boolean quotesLogins;

    QuotingServer() {
        server = vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> answer(request, body)))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }

    String url() {
        return "http://127.0.0.1:" + server.actualPort();
    }

    int port() {
        return server.actualPort();
    }

    private void answer(HttpServerRequest request, Buffer body) {
        boolean login =
                request.path().contains("oauth2/token") || request.path().contains("/Soap/");
        if (login && !quotesLogins) {
            request.response()
                    .putHeader("Content-Type", "application/json")
                    .end("{\"access_token\":\"Hush/token." + tokens.incrementAndGet() + "\",\"instance_url\":\"" + url()
                            + "\"}");
            return;
        }
        quoted.incrementAndGet();
        Scripted scripted = scripts.stream()
                .filter(script -> script.method().equals(request.method().name())
                        && request.path().endsWith(script.path()))
                .findFirst()
                .orElse(null);
        if (scripted != null) {
            request.response()
                    .setStatusCode(scripted.status())
                    .putHeader("Content-Type", scripted.type())
                    .putHeader("Sforce-NumberOfRecords", "1")
                    .end(scripted.body()
                            .replace("$quote", json(html(request.getHeader("Authorization"))))
                            .replace("$url", url()));
            return;
        }
        var text = new StringBuilder(request.method() + " " + request.uri() + "\r\n");
        request.headers().forEach((name, value) -> text.append(name + ": " + value + "\r\n"));
        text.append("\r\n").append(body);
        text.append("\r\n").append(URLDecoder.decode(safe(body.toString()), StandardCharsets.UTF_8));
        send(request, request.response(), text.toString());
    }

    private static String safe(String body) {
        return body.replaceAll("%(?![0-9A-Fa-f]{2})", "%25");
    }

    private void send(HttpServerRequest request, HttpServerResponse response, String quote) {
        Answer now = answer;
        response.setStatusCode(now.status()).putHeader("Content-Type", now.form().type);
        String authorization = request.getHeader("Authorization");
        String secret = authorization == null ? quote.lines().reduce("", (a, b) -> b) : authorization;
        if (now.status() == 302 || now.form() == Form.HEADERS) {
            response.setStatusMessage("No " + authorization);
            response.putHeader("Location", url() + "/moved/" + encoded(secret) + "?was=" + encoded(secret));
            response.putHeader("WWW-Authenticate", "Token realm=\"" + oneLine(secret) + "\"");
            response.putHeader("X-Request", oneLine(secret));
        }
        response.end(body(now, quote));
    }

    private static String body(Answer now, String quote) {
        String body =
                switch (now.form()) {
                    case PLAIN, HEADERS -> "You sent " + quote;
                    case HTML -> "<html><body><h1>Denied</h1><pre>" + html(quote) + "</pre></body></html>";
                    case URL ->
                        "<html><a href='?request=" + encoded(quote) + "'>request " + encoded(quote) + "</a></html>";
                    case JSON -> error(quote);
                    case HTML_IN_JSON -> error(html(quote));
                    case BASE64 ->
                        "Support code " + Base64.getEncoder().encodeToString(quote.getBytes(StandardCharsets.UTF_8));
                    case XML_FAULT ->
                        "<e:Envelope><e:Body><e:Fault><faultcode>sf:DENIED</faultcode><faultstring>DENIED: "
                                + html(quote) + "</faultstring></e:Fault></e:Body></e:Envelope>";
                };
        return now.broken() ? "{\"records\":[{\"Name\":\"" + json(quote) : body;
    }

    private static String error(String text) {
        return "[{\"errorCode\":\"DENIED\",\"message\":\"" + json(text)
                + "\",\"error\":\"denied\",\"error_description\":\"" + json(text) + "\"}]";
    }

    private static String html(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    private static String json(String text) {
        return text.replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("/", "\\/")
                .replace("\r", "\\r")
                .replace("\n", "\\n");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String oneLine(String text) {
        return text.replaceAll("[\\r\\n]+", " ").replaceAll("[^ -~]", "?");
    }

    @Override
    public void close() {
        vertx.close()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }
}
