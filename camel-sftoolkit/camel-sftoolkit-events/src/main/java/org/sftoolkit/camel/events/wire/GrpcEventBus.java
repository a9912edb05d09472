package org.sftoolkit.camel.events.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.client.GrpcClient;
import io.vertx.grpc.client.GrpcClientOptions;
import io.vertx.grpc.client.GrpcClientRequest;
import io.vertx.grpc.common.ServiceMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.sftoolkit.camel.error.Answer;
import org.sftoolkit.camel.error.SfToolkitException;
import org.sftoolkit.camel.error.TransportException;
import org.sftoolkit.camel.error.UnreadableResponseException;
import org.sftoolkit.camel.events.EventBus;
import org.sftoolkit.camel.events.EventSchema;
import org.sftoolkit.camel.events.EventStream;
import org.sftoolkit.camel.events.wire.proto.Error;
import org.sftoolkit.camel.events.wire.proto.ProducerEvent;
import org.sftoolkit.camel.events.wire.proto.PublishRequest;
import org.sftoolkit.camel.events.wire.proto.PublishResponse;
import org.sftoolkit.camel.events.wire.proto.PublishResult;
import org.sftoolkit.camel.events.wire.proto.SchemaRequest;
import org.sftoolkit.camel.events.wire.proto.TopicRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bus over gRPC: all calls and streams share one HTTP/2 connection and one event loop. Schemas are kept for ever, for an id
 * never changes its meaning.
 */
final class GrpcEventBus implements EventBus {

    private static final Logger LOG = LoggerFactory.getLogger(GrpcEventBus.class);
    /** A hundred events of 1 MB may come in several answers; how many of them in one is the service's choice. */
    private static final long LARGEST_MESSAGE = 16L << 20;
    /** Events of 4 MB and more end the call without a word that says so. */
    private static final long CALL_SECONDS = 60;

    private final GrpcClient client;
    private final SocketAddress server;
    private final Context context;
    private final Connections connections = new Connections();
    private final Map<String, Future<EventSchema>> schemas = new ConcurrentHashMap<>();

    GrpcEventBus(Vertx vertx, HttpClientOptions options, Address address) {
        var transport = new HttpClientOptions(options)
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setHttp2ClearTextUpgrade(false)
                .setHttp2MaxPoolSize(1)
                .setSsl(address.tls())
                .setUseAlpn(address.tls())
                .setIdleTimeout(0)
                .setHttp2KeepAliveTimeout(0)
                // gRPC compresses messages, not bodies
                .setDecompressionSupported(false);
        this.client = GrpcClient.client(
                vertx,
                new GrpcClientOptions().setMaxMessageSize(LARGEST_MESSAGE).setTransportOptions(transport));
        this.server = SocketAddress.inetSocketAddress(address.port(), address.host());
        this.context = ownContext(vertx);
    }

    /** An event loop of its own: that of the caller's thread may serve others. */
    private static Context ownContext(Vertx vertx) {
        return vertx.getOrCreateContext();
    }

    @Override
    public Future<Topic> topic(Access access, String channel) {
        var request = TopicRequest.newBuilder().setTopicName(channel).build();
        return call(access, PubSubMethods.TOPIC, request, "GetTopic " + channel, true)
                .map(topic -> new Topic(
                        topic.getTopicName(), topic.getSchemaId(), topic.getCanPublish(), topic.getCanSubscribe()));
    }

    @Override
    public Future<EventSchema> schema(Access access, String id) {
        Promise<EventSchema> asked = Promise.promise();
        Future<EventSchema> known = schemas.putIfAbsent(id, asked.future());
        if (known != null && !known.failed()) {
            return known;
        }
        schemas.put(id, asked.future());
        var request = SchemaRequest.newBuilder().setSchemaId(id).build();
        call(access, PubSubMethods.SCHEMA, request, "GetSchema " + id, true)
                .<EventSchema>map(schema -> new AvroSchema(id, schema.getSchemaJson()))
                .onComplete(asked);
        return asked.future();
    }

    @Override
    public Future<List<Published>> publish(Access access, String channel, List<Outgoing> events) {
        var request = PublishRequest.newBuilder().setTopicName(channel);
        events.forEach(event -> request.addEvents(ProducerEvent.newBuilder()
                .setId(event.id())
                .setSchemaId(event.schemaId())
                .setPayload(ByteString.copyFrom(event.payload()))));
        return call(access, PubSubMethods.PUBLISH, request.build(), "Publish " + channel, false)
                .map(answer -> published(channel, events, answer));
    }

    private static List<Published> published(String channel, List<Outgoing> events, PublishResponse answer) {
        if (answer.getResultsCount() != events.size()) {
            throw new UnreadableResponseException(
                    "Publish " + channel + " answered with " + answer.getResultsCount() + " results for "
                            + events.size() + " events",
                    false,
                    Answer.NONE,
                    null);
        }
        var published = new ArrayList<Published>();
        for (int i = 0; i < events.size(); i++) {
            PublishResult result = answer.getResults(i);
            Error error = result.hasError() ? result.getError() : null;
            published.add(new Published(
                    events.get(i).id(),
                    error == null ? Base64Id.of(result.getReplayId()) : null,
                    error == null
                            ? null
                            : error.getMsg().isEmpty() ? error.getCode().name() : error.getMsg()));
        }
        return published;
    }

    @Override
    public EventStream subscribe(Access access, Start start, int credit, EventStream.Listener listener) {
        var stream = new GrpcEventStream(start, context, listener, connections);
        context.runOnContext(now -> client.request(server, PubSubMethods.SUBSCRIBE)
                .onSuccess(request -> {
                    identify(request, access, "Subscribe " + start.channel());
                    stream.begin(request, credit);
                })
                .onFailure(failure -> stream.notConnected(unreached("Subscribe " + start.channel(), failure))));
        return stream;
    }

    private static void identify(GrpcClientRequest<?, ?> request, Access access, String what) {
        String trace = UUID.randomUUID().toString();
        request.headers()
                .set("accesstoken", access.token().accessToken())
                .set("instanceurl", access.token().instanceUrl())
                .set("tenantid", access.tenantId())
                .set("x-client-trace-id", trace);
        LOG.debug("{}: x-client-trace-id {}", what, trace);
    }

    private <A, Q extends MessageLite> Future<A> call(
            Access access, ServiceMethod<A, Q> method, Q message, String what, boolean repeatable) {
        return onLoop(() -> client.request(server, method)
                .recover(failure -> Future.failedFuture(unreached(what, failure)))
                .compose(request -> {
                    identify(request, access, what);
                    return answer(request, message, what, repeatable);
                }));
    }

    private static <A, Q> Future<A> answer(
            GrpcClientRequest<Q, A> request, Q message, String what, boolean repeatable) {
        Future<A> answer = request.send(message).compose(response -> {
            Promise<A> last = Promise.promise();
            var received = new Object() {
                A message;
            };
            response.handler(part -> received.message = part);
            response.exceptionHandler(last::tryFail);
            response.endHandler(end -> {
                SfToolkitException refusal = Refusals.of(response, what);
                if (refusal != null) {
                    last.tryFail(refusal);
                } else if (received.message == null) {
                    last.tryFail(new UnreadableResponseException(
                            what + " was answered with success and without a message", repeatable, Answer.NONE, null));
                } else {
                    last.tryComplete(received.message);
                }
            });
            return last.future();
        });
        return answer.timeout(CALL_SECONDS, TimeUnit.SECONDS).recover(failure -> {
            if (failure instanceof SfToolkitException) {
                return Future.failedFuture(failure);
            }
            request.cancel();
            return Future.failedFuture(
                    new TransportException("no answer: " + Refusals.text(failure), what, true, repeatable, failure));
        });
    }

    private TransportException unreached(String what, Throwable failure) {
        return new TransportException(
                "the Pub/Sub API at " + server + " cannot be reached, check pubSubHost, pubSubPort, network and proxy: "
                        + Refusals.text(failure),
                what,
                false,
                true,
                failure);
    }

    private <T> Future<T> onLoop(Supplier<Future<T>> call) {
        Promise<T> outcome = Promise.promise();
        context.runOnContext(
                now -> Future.succeededFuture().compose(none -> call.get()).onComplete(outcome));
        return outcome.future();
    }

    @Override
    public Future<Void> close() {
        return client.close();
    }
}
