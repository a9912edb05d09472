package org.sftoolkit.camel.records;

import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import org.sftoolkit.camel.error.Answer;
import org.sftoolkit.camel.error.NotFoundException;
import org.sftoolkit.camel.model.RecordIds;
import org.sftoolkit.camel.model.SObject;
import org.sftoolkit.camel.model.SourceRecord;
import org.sftoolkit.camel.operation.CallOptions;
import org.sftoolkit.camel.operation.HonouredOptions;
import org.sftoolkit.camel.operation.NotFound;
import org.sftoolkit.camel.operation.Operation;
import org.sftoolkit.camel.operation.OperationContext;
import org.sftoolkit.camel.operation.Outcome;

/**
 * {@code reload}: reads the records of the body again into the same objects. On a failure no object changes; a text or an
 * immutable map is refused.
 */
public final class ReloadOperation implements Operation<RecordIds> {

    @Override
    public Class<RecordIds> input() {
        return RecordIds.class;
    }

    @Override
    public HonouredOptions options() {
        return HonouredOptions.producer("sObject", "fields", "externalIdField", "notFound", "concurrency", "batchSize");
    }

    @Override
    public LeftId leftId() {
        return LeftId.NEVER;
    }

    @Override
    public void check(CallOptions options) {
        options.requireBatch("reload", CollectionsClient.MAX_READ);
        if (options.records().notFound() == NotFound.IGNORE) {
            throw new IllegalArgumentException("notFound=IGNORE is not allowed for reload: use FAIL, NULL or SKIP");
        }
    }

    @Override
    public Future<Outcome> run(RecordIds input, OperationContext call) {
        if (input.keys().isEmpty()) {
            return Future.succeededFuture(Outcome.keepBody(Map.of()));
        }
        for (int i = 0; i < input.keys().size(); i++) {
            requireRecord(input, i, call.options());
        }
        String type = FetchOperation.type("reload", input, call.options());
        for (int i = 0; i < input.keys().size(); i++) {
            requireChangeable((SourceRecord) input.keys().get(i), i);
        }
        return FetchOperation.find(input, type, call, "reload").map(found -> {
            merge(input, found, call.options());
            return Outcome.keepBody(Map.of());
        });
    }

    private static void requireRecord(RecordIds input, int place, CallOptions options) {
        if (!(input.keys().get(place) instanceof SourceRecord record)) {
            throw new IllegalArgumentException(
                    "reload needs records, but the entry at place " + place + " is not a record");
        }
        if (record.defect() != null) {
            throw new IllegalArgumentException(
                    "the entry at place " + place + " cannot be reloaded: " + record.defect());
        }
        if (input.value(place, options.externalIdField()) == null) {
            String key = options.externalIdField() == null ? "Id" : options.externalIdField();
            throw new IllegalArgumentException("the record at place " + place + " has no " + key + " to reload it by");
        }
    }

    private static void requireChangeable(SourceRecord record, int place) {
        if (!record.takesValues()) {
            throw new IllegalArgumentException("reload changes the records in the body, but the entry at place " + place
                    + " is a text, an immutable map, or a map with keys that are not text: use fetch, or a map that can"
                    + " be changed, such as a HashMap");
        }
    }

    private static void merge(RecordIds input, List<SObject> found, CallOptions options) {
        int missing = found.indexOf(null);
        boolean fail = options.records().notFound() == null
                ? input.single()
                : options.records().notFound() == NotFound.FAIL;
        if (missing >= 0 && fail) {
            throw new NotFoundException(
                    "the record " + input.value(missing, options.externalIdField()) + " does not exist (any more)",
                    Answer.NONE);
        }
        for (int i = 0; i < found.size(); i++) {
            if (found.get(i) != null) {
                ((SourceRecord) input.keys().get(i)).merge(found.get(i));
            }
        }
    }
}
