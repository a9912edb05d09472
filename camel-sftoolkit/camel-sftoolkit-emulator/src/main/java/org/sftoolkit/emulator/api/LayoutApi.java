package org.sftoolkit.emulator.api;

import static org.sftoolkit.emulator.api.Endpoint.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sftoolkit.emulator.org.FieldSchema;
import org.sftoolkit.emulator.org.ObjectSchema;
import org.sftoolkit.emulator.org.Org;
import org.sftoolkit.emulator.org.RecordIds;
import org.sftoolkit.emulator.org.Row;
import org.sftoolkit.emulator.org.WireValues;

/**
 * Layouts, compact layouts and list views (REST API Developer Guide: "sObject Layouts", "Compact Layouts", "List Views"), made
 * from the schema: one layout with all fields, the system's compact layout, and the view of all rows.
 */
final class LayoutApi {

    private static final String MASTER = "012000000000000AAA";
    private static final int MOST_ROWS = 2_000;
    private static final int COLUMNS = 5;

    private final Org org;

    LayoutApi(Org org) {
        this.org = org;
    }

    List<Endpoint> endpoints() {
        return List.of(
                data("GET", "/compactLayouts", this::compactLayouts),
                data("GET", "/sobjects/{object}/describe/layouts", this::layouts),
                data("GET", "/sobjects/{object}/describe/layouts/{recordType}", this::layout),
                data("GET", "/sobjects/{object}/describe/compactLayouts", call -> Answer.ok(compact(object(call)))),
                data("GET", "/sobjects/{object}/listviews", this::listViews),
                data("GET", "/sobjects/{object}/listviews/{view}", call -> Answer.ok(view(call))),
                data("GET", "/sobjects/{object}/listviews/{view}/describe", this::describeView),
                data("GET", "/sobjects/{object}/listviews/{view}/results", this::results)
                        .offLoop());
    }

    private Answer layouts(ApiCall call) {
        ObjectSchema object = object(call);
        Map<String, Object> mapping = new LinkedHashMap<>();
        mapping.put("active", true);
        mapping.put("available", true);
        mapping.put("defaultRecordTypeMapping", true);
        mapping.put("layoutId", layoutId(object));
        mapping.put("master", true);
        mapping.put("name", "Master");
        mapping.put("picklistsForRecordType", List.of());
        mapping.put("recordTypeId", MASTER);
        mapping.put("urls", Map.of("layout", url(call, object) + "/describe/layouts/" + MASTER));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("layouts", List.of(layout(object)));
        json.put("recordTypeMappings", List.of(mapping));
        json.put("recordTypeSelectorRequired", List.of(false));
        return Answer.ok(json);
    }

    private Answer layout(ApiCall call) {
        if (!call.param("recordType").startsWith(MASTER.substring(0, 15))) {
            throw ApiException.notFound();
        }
        return Answer.ok(layout(object(call)));
    }

    private static Map<String, Object> layout(ObjectSchema object) {
        List<Object> rows = new ArrayList<>();
        for (FieldSchema field : object.fields()) {
            if (!field.name().equals("Id") && field.compoundFieldName() == null) {
                rows.add(Map.of("layoutItems", List.of(item(field)), "numItems", 1));
            }
        }
        Map<String, Object> section = new LinkedHashMap<>();
        section.put("collapsed", false);
        section.put("columns", 1);
        section.put("heading", object.label() + " Information");
        section.put("layoutRows", rows);
        section.put("parentLayoutId", layoutId(object));
        section.put("rows", rows.size());
        section.put("tabOrder", "TopToBottom");
        section.put("useCollapsibleSection", false);
        section.put("useHeading", true);
        Map<String, Object> layout = new LinkedHashMap<>();
        layout.put("buttonLayoutSection", null);
        layout.put("detailLayoutSections", List.of(section));
        layout.put("editLayoutSections", List.of(section));
        layout.put("id", layoutId(object));
        layout.put("relatedLists", List.of());
        return layout;
    }

    private static Map<String, Object> item(FieldSchema field) {
        Map<String, Object> component = new LinkedHashMap<>();
        component.put("details", field.describe());
        component.put("displayLines", 1);
        component.put("tabOrder", field.index());
        component.put("type", "Field");
        component.put("value", field.name());
        Map<String, Object> item = new LinkedHashMap<>();
        item.put("editableForNew", field.createable());
        item.put("editableForUpdate", field.updateable());
        item.put("label", field.label());
        item.put("layoutComponents", List.of(component));
        item.put("placeholder", false);
        item.put("required", field.requiredOnCreate());
        return item;
    }

    private Answer compactLayouts(ApiCall call) {
        Map<String, Object> json = new LinkedHashMap<>();
        for (String name : call.queryParam("q").orElse("").split(",")) {
            org.schema().object(name.strip()).ifPresent(object -> json.put(object.name(), compact(object)));
        }
        return Answer.ok(json);
    }

    private static Map<String, Object> compact(ObjectSchema object) {
        Map<String, Object> layout = new LinkedHashMap<>();
        layout.put("actions", List.of());
        layout.put("fieldItems", columns(object).stream().map(LayoutApi::item).toList());
        layout.put("id", null);
        layout.put("imageItems", List.of());
        layout.put("label", "System Default");
        layout.put("name", "SYSTEM");
        layout.put("objectType", object.name());
        Map<String, Object> mapping = new LinkedHashMap<>();
        mapping.put("available", true);
        mapping.put("compactLayoutId", null);
        mapping.put("compactLayoutName", "SYSTEM");
        mapping.put("recordTypeId", MASTER);
        mapping.put("recordTypeName", "Master");
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("compactLayouts", List.of(layout));
        json.put("defaultCompactLayoutId", null);
        json.put("recordTypeCompactLayoutMappings", List.of(mapping));
        return json;
    }

    private Answer listViews(ApiCall call) {
        ObjectSchema object = object(call);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("done", true);
        json.put("listviews", List.of(all(call, object)));
        json.put("nextRecordsUrl", null);
        json.put("size", 1);
        json.put("sobjectType", object.name());
        return Answer.ok(json);
    }

    private Map<String, Object> view(ApiCall call) {
        ObjectSchema object = object(call);
        String wanted = call.param("view");
        Map<String, Object> view = all(call, object);
        if (!String.valueOf(view.get("id")).startsWith(wanted) && !wanted.equals(view.get("developerName"))) {
            throw ApiException.notFound();
        }
        return view;
    }

    private static Map<String, Object> all(ApiCall call, ObjectSchema object) {
        String id = viewId(object);
        String url = url(call, object) + "/listviews/" + id;
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("describeUrl", url + "/describe");
        view.put("developerName", "All" + object.name());
        view.put("id", id);
        view.put("label", "All " + object.describe().path("labelPlural").asText(object.label()));
        view.put("resultsUrl", url + "/results");
        view.put("soqlCompatible", true);
        view.put("url", url);
        return view;
    }

    private Answer describeView(ApiCall call) {
        Map<String, Object> view = view(call);
        ObjectSchema object = object(call);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("columns", viewColumns(object));
        json.put("id", view.get("id"));
        json.put("orderBy", List.of(Map.of("fieldNameOrPath", "Id", "nullsPosition", "first", "sortDirection", "asc")));
        json.put("query", "SELECT " + names(object) + " FROM " + object.name() + " ORDER BY Id ASC NULLS FIRST");
        json.put("relatedEntityId", null);
        json.put("scope", "everything");
        json.put("scopeEntity", null);
        json.put("sobjectType", object.name());
        json.put("whereCondition", null);
        return Answer.ok(json);
    }

    private Answer results(ApiCall call) {
        Map<String, Object> view = view(call);
        ObjectSchema object = object(call);
        List<Row> rows = org.rows(object, false);
        List<Row> shown = rows.subList(0, Math.min(MOST_ROWS, rows.size()));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("columns", viewColumns(object));
        json.put("developerName", view.get("developerName"));
        json.put("done", shown.size() == rows.size());
        json.put("id", view.get("id"));
        json.put("label", view.get("label"));
        json.put(
                "records",
                shown.stream().map(row -> Map.of("columns", cells(object, row))).toList());
        json.put("size", shown.size());
        return Answer.ok(json).withRecords(shown.size());
    }

    private static List<Object> cells(ObjectSchema object, Row row) {
        List<Object> cells = new ArrayList<>();
        for (FieldSchema field : columns(object)) {
            Object value = WireValues.of(field, row.get(field));
            Map<String, Object> cell = new LinkedHashMap<>();
            cell.put("fieldNameOrPath", field.name());
            cell.put("value", value == null ? null : value.toString());
            cells.add(cell);
        }
        return cells;
    }

    private static List<Object> viewColumns(ObjectSchema object) {
        List<Object> columns = new ArrayList<>();
        for (FieldSchema field : columns(object)) {
            Map<String, Object> column = new LinkedHashMap<>();
            column.put("ascendingLabel", null);
            column.put("descendingLabel", null);
            column.put("fieldNameOrPath", field.name());
            column.put("hidden", field.name().equals("Id"));
            column.put("label", field.label());
            column.put("selectListItem", field.name());
            column.put("sortable", field.sortable());
            column.put("type", field.type().wireName());
            columns.add(column);
        }
        return columns;
    }

    private static String names(ObjectSchema object) {
        return String.join(", ", columns(object).stream().map(FieldSchema::name).toList());
    }

    /** The name, a few more fields that people read, and the id. */
    private static List<FieldSchema> columns(ObjectSchema object) {
        List<FieldSchema> columns = new ArrayList<>();
        object.nameField().ifPresent(columns::add);
        for (FieldSchema field : object.fields()) {
            boolean readable = field.createable() && field.sortable() && field.compoundFieldName() == null;
            if (columns.size() < COLUMNS && readable && !columns.contains(field)) {
                columns.add(field);
            }
        }
        object.field("Id").filter(id -> !columns.contains(id)).ifPresent(columns::add);
        return columns;
    }

    private static String layoutId(ObjectSchema object) {
        return id("00h", object);
    }

    private static String viewId(ObjectSchema object) {
        return id("00B", object);
    }

    /** Of the object's name, so that it is the same in each run. */
    private static String id(String prefix, ObjectSchema object) {
        int hash = Math.floorMod(Arrays.hashCode(object.name().toCharArray()), 1_000_000_000);
        return RecordIds.of(prefix, "00", hash);
    }

    private static String url(ApiCall call, ObjectSchema object) {
        return call.root() + "/sobjects/" + object.name();
    }

    private ObjectSchema object(ApiCall call) {
        return org.schema().object(call.param("object")).orElseThrow(ApiException::notFound);
    }
}
