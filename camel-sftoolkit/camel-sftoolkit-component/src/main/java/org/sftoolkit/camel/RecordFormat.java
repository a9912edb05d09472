package org.sftoolkit.camel;

import java.util.Locale;

/** In what text records are given. */
enum RecordFormat {
    JSON,
    /** One JSON object after the other. */
    NDJSON,
    CSV;

    /** By a media type; null where it names none of these. */
    static RecordFormat ofMediaType(String contentType) {
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

    /** By the first character that is no blank. */
    static RecordFormat ofContent(int first) {
        return first == '{' || first == '[' ? JSON : CSV;
    }
}
