package org.sftoolkit.camel;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.sftoolkit.camel.error.InvalidBodyException;
import org.sftoolkit.camel.error.SfToolkitException;
import org.sftoolkit.camel.model.Upload;
import org.sftoolkit.camel.model.WireJson;
import org.sftoolkit.camel.operation.RawInput;

/** What a message brings to a raw call: maps and lists of maps as JSON, all else as it is. */
final class RawBodies {

    private static final String JSON = "application/json; charset=UTF-8";
    private static final JsonFactory FACTORY = new JsonFactory();

    private RawBodies() {}

    static RawInput read(Exchange exchange) {
        Message message = exchange.getMessage();
        Object body = message.getBody();
        if (body == null) {
            return new RawInput(null, null);
        }
        if (body instanceof Map<?, ?> || body instanceof Collection<?>) {
            byte[] json = json(body);
            return new RawInput(new Upload.Content(json.length, true, () -> new ByteArrayInputStream(json)), JSON);
        }
        String type = message.getHeader(Exchange.CONTENT_TYPE, String.class);
        try {
            return new RawInput(UploadBody.content(body, exchange), type == null ? JSON : type);
        } catch (SfToolkitException e) {
            throw e;
        } catch (Exception e) {
            throw new InvalidBodyException(
                    "a body of " + body.getClass().getName() + " cannot be sent: " + e.getMessage(), e);
        }
    }

    private static byte[] json(Object body) {
        var bytes = new ByteArrayOutputStream(1024);
        try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
            WireJson.writeValue(json, body);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
