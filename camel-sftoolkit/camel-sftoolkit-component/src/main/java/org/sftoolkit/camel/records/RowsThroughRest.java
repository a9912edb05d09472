package org.sftoolkit.camel.records;

import io.vertx.core.Future;
import java.util.List;
import org.sftoolkit.camel.bulk.BulkOperation;
import org.sftoolkit.camel.model.RecordIds;
import org.sftoolkit.camel.model.Records;
import org.sftoolkit.camel.model.SObject;
import org.sftoolkit.camel.model.SaveResult;
import org.sftoolkit.camel.model.SaveResults;
import org.sftoolkit.camel.model.SourceRecord;
import org.sftoolkit.camel.operation.BulkAction;
import org.sftoolkit.camel.operation.OperationContext;
import org.sftoolkit.camel.operation.Outcome;
import org.sftoolkit.camel.operation.SaveMode;

/** Rows of a bulk load through sObject Collections, by what the load says alone: options of {@code save} have no say. */
public final class RowsThroughRest implements BulkOperation.RestWriter {

    @Override
    public Future<List<SaveResult>> write(BulkAction action, List<SObject> rows, OperationContext call) {
        OperationContext plain = call.with(call.options().plain(mode(action)));
        Future<Outcome> written = action.deletes()
                ? new DeleteMany(plain.byId(), new RecordIds(List.copyOf(ids(rows)), false)).delete()
                : new SaveMany(
                                action == BulkAction.UPSERT ? plain : plain.byId(),
                                Records.of(rows.stream().map(SourceRecord::of).toList()))
                        .save();
        return written.map(outcome -> (SaveResults) outcome.body());
    }

    private static List<String> ids(List<SObject> rows) {
        return rows.stream().map(SObject::id).toList();
    }

    private static SaveMode mode(BulkAction action) {
        return switch (action) {
            case INSERT -> SaveMode.INSERT;
            case UPDATE -> SaveMode.UPDATE;
            case UPSERT -> SaveMode.UPSERT;
            case DELETE, HARD_DELETE -> SaveMode.AUTO;
        };
    }
}
