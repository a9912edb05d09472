package org.sftoolkit.camel.rest;

import io.vertx.core.Future;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.sftoolkit.camel.error.PartialFailureException;
import org.sftoolkit.camel.model.CompositeResult;
import org.sftoolkit.camel.model.CompositeResults;
import org.sftoolkit.camel.model.SObject;
import org.sftoolkit.camel.model.SaveResult;
import org.sftoolkit.camel.model.SaveResults;
import org.sftoolkit.camel.operation.CallOptions;
import org.sftoolkit.camel.operation.CompositeType;
import org.sftoolkit.camel.operation.HonouredOptions;
import org.sftoolkit.camel.operation.OnPartialFailure;
import org.sftoolkit.camel.operation.Operation;
import org.sftoolkit.camel.operation.OperationContext;
import org.sftoolkit.camel.operation.Outcome;
import org.sftoolkit.camel.operation.OutcomeHeader;
import org.sftoolkit.camel.records.SaveResultCollector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code composite}: several requests in one; each has its result, in their order. */
public final class CompositeOperation implements Operation<CompositeInput> {

    private static final Logger LOG = LoggerFactory.getLogger(CompositeOperation.class);
    private static final int CREATED = 201;
    private static final Map<String, CompositeType> KEYS = Map.of(
            "compositeRequest", CompositeType.COMPOSITE,
            "batchRequests", CompositeType.BATCH,
            "graphs", CompositeType.GRAPH,
            "records", CompositeType.TREE);

    @Override
    public Class<CompositeInput> input() {
        return CompositeInput.class;
    }

    @Override
    public HonouredOptions options() {
        return HonouredOptions.producer("sObject", "compositeType", "allOrNone", "onPartialFailure");
    }

    @Override
    public Future<Outcome> run(CompositeInput input, OperationContext call) {
        CompositeClient client = new CompositeClient(call.client());
        Map<String, Object> body = input.body();
        var headers = call.options().requestHeaders();
        CompositeType type = type(body, call.options().rest().compositeType());
        Future<CompositeResults> results =
                switch (type) {
                    case BATCH -> client.batch(body, headers);
                    case GRAPH -> client.graph(body, headers);
                    case TREE -> client.tree(treeType(body, call.options()), body, headers);
                    default -> client.composite(withAllOrNone(body, call.options()), headers);
                };
        return results.map(all -> outcome(all, call));
    }

    private static CompositeType type(Map<String, Object> body, CompositeType wanted) {
        CompositeType found = KEYS.entrySet().stream()
                .filter(kind -> body.containsKey(kind.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(CompositeType.AUTO);
        if (found == CompositeType.AUTO || wanted != CompositeType.AUTO && wanted != found) {
            throw new IllegalArgumentException(
                    "the body is not a " + (wanted == CompositeType.AUTO ? "composite" : wanted)
                            + " request: use a map with the key compositeRequest, batchRequests, graphs or records (a"
                            + " tree)");
        }
        return found;
    }

    private static Map<String, Object> withAllOrNone(Map<String, Object> body, CallOptions options) {
        if (!options.records().allOrNone() || body.containsKey("allOrNone")) {
            return body;
        }
        var copy = new LinkedHashMap<String, Object>();
        copy.put("allOrNone", true);
        copy.putAll(body);
        return copy;
    }

    /** The object of the endpoint, else that of the first record. */
    private static String treeType(Map<String, Object> body, CallOptions options) {
        Object first = null;
        if (options.sObject() == null && body.get("records") instanceof Collection<?> records) {
            first = records.stream().findFirst().orElse(null);
        }
        if (first instanceof SObject record && record.type() != null) {
            return record.type();
        }
        if (first instanceof Map<?, ?> record
                && record.get("attributes") instanceof Map<?, ?> attributes
                && attributes.get("type") != null) {
            return attributes.get("type").toString();
        }
        return options.requiredObject("composite");
    }

    private static Outcome outcome(CompositeResults results, OperationContext call) {
        int failed = results.failed().size();
        if (failed > 0) {
            if (call.options().records().onPartialFailure() == OnPartialFailure.FAIL) {
                throw new PartialFailureException(new SaveResults(IntStream.range(0, results.size())
                        .mapToObj(i -> result(i, results.get(i)))
                        .toList()));
            }
            CompositeResult first = results.failed().get(0);
            call.log()
                    .write(() -> LOG.warn(
                            "{}: {} of {} parts of a composite request failed, the first with {}; the results contain"
                                    + " the others",
                            call.log().about(),
                            failed,
                            results.size(),
                            SaveResultCollector.reason(first.errors())));
        }
        return Outcome.of(
                results, Map.of(OutcomeHeader.SUCCEEDED, results.size() - failed, OutcomeHeader.FAILED, failed));
    }

    private static SaveResult result(int place, CompositeResult part) {
        return part.success()
                ? SaveResult.written(place, part.id(), part.status() == CREATED, null)
                : SaveResult.failure(place, part.id(), part.errors(), null);
    }
}
