package org.sftoolkit.emulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sftoolkit.emulator.org.ObjectSchema;
import org.sftoolkit.emulator.org.Org;

/** What objects there are (REST API Developer Guide: "Describe Global", "sObject Basic Information", "sObject Describe"). */
final class DescribeApi {

    private static final List<String> NOT_IN_GLOBAL = List.of(
            "fields",
            "childRelationships",
            "recordTypeInfos",
            "actionOverrides",
            "namedLayoutInfos",
            "supportedScopes",
            "listviewable",
            "lookupLayoutable",
            "compactLayoutable",
            "searchLayoutable",
            "networkScopeFieldName",
            "sobjectDescribeOption",
            "urls");

    private final Org org;

    DescribeApi(Org org) {
        this.org = org;
    }

    Answer global(ApiCall call) {
        return Preconditions.checkRead(call, org.schemaChanged(), null).orElseGet(() -> marked(call, allObjects(call)));
    }

    private Answer allObjects(ApiCall call) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("encoding", "UTF-8");
        json.put("maxBatchSize", 200);
        json.put(
                "sobjects",
                org.schema().objects().stream()
                        .map(object -> summary(call, object))
                        .toList());
        return Answer.ok(json);
    }

    Answer basics(ApiCall call) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("objectDescribe", summary(call, object(call)));
        json.put("recentItems", new RecentApi(org).items(call, object(call)));
        return Answer.ok(json);
    }

    Answer describe(ApiCall call) {
        ObjectSchema object = object(call);
        return Preconditions.checkRead(call, org.schemaChanged(), null)
                .orElseGet(() -> marked(call, wholeObject(call, object)));
    }

    private Answer marked(ApiCall call, Answer answer) {
        return Preconditions.marked(call, answer, org.schemaChanged(), null);
    }

    private static Answer wholeObject(ApiCall call, ObjectSchema object) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.setAll(object.describe());
        json.set("urls", urls(call, object));
        return Answer.ok(json);
    }

    private static ObjectNode summary(ApiCall call, ObjectSchema object) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.setAll(object.describe());
        json.remove(NOT_IN_GLOBAL);
        json.set("urls", urls(call, object));
        return json;
    }

    private static JsonNode urls(ApiCall call, ObjectSchema object) {
        String url = call.root() + "/sobjects/" + object.name();
        return JsonNodeFactory.instance
                .objectNode()
                .put("sobject", url)
                .put("describe", url + "/describe")
                .put("rowTemplate", url + "/{ID}");
    }

    private ObjectSchema object(ApiCall call) {
        return org.schema().object(call.param("object")).orElseThrow(ApiException::notFound);
    }
}
