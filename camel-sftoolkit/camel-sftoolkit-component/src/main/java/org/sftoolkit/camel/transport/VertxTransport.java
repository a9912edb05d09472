package org.sftoolkit.camel.transport;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.ext.web.client.WebClientOptions;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.error.SfToolkitException;
import org.sftoolkit.camel.error.TransportException;
import org.sftoolkit.camel.redaction.Redaction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The wire: Vert.x's HTTP client. Thread-safe, never blocks.
 *
 * <p>Fails with {@link TransportException} if the response is missing or incomplete, and with {@link
 * org.sftoolkit.camel.error.UnreadableResponseException} if it is too large. Any other response, of any status, is a
 * success here.
 */
public final class VertxTransport implements Transport, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(VertxTransport.class);

    private final Vertx vertx;
    private final HttpClient client;
    private final WireBounds bounds;
    private final @Nullable String userAgent;
    private final AtomicInteger readers = new AtomicInteger();
    private final EventLoop loop;
    private volatile @Nullable Server newest;
    private volatile boolean closed;

    /**
     * @param vertx   of whose event loops it uses one
     * @param options of the client
     * @param bounds  of each call
     */
    public VertxTransport(Vertx vertx, WebClientOptions options, WireBounds bounds) {
        this.vertx = vertx;
        this.client = vertx.httpClientBuilder()
                .with(options)
                .with(pool(options))
                .withConnectHandler(VertxTransport::tellFailures)
                .build();
        this.bounds = bounds;
        this.userAgent = options.isUserAgentEnabled() ? options.getUserAgent() : null;
        this.loop = new EventLoop(vertx);
    }

    // the builder reads these only from here; its default is five connections
    private static PoolOptions pool(WebClientOptions options) {
        return new PoolOptions()
                .setHttp1MaxSize(options.getMaxPoolSize())
                .setHttp2MaxSize(options.getHttp2MaxPoolSize())
                .setMaxWaitQueueSize(options.getMaxWaitQueueSize())
                .setCleanerPeriod(options.getPoolCleanerPeriod())
                .setEventLoopSize(options.getPoolEventLoopSize());
    }

    // without this handler Vert.x logs unreadable responses in full
    private static void tellFailures(HttpConnection connection) {
        connection.exceptionHandler(
                failure -> LOG.debug("A connection to Salesforce failed: {}", Redaction.of(failure.toString())));
    }

    @Override
    public Future<Response> send(Request request) {
        if (closed) {
            return Future.failedFuture(new TransportException(
                    "the connection to Salesforce was closed", request.line(), false, request.repeatable(), null));
        }
        if (request.tally() != null) {
            request.tally().count();
        }
        // on the caller's thread, so that encoding does not block the loop
        Buffer content =
                request.body() instanceof Body.Bytes bytes ? bytes.content().get() : null;
        return loop.call(() -> new WireCall(request, bounds, readers, userAgent)
                        .send(vertx, client, address(request), content))
                .recover(failure -> Future.failedFuture(
                        failure instanceof SfToolkitException ? failure : failed(request, failure)));
    }

    /** Where a request goes. */
    private RequestOptions address(Request request) {
        String url = request.path().trim();
        Server server = newest;
        if (server == null || !server.has(url)) {
            server = Server.of(url);
            newest = server;
        }
        return new RequestOptions()
                .setMethod(request.method())
                .setHost(server.host())
                .setPort(server.port())
                .setSsl(server.ssl())
                .setURI(server.resource(url));
    }

    /**
     * A server, whose URL is parsed once and not for each request.
     *
     * @param url scheme, host and port as they were given
     */
    private record Server(String url, String host, int port, boolean ssl) {

        static Server of(String url) {
            String base = url.substring(0, end(url));
            RequestOptions parsed = new RequestOptions().setAbsoluteURI(base);
            return new Server(base, parsed.getHost(), parsed.getPort(), parsed.isSsl());
        }

        boolean has(String other) {
            return other.startsWith(url) && end(other) == url.length();
        }

        private static int end(String url) {
            int at = Math.max(0, url.indexOf("://") + 3);
            while (at < url.length() && "/?#".indexOf(url.charAt(at)) < 0) {
                at++;
            }
            return at;
        }

        /** Path and query string. */
        String resource(String full) {
            int fragment = full.indexOf('#');
            String rest = full.substring(url.length(), fragment < 0 ? full.length() : fragment);
            return rest.startsWith("/") ? rest : '/' + rest;
        }
    }

    // a failure outside of a call means that nothing was sent: the URL is invalid, or the event loop has ended
    private static TransportException failed(Request request, Throwable failure) {
        return new TransportException(
                "no answer: " + (failure.getMessage() == null ? failure.toString() : failure.getMessage()),
                request.line(),
                false,
                request.repeatable(),
                failure);
    }

    /** Closes the client and its connections; requests under way fail. Completes when they are closed. */
    public Future<Void> shutdown() {
        closed = true;
        return client.close();
    }

    /** Same as {@link #shutdown()}, without waiting. */
    @Override
    public void close() {
        shutdown();
    }

    /**
     * The event loop on which all calls of a connection start and its sockets live. Thread-safe.
     *
     * <p>By default Vert.x starts a call on a loop of the caller's thread, takes a pooled connection of any loop, and
     * passes each part of the response between the two. With routes on many threads that costs a third of the CPU
     * time of a call. One loop reads more than 100,000 rows a second, more than an org delivers.
     */
    static final class EventLoop {

        private final Future<Context> context;

        /** Takes the next of the loops in turn. */
        EventLoop(Vertx vertx) {
            Promise<Context> taken = Promise.promise();
            // the loop of the present thread may serve others, or the thread be one of Vert.x's workers; a new thread
            // gets
            // its own
            new Thread(() -> taken.handle(Future.succeededFuture(vertx).map(Vertx::getOrCreateContext))).start();
            context = taken.future();
        }

        /** Makes a call there; completes with its outcome, and fails if it throws or the loop has ended. */
        <T> Future<T> call(Supplier<Future<T>> call) {
            return context.succeeded() ? on(context.result(), call) : context.compose(loop -> on(loop, call));
        }

        private static <T> Future<T> on(Context loop, Supplier<Future<T>> call) {
            if (Vertx.currentContext() == loop) {
                return made(call);
            }
            Promise<T> outcome = Promise.promise();
            try {
                loop.runOnContext(now -> made(call).onComplete(outcome));
            } catch (RuntimeException ended) {
                return Future.failedFuture(ended);
            }
            return outcome.future();
        }

        private static <T> Future<T> made(Supplier<Future<T>> call) {
            try {
                return call.get();
            } catch (Throwable e) {
                return Future.failedFuture(e);
            }
        }
    }
}
