package org.sftoolkit.camel.rest;

import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import org.sftoolkit.camel.client.JsonMaps;
import org.sftoolkit.camel.client.Paths;
import org.sftoolkit.camel.transport.Request;
import org.sftoolkit.camel.transport.Transport;

/**
 * The org itself: its limits, its API versions, its user.
 *
 * @see <a href="https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_limits.htm">REST API
 *      Developer Guide: Limits</a>
 */
public final class OrgClient {

    private final Transport transport;

    public OrgClient(Transport transport) {
        this.transport = transport;
    }

    /** Limits by name, each with {@code Max} and {@code Remaining}; up to five minutes old. */
    public Future<Map<String, Object>> limits() {
        return object(Request.get("/limits"), "DailyApiRequests");
    }

    /** How many records the objects have, about. */
    public Future<Map<String, Object>> recordCount(List<String> objects) {
        return object(Request.get("/limits/recordCount?sObjects=" + Paths.list(objects)), "sObjects");
    }

    /** The API versions that the org has, the oldest first. */
    public Future<List<Map<String, Object>>> versions() {
        Request request = Request.get("/services/data/");
        return transport.send(request).map(answer -> JsonMaps.objects(request, answer, "version"));
    }

    /** The user that the connection is logged in as, by OpenID Connect's names. */
    public Future<Map<String, Object>> userInfo() {
        return object(Request.get("/services/oauth2/userinfo"), "user_id");
    }

    private Future<Map<String, Object>> object(Request request, String member) {
        return transport.send(request).map(answer -> JsonMaps.object(request, answer, member));
    }
}
