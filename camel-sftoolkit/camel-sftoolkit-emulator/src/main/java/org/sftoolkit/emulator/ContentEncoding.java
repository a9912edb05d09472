package org.sftoolkit.emulator;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.sftoolkit.emulator.api.ApiException;

/** How the body of a request may be compressed: {@code gzip} or {@code deflate}. */
final class ContentEncoding {

    private ContentEncoding() {}

    /**
     * The body itself.
     *
     * @param encoding value of the header {@code Content-Encoding}, or null
     * @throws ApiException 415 for another one
     */
    static InputStream decoded(String encoding, InputStream body) throws IOException {
        return switch (encoding == null ? "identity" : encoding.toLowerCase(Locale.ROOT)) {
            case "identity" -> body;
            case "gzip" -> new GZIPInputStream(body);
            case "deflate" -> new InflaterInputStream(body);
            default ->
                throw new ApiException(415, "UNSUPPORTED_MEDIA_TYPE", "Content-Encoding not supported: " + encoding);
        };
    }
}
