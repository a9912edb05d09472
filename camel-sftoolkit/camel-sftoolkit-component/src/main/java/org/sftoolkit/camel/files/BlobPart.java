package org.sftoolkit.camel.files;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.io.InputStream;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The content of a file on its way to Salesforce.
 *
 * @param field       the blob field
 * @param fileName    name of the file
 * @param contentType media type
 * @param length      bytes, or -1 if it is not known
 * @param repeatable  whether it can be opened again
 * @param open        opens it, called once a try
 * @param stream      reads it piece by piece
 */
public record BlobPart(
        String field,
        String fileName,
        String contentType,
        long length,
        boolean repeatable,
        Supplier<InputStream> open,
        Function<InputStream, ReadStream<Buffer>> stream) {}
