package org.sftoolkit.camel.records;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.client.ClockClient;
import org.sftoolkit.camel.client.FieldDescription;
import org.sftoolkit.camel.client.ObjectDescription;
import org.sftoolkit.camel.client.WriteAnswer;
import org.sftoolkit.camel.error.ApiError;
import org.sftoolkit.camel.error.ServerException;
import org.sftoolkit.camel.error.TransportException;
import org.sftoolkit.camel.error.UnreadableResponseException;
import org.sftoolkit.camel.model.FieldNames;
import org.sftoolkit.camel.model.SObject;
import org.sftoolkit.camel.model.SentFields;
import org.sftoolkit.camel.model.SourceRecord;
import org.sftoolkit.camel.model.WireText;
import org.sftoolkit.camel.operation.OperationContext;

/**
 * Finds the outcome of inserts whose response was lost. They are never sent again. If {@code externalIdField} is set,
 * it checks whether the records exist.
 *
 * <p>A record with that external id may be older. It counts as the sent one only if it was created since, by the
 * server's clock. Both times have a precision of one second; within it, a unique field and equal values decide.
 * Otherwise the outcome stays unknown.
 */
final class InsertOutcomeLookup {

    private final OperationContext call;
    private final String field;
    private final Instant before;
    private final Instant after;
    private final ObjectDescription object;

    private InsertOutcomeLookup(OperationContext call, String field, Instant began, ObjectDescription object) {
        this.call = call;
        this.field = field;
        // both the clock and the creation time of a record have a precision of one second
        this.before = began.minusSeconds(1);
        this.after = began.plusSeconds(1);
        this.object = object;
    }

    /** A record with an unknown insert outcome. */
    private record Lost(@Nullable Object key, Map<String, Object> sent) {}

    /** Whether the outcome of the request is unknown. */
    static boolean unknown(Throwable failure) {
        return failure instanceof TransportException lost && lost.outcomeUnknown()
                || failure instanceof ServerException broken && broken.outcomeUnknown()
                || failure instanceof UnreadableResponseException garbled && garbled.outcomeUnknown();
    }

    /**
     * Answers for the batch; fails with the failure itself if they cannot be had.
     *
     * @param began when it was sent, by {@link System#nanoTime}
     */
    static Future<List<WriteAnswer>> lookUp(Throwable failure, SaveBatch batch, long began, OperationContext call) {
        List<String> types = batch.entries().stream()
                .map(entry -> entry.plan().requiredType())
                .distinct()
                .toList();
        if (batch.action() != SavePlan.Action.INSERT || types.size() != 1) {
            return Future.failedFuture(failure);
        }
        List<Lost> lost = new ArrayList<>();
        batch.entries()
                .forEach(entry -> lost.add(
                        new Lost(key(entry.record(), call), entry.plan().fields())));
        return lookUp(failure, types.get(0), lost, began, call);
    }

    /**
     * The result for one record; fails with the original failure if the record does not exist or the outcome is
     * unknown.
     */
    static Future<WriteAnswer> lookUp(
            Throwable failure, SavePlan plan, SourceRecord record, long began, OperationContext call) {
        return lookUp(failure, plan.requiredType(), List.of(new Lost(key(record, call), plan.fields())), began, call)
                .compose(answers -> answers.get(0).success()
                        ? Future.succeededFuture(answers.get(0))
                        : Future.failedFuture(failure));
    }

    private static @Nullable Object key(SourceRecord record, OperationContext call) {
        String field = call.options().externalIdField();
        Object key = field == null ? null : SentFields.key(field, FieldNames.value(record.fields(), field));
        return "".equals(key) ? null : key;
    }

    private static Future<List<WriteAnswer>> lookUp(
            Throwable failure, String type, List<Lost> lost, long began, OperationContext call) {
        String field = call.options().externalIdField();
        if (field == null || !unknown(failure) || lost.stream().map(Lost::key).allMatch(Objects::isNull)) {
            return Future.failedFuture(failure);
        }
        return call.client()
                .metadata()
                .describe(type)
                .compose(object -> new ClockClient(call.client()).now().compose(now -> {
                    Instant sent = now.minus(Duration.ofNanos(System.nanoTime() - began));
                    return new InsertOutcomeLookup(call, field, sent, object).answers(failure, lost);
                }))
                .recover(alsoFailed -> Future.failedFuture(failure));
    }

    private Future<List<WriteAnswer>> answers(Throwable failure, List<Lost> lost) {
        List<String> compared = lost.stream()
                .flatMap(one -> one.sent().keySet().stream())
                .map(name -> object.field(name)
                        .filter(InsertOutcomeLookup::isComparable)
                        .map(FieldDescription::name)
                        .orElse(null))
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        List<String> fields = new ArrayList<>(compared);
        fields.add("CreatedDate");
        return ExternalIds.candidates(
                        call, object.name(), lost.stream().map(Lost::key).toList(), fields)
                .map(found -> IntStream.range(0, lost.size())
                        .mapToObj(i -> answer(lost.get(i), found.get(i), failure))
                        .toList());
    }

    private static boolean isComparable(FieldDescription field) {
        return switch (field.type()) {
            case "base64", "address", "location", "encryptedstring" -> false;
            default -> true;
        };
    }

    private WriteAnswer answer(Lost lost, List<SObject> found, Throwable failure) {
        if (lost.key() == null) {
            return lost(failure, "; the record has no " + field + " to look it up by");
        }
        List<SObject> since = found.stream()
                .filter(record -> !created(record).isBefore(before))
                .toList();
        if (since.isEmpty()) {
            return lost(failure, "; looked up by " + field + ": the record does not exist, or not yet");
        }
        boolean unique = object.field(field).filter(FieldDescription::unique).isPresent();
        SObject only = since.get(0);
        boolean certainlySince = !created(only).isBefore(after);
        boolean same = unique ? certainlySince || isAsSent(only, lost) : certainlySince && isAsSent(only, lost);
        return since.size() == 1 && same
                ? new WriteAnswer(only.id(), true, true, List.of())
                : lost(failure, "; looked up by " + field + ": a record exists, but it may be this one or another");
    }

    private static WriteAnswer lost(Throwable failure, String looked) {
        var error = new ApiError(failure.getClass().getSimpleName(), failure.getMessage() + looked, List.of());
        return new WriteAnswer(null, false, false, List.of(error));
    }

    /** The creation time; a record without one counts as old. */
    private static Instant created(SObject record) {
        return record.get("CreatedDate") instanceof OffsetDateTime at ? at.toInstant() : Instant.MIN;
    }

    private boolean isAsSent(SObject record, Lost lost) {
        return lost.sent().entrySet().stream().allMatch(sent -> {
            String name = FieldNames.find(record, sent.getKey());
            return name == null || same(sent.getValue(), record.get(name));
        });
    }

    private static boolean same(Object sent, @Nullable Object stored) {
        if (sent == null || sent.equals("") || stored == null) {
            return (sent == null || sent.equals("")) && stored == null;
        }
        if (sent instanceof Map || stored instanceof Map) {
            return true;
        }
        String a = WireText.of(sent).strip();
        String b = WireText.of(stored).strip();
        try {
            return a.equals(b) || new java.math.BigDecimal(a).compareTo(new java.math.BigDecimal(b)) == 0;
        } catch (NumberFormatException text) {
            return sent instanceof OffsetDateTime one
                    && stored instanceof OffsetDateTime other
                    && one.toEpochSecond() == other.toEpochSecond();
        }
    }
}
