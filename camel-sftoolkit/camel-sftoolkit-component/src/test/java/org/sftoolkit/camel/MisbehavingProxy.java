package org.sftoolkit.camel;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A server in front of an org that passes each request on and misbehaves, byte by byte, on those that it is told to. Set both
 * {@code loginUrl} and {@code instanceUrl} to its {@link #url}. For tests of what the emulator cannot do as a proper server:
 * stalls at any place of an answer, drips, answers of any form.
 *
 * <pre>{@code
 * proxy.misbehave(request -> request.startsWith("GET /services/data/v66.0/query"), MisbehavingProxy.Stall.AFTER_HEAD);
 * ... // each such request stalls
 * proxy.behave();
 * }</pre>
 */
final class MisbehavingProxy implements AutoCloseable {

    /** Writes what the client gets in place of the org's answer; the connection is closed behind it. */
    @FunctionalInterface
    interface Misbehaviour {

        /** @param answer the org's, head and body */
        void answer(byte[] answer, OutputStream out, InputStream in) throws Exception;

        /** Whether the org gets the request at all. */
        default boolean passesOn() {
            return true;
        }
    }

    /** Where an answer stands still until the client closes the connection. */
    enum Stall implements Misbehaviour {
        /** The head of the request is read, and nothing of its body. */
        WHILE_READING(0, 0, 0),
        BEFORE_HEAD(0, 0, 0),
        IN_HEAD(20, 0, 0),
        AFTER_HEAD(-1, 0, 0),
        IN_BODY(-1, 0.5, 0),
        BEFORE_LAST_BYTE(-1, 1, 1),
        /** A byte of the head each 100 ms. */
        DRIPPING_HEAD(0, 0, 0),
        /** A byte of the body each 100 ms. */
        DRIPPING_BODY(-1, 0, 0);

        private final int ofHead;
        private final double ofBody;
        private final int missing;

        Stall(int ofHead, double ofBody, int missing) {
            this.ofHead = ofHead;
            this.ofBody = ofBody;
            this.missing = missing;
        }

        @Override
        public void answer(byte[] given, OutputStream out, InputStream in) throws Exception {
            byte[] answer = withBody(given);
            int head = endOfHead(answer);
            int sent = ofHead >= 0 ? ofHead : head + (int) ((answer.length - head) * ofBody) - missing;
            out.write(answer, 0, sent);
            out.flush();
            if (this == DRIPPING_HEAD || this == DRIPPING_BODY) {
                // a body of any length drips for longer than the test lasts
                for (int i = sent; ; i++) {
                    out.write(i < answer.length ? answer[i] : ' ');
                    out.flush();
                    Thread.sleep(100);
                }
            }
            while (in.read() >= 0) {
                // until the client closes
            }
        }

        // an answer without body cannot stand still in it; one of a few bytes would end while it drips
        private byte[] withBody(byte[] answer) {
            int head = endOfHead(answer);
            if (answer.length > head && this != DRIPPING_BODY) {
                return answer;
            }
            return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000000\r\n\r\n{\"a\":1}"
                    .getBytes(StandardCharsets.ISO_8859_1);
        }
    }

    /** Sends this in place of the org's answer: status line, headers and body, with line ends as they are to be. */
    static Misbehaviour answering(String text) {
        return new Misbehaviour() {
            @Override
            public void answer(byte[] answer, OutputStream out, InputStream in) throws Exception {
                out.write(text.getBytes(StandardCharsets.UTF_8));
            }

            @Override
            public boolean passesOn() {
                return false;
            }
        };
    }

    /** An answer with a length, such as {@code answering("200 OK", Map.of("Content-Type", "text/html"), "<html>")}. */
    static Misbehaviour answering(String status, Map<String, String> headers, String body) {
        return answering("HTTP/1.1 " + status + "\r\n"
                + headers.entrySet().stream()
                        .map(header -> header.getKey() + ": " + header.getValue() + "\r\n")
                        .collect(Collectors.joining())
                + "Connection: close\r\nContent-Length: " + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n"
                + body);
    }

    private record Rule(Predicate<String> requests, Misbehaviour misbehaviour) {}

    private final URI org;
    private final ServerSocket server;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        var thread = new Thread(task, "misbehaving-proxy");
        thread.setDaemon(true);
        return thread;
    });
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger met = new AtomicInteger();
    private volatile Rule rule;

    /** @param org URL of the org, http only */
    MisbehavingProxy(String org) {
        this.org = URI.create(org);
        try {
            server = new ServerSocket(0, 200, InetAddress.getByName("127.0.0.1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::accept);
    }

    String url() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    /** From now on; replaces what it did before. The predicate sees the request line, such as {@code GET /x?y HTTP/1.1}. */
    void misbehave(Predicate<String> requests, Misbehaviour misbehaviour) {
        met.set(0);
        rule = new Rule(requests, misbehaviour);
    }

    /** From now on every request is passed on as it should be. */
    void behave() {
        rule = null;
    }

    /** Requests that it has misbehaved on since it was told to. */
    int met() {
        return met.get();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = server.accept();
                open.add(client);
                threads.execute(() -> serve(client));
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    private void serve(Socket client) {
        try (client) {
            client.setTcpNoDelay(true);
            var in = new BufferedInputStream(client.getInputStream());
            OutputStream out = client.getOutputStream();
            for (byte[] head = head(in); head != null; head = head(in)) {
                String line = text(head).substring(0, text(head).indexOf("\r\n"));
                Rule present = rule;
                boolean meets = meets(present, line);
                if (meets) {
                    if (present.misbehaviour() == Stall.WHILE_READING) {
                        new java.util.concurrent.CountDownLatch(1).await();
                    }
                }
                byte[] body = body(in, text(head));
                byte[] answer = meets && !present.misbehaviour().passesOn() ? new byte[0] : pass(head, body);
                if (meets) {
                    present.misbehaviour().answer(answer, out, in);
                    return;
                }
                out.write(answer);
                out.flush();
            }
        } catch (Exception broken) {
            // the client closed, as it should
        } finally {
            open.remove(client);
        }
    }

    private synchronized boolean meets(Rule present, String line) {
        boolean meets = present != null && present.requests().test(line);
        met.addAndGet(meets ? 1 : 0);
        return meets;
    }

    private byte[] pass(byte[] head, byte[] body) throws IOException {
        try (var socket = new Socket(org.getHost(), org.getPort())) {
            String passed = text(head)
                    .replaceAll("(?i)\r\nhost:[^\r]*", "\r\nHost: " + org.getAuthority())
                    .replaceAll("(?i)\r\naccept-encoding:[^\r]*", "")
                    .replaceFirst("\r\n\r\n$", "\r\nConnection: close\r\n\r\n");
            OutputStream out = socket.getOutputStream();
            out.write(passed.getBytes(StandardCharsets.ISO_8859_1));
            out.write(body);
            out.flush();
            byte[] answer = socket.getInputStream().readAllBytes();
            // the client may keep its connection
            int end = endOfHead(answer);
            String kept = text(Arrays.copyOf(answer, end)).replaceAll("(?i)\r\nconnection: close", "");
            var all = new ByteArrayOutputStream();
            all.write(kept.getBytes(StandardCharsets.ISO_8859_1));
            all.write(answer, end, answer.length - end);
            return all.toByteArray();
        }
    }

    private static byte[] head(InputStream in) throws IOException {
        var head = new ByteArrayOutputStream();
        int state = 0;
        while (state < 4) {
            int b = in.read();
            if (b < 0) {
                return null;
            }
            head.write(b);
            state = b == (state % 2 == 0 ? '\r' : '\n') ? state + 1 : b == '\r' ? 1 : 0;
        }
        return head.toByteArray();
    }

    private static byte[] body(InputStream in, String head) throws IOException {
        String lower = head.toLowerCase();
        if (!lower.contains("\r\ntransfer-encoding: chunked")) {
            int at = lower.indexOf("\r\ncontent-length: ");
            return at < 0
                    ? new byte[0]
                    : in.readNBytes(Integer.parseInt(lower.substring(at + 18, lower.indexOf("\r\n", at + 18))
                            .strip()));
        }
        var body = new ByteArrayOutputStream();
        for (int size = -1; size != 0; ) {
            var line = new ByteArrayOutputStream();
            for (int b = in.read(); b != '\n'; b = in.read()) {
                if (b < 0) {
                    throw new IOException("cut");
                }
                line.write(b);
            }
            line.write('\n');
            body.write(line.toByteArray());
            size = Integer.parseInt(line.toString().strip(), 16);
            body.write(in.readNBytes(size + 2));
        }
        return body.toByteArray();
    }

    private static int endOfHead(byte[] answer) {
        int end = text(answer).indexOf("\r\n\r\n");
        return end < 0 ? answer.length : end + 4;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
        threads.shutdownNow();
    }
}
