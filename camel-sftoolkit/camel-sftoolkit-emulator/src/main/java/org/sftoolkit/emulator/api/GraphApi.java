package org.sftoolkit.emulator.api;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sftoolkit.emulator.org.Org;

/** Composite graphs: lists of record requests, each list all or none (REST API Developer Guide: "Composite Graph"). */
final class GraphApi {

    private static final int MOST_GRAPHS = 75;
    private static final int MOST_NODES = 500;
    private static final int MOST_DEPTH = 15;
    private static final int MOST_KINDS = 15;
    private static final int MOST_FAILED = 14;
    private static final Pattern RECORD_URL =
            Pattern.compile("/services/data/(v\\d{1,3}\\.0)/sobjects/(\\w+)(/[^/?]+){0,2}/?(\\?.*)?");

    private final SubRequests requests;

    GraphApi(Org org, Dispatcher within) {
        this.requests = new SubRequests(org, within);
    }

    /** @param requests in the order in which they run */
    private record Graph(String id, List<SubRequest> requests) {}

    Answer graph(ApiCall call) {
        List<Graph> graphs = graphs(call);
        List<Map<String, Object>> answers = new ArrayList<>();
        int failed = 0;
        for (Graph graph : graphs) {
            boolean halted = failed > MOST_FAILED;
            List<SubRequests.SubAnswer> answered = halted ? halted(graph) : requests.allOrNone(call, graph.requests());
            boolean successful = answered.stream().noneMatch(SubRequests.SubAnswer::failed);
            failed += successful ? 0 : 1;
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("graphId", graph.id());
            answer.put(
                    "graphResponse",
                    Map.of(
                            "compositeResponse",
                            answered.stream().map(SubRequests.SubAnswer::json).toList()));
            answer.put("isSuccessful", successful);
            answers.add(answer);
        }
        return Answer.ok(Map.of("graphs", answers));
    }

    private static List<SubRequests.SubAnswer> halted(Graph graph) {
        // The limit is documented, the text is not; assumed.
        Answer answer = ApiErrors.of(
                400,
                SubRequests.HALTED,
                "Processing was halted since more than " + MOST_FAILED + " graphs of the request failed.",
                null);
        return graph.requests().stream()
                .map(request -> new SubRequests.SubAnswer(request.referenceId(), answer))
                .toList();
    }

    private static List<Graph> graphs(ApiCall call) {
        if (!(call.jsonObject().get("graphs") instanceof List<?> elements)) {
            throw SubRequest.malformed("The graphs parameter must be an array of graphs");
        }
        List<Graph> graphs = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        int nodes = 0;
        for (Object element : elements) {
            if (!(element instanceof Map<?, ?> json) || !(json.get("graphId") instanceof String id)) {
                throw SubRequest.malformed("A graph needs a 'graphId'");
            }
            if (id.isEmpty() || id.length() >= 40 || id.contains(".") || !ids.add(id)) {
                throw SubRequest.malformed(
                        "The graphId '" + id + "' must be unique, shorter than 40 characters and without a period");
            }
            List<SubRequest> list = SubRequest.list(json.get("compositeRequest"), call.release());
            requireFewNodes(list);
            nodes += list.size();
            graphs.add(new Graph(id, list));
        }
        requireAtMost(MOST_GRAPHS, graphs.size(), "graphs in a request");
        requireAtMost(MOST_NODES, nodes, "nodes in a request");
        return graphs;
    }

    private static void requireFewNodes(List<SubRequest> list) {
        Set<String> kinds = new HashSet<>();
        References references = new References();
        for (SubRequest request : list) {
            Matcher url = RECORD_URL.matcher(request.url());
            if (!url.matches()) {
                throw SubRequest.malformed("A graph can hold requests of sObject rows only, not " + request.url());
            }
            kinds.add(url.group(1) + "/" + url.group(2));
            requireAtMost(MOST_DEPTH, references.depth(request), "levels of nodes in a graph");
        }
        requireAtMost(MOST_KINDS, kinds.size(), "different nodes in a graph");
    }

    /** The limits are documented, code and text are not; assumed. */
    private static void requireAtMost(int most, int found, String what) {
        if (found > most) {
            throw new ApiException(
                    400, "LIMIT_EXCEEDED", "There can be at most " + most + " " + what + ", not " + found);
        }
    }
}
