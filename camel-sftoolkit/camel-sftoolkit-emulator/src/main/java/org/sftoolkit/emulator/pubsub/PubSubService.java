package org.sftoolkit.emulator.pubsub;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.server.GrpcServerRequest;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.sftoolkit.emulator.api.Instance;
import org.sftoolkit.emulator.api.Session;
import org.sftoolkit.emulator.api.Sessions;
import org.sftoolkit.emulator.events.Channel;
import org.sftoolkit.emulator.events.EventBus;
import org.sftoolkit.emulator.fault.FaultPlan;
import org.sftoolkit.emulator.org.Org;
import org.sftoolkit.emulator.org.RecordIds;
import org.sftoolkit.emulator.pubsub.wire.Wire;
import org.sftoolkit.emulator.traffic.RequestLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gRPC service {@code eventbus.v1.PubSub} (Pub/Sub API Guide: "Pub/Sub API as a gRPC API"). Managed subscriptions are refused
 * by name. Runs on event loops and never blocks one. Safe for threads.
 */
public final class PubSubService {

    private static final Logger LOG = LoggerFactory.getLogger(PubSubService.class);
    private static final String SERVICE = "eventbus.v1.PubSub";
    /** How often open streams look at the org's clock, which may be a driven one. */
    private static final long TICK_MILLIS = 20;

    private static final long SHUTDOWN_MILLIS = 200;

    private final Org org;
    private final Sessions sessions;
    private final Instance instance;
    private final EventBus bus;
    private final Publisher publisher;
    private final CallFaults faults;
    private final CallLog log;
    private final Set<SubscribeStream> streams = ConcurrentHashMap.newKeySet();
    private final Set<PublishStream> publishStreams = ConcurrentHashMap.newKeySet();
    private final Set<HttpConnection> connections = ConcurrentHashMap.newKeySet();

    public PubSubService(
            Org org, Sessions sessions, Instance instance, EventBus bus, FaultPlan faults, RequestLog requests) {
        this.log = new CallLog(requests, org.clock());
        this.org = org;
        this.sessions = sessions;
        this.instance = instance;
        this.bus = bus;
        this.faults = new CallFaults(faults, sessions);
        this.publisher = new Publisher(bus, this.faults);
    }

    /** Has open streams look at the clock from now on. */
    public void start(Vertx vertx) {
        vertx.setPeriodic(TICK_MILLIS, timer -> {
            boolean faulty = !streams.isEmpty() && faults.awaitStreams();
            streams.forEach(stream -> stream.tick(faulty));
            publishStreams.forEach(PublishStream::tick);
        });
    }

    /** @param baseUrl scheme, host and port on which the call has arrived */
    public void accept(String baseUrl, GrpcServerRequest<Buffer, Buffer> request) {
        HttpConnection connection = request.connection();
        if (connections.add(connection)) {
            connection.closeHandler(closed -> connections.remove(connection));
            // Without a handler Vert.x logs each stream that a client resets as an error.
            connection.exceptionHandler(e -> LOG.debug("A connection to the event bus failed: {}", e.toString()));
        }
        try {
            dispatch(request, new Call(request, session(baseUrl, request), log));
        } catch (CallFailure e) {
            new Call(request, null, log).fail(e);
        }
    }

    private void dispatch(GrpcServerRequest<Buffer, Buffer> request, Call call) {
        switch (request.methodName()) {
            case "GetTopic" ->
                unary(request, call, bytes -> {
                    Wire.TopicRequest topic = Call.parsed(Wire.TopicRequest.parser(), bytes);
                    call.about(topic.getTopicName());
                    faults.answer(call, topic.getTopicName(), () -> topic(call, topic));
                });
            case "GetSchema" ->
                unary(request, call, bytes -> {
                    Wire.SchemaRequest schema = Call.parsed(Wire.SchemaRequest.parser(), bytes);
                    call.about(schema.getSchemaId());
                    faults.answer(call, schema.getSchemaId(), () -> schema(call, schema));
                });
            case "Publish" ->
                unary(
                        request,
                        call,
                        bytes -> publisher.publish(call, Call.parsed(Wire.PublishRequest.parser(), bytes)));
            case "PublishStream" -> {
                PublishStream stream = new PublishStream(call, publisher, faults, org.clock(), publishStreams::remove);
                publishStreams.add(stream);
                stream.begin(request);
            }
            case "Subscribe" -> {
                SubscribeStream stream = new SubscribeStream(call, bus, faults, org.clock(), streams::remove);
                streams.add(stream);
                stream.begin(request);
            }
            default ->
                throw CallFailure.withoutCode(
                        GrpcStatus.UNIMPLEMENTED,
                        request.methodName().equals("ManagedSubscribe")
                                ? "The emulator does not support ManagedSubscribe"
                                : "Method not found: " + request.fullMethodName());
        }
    }

    /** Does the work of a call with one request and one response. */
    private interface Work {
        void run(Buffer message);
    }

    private static void unary(GrpcServerRequest<Buffer, Buffer> request, Call call, Work work) {
        request.response().exceptionHandler(e -> call.gone());
        request.exceptionHandler(e -> call.gone());
        request.handler(message -> call.guarded(() -> work.run(message)));
    }

    private void topic(Call call, Wire.TopicRequest request) {
        Channel channel = FetchRules.channel(bus, request.getTopicName());
        call.succeeded(0);
        call.sendLast(Wire.TopicInfo.newBuilder()
                .setTopicName(channel.name())
                .setTenantGuid("core/emulator/" + org.organizationId())
                .setCanPublish(channel.publishable())
                .setCanSubscribe(true)
                .setSchemaId(channel.schemaId())
                .setRpcId(call.rpcId())
                .build());
    }

    private void schema(Call call, Wire.SchemaRequest request) {
        String json = bus.schema(request.getSchemaId())
                .orElseThrow(() -> CallFailure.invalid(
                        "schema.validation.failed", "The schema " + request.getSchemaId() + " does not exist."));
        call.succeeded(0);
        call.sendLast(Wire.SchemaInfo.newBuilder()
                .setSchemaJson(json)
                .setSchemaId(request.getSchemaId())
                .setRpcId(call.rpcId())
                .build());
    }

    /** Pub/Sub API Guide, "Supported Authentication": three headers on every call. */
    private Session session(String baseUrl, GrpcServerRequest<Buffer, Buffer> request) {
        if (!request.serviceName().fullyQualifiedName().equals(SERVICE)) {
            throw CallFailure.withoutCode(GrpcStatus.UNIMPLEMENTED, "Service not found: " + request.fullMethodName());
        }
        String token = header(request, "accesstoken");
        String url = header(request, "instanceurl");
        String tenant = header(request, "tenantid");
        if (RecordIds.normalised(tenant).filter(org.organizationId()::equals).isEmpty()) {
            throw headers("tenantid", "the Id of this org");
        }
        if (!port(url).equals(port(instance.url()))) {
            throw headers("instanceurl", "the URL of this instance, " + instance.url());
        }
        if (!baseUrl.equals(instance.url())) {
            throw unauthenticated();
        }
        return sessions.use(token).orElseThrow(PubSubService::unauthenticated);
    }

    private static String header(GrpcServerRequest<Buffer, Buffer> request, String name) {
        String value = request.headers().get(name);
        if (value == null || value.isBlank()) {
            throw headers(name, "present");
        }
        return value;
    }

    private static CallFailure headers(String name, String wanted) {
        return CallFailure.of(
                GrpcStatus.UNAUTHENTICATED,
                "service.auth.headers.invalid",
                "The header " + name + " is invalid: it must be " + wanted + ".");
    }

    static CallFailure unauthenticated() {
        return CallFailure.of(
                GrpcStatus.UNAUTHENTICATED, "service.auth.error", "An authentication exception occurred.");
    }

    /** Scheme and port: a machine has several names. */
    private static String port(String url) {
        try {
            URI uri = URI.create(url.strip());
            return uri.getScheme() + ":" + uri.getPort();
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    /** Ends all streams, each with a status, and then their connections; Vert.x would leave them open. */
    public Future<Void> shutDown() {
        CallFailure failure = CallFailure.of(
                GrpcStatus.UNAVAILABLE, "service.unavailable", "The service is temporarily unavailable.");
        streams.forEach(stream -> stream.shutDown(failure));
        publishStreams.forEach(stream -> stream.fail(failure));
        return Future.join(connections.stream()
                        .map(connection -> connection.shutdown(SHUTDOWN_MILLIS, TimeUnit.MILLISECONDS))
                        .toList())
                .mapEmpty();
    }
}
