package org.sftoolkit.emulator.api;

import java.util.Map;
import org.sftoolkit.emulator.org.Blob;

/**
 * The body of a call.
 *
 * @param bytes the body, decompressed; empty for multipart and without a body
 * @param parts the parts of a multipart body by name, or {@link #SPOOLED} alone; empty for others
 */
public record RequestBody(byte[] bytes, Map<String, Part> parts) {

    /** Name of the one part of a body that was written to disk as a whole. */
    public static final String SPOOLED = "";

    /** No body. */
    public static final RequestBody NONE = new RequestBody(new byte[0], Map.of());

    /** A part of a multipart body. */
    public record Part(String name, String fileName, String contentType, Blob content) {}

    /** Number of bytes, of all parts. */
    public long size() {
        long size = bytes.length;
        for (Part part : parts.values()) {
            size += part.content().size();
        }
        return size;
    }

    public static RequestBody of(byte[] bytes) {
        return new RequestBody(bytes, Map.of());
    }
}
