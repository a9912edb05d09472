package org.sftoolkit.camel;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A proxy that asks for a user and a password: HTTP (CONNECT and plain requests) and SOCKS5 on one port. */
final class TestProxy implements AutoCloseable {

    private static final int SOCKS5 = 5;

    private final Vertx vertx = Vertx.vertx();
    private final String user;
    private final String password;
    private final NetServer server;
    final AtomicInteger tunnels = new AtomicInteger();
    final AtomicInteger refusals = new AtomicInteger();

    TestProxy(String user, String password) {
        this.user = user;
        this.password = password;
        this.server = wait(vertx.createNetServer().connectHandler(this::greet).listen(0, "127.0.0.1"));
    }

    int port() {
        return server.actualPort();
    }

    private static <T> T wait(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }

    private void greet(NetSocket client) {
        client.handler(first -> {
            if (first.getByte(0) == SOCKS5) {
                client.handler(credentials -> authenticate(client, credentials));
                client.write(Buffer.buffer(new byte[] {SOCKS5, 2}));
            } else {
                http(client, first);
            }
        });
    }

    // RFC 1929
    private void authenticate(NetSocket client, Buffer credentials) {
        int userEnd = 2 + credentials.getByte(1);
        String name = credentials.getString(2, userEnd);
        String secret = credentials.getString(userEnd + 1, userEnd + 1 + credentials.getByte(userEnd));
        if (!name.equals(user) || !secret.equals(password)) {
            refusals.incrementAndGet();
            client.write(Buffer.buffer(new byte[] {1, 1})).onComplete(sent -> client.close());
            return;
        }
        client.handler(request -> socks(client, request));
        client.write(Buffer.buffer(new byte[] {1, 0}));
    }

    // RFC 1928: an IPv4 address or a name
    private void socks(NetSocket client, Buffer request) {
        boolean name = request.getByte(3) == 3;
        int end = name ? 5 + request.getByte(4) : 8;
        String host = name
                ? request.getString(5, end)
                : (request.getByte(4) & 255) + "." + (request.getByte(5) & 255) + "." + (request.getByte(6) & 255) + "."
                        + (request.getByte(7) & 255);
        Buffer granted = Buffer.buffer(new byte[] {SOCKS5, 0, 0, 1, 0, 0, 0, 0, 0, 0});
        tunnel(client, host, request.getUnsignedShort(end), granted, Buffer.buffer());
    }

    private void http(NetSocket client, Buffer head) {
        String text = head.toString(StandardCharsets.ISO_8859_1);
        String expected = "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes());
        if (!text.toLowerCase().contains("proxy-authorization: " + expected.toLowerCase())) {
            refusals.incrementAndGet();
            client.write("HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")
                    .onComplete(sent -> client.close());
            return;
        }
        String[] line = text.substring(0, text.indexOf("\r\n")).split(" ");
        if (line[0].equals("CONNECT")) {
            String[] target = line[1].split(":");
            Buffer granted = Buffer.buffer("HTTP/1.1 200 Connection established\r\n\r\n");
            tunnel(client, target[0], Integer.parseInt(target[1]), granted, Buffer.buffer());
        } else {
            java.net.URI target = java.net.URI.create(line[1]);
            tunnel(client, target.getHost(), target.getPort(), Buffer.buffer(), head);
        }
    }

    private void tunnel(NetSocket client, String host, int port, Buffer toClient, Buffer toServer) {
        client.pause();
        vertx.createNetClient()
                .connect(port, host)
                .onSuccess(remote -> {
                    tunnels.incrementAndGet();
                    if (toClient.length() > 0) {
                        client.write(toClient);
                    }
                    if (toServer.length() > 0) {
                        remote.write(toServer);
                    }
                    remote.pipeTo(client);
                    client.handler(null);
                    client.pipeTo(remote);
                })
                .onFailure(failure -> client.close());
    }

    @Override
    public void close() {
        wait(vertx.close());
    }
}
