package org.sftoolkit.camel.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Builds the body of a composite request, in which requests may refer to those before them: {@code @{account.id}}.
 *
 * <pre>{@code
 * new CompositeRequest().allOrNone(true)
 *     .add("account", "POST", "sobjects/Account", Map.of("Name", "Acme"))
 *     .add("contact", "POST", "sobjects/Contact", Map.of("LastName", "Doe", "AccountId", "@{account.id}"))
 * }</pre>
 *
 * <p>Not thread-safe.
 *
 * @see <a href="https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_composite_composite.htm">REST
 *      API Developer Guide: Composite</a>
 */
public final class CompositeRequest {

    private final List<Map<String, Object>> requests = new ArrayList<>();
    private boolean allOrNone;

    /** Whether all are undone when one fails; false by default. */
    public CompositeRequest allOrNone(boolean all) {
        this.allOrNone = all;
        return this;
    }

    /** Adds a request without a body. */
    public CompositeRequest add(String referenceId, String method, String url) {
        return add(referenceId, method, url, null);
    }

    /**
     * Adds a request.
     *
     * @param referenceId its name in references and results: letters, digits and underscores
     * @param method      HTTP method
     * @param url         below the API version, such as {@code sobjects/Account}, or from {@code /services/data/} on
     * @param body        what it carries, such as a map or an {@link SObject}; null for nothing
     */
    public CompositeRequest add(String referenceId, String method, String url, @Nullable Map<String, ?> body) {
        if (!referenceId.matches("[A-Za-z0-9][A-Za-z0-9_]*")) {
            throw new IllegalArgumentException(
                    "referenceId '" + referenceId + "' is not allowed: use letters, digits and _ only");
        }
        var request = new LinkedHashMap<String, Object>();
        request.put("method", method);
        request.put("url", url);
        request.put("referenceId", referenceId);
        if (body != null) {
            request.put("body", body);
        }
        requests.add(request);
        return this;
    }

    /** The body as it is sent. */
    public Map<String, Object> body() {
        var body = new LinkedHashMap<String, Object>();
        body.put("allOrNone", allOrNone);
        body.put("compositeRequest", List.copyOf(requests));
        return body;
    }
}
