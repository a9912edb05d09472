package org.sftoolkit.emulator;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.grpc.server.GrpcServer;
import io.vertx.grpc.server.GrpcServerOptions;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.sftoolkit.emulator.pubsub.PubSubService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Owns the threads and the listening ports. */
final class HttpListeners implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HttpListeners.class);
    private static final int EVENT_LOOPS = 2;
    private static final int WORKERS = 3;
    /** Beyond what a request line may have, so that the refusal is the emulator's own. */
    private static final int PARSED_LINE = 1 << 20;

    /** REST API Developer Guide: what is not a file holds at most 50 MB. */
    private static final int LONGEST_TEXT_PART = 50 * 1024 * 1024;

    /** Beyond the 4 MB of a publish request, so that the refusal is the service's own. */
    private static final long LARGEST_MESSAGE = 16 << 20;

    /** Pub/Sub API Guide, "Pub/Sub API Allocations". */
    private static final long STREAMS = 1_000;

    private final EmulatorSettings settings;
    private final RequestPipeline pipeline;
    private final PubSubService pubSub;
    private final Vertx vertx;
    private final AtomicInteger freePorts = new AtomicInteger();

    HttpListeners(EmulatorSettings settings, RequestPipeline pipeline, PubSubService pubSub) {
        this.settings = settings;
        this.pipeline = pipeline;
        this.pubSub = pubSub;
        this.vertx = threads();
        pubSub.start(vertx);
    }

    /**
     * Listens for a moment, so that the classes of the server are there when they are needed: they are a third of the time until
     * the first answer, and can be loaded while another thread reads the schema.
     */
    static void loadClasses() {
        Vertx vertx = threads();
        vertx.createHttpServer()
                .requestHandler(request -> {})
                .listen(0, "127.0.0.1")
                .onComplete(done -> vertx.close());
    }

    private static Vertx threads() {
        return Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(EVENT_LOOPS)
                .setWorkerPoolSize(WORKERS)
                .setInternalBlockingPoolSize(1));
    }

    /** Listens at one more port, on all event loops. Answers its URL. Waits. */
    String listen(int port) {
        // A negative port is a free one, and the same for all verticles that name it.
        int wanted = port == 0 ? -freePorts.incrementAndGet() : port;
        Promise<Integer> listening = Promise.promise();
        await(vertx.deployVerticle(
                () -> new Listener(wanted, listening), new DeploymentOptions().setInstances(EVENT_LOOPS)));
        return url(await(listening.future()));
    }

    @Override
    public void close() {
        await(pubSub.shutDown());
        await(vertx.close());
    }

    private String url(int port) {
        String host = settings.host().equals("0.0.0.0") ? "127.0.0.1" : settings.host();
        return (settings.tls().isPresent() ? "https://" : "http://") + host + ":" + port;
    }

    /** Serves some of a port's connections, on an event loop of its own. */
    private final class Listener extends AbstractVerticle {

        private final int port;
        private final Promise<Integer> listening;

        Listener(int port, Promise<Integer> listening) {
            this.port = port;
            this.listening = listening;
        }

        @Override
        public void start(Promise<Void> started) {
            HttpServer server = getVertx().createHttpServer(options());
            GrpcServer grpc = GrpcServer.server(getVertx(), new GrpcServerOptions().setMaxMessageSize(LARGEST_MESSAGE))
                    .callHandler(call -> pubSub.accept(url(server.actualPort()), call));
            server.requestHandler(request -> {
                        if (isGrpc(request)) {
                            grpc.handle(request);
                        } else {
                            pipeline.accept(getVertx(), url(server.actualPort()), request);
                        }
                    })
                    .exceptionHandler(e -> LOG.debug("A connection to the emulator failed: {}", e.toString()))
                    .listen(port, settings.host())
                    .<Void>map(bound -> {
                        listening.tryComplete(bound.actualPort());
                        return null;
                    })
                    .recover(e -> server.close().compose(closed -> Future.failedFuture(e)))
                    .onComplete(started);
        }
    }

    private static boolean isGrpc(HttpServerRequest request) {
        String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        return type != null && type.startsWith("application/grpc");
    }

    private HttpServerOptions options() {
        HttpServerOptions options = new HttpServerOptions()
                .setHttp2ClearTextEnabled(true)
                .setUseAlpn(true)
                .setInitialSettings(new Http2Settings().setMaxConcurrentStreams(STREAMS))
                .setHandle100ContinueAutomatically(true)
                .setCompressionSupported(true)
                .setCompressionLevel(1)
                .setMaxInitialLineLength(PARSED_LINE)
                .setMaxHeaderSize(PARSED_LINE)
                .setMaxFormAttributeSize(LONGEST_TEXT_PART)
                .setMaxFormBufferedBytes(-1)
                .setMaxFormFields(-1)
                .setAcceptBacklog(1_024)
                .setTcpNoDelay(true)
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setIdleTimeout((int) settings.idleTimeout().toMillis());
        settings.tls().ifPresent(files -> options.setSsl(true)
                .setKeyCertOptions(
                        new PemKeyCertOptions().addCertPath(files.certificate()).addKeyPath(files.key())));
        return options;
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }
}
