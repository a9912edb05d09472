package org.sftoolkit.camel.body;

import java.io.IOException;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.sftoolkit.camel.bulk.BulkInput;
import org.sftoolkit.camel.error.InvalidBodyException;
import org.sftoolkit.camel.model.Records;
import org.sftoolkit.camel.operation.CsvDelimiter;

/** Bodies with records in text, by the delimiter that the options name; other bodies by Camel's converters. */
public final class RecordBodies {

    private RecordBodies() {}

    /** Text that is CSV is passed through as it is, all else becomes records. */
    public static BulkInput bulk(Exchange exchange, CsvDelimiter delimiter) {
        return read(exchange, text -> text.bulk(delimiter), BulkInput.OfRecords::new);
    }

    /** Records in any form. */
    public static Records records(Exchange exchange, CsvDelimiter delimiter) {
        return read(exchange, text -> text.records(delimiter), records -> records);
    }

    private static <T> T read(Exchange exchange, Reading<T> ofText, Function<Records, T> ofRecords) {
        try {
            Object body = OneShotBody.unread(exchange.getMessage().getBody(), exchange);
            TextBody text = TextBody.of(body, exchange);
            return text == null
                    ? ofRecords.apply(BodyConversion.read(exchange, body, Records.class))
                    : ofText.of(RecordText.of(text, exchange));
        } catch (IOException e) {
            throw new InvalidBodyException("the body cannot be read: " + e.getMessage(), e);
        }
    }

    private interface Reading<T> {
        T of(RecordText text) throws IOException;
    }
}
