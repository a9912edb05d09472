package org.sftoolkit.camel.body;

import java.io.IOException;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.NoTypeConversionAvailableException;
import org.apache.camel.TypeConversionException;
import org.sftoolkit.camel.error.InvalidBodyException;
import org.sftoolkit.camel.error.SfToolkitException;
import org.sftoolkit.camel.model.RecordIds;
import org.sftoolkit.camel.model.Records;
import org.sftoolkit.camel.model.Upload;
import org.sftoolkit.camel.rest.CompositeInput;

/** Converts bodies to the inputs of operations with Camel's converters. Failures say which bodies are allowed. */
public final class BodyConversion {

    private static final Map<Class<?>, String> TAKEN = Map.of(
            Records.class,
            "records: a Map, an SObject, a bean, JSON or CSV (text, bytes, stream or file), or a list of these",
            RecordIds.class,
            "Ids: text, numbers, records or JSON, or a list of these, in the body; or the header CamelSfToolkitId",
            CompositeInput.class,
            "a composite request: a CompositeRequest, a Map, or JSON (text, bytes or stream)",
            Upload.class,
            "the content of a file: an InputStream, a File or Path, bytes or text");

    private BodyConversion() {}

    /**
     * A body, or a header in its place, as the input of an operation.
     *
     * @throws InvalidBodyException if it is another input
     */
    public static <I> I read(Exchange exchange, Object body, Class<I> input) throws IOException {
        if (body == null) {
            throw missing(input);
        }
        return convert(exchange, OneShotBody.unread(body, exchange), input, input);
    }

    /** There is no body. */
    public static InvalidBodyException missing(Class<?> input) {
        return new InvalidBodyException("the body is empty (null), but the operation needs " + TAKEN.get(input), null);
    }

    /**
     * A body in another type.
     *
     * @param input of the operation that it is for
     */
    public static <T> T convert(Exchange exchange, Object body, Class<T> type, Class<?> input) {
        try {
            return exchange.getContext().getTypeConverter().mandatoryConvertTo(type, exchange, body);
        } catch (NoTypeConversionAvailableException e) {
            throw new InvalidBodyException(
                    "a body of " + body.getClass().getName() + " was given, but the operation needs "
                            + TAKEN.get(input),
                    new InvalidPayloadException(exchange, type, exchange.getMessage(), e));
        } catch (TypeConversionException e) {
            throw typed(e, input);
        }
    }

    private static SfToolkitException typed(TypeConversionException failure, Class<?> input) {
        Throwable cause = failure;
        while (cause.getCause() != null && cause instanceof TypeConversionException) {
            cause = cause.getCause();
        }
        return cause instanceof SfToolkitException known
                ? known
                : new InvalidBodyException(
                        "the body cannot be read: " + cause.getMessage() + ". The operation needs " + TAKEN.get(input),
                        cause);
    }
}
