package org.sftoolkit.emulator.api;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sftoolkit.emulator.org.Org;

/** Up to 25 requests in one, that may refer to each other (REST API Developer Guide: "Composite"). */
final class CompositeApi {

    private static final int MOST_REQUESTS = 25;
    private static final int MOST_COSTLY_REQUESTS = 5;

    private final SubRequests requests;

    CompositeApi(Org org, Dispatcher within) {
        this.requests = new SubRequests(org, within);
    }

    /** The resources beneath {@code composite}. */
    static Answer resources(ApiCall call) {
        Map<String, Object> json = new LinkedHashMap<>();
        for (String name : List.of("tree", "batch", "sobjects", "graph")) {
            json.put(name, call.root() + "/composite/" + name);
        }
        return Answer.ok(json);
    }

    Answer composite(ApiCall call) {
        Map<String, Object> body = call.jsonObject();
        List<SubRequest> subRequests = SubRequest.list(body.get("compositeRequest"), call.release());
        requireFew(subRequests);
        List<SubRequests.SubAnswer> answers = Boolean.TRUE.equals(body.get("allOrNone"))
                ? requests.allOrNone(call, subRequests)
                : requests.each(call, subRequests);
        return Answer.ok(Map.of(
                        "compositeResponse",
                        answers.stream().map(SubRequests.SubAnswer::json).toList()))
                .withRecords(answers.stream()
                        .mapToInt(answer -> answer.answer().records())
                        .sum());
    }

    /** The limits are documented, code and texts are not; assumed. */
    private static void requireFew(List<SubRequest> subRequests) {
        if (subRequests.size() > MOST_REQUESTS) {
            throw new ApiException(
                    400,
                    "LIMIT_EXCEEDED",
                    "A composite request can have at most " + MOST_REQUESTS + " subrequests, not "
                            + subRequests.size());
        }
        long costly = subRequests.stream().filter(SubRequest::isCostly).count();
        if (costly > MOST_COSTLY_REQUESTS) {
            throw new ApiException(
                    400,
                    "LIMIT_EXCEEDED",
                    "A composite request can have at most " + MOST_COSTLY_REQUESTS
                            + " sObject Collections and query subrequests, not " + costly);
        }
    }
}
