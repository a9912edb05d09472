package org.sftoolkit.camel.records;

import io.vertx.core.Future;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.client.FieldDescription;
import org.sftoolkit.camel.client.ObjectDescription;
import org.sftoolkit.camel.client.SalesforceClient;
import org.sftoolkit.camel.error.Answer;
import org.sftoolkit.camel.error.MultipleChoicesException;
import org.sftoolkit.camel.error.RequestRejectedException;
import org.sftoolkit.camel.model.FieldNames;
import org.sftoolkit.camel.model.SObject;
import org.sftoolkit.camel.model.SaveError;
import org.sftoolkit.camel.model.WireText;
import org.sftoolkit.camel.model.WireValue;
import org.sftoolkit.camel.operation.Fanout;
import org.sftoolkit.camel.operation.OperationContext;
import org.sftoolkit.camel.query.QueryClient;
import org.sftoolkit.camel.soql.Parameters;
import org.sftoolkit.camel.soql.SoqlSplit;
import org.sftoolkit.camel.soql.SoqlTemplate;
import org.sftoolkit.camel.transport.Concurrency;

/**
 * Finds many records by their external ids. Collections support Ids only, so it uses queries, each for as many
 * records as one request allows.
 */
final class ExternalIds {

    private final SalesforceClient client;
    private final ObjectDescription object;
    private final FieldDescription field;
    private final List<String> fields;

    private ExternalIds(
            SalesforceClient client, ObjectDescription object, FieldDescription field, List<String> fields) {
        this.client = client;
        this.object = object;
        this.field = field;
        this.fields = fields;
    }

    /**
     * Records by external id, in the order of the values; null if there is no record.
     *
     * @param fields to read; empty for all
     */
    static Future<List<SObject>> find(
            SalesforceClient client,
            String type,
            String externalIdField,
            List<Object> values,
            List<String> fields,
            Concurrency concurrency) {
        return of(client, type, externalIdField, fields).compose(search -> search.find(values, concurrency));
    }

    private static Future<ExternalIds> of(
            SalesforceClient client, String type, String externalIdField, List<String> fields) {
        return client.metadata().describe(type).map(object -> {
            FieldDescription field = object.field(externalIdField).orElseThrow(() -> unknown(type, externalIdField));
            var selected = new LinkedHashSet<>(fields.isEmpty() ? object.fieldNames() : fields);
            selected.removeIf(name -> name.equalsIgnoreCase(field.name()) || name.equalsIgnoreCase("Id"));
            selected.add("Id");
            selected.add(field.name());
            return new ExternalIds(client, object, field, List.copyOf(selected));
        });
    }

    private static RequestRejectedException unknown(String type, String field) {
        return new RequestRejectedException(
                type + " has no field " + field + ", or it is hidden from this user: check externalIdField",
                Answer.NONE);
    }

    /**
     * The record that an external id identifies.
     *
     * @param id the record's Id; null if there is no record, or more than one
     * @param problem why there is no Id; null otherwise
     */
    record Found(@Nullable String id, @Nullable SaveError problem) {}

    /**
     * Ids by external id, in the order of the values; one that identifies no record, or several, has a problem
     * instead.
     */
    static Future<List<Found>> ids(OperationContext call, String type, List<Object> values) {
        String name = call.options().requiredExternalIdField();
        return of(call.client(), type, name, List.of("Id")).compose(search -> search.all(
                        values, call.options().concurrency())
                .map(found ->
                        values.stream().map(value -> search.id(value, found)).toList()));
    }

    /** All records that have these external ids, in the order of the values; empty for null. */
    static Future<List<List<SObject>>> candidates(
            OperationContext call, String type, List<Object> values, List<String> fields) {
        return of(call.client(), type, call.options().requiredExternalIdField(), fields)
                .compose(search -> search.all(values, call.options().concurrency())
                        .map(found -> values.stream()
                                .map(value -> value == null
                                        ? List.<SObject>of()
                                        : found.getOrDefault(search.key(value), List.of()))
                                .toList()));
    }

    private Found id(Object value, Map<String, List<SObject>> found) {
        if (value != null && typed(value) == null) {
            return new Found(null, unreadable(value));
        }
        List<SObject> records = value == null ? List.of() : found.getOrDefault(key(value), List.of());
        String what = object.name() + " with " + field.name() + " = " + value;
        return switch (records.size()) {
            case 0 -> new Found(null, new SaveError("NOT_FOUND", "there is no " + what, List.of(), false));
            case 1 -> new Found(records.get(0).id(), null);
            default ->
                new Found(
                        null,
                        new SaveError(
                                "DUPLICATE_EXTERNAL_ID", "there are several " + what, List.of(field.name()), false));
        };
    }

    private Future<List<SObject>> find(List<Object> values, Concurrency concurrency) {
        return all(values, concurrency).map(found -> {
            var records = new ArrayList<SObject>(values.size());
            values.forEach(value -> records.add(value == null ? null : only(found.get(key(value)))));
            return records;
        });
    }

    private Future<Map<String, List<SObject>>> all(List<Object> values, Concurrency concurrency) {
        Map<String, List<SObject>> found = new ConcurrentHashMap<>();
        return Fanout.run(Fanout.of(queries(values)), concurrency, soql -> new QueryClient(client)
                        .all(soql)
                        .onSuccess(records -> records.forEach(record -> found.computeIfAbsent(
                                        key(FieldNames.value(record, field.name())),
                                        key -> Collections.synchronizedList(new ArrayList<>()))
                                .add(record))))
                .map(done -> found);
    }

    private @Nullable SObject only(@Nullable List<SObject> records) {
        if (records == null) {
            return null;
        }
        if (records.size() > 1) {
            throw new MultipleChoicesException(
                    "several " + object.name() + " records have " + field.name() + " = "
                            + FieldNames.value(records.get(0), field.name()),
                    records.stream().map(SObject::id).toList(),
                    Answer.NONE);
        }
        return records.get(0);
    }

    private Iterator<String> queries(List<Object> values) {
        List<Object> keys = values.stream()
                .filter(Objects::nonNull)
                .map(this::typed)
                .filter(Objects::nonNull)
                .toList();
        SoqlTemplate query = SoqlTemplate.soql("SELECT " + String.join(",", fields) + " FROM " + object.name()
                + " WHERE " + field.name() + " IN :keys");
        if (keys.isEmpty()) {
            return java.util.Collections.emptyIterator();
        }
        return SoqlSplit.of(query, "keys").statements(name -> new Parameters.Bound(keys));
    }

    private SaveError unreadable(Object value) {
        return new SaveError(
                "INVALID_VALUE",
                field.name() + ": a " + value.getClass().getName() + " that is not a "
                        + (field.numeric() ? "number, and the field is " + field.type() : "plain value"),
                List.of(field.name()),
                false);
    }

    /** The value as SOQL takes it; null for one that no record can have. */
    private @Nullable Object typed(Object value) {
        try {
            String text = WireValue.text(WireText.of(value));
            return field.numeric() ? new BigDecimal(text.strip()) : text;
        } catch (IllegalArgumentException e) { // also of text that is not a number
            return null;
        }
    }

    /** As Salesforce compares: numbers by value, text without regard to case unless the field regards it. */
    private String key(@Nullable Object value) {
        Object typed = value == null ? null : typed(value);
        if (typed instanceof BigDecimal number) {
            return number.stripTrailingZeros().toString();
        }
        String text = String.valueOf(typed);
        return field.caseSensitive() ? text : text.toLowerCase(Locale.ROOT);
    }
}
