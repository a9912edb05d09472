package org.sftoolkit.camel.records;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.sftoolkit.camel.bulk.BulkQuota;
import org.sftoolkit.camel.model.FieldNames;
import org.sftoolkit.camel.model.Records;
import org.sftoolkit.camel.model.SourceRecord;
import org.sftoolkit.camel.operation.BulkAction;
import org.sftoolkit.camel.operation.CallOptions;
import org.sftoolkit.camel.operation.OperationContext;
import org.sftoolkit.camel.operation.Outcome;
import org.sftoolkit.camel.operation.OutcomeHeader;
import org.sftoolkit.camel.operation.RecordOptions;
import org.sftoolkit.camel.operation.Via;

/**
 * Saves a list through bulk jobs, if the options or its length require it. Saves it through REST if it is short, or
 * if the org has used up its bulk jobs of the day.
 */
final class SaveByBulk {

    private final OperationContext call;
    private final CallOptions options;
    private final Function<Records, Future<Outcome>> rest;

    /** @param rest saves records the other way */
    SaveByBulk(OperationContext call, Function<Records, Future<Outcome>> rest) {
        this.call = call;
        this.options = call.options();
        this.rest = rest;
    }

    /** Refuses what jobs cannot do. */
    static void check(CallOptions options) {
        if (options.bulk().via() == Via.PUBSUB) {
            throw new IllegalArgumentException("via=PUBSUB works with sftoolkit:publish only: use REST, BULK or AUTO");
        }
        if (options.bulk().via() == Via.REST) {
            return;
        }
        if (options.sObject() == null && !options.mayCome("sObject")) {
            throw new IllegalArgumentException(
                    "via=" + options.bulk().via() + " needs an object: use a URI such as sftoolkit:save:Account");
        }
        RecordOptions save = options.records();
        refuse(save.allOrNone(), "allOrNone", options);
        refuse(save.updateOnly(), "updateOnly", options);
        refuse(save.writing().groupBy() != null, "groupBy", options);
        refuse(ParentFirst.isAsked(options), "orderBy", options);
    }

    private static void refuse(boolean set, String option, CallOptions options) {
        if (set) {
            throw new IllegalArgumentException(
                    "via=" + options.bulk().via() + " does not support " + option + ": use via=REST");
        }
    }

    Future<Outcome> save(Records input) {
        if (options.bulk().via() == Via.BULK) {
            return bulk(input, List.of());
        }
        return call.worker()
                .run(() -> ahead(input))
                .onFailure(unreadable -> call.close(input))
                .compose(ahead -> ahead.size() < options.bulk().threshold()
                        ? told(rest.apply(joined(input, ahead)), Via.REST.name())
                        : bulk(input, ahead));
    }

    private List<SourceRecord> ahead(Records input) {
        var ahead = new ArrayList<SourceRecord>();
        while (ahead.size() < options.bulk().threshold() && input.iterator().hasNext()) {
            ahead.add(input.iterator().next());
        }
        return ahead;
    }

    private Future<Outcome> bulk(Records input, List<SourceRecord> ahead) {
        Records all = joined(input, ahead);
        if (options.dryRun()) {
            // the rule for a record is the same either way
            return told(rest.apply(all), Via.BULK.name());
        }
        boolean only = options.bulk().via() == Via.BULK;
        var save = new BulkSave(call, all, only ? null : rest);
        Future<Outcome> done = only
                ? save.save()
                : save.prepare(action(ahead.get(0)))
                        .transform(made -> made.succeeded()
                                ? save.save()
                                : BulkQuota.usedUp(made.cause())
                                        ? told(rest.apply(all), BulkQuota.instead("REST", made.cause()))
                                        : Future.<Outcome>failedFuture(made.cause())
                                                .onComplete(failed -> call.close(input)));
        // a stop waits from the making of the first job on, so that none is left open
        return call.stop()
                .awaited(done)
                .map(outcome ->
                        outcome.headers().containsKey(OutcomeHeader.VIA) ? outcome : with(outcome, Via.BULK.name()));
    }

    private BulkAction action(SourceRecord record) {
        return switch (options.records().mode()) {
            case INSERT -> BulkAction.INSERT;
            case UPDATE -> BulkAction.UPDATE;
            case UPSERT -> BulkAction.UPSERT;
            case AUTO -> {
                Object key = options.externalIdField() == null
                        ? null
                        : FieldNames.value(record.fields(), options.externalIdField());
                yield key != null && !key.toString().isBlank()
                        ? BulkAction.UPSERT
                        : record.id() != null ? BulkAction.UPDATE : BulkAction.INSERT;
            }
        };
    }

    private static Records joined(Records input, List<SourceRecord> ahead) {
        if (ahead.isEmpty()) {
            return input;
        }
        Iterator<SourceRecord> first = ahead.iterator();
        Iterator<SourceRecord> rest = input.iterator();
        Iterator<SourceRecord> all = new Iterator<>() {
            @Override
            public boolean hasNext() {
                return first.hasNext() || rest.hasNext();
            }

            @Override
            public SourceRecord next() {
                return first.hasNext() ? first.next() : rest.next();
            }
        };
        return new Records(false, input.inMemory(), input.size(), all, input.close());
    }

    private static Future<Outcome> told(Future<Outcome> outcome, String via) {
        return outcome.map(done -> with(done, via));
    }

    private static Outcome with(Outcome outcome, String via) {
        Map<OutcomeHeader, Object> headers = new HashMap<>(outcome.headers());
        headers.put(OutcomeHeader.VIA, via);
        return outcome.with(headers);
    }
}
