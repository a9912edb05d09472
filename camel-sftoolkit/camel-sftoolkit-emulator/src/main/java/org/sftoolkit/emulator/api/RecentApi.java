package org.sftoolkit.emulator.api;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sftoolkit.emulator.org.ObjectSchema;
import org.sftoolkit.emulator.org.Org;
import org.sftoolkit.emulator.org.Row;

/**
 * Rows that were used last (REST API Developer Guide: "Recently Viewed Items"). The emulator does not keep who viewed what; it
 * gives those that were written last.
 */
final class RecentApi {

    private static final int LIMIT = 200;
    private static final Comparator<Row> NEWEST =
            Comparator.comparing(RecentApi::changed).reversed();

    private final Org org;

    RecentApi(Org org) {
        this.org = org;
    }

    Answer recent(ApiCall call) {
        int most = call.queryParam("limit").map(RecentApi::number).orElse(LIMIT);
        List<Row> rows = new ArrayList<>();
        for (ObjectSchema object : org.schema().objects()) {
            if (object.nameField().isPresent() && object.is("layoutable")) {
                rows.addAll(newest(object, most));
            }
        }
        return Answer.ok(rows.stream()
                        .sorted(NEWEST)
                        .limit(most)
                        .map(row -> item(call, row))
                        .toList())
                .withRecords(Math.min(most, rows.size()));
    }

    /** The rows of one object that were written last. */
    List<Map<String, Object>> items(ApiCall call, ObjectSchema object) {
        return newest(object, LIMIT).stream().map(row -> item(call, row)).toList();
    }

    private List<Row> newest(ObjectSchema object, int most) {
        return org.rows(object, false).stream().sorted(NEWEST).limit(most).toList();
    }

    private static Instant changed(Row row) {
        return row.get("SystemModstamp") instanceof Instant at ? at : Instant.EPOCH;
    }

    private static Map<String, Object> item(ApiCall call, Row row) {
        String type = row.schema().name();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("attributes", Map.of("type", type, "url", call.root() + "/sobjects/" + type + "/" + row.id()));
        json.put("Id", row.id());
        row.schema().nameField().ifPresent(field -> json.put(field.name(), row.get(field)));
        return json;
    }

    private static int number(String text) {
        if (!text.matches("\\d{1,6}")) {
            throw new ApiException(400, "INVALID_PARAMETER_VALUE", "limit must be a number, not '" + text + "'");
        }
        return Integer.parseInt(text);
    }
}
