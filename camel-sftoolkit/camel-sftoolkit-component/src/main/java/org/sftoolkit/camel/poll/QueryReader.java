package org.sftoolkit.camel.poll;

import io.vertx.core.Future;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.client.FieldDescription;
import org.sftoolkit.camel.client.ObjectDescription;
import org.sftoolkit.camel.client.SalesforceClient;
import org.sftoolkit.camel.model.FieldNames;
import org.sftoolkit.camel.model.SObject;
import org.sftoolkit.camel.query.QueryClient;
import org.sftoolkit.camel.query.QueryPages;
import org.sftoolkit.camel.query.QueryRequest;
import org.sftoolkit.camel.soql.SoqlLiteral;
import org.sftoolkit.camel.soql.SoqlSelect;

/** Reads spans of a query through the org's API. */
public final class QueryReader implements SpanReader {

    private final SalesforceClient client;
    private final Supplier<Future<Instant>> clock;
    private final PolledQuery query;

    /** A reader of this query. */
    public QueryReader(SalesforceClient client, Supplier<Future<Instant>> clock, PolledQuery query) {
        this.client = client;
        this.clock = clock;
        this.query = query;
    }

    @Override
    public Future<Instant> now() {
        return clock.get();
    }

    @Override
    public Instant stamp(SObject row) {
        if (FieldNames.value(row, query.watermarkField()) instanceof OffsetDateTime stamp) {
            return stamp.toInstant();
        }
        throw new IllegalArgumentException("watermarkField=" + query.watermarkField()
                + " has no date and time in a row: use a field that always has one");
    }

    @Override
    public Rows open(Span span) {
        return new Rows() {
            private @Nullable QueryPages pages;

            @Override
            public Future<@Nullable List<SObject>> next() {
                if (pages != null) {
                    return page(pages);
                }
                return statement(span).compose(soql -> {
                    var begun = new QueryClient(client)
                            .rows(new QueryRequest(soql, query.includeDeleted(), false, query.pageSize(), Map.of()));
                    pages = begun;
                    return page(begun);
                });
            }

            private Future<@Nullable List<SObject>> page(QueryPages from) {
                Future<List<SObject>> rows = from.page();
                // a user's statement may return more than requested
                return query.soql() == null ? rows : rows.map(some -> some == null ? null : within(some, lower(span)));
            }
        };
    }

    private List<SObject> within(List<SObject> rows, @Nullable Instant lower) {
        return rows.stream()
                .filter(row -> lower == null || !stamp(row).isBefore(lower))
                .toList();
    }

    private static @Nullable Instant lower(Span span) {
        return span.after() == null ? span.lower() : span.after().stamp();
    }

    private Future<String> statement(Span span) {
        if (query.soql() != null) {
            return Future.succeededFuture(query.soql().bind(lower(span), span.until()));
        }
        return client.metadata().describe(query.sObject()).map(object -> built(span, fields(query, object)));
    }

    private String built(Span span, List<String> fields) {
        String field = query.watermarkField();
        var where = new StringBuilder();
        if (query.where() != null && !query.where().isBlank()) {
            where.append('(').append(query.where()).append(") AND ");
        }
        if (span.after() != null) {
            String stamp = SoqlLiteral.of(span.after().stamp());
            where.append("(%s > %s OR (%s = %s AND Id > %s)) AND "
                    .formatted(
                            field,
                            stamp,
                            field,
                            stamp,
                            SoqlLiteral.text(span.after().id())));
        } else if (span.lower() != null) {
            where.append(field)
                    .append(" >= ")
                    .append(SoqlLiteral.of(span.lower()))
                    .append(" AND ");
        }
        where.append(field).append(" < ").append(SoqlLiteral.of(span.until()));
        return new SoqlSelect(query.sObject(), fields, where.toString(), field + ", Id", null)
                .template()
                .text();
    }

    /**
     * The statement of a bulk query.
     *
     * @param from  begin of the window, which only a user's own statement asks for; null for no bound
     * @param until end of the window, which bounds it
     * @param all   whether it has no bound
     */
    public Future<String> extract(@Nullable Instant from, Instant until, boolean all) {
        if (query.soql() != null) {
            return Future.succeededFuture(query.soql().bind(from, until));
        }
        return client.metadata().describe(query.sObject()).map(object -> bulk(query, object, all ? null : until));
    }

    /** The statement of everything before an instant, without what Bulk cannot select. */
    private static String bulk(PolledQuery query, ObjectDescription object, @Nullable Instant until) {
        List<String> fields = fields(query, object).stream()
                .filter(name -> object.field(name)
                        .map(field -> !Set.of("address", "location", "base64").contains(field.type()))
                        .orElse(true))
                .toList();
        String where = query.where() == null || query.where().isBlank() ? "" : "(" + query.where() + ")";
        String bound = until == null ? "" : query.watermarkField() + " < " + SoqlLiteral.of(until);
        String both = where.isEmpty() || bound.isEmpty() ? where + bound : where + " AND " + bound;
        return new SoqlSelect(query.sObject(), fields, both, null, null)
                .template()
                .text();
    }

    /** The requested fields and those that the consumer needs, without file contents. */
    static List<String> fields(PolledQuery query, ObjectDescription object) {
        FieldDescription watermark = object.field(query.watermarkField())
                .orElseThrow(() -> new IllegalArgumentException("watermarkField=" + query.watermarkField() + ": "
                        + object.name() + " has no such field: use one with the time of the last change"));
        if (!watermark.type().equals("datetime")) {
            throw new IllegalArgumentException("watermarkField=" + query.watermarkField() + " is a " + watermark.type()
                    + ": use a field with date and time");
        }
        var fields = new ArrayList<String>();
        if (query.fields().isEmpty()) {
            object.fields().stream()
                    .filter(field -> !field.type().equals("base64"))
                    .forEach(field -> fields.add(field.name()));
            return fields;
        }
        fields.addAll(query.fields());
        for (String needed : List.of("Id", query.watermarkField(), "CreatedDate", "IsDeleted")) {
            boolean wanted = !needed.equals("IsDeleted") || query.includeDeleted();
            if (wanted && object.field(needed).isPresent() && fields.stream().noneMatch(needed::equalsIgnoreCase)) {
                fields.add(needed);
            }
        }
        return fields;
    }
}
