package org.sftoolkit.emulator.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sftoolkit.emulator.org.ApiUsage;

/** Up to 25 independent requests in one, each of which counts as a call (REST API Developer Guide: "Composite Batch"). */
final class BatchApi {

    private static final int MOST_REQUESTS = 25;
    private static final int OLDEST_RELEASE = 34;
    private static final Pattern URL = Pattern.compile("/?(?:services/data/)?v(\\d{1,3})\\.0(/.*)?");

    private final Dispatcher within;
    private final ApiUsage usage;

    BatchApi(Dispatcher within, ApiUsage usage) {
        this.within = within;
        this.usage = usage;
    }

    Answer batch(ApiCall call) {
        Map<String, Object> body = call.jsonObject();
        if (!(body.get("batchRequests") instanceof List<?> requests)) {
            throw SubRequest.malformed("The batchRequests parameter must be an array of subrequests");
        }
        if (requests.size() > MOST_REQUESTS) {
            throw new ApiException(
                    400,
                    "LIMIT_EXCEEDED",
                    "A batch can have at most " + MOST_REQUESTS + " subrequests, not " + requests.size());
        }
        requests.forEach(BatchApi::requireReadable);
        boolean halt = Boolean.TRUE.equals(body.get("haltOnError"));
        List<Map<String, Object>> results = new ArrayList<>();
        boolean hasErrors = false;
        for (Object element : requests) {
            Answer answer = halt && hasErrors
                    ? ApiErrors.of(412, "BATCH_PROCESSING_HALTED", "Batch processing halted per request", null)
                    : one(call, element, results.isEmpty());
            hasErrors |= SubRequests.failed(answer);
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("statusCode", answer.status());
            result.put("result", SubRequests.body(answer));
            results.add(result);
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("hasErrors", hasErrors);
        json.put("results", results);
        return Answer.ok(json);
    }

    /** What refuses the call as a whole does so before anything of it is carried out. */
    private static void requireReadable(Object element) {
        if (!(element instanceof Map<?, ?> request)
                || !(request.get("method") instanceof String)
                || !(request.get("url") instanceof String)) {
            throw SubRequest.malformed("A subrequest needs a 'method' and a 'url'");
        }
        if (request.get("binaryPartName") != null) {
            throw new ApiException(501, "NOT_IMPLEMENTED", "The emulator does not support 'binaryPartName' in a batch");
        }
    }

    /** @param first whether the batch itself has already been counted for this request */
    private Answer one(ApiCall call, Object element, boolean first) {
        Map<?, ?> request = (Map<?, ?>) element;
        String method = (String) request.get("method");
        String url = (String) request.get("url");
        Matcher parts = URL.matcher(url.split("\\?", 2)[0]);
        if (!parts.matches()) {
            return ApiErrors.of(404, "NOT_FOUND", "The requested resource does not exist", null);
        }
        int release = Integer.parseInt(parts.group(1));
        if (release < OLDEST_RELEASE || release > call.release()) {
            // The range is documented, the answer outside of it is not; assumed.
            return ApiErrors.of(
                    400,
                    "INVALID_BATCH_REQUEST",
                    "The version of a subrequest must be from " + OLDEST_RELEASE + ".0 to " + call.version() + ": "
                            + release + ".0",
                    null);
        }
        if (!first && !usage.count()) {
            return ApiErrors.of(403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.", null);
        }
        return SubRequests.answer(
                within,
                call,
                method.toUpperCase(Locale.ROOT),
                "/services/data/v" + url.substring(parts.start(1)),
                Map.of(),
                request.get("richInput"));
    }
}
