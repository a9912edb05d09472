package org.sftoolkit.camel.operation;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.sftoolkit.camel.client.BlobPart;
import org.sftoolkit.camel.client.ObjectDescription;
import org.sftoolkit.camel.model.FieldNames;
import org.sftoolkit.camel.model.SentFields;
import org.sftoolkit.camel.model.Upload;

/** The fields that go with a file: those of the user, and where they are missing those that name the file. */
final class UploadFields {

    private final Upload upload;
    private final ObjectDescription object;
    private final BlobPart blob;
    private final CallOptions options;

    UploadFields(Upload upload, ObjectDescription object, BlobPart blob, CallOptions options) {
        this.upload = upload;
        this.object = object;
        this.blob = blob;
        this.options = options;
    }

    /** Id of the record that the file is attached to, or null. */
    static String linkTo(Upload upload, CallOptions options) {
        return upload.linkTo() != null ? upload.linkTo() : options.files().linkTo();
    }

    Map<String, Object> fields() {
        var fields = new LinkedHashMap<String, Object>();
        if (upload.record() != null) {
            fields.putAll(new SentFields()
                    .of(upload.record(), upload.record().fields().keySet(), Set.of(), object));
            fields.keySet().removeIf(name -> name.equalsIgnoreCase("Id") || name.equalsIgnoreCase(blob.field()));
        }
        if (upload.id() != null) {
            return fields;
        }
        String link = linkTo(upload, options);
        switch (object.name()) {
            case BlobFields.CONTENT_VERSION -> {
                putIfAbsent(fields, "Title", withoutExtension(blob.fileName()));
                putIfAbsent(fields, "PathOnClient", blob.fileName());
            }
            case "Attachment" -> {
                putIfAbsent(fields, "Name", blob.fileName());
                putIfAbsent(fields, "ContentType", blob.contentType());
                if (link != null) {
                    putIfAbsent(fields, "ParentId", link);
                }
            }
            default -> {
                if (object.field("Name").filter(name -> name.createable()).isPresent()) {
                    putIfAbsent(fields, "Name", blob.fileName());
                }
            }
        }
        return fields;
    }

    private static void putIfAbsent(Map<String, Object> fields, String name, Object value) {
        if (FieldNames.find(fields, name) == null) {
            fields.put(name, value);
        }
    }

    private static String withoutExtension(String name) {
        int dot = name.lastIndexOf('.');
        return dot <= 0 ? name : name.substring(0, dot);
    }
}
