package org.sftoolkit.emulator.org;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What Salesforce does by itself when a ContentVersion is inserted: its document, its number, its size and its
 * links (Object Reference: "ContentVersion", "ContentDocument", "ContentDocumentLink"). The checksum is left null.
 */
final class FileRows {

    private static final String LATEST = "IsLatest";

    private final Org org;
    private final Consumer<Row> put;
    private final Instant now;
    private final String userId;

    FileRows(Org org, Consumer<Row> put, Instant now, String userId) {
        this.org = org;
        this.put = put;
        this.now = now;
        this.userId = userId;
    }

    /** Sets the fields of a new row that follow from its content. */
    void complete(ObjectSchema object, RowBuilder builder) {
        if (object.name().equals("ContentVersion")) {
            version(builder);
        }
    }

    /** Makes or changes the rows around a new ContentVersion. */
    void inserted(Row row) {
        if (!row.schema().name().equals("ContentVersion")) {
            return;
        }
        String documentId = (String) row.get("ContentDocumentId");
        Row document = org.table(org.object("ContentDocument")).get(documentId);
        for (Row earlier : versions(documentId)) {
            if (!earlier.id().equals(row.id()) && Boolean.TRUE.equals(earlier.get(LATEST))) {
                put.accept(with(earlier, Map.of(LATEST, false)));
            }
        }
        if (document == null) {
            put.accept(document(row, documentId));
            link(documentId, userId, "I");
            Object place = row.get("FirstPublishLocationId");
            if (place != null && !place.equals(userId)) {
                link(documentId, (String) place, "V");
            }
        } else {
            put.accept(with(document, content(row)));
        }
    }

    private void version(RowBuilder builder) {
        if (builder.value("VersionData") == null && builder.value("ContentUrl") == null) {
            // Which error is not documented; assumed.
            throw RowRefusedException.of(
                    "REQUIRED_FIELD_MISSING", "Required fields are missing: [VersionData]", "VersionData");
        }
        String documentId = (String) builder.value("ContentDocumentId");
        if (documentId == null) {
            builder.system("ContentDocumentId", org.newId("069"));
        }
        int number = documentId == null ? 1 : versions(documentId).size() + 1;
        String path = String.valueOf(builder.value("PathOnClient"));
        String name = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
        int dot = name.lastIndexOf('.');
        String extension = dot < 0 ? null : name.substring(dot + 1);
        builder.system(LATEST, true)
                .system("VersionNumber", String.valueOf(number))
                .system("ContentSize", size(builder.value("VersionData")))
                .system("FileExtension", extension)
                .system("FileType", extension == null ? "UNKNOWN" : extension.toUpperCase(Locale.ROOT))
                .system("PublishStatus", "R")
                .preset("Title", dot < 0 ? name : name.substring(0, dot))
                .preset("SharingOption", "A")
                .preset("SharingPrivacy", "N")
                .preset("Origin", "C")
                .preset("ContentLocation", "S")
                .preset("ContentModifiedDate", now)
                .preset("ContentModifiedById", userId);
    }

    private List<Row> versions(String documentId) {
        ObjectSchema object = org.object("ContentVersion");
        ObjectTable table = org.table(object);
        return table.idsWith(object.field("ContentDocumentId").orElseThrow(), documentId).stream()
                .map(table::get)
                .toList();
    }

    private Row document(Row version, String id) {
        Map<String, Object> fields = new LinkedHashMap<>(content(version));
        fields.put("Id", id);
        fields.put("CreatedDate", now);
        fields.put("CreatedById", userId);
        fields.put("OwnerId", version.get("OwnerId"));
        fields.put("IsArchived", false);
        fields.put("IsDeleted", false);
        fields.put("PublishStatus", "P");
        fields.put("SharingOption", "A");
        fields.put("SharingPrivacy", "N");
        return row("ContentDocument", fields);
    }

    private Map<String, Object> content(Row version) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (String shared : List.of("Title", "Description", "ContentSize", "FileType", "FileExtension")) {
            fields.put(shared, version.get(shared));
        }
        fields.put("LatestPublishedVersionId", version.id());
        fields.put("ContentModifiedDate", now);
        fields.put("LastModifiedDate", now);
        fields.put("LastModifiedById", userId);
        fields.put("SystemModstamp", now);
        return fields;
    }

    private void link(String documentId, String entityId, String shareType) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("Id", org.newId("06A"));
        fields.put("ContentDocumentId", documentId);
        fields.put("LinkedEntityId", entityId);
        fields.put("ShareType", shareType);
        fields.put("Visibility", "AllUsers");
        fields.put("IsDeleted", false);
        fields.put("SystemModstamp", now);
        put.accept(row("ContentDocumentLink", fields));
    }

    private Row row(String object, Map<String, Object> fields) {
        ObjectSchema schema = org.object(object);
        return with(new Row(schema, new Object[schema.fields().size()]), fields);
    }

    private static Row with(Row row, Map<String, Object> fields) {
        Object[] values = row.copyOfValues();
        fields.forEach((name, value) -> row.schema().field(name).ifPresent(field -> values[field.index()] = value));
        return new Row(row.schema(), values);
    }

    private static Object size(Object content) {
        return content instanceof Blob blob ? BigDecimal.valueOf(blob.size()) : BigDecimal.ZERO;
    }
}
