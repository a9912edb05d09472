package org.sftoolkit.camel;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.StreamCache;
import org.apache.camel.WrappedFile;
import org.apache.camel.support.ExchangeHelper;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.body.BodyConversion;
import org.sftoolkit.camel.body.RecordBodies;
import org.sftoolkit.camel.bulk.BulkInput;
import org.sftoolkit.camel.bulk.JobKeys;
import org.sftoolkit.camel.error.InvalidBodyException;
import org.sftoolkit.camel.error.SfToolkitException;
import org.sftoolkit.camel.model.JobInfo;
import org.sftoolkit.camel.model.RecordIds;
import org.sftoolkit.camel.model.Records;
import org.sftoolkit.camel.model.Upload;
import org.sftoolkit.camel.model.WireJson;
import org.sftoolkit.camel.operation.CallOptions;
import org.sftoolkit.camel.operation.NoInput;
import org.sftoolkit.camel.operation.Operation;
import org.sftoolkit.camel.poll.ControlOperation;
import org.sftoolkit.camel.query.QueryInput;
import org.sftoolkit.camel.rest.RawInput;
import org.sftoolkit.camel.soql.Parameters;

/** Reads the input of an operation from an exchange. */
final class CallReader {

    private CallReader() {}

    /** The input in the type of the operation, through Camel's converters. */
    static <I> I input(Exchange exchange, Operation<I> operation, CallOptions options) throws Exception {
        Class<I> type = operation.input();
        Message message = exchange.getMessage();
        if (type == BulkInput.class) {
            return type.cast(RecordBodies.bulk(exchange, options.bulk().delimiter()));
        }
        if (type == Records.class) {
            return type.cast(RecordBodies.records(exchange, options.bulk().delimiter()));
        }
        if (type == JobKeys.class) {
            return type.cast(jobKeys(exchange));
        }
        if (type == QueryInput.class) {
            return type.cast(ExchangeParameters.input(exchange));
        }
        if (type == RawInput.class) {
            return type.cast(RawBodies.read(exchange));
        }
        if (type == ControlOperation.Command.class) {
            return type.cast(
                    new ControlOperation.Command(message.getBody(String.class), ExchangeHelper.getRouteId(exchange)));
        }
        if (type == NoInput.class) {
            return type.cast(new NoInput());
        }
        if (type == Upload.class) {
            return type.cast(UploadBody.read(exchange, options.sObject()));
        }
        Object id = type == RecordIds.class
                ? IdHeader.read(exchange, options.sObject(), options.records().externalIdField(), operation.leftId())
                : null;
        return BodyConversion.read(exchange, id == null ? message.getBody() : id, type);
    }

    private static String jobKey(@Nullable Object key) {
        if (key instanceof JobInfo job) {
            return idOf(job);
        }
        if (key instanceof CharSequence id) {
            return id.toString().strip();
        }
        if (key instanceof JsonNode json && json.isTextual()) {
            return json.textValue().strip();
        }
        throw new InvalidBodyException(
                (key == null ? "null" : "a value of " + key.getClass().getName())
                        + " is not a job id: use the id as text, the result of a load (JobInfo, BulkResult), or a list"
                        + " of these",
                null);
    }

    private static String idOf(JobInfo job) {
        if (job.id() == null) {
            throw new InvalidBodyException(
                    "the job of the body has no id, because it was not made: a dry run planned it, or its rows went"
                            + " through REST",
                    null);
        }
        return job.id();
    }

    private static JobKeys jobKeys(Exchange exchange) {
        Object named = IdHeader.readJobs(exchange);
        if (named == null
                || named instanceof CharSequence text && text.toString().isBlank()) {
            return new JobKeys(List.of());
        }
        Collection<?> all = named instanceof Collection<?> many ? many : List.of(named);
        // rows of a load that went through REST have no job that could be asked for
        List<?> made = all.stream()
                .filter(key -> !(key instanceof JobInfo job) || job.id() != null)
                .toList();
        return new JobKeys(
                (made.isEmpty() ? all : made).stream().map(CallReader::jobKey).toList());
    }

    /**
     * Values for the names in a statement: of the body if it is a map, else of a header, else of an exchange
     * property. Any other name with dots leads into maps: {@code :customer.id}.
     */
    private record ExchangeParameters(Exchange exchange) implements Parameters {

        /** The input of a query. The body is read as text only if it is needed as the statement. */
        static QueryInput input(Exchange exchange) {
            return new QueryInput(() -> statement(exchange), new ExchangeParameters(exchange));
        }

        private static @Nullable String statement(Exchange exchange) {
            Object body = exchange.getMessage().getBody();
            if (body == null || body instanceof Map) {
                return null;
            }
            if (body instanceof JsonNode json && json.isTextual()) {
                return json.textValue();
            }
            boolean text = body instanceof CharSequence
                    || body instanceof byte[]
                    || body instanceof Buffer
                    || body instanceof InputStream
                    || body instanceof Reader
                    || body instanceof StreamCache
                    || body instanceof File
                    || body instanceof Path
                    || body instanceof WrappedFile;
            if (!text) {
                throw new InvalidBodyException(
                        "a body of " + body.getClass().getName()
                                + " is not a statement: use text (a String, bytes, a stream or a file), or set the"
                                + " statement in the URI",
                        null);
            }
            return exchange.getMessage().getBody(String.class);
        }

        @Override
        public @Nullable Bound find(String name) {
            Bound bound = plain(name);
            int dot = name.lastIndexOf('.');
            if (bound != null || dot < 0) {
                return bound;
            }
            Bound outer = find(name.substring(0, dot));
            String last = name.substring(dot + 1);
            return outer != null && outer.value() instanceof Map<?, ?> map && map.containsKey(last)
                    ? new Bound(map.get(last))
                    : null;
        }

        private @Nullable Bound plain(String name) {
            if (exchange.getMessage().getBody() instanceof Map<?, ?> body && body.containsKey(name)) {
                return new Bound(body.get(name));
            }
            Map<String, Object> headers = exchange.getMessage().getHeaders();
            if (headers.containsKey(name)) {
                return new Bound(headers.get(name));
            }
            Object property = exchange.getProperty(name);
            return property == null ? null : new Bound(property);
        }
    }

    /** The input of a raw call: maps and lists of maps as JSON, any other body as it is. */
    private static final class RawBodies {

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
}
