package org.sftoolkit.camel.bulk;

import io.vertx.core.Future;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.client.ObjectDescription;
import org.sftoolkit.camel.model.SObject;
import org.sftoolkit.camel.model.SaveResult;
import org.sftoolkit.camel.operation.BulkAction;
import org.sftoolkit.camel.operation.CallOptions;
import org.sftoolkit.camel.operation.Descriptions;
import org.sftoolkit.camel.operation.HonouredOptions;
import org.sftoolkit.camel.operation.Operation;
import org.sftoolkit.camel.operation.OperationContext;
import org.sftoolkit.camel.operation.Outcome;

/** {@code bulk}: records or CSV through ingest jobs of Bulk API 2.0, in one call from input to results. */
public final class BulkOperation implements Operation<BulkInput> {

    /** Writes rows through REST, for an org that has no more jobs to give. */
    @FunctionalInterface
    public interface RestWriter {

        /**
         * Writes all rows.
         *
         * @param action not {@code HARD_DELETE}
         * @return one result a row, in their order
         */
        Future<List<SaveResult>> write(BulkAction action, List<SObject> rows, OperationContext call);
    }

    private final RestWriter rest;

    /** @param rest writes rows for which the org has no job */
    public BulkOperation(RestWriter rest) {
        this.rest = rest;
    }

    @Override
    public Class<BulkInput> input() {
        return BulkInput.class;
    }

    @Override
    public HonouredOptions options() {
        return HonouredOptions.producer(
                        "sObject",
                        "dryRun",
                        "fields",
                        "bulkOperation",
                        "externalIdField",
                        "assignmentRuleId",
                        "columnDelimiter",
                        "lineEnding",
                        "maxJobBytes",
                        "await",
                        "pollInterval",
                        "maxPollInterval",
                        "jobTimeout",
                        "concurrency",
                        "retryRecords",
                        "jobStore",
                        "jobFile",
                        "jobKey",
                        "loadName",
                        "matchRows")
                .unless(BulkOperation::noKey, "externalIdField")
                .instead("mode", "use bulkOperation")
                .instead("assignmentRule", "use assignmentRuleId")
                .instead("batchSize", "use maxJobBytes")
                .instead("allOrNone", "a job saves every row that it can; use save with via=REST")
                .instead(
                        "onPartialFailure",
                        "rows that failed are counted in the header CamelSfToolkitFailed and read by"
                                + " BulkResult.failed(); save with via=BULK knows onPartialFailure=FAIL");
    }

    @Override
    public void check(CallOptions options) {
        BulkAction action = action(options);
        if (options.sObject() == null && !options.mayCome("sObject")) {
            throw new IllegalArgumentException("bulk needs an object: use a URI such as sftoolkit:bulk:Account");
        }
        if (action == BulkAction.UPSERT && options.externalIdField() == null && !options.mayCome("externalIdField")) {
            throw new IllegalArgumentException(
                    "bulkOperation=UPSERT needs externalIdField, the field that identifies records");
        }
    }

    private static @Nullable String noKey(CallOptions options) {
        BulkAction action = action(options);
        return action == BulkAction.UPSERT || options.mayCome("bulkOperation")
                ? null
                : "bulkOperation=" + action.name().toUpperCase(Locale.ROOT);
    }

    @Override
    public boolean insertsByJobs(CallOptions options) {
        return action(options) == BulkAction.INSERT;
    }

    /** The action of the options; without one UPSERT if externalIdField is set, else INSERT. */
    static BulkAction action(CallOptions options) {
        if (options.bulk().action() != null) {
            return options.bulk().action();
        }
        return options.externalIdField() == null ? BulkAction.INSERT : BulkAction.UPSERT;
    }

    /** CSV is passed on as it is; only to find rows again their types have to be known. */
    private static Future<@Nullable ObjectDescription> described(BulkInput input, OperationContext call) {
        return input instanceof BulkInput.OfRecords || call.options().bulk().matchRows()
                ? Descriptions.ifKnown(
                        call.client().metadata().describe(call.options().requiredObject("bulk")))
                : Future.succeededFuture();
    }

    private static BulkParts parts(BulkInput input, CallOptions options, BulkAction action, BulkRecords records) {
        return input instanceof BulkInput.Csv csv
                ? new CsvParts(csv, options, action, records)
                : new RecordParts(((BulkInput.OfRecords) input).records(), options, records);
    }

    @Override
    public Future<Outcome> run(BulkInput input, OperationContext call) {
        CallOptions options = call.options();
        BulkAction action = action(options);
        return described(input, call).compose(object -> {
            var records = new BulkRecords(action, options, object);
            BulkParts parts = parts(input, options, action, records);
            return new BulkLoad(call, options.requiredObject("bulk"), parts, records, rest).run();
        });
    }
}
