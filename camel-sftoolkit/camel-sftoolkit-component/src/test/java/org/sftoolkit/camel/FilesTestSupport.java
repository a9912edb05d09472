package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.Exchange;
import org.sftoolkit.camel.model.SaveResult;

abstract class FilesTestSupport extends RouteTestSupport {

    static final String UPLOAD = "sftoolkit:upload:ContentVersion";

    private int routes;

    static byte[] random(int size) {
        var bytes = new byte[size];
        new Random(42).nextBytes(bytes);
        return bytes;
    }

    String upload(String uri, Object body, Map<String, Object> headers) {
        Exchange exchange = send(uri, body, headers);
        assertThat(exchange.getException()).isNull();
        SaveResult result = exchange.getMessage().getBody(SaveResult.class);
        assertThat(result.success()).isTrue();
        assertThat(exchange.getMessage().getHeader("CamelSfToolkitId")).isEqualTo(result.id());
        return result.id();
    }

    /** Reads a download as a step of a route does: the stream is closed with the exchange. */
    byte[] download(String uri, Object id) throws Exception {
        Exchange exchange = read(uri, id, in -> {});
        if (exchange.getException() != null) {
            throw exchange.getException();
        }
        return exchange.getMessage().getBody(byte[].class);
    }

    Exchange read(String uri, Object id, java.util.function.Consumer<InputStream> before) throws Exception {
        String route = "direct:read" + routes++;
        context.addRoutes(new org.apache.camel.builder.RouteBuilder() {
            @Override
            public void configure() {
                from(route).to(uri).process(exchange -> {
                    var in = (InputStream) exchange.getMessage().getBody();
                    before.accept(in);
                    exchange.getMessage().setBody(in.readAllBytes());
                });
            }
        });
        return send(route, id);
    }

    /** Gives a byte at a time, and cannot be cached. */
    static class Slow extends InputStream implements org.apache.camel.StreamCache {
        private final byte[] content;
        private int at;
        final AtomicBoolean closed = new AtomicBoolean();

        Slow(byte[] content) {
            this.content = content;
        }

        @Override
        public int read() throws IOException {
            return at < content.length ? content[at++] & 0xFF : -1;
        }

        @Override
        public void close() {
            closed.set(true);
        }

        @Override
        @SuppressWarnings("sync-override")
        public void reset() {}

        @Override
        public void writeTo(java.io.OutputStream out) throws IOException {
            transferTo(out);
        }

        @Override
        public org.apache.camel.StreamCache copy(Exchange exchange) {
            return null;
        }

        @Override
        public boolean inMemory() {
            return false;
        }

        @Override
        public long length() {
            return 0;
        }

        @Override
        public long position() {
            return at;
        }
    }
}
