package org.sftoolkit.camel.model;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The result of one part of a composite, batch, graph or tree request.
 *
 * @param graphId of the graph it belongs to; null for other kinds
 * @param referenceId its name; null if the kind has no names
 * @param status HTTP status; 201 and 400 for the records of a tree, which have no status of their own
 * @param body its response: an {@link SObject} for a record, else maps and lists; null if empty
 * @param headers of its answer, such as {@code Location}; never null
 * @param errors why it failed; empty on success
 */
public record CompositeResult(
        @Nullable String graphId,
        @Nullable String referenceId,
        int status,
        @Nullable Object body,
        Map<String, Object> headers,
        List<SaveError> errors) {

    public CompositeResult {
        errors = List.copyOf(errors);
    }

    /** Whether it was carried out. */
    public boolean success() {
        return errors.isEmpty() && status < 400;
    }

    /** Id of the record that it created or concerns; null if the response has no Id. */
    public @Nullable String id() {
        if (!(body instanceof Map<?, ?> map)) {
            return null;
        }
        Object id = map.containsKey("id") ? map.get("id") : map.get("Id");
        return id == null ? null : id.toString();
    }
}
