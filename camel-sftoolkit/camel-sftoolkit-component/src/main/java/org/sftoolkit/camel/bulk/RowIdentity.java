package org.sftoolkit.camel.bulk;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.client.FieldDescription;
import org.sftoolkit.camel.client.ObjectDescription;
import org.sftoolkit.camel.model.FieldNames;
import org.sftoolkit.camel.model.RecordId;
import org.sftoolkit.camel.operation.BulkAction;

/**
 * What a row of a job is known by, in the form in which it is sent and in that in which results give it back: its Id or external id,
 * else all of its content. Numbers and times come in another form than they were sent. Thread-safe.
 */
public final class RowIdentity {

    /** Of a row's content: what is compared instead of the content itself, which may be large. */
    private record Print(long first, long second) {}

    private static final DateTimeFormatter OFFSET = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss[.SSS][XXX][XX]");

    private final BulkAction action;
    private final List<String> columns;
    /** Null for an insert, whose rows are known by their content. */
    private final @Nullable String key;

    private final List<String> types = new ArrayList<>();
    private final boolean caseSensitive;
    private final MessageDigest digest = digest();

    /**
     * @param externalIdField of an upsert; not needed for another action
     * @param object null if it is not known
     */
    public RowIdentity(
            BulkAction action,
            List<String> columns,
            @Nullable String externalIdField,
            @Nullable ObjectDescription object) {
        this.action = action;
        this.columns = columns;
        this.key = switch (action) {
            case INSERT -> null;
            case UPSERT -> externalIdField;
            default -> "Id";
        };
        columns.forEach(column -> types.add(
                object == null
                        ? ""
                        : object.field(column).map(FieldDescription::type).orElse("")));
        this.caseSensitive = object != null
                && key != null
                && object.field(key).filter(FieldDescription::caseSensitive).isPresent();
    }

    /** What a row is known by, as results give it back. */
    public Object of(Map<String, String> cells) {
        List<String> values = new ArrayList<>(columns.size());
        columns.forEach(column -> {
            String cell = cells.get(column);
            values.add(cell != null ? cell : String.valueOf(FieldNames.value(cells, column)));
        });
        return of(values);
    }

    /** What a row is known by, as it was sent. */
    public synchronized Object of(List<String> cells) {
        for (int i = 0; key != null && i < columns.size(); i++) {
            if (columns.get(i).equalsIgnoreCase(key)) {
                String value = canonical(types.get(i), cells.get(i));
                return action == BulkAction.UPDATE || action.deletes()
                        ? RecordId.of18(value.strip())
                        : caseSensitive ? value : value.toLowerCase(Locale.ROOT);
            }
        }
        for (int i = 0; i < cells.size(); i++) {
            byte[] cell = canonical(types.get(i), cells.get(i)).getBytes(StandardCharsets.UTF_8);
            digest.update(ByteBuffer.allocate(4).putInt(cell.length).array());
            digest.update(cell);
        }
        ByteBuffer print = ByteBuffer.wrap(digest.digest());
        return new Print(print.getLong(), print.getLong());
    }

    /** The cell in the one form that all spellings of its value have. */
    private static String canonical(String type, String cell) {
        return switch (type) {
            case "int", "long", "double", "currency", "percent" -> number(cell);
            case "datetime" -> instant(cell);
            case "boolean" -> cell.toLowerCase(Locale.ROOT);
            default ->
                cell.indexOf('\r') < 0 ? cell : cell.replace("\r\n", "\n").replace('\r', '\n');
        };
    }

    private static String number(String cell) {
        try {
            BigDecimal exact = new BigDecimal(cell.strip());
            // beyond a double's digits Salesforce gives back what a double keeps
            return Double.toString(exact.doubleValue());
        } catch (NumberFormatException e) {
            return cell;
        }
    }

    private static String instant(String cell) {
        try {
            return OffsetDateTime.parse(cell, OFFSET).toInstant().toString();
        } catch (DateTimeException e) {
            return cell;
        }
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }
}
