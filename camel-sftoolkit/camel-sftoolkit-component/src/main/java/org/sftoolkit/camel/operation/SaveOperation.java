package org.sftoolkit.camel.operation;

import io.vertx.core.Future;
import org.sftoolkit.camel.model.Records;

/** {@code save}: insert, update or upsert, one record or a list, decided per record. */
public final class SaveOperation implements Operation<Records> {

    @Override
    public Class<Records> input() {
        return Records.class;
    }

    @Override
    public void check(CallOptions options) {
        SaveByBulk.check(options);
        RecordOptions save = options.records();
        if ("Id".equalsIgnoreCase(options.externalIdField())) {
            throw new IllegalArgumentException(
                    "externalIdField=Id: Id is no external id; without the option a record with an Id is updated");
        }
        if (save.mode() == SaveMode.UPSERT && options.externalIdField() == null) {
            throw new IllegalArgumentException(
                    "mode=UPSERT needs externalIdField, the field that records are known by");
        }
        if (save.mode() == SaveMode.INSERT && save.updateOnly()) {
            throw new IllegalArgumentException("mode=INSERT and updateOnly=true contradict each other: drop one");
        }
    }

    @Override
    public Future<Outcome> run(Records input, Call call) {
        if (input.single()) {
            return new SaveOne(call).save(input.iterator().next());
        }
        Conditions.refuseForLists(call.options());
        return call.options().bulk().via() == Via.REST
                ? new SaveMany(call, input).save()
                : new SaveByBulk(call, records -> new SaveMany(call, records).save()).save(input);
    }
}
