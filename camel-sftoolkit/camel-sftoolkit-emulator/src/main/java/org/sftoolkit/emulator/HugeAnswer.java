package org.sftoolkit.emulator;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Sends blanks and an empty JSON object, as fast as the client reads. Used on its connection's event loop only. */
final class HugeAnswer {

    private static final int BLOCK = 1 << 16;
    private static final byte[] GZIP_HEAD = {0x1f, (byte) 0x8b, Deflater.DEFLATED, 0, 0, 0, 0, 0, 0, 0};

    private final HttpServerResponse response;
    private final CRC32 sum = new CRC32();
    private final boolean gzip;
    private final byte[] blanks = new byte[BLOCK];
    private final Buffer block;
    private final long length;
    private long left;

    HugeAnswer(HttpServerResponse response, long bytes, boolean gzip) {
        this.response = response;
        this.gzip = gzip;
        Arrays.fill(blanks, (byte) ' ');
        // A full flush forgets what came before, so that each block is compressed to the same bytes.
        block = Buffer.buffer(gzip ? deflated(blanks, false) : blanks);
        left = (bytes + BLOCK - 1) / BLOCK;
        length = left * BLOCK + 2;
    }

    void send() {
        response.putHeader(HttpHeaders.CONTENT_TYPE, "application/json;charset=UTF-8");
        response.putHeader(HttpHeaders.CONTENT_ENCODING, gzip ? "gzip" : "identity");
        response.setChunked(true);
        if (gzip) {
            response.write(Buffer.buffer(GZIP_HEAD));
        }
        goOn();
    }

    private void goOn() {
        while (left > 0) {
            if (response.closed()) {
                return;
            }
            if (response.writeQueueFull()) {
                response.drainHandler(drained -> goOn());
                return;
            }
            left--;
            sum.update(blanks);
            response.write(block);
        }
        byte[] json = {'{', '}'};
        sum.update(json);
        response.end(gzip ? Buffer.buffer(deflated(json, true)).appendBytes(trailer()) : Buffer.buffer(json));
    }

    private static byte[] deflated(byte[] bytes, boolean last) {
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        try {
            deflater.setInput(bytes);
            if (last) {
                deflater.finish();
            }
            byte[] out = new byte[BLOCK];
            return Arrays.copyOf(out, deflater.deflate(out, 0, BLOCK, Deflater.FULL_FLUSH));
        } finally {
            deflater.end();
        }
    }

    private byte[] trailer() {
        return ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt((int) sum.getValue())
                .putInt((int) length)
                .array();
    }
}
