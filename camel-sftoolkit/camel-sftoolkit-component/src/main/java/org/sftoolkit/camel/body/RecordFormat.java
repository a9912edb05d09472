package org.sftoolkit.camel.body;

import java.util.Locale;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** In what text records are given. */
enum RecordFormat {
    JSON,
    /** One JSON object after the other. */
    NDJSON,
    CSV;

    /** By a media type; null if it is not one of these. */
    static @Nullable RecordFormat ofMediaType(@Nullable String contentType) {
        if (contentType == null) {
            return null;
        }
        int parameters = contentType.indexOf(';');
        String type = (parameters < 0 ? contentType : contentType.substring(0, parameters))
                .strip()
                .toLowerCase(Locale.ROOT);
        return switch (type) {
            case "text/csv", "application/csv" -> CSV;
            case "application/x-ndjson", "application/ndjson", "application/jsonl", "application/x-jsonlines" -> NDJSON;
            default -> type.equals("application/json") || type.endsWith("+json") ? JSON : null;
        };
    }

    /** By the message's {@code Content-Type}; null if it is not one of these, or there is no exchange. */
    static @Nullable RecordFormat of(Exchange exchange) {
        return ofMediaType(
                exchange == null ? null : exchange.getMessage().getHeader(Exchange.CONTENT_TYPE, String.class));
    }

    /** By the first character that is not a blank. */
    static RecordFormat ofContent(int first) {
        return first == '{' || first == '[' ? JSON : CSV;
    }
}
