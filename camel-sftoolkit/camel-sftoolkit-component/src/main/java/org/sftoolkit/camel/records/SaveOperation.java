package org.sftoolkit.camel.records;

import io.vertx.core.Future;
import org.sftoolkit.camel.error.InvalidBodyException;
import org.sftoolkit.camel.model.Records;
import org.sftoolkit.camel.operation.CallOptions;
import org.sftoolkit.camel.operation.HonouredOptions;
import org.sftoolkit.camel.operation.Operation;
import org.sftoolkit.camel.operation.OperationContext;
import org.sftoolkit.camel.operation.Outcome;
import org.sftoolkit.camel.operation.RecordOptions;
import org.sftoolkit.camel.operation.SaveMode;
import org.sftoolkit.camel.operation.Via;

/** {@code save}: insert, update or upsert, one record or a list, decided per record. */
public final class SaveOperation implements Operation<Records> {

    @Override
    public Class<Records> input() {
        return Records.class;
    }

    @Override
    public HonouredOptions options() {
        return HonouredOptions.producer(
                        "sObject",
                        "dryRun",
                        "fields",
                        "externalIdField",
                        "mode",
                        "onlyChanges",
                        "updateOnly",
                        "allOrNone",
                        "reload",
                        "onPartialFailure",
                        "ifUnmodifiedSince",
                        "retryRecords",
                        "duplicateKeys",
                        "groupBy",
                        "orderBy",
                        "stripReadOnly",
                        "assignmentRule",
                        "duplicateRule",
                        "updateMru",
                        "concurrency",
                        "batchSize",
                        "via",
                        "bulkThreshold")
                .and("columnDelimiter", "lineEnding", "maxJobBytes", "pollInterval", "maxPollInterval", "jobTimeout")
                .and("jobStore", "jobFile", "jobKey", "loadName")
                .unless(
                        save -> save.records().reload() || save.mayCome("reload")
                                ? null
                                : "reload=false: they are what is read back",
                        "fields")
                .unless(
                        save -> save.bulk().via() != Via.REST || save.mayCome("via")
                                ? null
                                : "via=REST: it is for bulk jobs",
                        "bulkThreshold",
                        "lineEnding",
                        "maxJobBytes",
                        "pollInterval",
                        "maxPollInterval",
                        "jobTimeout",
                        "jobStore",
                        "jobFile",
                        "jobKey")
                .unless(
                        save -> save.bulk().via() == Via.BULK || save.mayCome("via")
                                ? null
                                : "via=" + save.bulk().via() + ": only a load that is all jobs can be continued",
                        "loadName")
                .unless(
                        save -> save.bulk().via() == Via.BULK && !save.mayCome("via")
                                ? "via=BULK: jobs cut a load by themselves, whatever its length"
                                : null,
                        "bulkThreshold")
                .unless(
                        save -> save.bulk().via() == Via.BULK
                                        && !save.mayCome("via")
                                        && !save.records().reload()
                                        && !save.mayCome("reload")
                                ? "via=BULK: jobs cut a load by maxJobBytes"
                                : null,
                        "batchSize")
                .unless(
                        save -> save.bulk().via() == Via.REST || save.mayCome("via")
                                ? null
                                : "via=" + save.bulk().via() + ": jobs have no such option",
                        "duplicateRule",
                        "updateMru")
                .unless(
                        save -> save.bulk().via() == Via.REST || save.mayCome("via") || save.hasJobAssignmentRule()
                                ? null
                                : "via=" + save.bulk().via() + ": jobs take the Id of a rule only",
                        "assignmentRule")
                .instead("bulkOperation", "use mode")
                .instead("assignmentRuleId", "use assignmentRule")
                .instead("await", "a save gives its results; use bulk to leave jobs running");
    }

    @Override
    public void check(CallOptions options) {
        options.requireBatch("save", CollectionsClient.MAX_WRITE);
        SaveByBulk.check(options);
        ParentFirst.check(options);
        RecordOptions save = options.records();
        if ("Id".equalsIgnoreCase(options.externalIdField())) {
            throw new IllegalArgumentException(
                    "externalIdField=Id is not allowed, because Id is not an external id: leave the option out to"
                            + " update a record by its Id");
        }
        if (save.mode() == SaveMode.UPSERT
                && options.externalIdField() == null
                && !options.mayCome("externalIdField")) {
            throw new IllegalArgumentException("mode=UPSERT needs externalIdField, the field that identifies records");
        }
        if (save.mode() == SaveMode.INSERT && save.updateOnly()) {
            throw new IllegalArgumentException("mode=INSERT and updateOnly=true cannot be combined: remove one");
        }
    }

    @Override
    public boolean insertsByJobs(CallOptions options) {
        SaveMode mode = options.records().mode();
        return options.bulk().via() != Via.REST && (mode == SaveMode.INSERT || mode == SaveMode.AUTO);
    }

    @Override
    public Future<Outcome> run(Records input, OperationContext call) {
        if (input.single()) {
            requireNoName(call.options());
            return new SaveOne(call).save(input.iterator().next());
        }
        Conditions.refuseForLists(call.options());
        if (ParentFirst.isAsked(call.options())) {
            return new ParentFirst(call).save(input);
        }
        return call.options().bulk().via() == Via.REST
                ? new SaveMany(call, input).save()
                : new SaveByBulk(call, records -> new SaveMany(call, records).save()).save(input);
    }

    /** One record is saved by a call of its own, which nobody could tell from a second start of the load. */
    private static void requireNoName(CallOptions options) {
        if (options.bulk().loadName() != null && !options.dryRun()) {
            throw new InvalidBodyException(
                    "loadName=" + options.bulk().loadName()
                            + " names a load of a list, but the body is one record: put it into a list",
                    null);
        }
    }
}
