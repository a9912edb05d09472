package org.sftoolkit.camel.client;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.sftoolkit.camel.error.Answer;
import org.sftoolkit.camel.error.UnreadableResponseException;
import org.sftoolkit.camel.transport.Body;
import org.sftoolkit.camel.transport.Request;
import org.sftoolkit.camel.transport.Response;

/** Writes JSON bodies and reads JSON responses; a response that the API does not promise is never a success. */
public final class ApiJson {

    /** The mapper that reads and writes records. */
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

    /** A JSON body, written just before it is sent. */
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

    /**
     * Reads the answer whole; throws {@link UnreadableResponseException} if it is incomplete, empty or has another
     * structure.
     */
    public static <T> T read(Request request, Response response, Reader<T> reader) {
        try (JsonParser json = FACTORY.createParser(response.body())) {
            if (json.nextToken() == null) {
                throw new IOException("the answer is empty");
            }
            T value = reader.read(json);
            if (json.nextToken() != null) {
                throw new IOException("the answer is followed by other content");
            }
            return value;
        } catch (UnreadableResponseException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // a reader may fail in any way on an unexpected structure
            throw new UnreadableResponseException(
                    "Salesforce's answer cannot be read",
                    request.repeatable(),
                    new Answer(response.status(), List.of(), request.line()),
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
