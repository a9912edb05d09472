package org.sftoolkit.camel.client;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.sftoolkit.camel.error.Answer;
import org.sftoolkit.camel.error.UnreadableResponseException;
import org.sftoolkit.camel.transport.Body;
import org.sftoolkit.camel.transport.Request;
import org.sftoolkit.camel.transport.Response;

/** JSON bodies out, JSON answers in; an answer that is not what the API promises never passes for success. */
public final class ApiJson {

    /** The one that records are read and written by. */
    public static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
            .build();

    private ApiJson() {}

    /** Writes a body. */
    @FunctionalInterface
    public interface Writer {
        void write(JsonGenerator json) throws IOException;
    }

    /** Reads an answer; the parser stands on its first token. */
    @FunctionalInterface
    public interface Reader<T> {
        T read(JsonParser json) throws IOException;
    }

    /** A JSON body, written when its turn comes. */
    public static Body body(Writer writer) {
        return Body.json(() -> {
            var bytes = new ByteArrayOutputStream(1024);
            try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
                writer.write(json);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return Buffer.buffer(bytes.toByteArray());
        });
    }

    /** Reads the answer whole; throws {@link UnreadableResponseException} where it is cut off, empty or of another shape. */
    public static <T> T read(Request request, Response response, Reader<T> reader) {
        try (JsonParser json = FACTORY.createParser(response.body())) {
            if (json.nextToken() == null) {
                throw new IOException("the answer is empty");
            }
            T value = reader.read(json);
            if (json.nextToken() != null) {
                throw new IOException("the answer goes on after its end");
            }
            return value;
        } catch (UnreadableResponseException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // a reader that meets another shape than it expects fails in any way
            throw new UnreadableResponseException(
                    "Salesforce's answer cannot be read",
                    request.repeatable(),
                    new Answer(response.status(), null, request.line()),
                    withoutSource(e));
        }
    }

    /** The failure of a parser without the further lines in which Jackson quotes its source, which holds records. */
    public static IOException withoutSource(Exception e) {
        return new IOException(firstLine(e));
    }

    private static String firstLine(Exception e) {
        String message = String.valueOf(e.getMessage());
        int end = message.indexOf('\n');
        return e.getClass().getSimpleName() + ": " + (end < 0 ? message : message.substring(0, end));
    }
}
