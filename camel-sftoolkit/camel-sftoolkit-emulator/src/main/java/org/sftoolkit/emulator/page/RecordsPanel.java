package org.sftoolkit.emulator.page;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.sftoolkit.emulator.api.Answer;
import org.sftoolkit.emulator.api.ApiCall;
import org.sftoolkit.emulator.api.ApiException;
import org.sftoolkit.emulator.api.Endpoint;
import org.sftoolkit.emulator.control.Controlled;
import org.sftoolkit.emulator.org.ChildRelationship;
import org.sftoolkit.emulator.org.FieldSchema;
import org.sftoolkit.emulator.org.FieldType;
import org.sftoolkit.emulator.org.ObjectSchema;
import org.sftoolkit.emulator.org.Org;
import org.sftoolkit.emulator.org.Row;
import org.sftoolkit.emulator.org.WireValues;

/** The objects, their rows page by page, and a row with all its fields. */
final class RecordsPanel implements Panel {

    static final String RECORDS = ROOT + "/records/";

    private static final int ROWS = 50;
    private static final int COLUMNS = 8;
    private static final Set<String> LAST = Set.of(
            "OwnerId",
            "CreatedDate",
            "CreatedById",
            "LastModifiedById",
            "SystemModstamp",
            "IsDeleted",
            "LastModifiedDate");

    private final Org org;

    RecordsPanel(Controlled emulator) {
        this.org = emulator.org();
    }

    @Override
    public List<Endpoint> endpoints() {
        return List.of(
                Panel.get("/", this::objects),
                Panel.get("/records/{object}", this::rows),
                Panel.get("/records/{object}/{id}", this::row),
                Panel.post("/records/{object}/{id}/delete", this::delete),
                Panel.post("/records/{object}/{id}/undelete", this::undelete));
    }

    private Answer objects(ApiCall call) {
        List<Html> filled = new ArrayList<>();
        List<Html> empty = new ArrayList<>();
        for (ObjectSchema object : org.schema().objects()) {
            int count = org.count(object.name());
            Html link = objectLink(object);
            if (count > 0) {
                filled.add(Html.of(
                        "<tr><td>{}</td><td>{}</td><td class=\"number\">{}</td></tr>", link, object.label(), count));
            } else {
                empty.add(Html.of("<li>{}</li>", link));
            }
        }
        return Layout.page(
                "/",
                "Records",
                Html.of(
                        """
                        {}
                        <h2>Without records</h2>
                        <ul class="columns">{}</ul>
                        """,
                        Layout.table("Objects with records", List.of("Object", "Label", "Records"), Html.all(filled)),
                        empty));
    }

    private static Html objectLink(ObjectSchema object) {
        return Html.of("<a href=\"{}\">{}</a>", RECORDS + Panel.encoded(object.name()), object.name());
    }

    private Answer rows(ApiCall call) {
        ObjectSchema object = object(call);
        boolean deleted = call.queryParam("deleted").filter("yes"::equals).isPresent();
        String before = call.queryParam("before").orElse("");
        String after = call.queryParam("after").orElse("");
        List<Row> rows = before.isEmpty()
                ? org.rows(object, after, false, ROWS, deleted)
                : org.rows(object, before, true, ROWS, deleted);
        List<FieldSchema> columns = columns(object, rows);
        Html table = Layout.table(
                "Records of " + object.name(),
                columns.stream().map(FieldSchema::name).toList(),
                Html.all(rows.stream()
                        .map(row -> Html.of(
                                "<tr{}>{}</tr>",
                                Html.when(row.deleted(), " class=\"deleted\""),
                                Html.all(columns.stream()
                                        .map(field -> Html.of("<td>{}</td>", shortened(value(row, field)))))))));
        return Layout.page(
                "/",
                object.name(),
                Html.of(
                        """
                        <p>{} records{}. <a href="{}">{}</a></p>
                        {}
                        <nav aria-label="Pages"><ul>{}{}{}</ul></nav>
                        """,
                        org.count(object.name()),
                        deleted ? " and those in the recycle bin" : "",
                        path(object, !deleted, ""),
                        deleted ? "Hide the recycle bin" : "Show the recycle bin too",
                        rows.isEmpty() ? Html.of("<p>No records here.</p>") : table,
                        Html.of("<li><a href=\"{}\">First</a></li>", path(object, deleted, "")),
                        rows.isEmpty()
                                ? Html.NONE
                                : Html.of(
                                        "<li><a rel=\"prev\" href=\"{}\">Back</a></li>",
                                        path(
                                                object,
                                                deleted,
                                                "before=" + rows.get(0).id())),
                        Html.when(
                                rows.size() == ROWS,
                                "<li><a rel=\"next\" href=\"{}\">Next</a></li>",
                                path(
                                        object,
                                        deleted,
                                        "after="
                                                + (rows.isEmpty()
                                                        ? ""
                                                        : rows.get(rows.size() - 1)
                                                                .id())))));
    }

    private static String path(ObjectSchema object, boolean deleted, String place) {
        String query = (deleted ? "deleted=yes&" : "") + place;
        return RECORDS + Panel.encoded(object.name()) + (query.isEmpty() ? "" : "?" + query);
    }

    /** Id, name, and the first fields that have a value in one of the rows. */
    private static List<FieldSchema> columns(ObjectSchema object, List<Row> rows) {
        Set<FieldSchema> columns = new LinkedHashSet<>();
        object.field("Id").ifPresent(columns::add);
        object.nameField().ifPresent(columns::add);
        for (FieldSchema field : object.fields()) {
            boolean shown = !LAST.contains(field.name())
                    && !field.type().isCompound()
                    && rows.stream().anyMatch(row -> row.get(field) != null);
            if (shown && columns.size() < COLUMNS) {
                columns.add(field);
            }
        }
        object.field("LastModifiedDate").ifPresent(columns::add);
        return List.copyOf(columns);
    }

    private static Object shortened(Object value) {
        return value instanceof String text && text.length() > 80 ? text.substring(0, 80) + "…" : value;
    }

    /** A value as JSON answers have it, with a link where it is an id. */
    private Object value(Row row, FieldSchema field) {
        Object value = WireValues.of(field, row.get(field));
        if (value instanceof String id && (field.type() == FieldType.ID || field.type() == FieldType.REFERENCE)) {
            ObjectSchema target = field.type() == FieldType.ID
                    ? row.schema()
                    : org.schema().objectOfId(id).orElse(null);
            return target == null ? id : rowLink(target, id);
        }
        return value;
    }

    static Html rowLink(ObjectSchema object, String id) {
        return Html.of("<a href=\"{}\">{}</a>", RECORDS + Panel.encoded(object.name()) + "/" + Panel.encoded(id), id);
    }

    private Answer row(ApiCall call) {
        Row row = existing(call);
        return Layout.page("/", row.schema().name() + " " + row.id(), details(row));
    }

    private Html details(Row row) {
        String path = RECORDS + Panel.encoded(row.schema().name()) + "/" + row.id();
        return Html.of(
                """
                <div id="row">
                {}
                <p>{} <button class="outline" hx-post="{}" hx-target="#row" hx-swap="outerHTML">{}</button></p>
                {}
                {}
                </div>
                """,
                Html.when(row.deleted(), "<p class=\"problem\">This record lies in the recycle bin.</p>"),
                Html.of(
                        "<a href=\"{}\">All of {}</a>",
                        RECORDS + Panel.encoded(row.schema().name()),
                        row.schema().name()),
                path + (row.deleted() ? "/undelete" : "/delete"),
                row.deleted() ? "Take out of the recycle bin" : "Delete",
                Layout.definitions(row.schema().fields().stream()
                        .map(field -> Layout.definition(field.name(), value(row, field)))
                        .toList()),
                children(row));
    }

    private Html children(Row row) {
        List<Html> lists = new ArrayList<>();
        for (ChildRelationship relationship : row.schema().childRelationships()) {
            ObjectSchema child = org.schema().object(relationship.child()).orElse(null);
            FieldSchema field =
                    child == null ? null : child.field(relationship.field()).orElse(null);
            if (field != null && relationship.name() != null && org.indexed(field)) {
                List<Row> rows = org.rowsWith(child, field, row.id());
                if (!rows.isEmpty()) {
                    lists.add(Html.of(
                            "<h2>{} ({})</h2><ul>{}{}</ul>",
                            relationship.name(),
                            rows.size(),
                            Html.all(rows.stream()
                                    .limit(ROWS)
                                    .map(one -> Html.of("<li>{} {}</li>", rowLink(child, one.id()), name(one)))),
                            Html.when(rows.size() > ROWS, "<li>and {} more</li>", rows.size() - ROWS)));
                }
            }
        }
        return Html.all(lists);
    }

    private static Object name(Row row) {
        return row.schema().nameField().map(row::get).orElse(null);
    }

    private Answer delete(ApiCall call) {
        Row row = existing(call);
        org.delete(row.schema().name(), row.id());
        return Layout.part(details(existing(call)));
    }

    private Answer undelete(ApiCall call) {
        Row row = existing(call);
        org.undelete(row.schema().name(), row.id());
        return Layout.part(details(existing(call)));
    }

    private ObjectSchema object(ApiCall call) {
        return org.schema()
                .object(call.param("object"))
                .orElseThrow(
                        () -> new ApiException(404, "NOT_FOUND", "there is no object '" + call.param("object") + "'"));
    }

    private Row existing(ApiCall call) {
        return org.row(object(call), call.param("id"))
                .orElseThrow(() -> new ApiException(404, "NOT_FOUND", "there is no record " + call.param("id")));
    }
}
