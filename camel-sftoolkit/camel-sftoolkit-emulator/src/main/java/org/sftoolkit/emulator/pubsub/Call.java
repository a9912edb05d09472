package org.sftoolkit.emulator.pubsub;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import io.netty.channel.Channel;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.server.GrpcServerRequest;
import io.vertx.grpc.server.GrpcServerResponse;
import java.time.Duration;
import java.util.UUID;
import org.sftoolkit.emulator.api.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One call of the service, until it ends. Used on the event loop of its connection only. */
final class Call {

    private static final Logger LOG = LoggerFactory.getLogger(Call.class);

    private final GrpcServerRequest<Buffer, Buffer> request;
    private final GrpcServerResponse<Buffer, Buffer> response;
    private final Context context = Vertx.currentContext();
    private final String rpcId = UUID.randomUUID().toString();
    private final Session session;
    private final CallLog log;
    private final long began = System.nanoTime();
    private String subject = "";
    private boolean logged;
    private boolean ended;
    private boolean muted;
    /** The newest message. */
    private Future<Void> written = Future.succeededFuture();

    Call(GrpcServerRequest<Buffer, Buffer> request, Session session, CallLog log) {
        this.request = request;
        this.response = request.response();
        this.session = session;
        this.log = log;
        // The port compresses what clients of the REST API ask for; messages have a compression of their own.
        response.headers().set(HttpHeaders.CONTENT_ENCODING, HttpHeaders.IDENTITY);
    }

    /** Its name, such as {@code Subscribe}. */
    String method() {
        return request.methodName();
    }

    /** It is about this channel or schema. */
    void about(String channelOrSchema) {
        subject = channelOrSchema;
    }

    /** It has gone well so far: a stream is open, or the answer is ready. */
    void succeeded(int events) {
        log(GrpcStatus.OK, events);
    }

    private void log(GrpcStatus status, int events) {
        if (!logged) {
            logged = true;
            log.add(request, subject, status, events, Duration.ofNanos(System.nanoTime() - began));
        }
    }

    /** Sends nothing from now on. */
    void mute() {
        muted = true;
    }

    void unmute() {
        muted = false;
    }

    String rpcId() {
        return rpcId;
    }

    /** Whose call it is; null if that is not known. */
    Session session() {
        return session;
    }

    Context context() {
        return context;
    }

    HttpConnection connection() {
        return request.connection();
    }

    boolean ended() {
        return ended;
    }

    boolean isMuted() {
        return muted;
    }

    boolean isFull() {
        return response.writeQueueFull();
    }

    void onDrain(Runnable next) {
        response.drainHandler(drained -> next.run());
    }

    /** Nothing more can be sent. */
    void gone() {
        ended = true;
    }

    void send(Message message) {
        if (!ended && !muted) {
            written = response.write(Buffer.buffer(message.toByteArray()));
        }
    }

    void sendLast(Message message) {
        if (!ended && !muted) {
            ended = true;
            response.end(Buffer.buffer(message.toByteArray()));
        }
    }

    void end() {
        if (!ended && !muted) {
            ended = true;
            response.end();
        }
    }

    void fail(CallFailure failure) {
        if (ended || muted) {
            return;
        }
        ended = true;
        log(failure.status(), 0);
        response.status(failure.status()).statusMessage(failure.getMessage() + " rpcId: " + rpcId);
        response.trailers().set("rpc-id", rpcId).set("type", request.methodName());
        if (failure.code() != null) {
            response.trailers().set("error-code", failure.code());
        }
        response.end();
    }

    /** Ends the stream without a status, behind what was sent. */
    void reset() {
        if (!ended) {
            ended = true;
            written.onComplete(sent -> response.cancel());
        }
    }

    /** Breaks the connection under all its calls; to close it in order would let them go on to their end. */
    void dropConnection() {
        ended = true;
        Channel channel = ((ConnectionBase) request.connection()).channel();
        written.onComplete(sent -> channel.unsafe().close(channel.voidPromise()));
    }

    /** Does a part of the work; what it throws ends the call. */
    void guarded(Runnable work) {
        try {
            work.run();
        } catch (CallFailure e) {
            fail(e);
        } catch (RuntimeException e) {
            LOG.error("{} failed because of an error in the emulator", method(), e);
            fail(CallFailure.withoutCode(GrpcStatus.INTERNAL, "An error occurred in the emulator: " + e));
        }
    }

    /** Reads a request. */
    static <M> M parsed(Parser<M> parser, Buffer bytes) {
        try {
            return parser.parseFrom(bytes.getBytes());
        } catch (InvalidProtocolBufferException e) {
            throw CallFailure.withoutCode(GrpcStatus.INTERNAL, "Invalid protobuf byte sequence: " + e.getMessage());
        }
    }
}
