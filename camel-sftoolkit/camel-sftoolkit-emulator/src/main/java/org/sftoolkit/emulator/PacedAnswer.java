package org.sftoolkit.emulator;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.impl.ConnectionBase;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.sftoolkit.emulator.fault.Fault;

/** Sends an answer in portions, with pauses, of which one may be without an end. Used on its connection's event loop only. */
final class PacedAnswer {

    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final Buffer body;
    private final Fault pace;
    private final Runnable sending;

    /** @param sending told before the first byte of the answer */
    PacedAnswer(HttpServerRequest request, byte[] body, Fault pace, Runnable sending) {
        this.request = request;
        this.response = request.response();
        this.body = Buffer.buffer(body);
        this.pace = pace;
        this.sending = sending;
    }

    void send() {
        if (pace instanceof Fault.SlowBody slow) {
            sending.run();
            Deque<Integer> ends = new ArrayDeque<>();
            for (int end = 0; end < body.length(); end += slow.bytes()) {
                ends.add(end);
            }
            portions(ends, 0, slow.every());
        } else if (pace instanceof Fault.Stall stall) {
            stalled(stall);
        }
    }

    private void stalled(Fault.Stall stall) {
        switch (stall.point()) {
            case BEFORE_HEAD ->
                after(stall.time(), () -> {
                    sending.run();
                    portions(new ArrayDeque<>(), 0, null);
                });
            case IN_HEAD -> {
                sending.run();
                raw(stall.time());
            }
            case AFTER_HEAD -> stalledBody(0, stall.time());
            case IN_BODY -> stalledBody(body.length() / 2, stall.time());
            case LAST_BYTE -> stalledBody(Math.max(0, body.length() - 1), stall.time());
            case IN_REQUEST -> throw new IllegalStateException("struck when the request had been read");
        }
    }

    private void stalledBody(int sent, Duration pause) {
        sending.run();
        portions(new ArrayDeque<>(List.of(sent)), 0, pause);
    }

    /** Sends up to the first of the ends, pauses, and so on; at last the rest. */
    private void portions(Deque<Integer> ends, int from, Duration pause) {
        if (response.closed()) {
            return;
        }
        if (ends.isEmpty()) {
            response.end(body.slice(from, body.length()));
            return;
        }
        int to = ends.poll();
        response.write(body.slice(from, to));
        after(pause, () -> portions(ends, to, pause));
    }

    private void after(Duration pause, Runnable next) {
        if (pause != null) {
            Vertx.currentContext().owner().setTimer(Math.max(1, pause.toMillis()), timer -> next.run());
        }
    }

    /** Half a head can only be sent past the codec; the connection is of no use afterwards. */
    private void raw(Duration pause) {
        StringBuilder head = new StringBuilder("HTTP/1.1 " + response.getStatusCode() + " ")
                .append(response.getStatusMessage())
                .append("\r\n");
        response.headers().forEach(header -> head.append(header.getKey())
                .append(": ")
                .append(header.getValue())
                .append("\r\n"));
        Buffer all = Buffer.buffer(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        int half = all.length() / 2;
        write(all.slice(0, half));
        after(pause, () -> {
            write(all.slice(half, all.length()).copy().appendBuffer(body));
            request.connection().close();
        });
    }

    private void write(Buffer bytes) {
        ChannelHandlerContext codec =
                ((ConnectionBase) request.connection()).channel().pipeline().context(HttpResponseEncoder.class);
        var unused = codec.writeAndFlush(Unpooled.wrappedBuffer(bytes.getBytes()));
    }
}
