package org.sftoolkit.camel.files;

import io.vertx.core.Future;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.client.FieldDescription;
import org.sftoolkit.camel.client.ObjectDescription;
import org.sftoolkit.camel.operation.OperationContext;

/** Which objects and fields hold files. */
final class BlobFields {

    static final String CONTENT_VERSION = "ContentVersion";
    static final String CONTENT_DOCUMENT = "ContentDocument";

    private BlobFields() {}

    /**
     * The object that an Id's prefix names, for those that hold files; null for others.
     *
     * @see <a href="https://help.salesforce.com/s/articleView?id=000385203&type=1">Salesforce Help: Standard Field Record
     *      ID Prefix Decoder</a>
     */
    static @Nullable String typeOf(String id) {
        return switch (id.length() < 3 ? "" : id.substring(0, 3)) {
            case "068" -> CONTENT_VERSION;
            case "069" -> CONTENT_DOCUMENT;
            case "00P" -> "Attachment";
            case "015" -> "Document";
            default -> null;
        };
    }

    /** The field that holds an object's file. */
    static Future<String> of(String type, OperationContext call) {
        String named = call.options().files().blobField();
        return named != null
                ? Future.succeededFuture(named)
                : call.client().metadata().describe(type).map(BlobFields::only);
    }

    private static String only(ObjectDescription object) {
        List<String> fields = object.fields().stream()
                .filter(field -> field.type().equals("base64"))
                .map(FieldDescription::name)
                .toList();
        if (fields.size() == 1) {
            return fields.get(0);
        }
        throw new IllegalArgumentException(
                fields.isEmpty()
                        ? object.name() + " has no field that can contain a file"
                        : object.name() + " has several fields that can contain a file: set blobField to one of "
                                + fields);
    }
}
