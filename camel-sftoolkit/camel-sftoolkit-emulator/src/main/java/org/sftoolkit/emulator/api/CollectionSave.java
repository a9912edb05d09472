package org.sftoolkit.emulator.api;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.sftoolkit.emulator.org.Org;
import org.sftoolkit.emulator.org.RowRefusedException;
import org.sftoolkit.emulator.org.SaveError;
import org.sftoolkit.emulator.org.SaveResult;
import org.sftoolkit.emulator.org.Transaction;
import org.sftoolkit.emulator.org.Writer;

/** Writes the records of one call, each by itself or all or none. */
final class CollectionSave {

    private static final SaveError ROLLED_BACK = new SaveError(
            "ALL_OR_NONE_OPERATION_ROLLED_BACK",
            "Record rolled back because not all records were valid and the request was using AllOrNone header");

    /** Writes one record. */
    @FunctionalInterface
    interface Step {
        SaveResult save(Transaction transaction, CollectionRequest.Element record);
    }

    private CollectionSave() {}

    /** @param creates whether a record would have been created, had nothing gone wrong; asked if all is rolled back */
    static List<SaveResult> run(
            Org org,
            Writer writer,
            CollectionRequest request,
            Step step,
            Predicate<CollectionRequest.Element> creates) {
        return org.write(writer, transaction -> {
            List<SaveResult> results = new ArrayList<>(request.records().size());
            boolean failed = false;
            for (CollectionRequest.Element record : request.records()) {
                SaveResult result = one(transaction, record, step);
                failed |= !result.success();
                results.add(result);
            }
            if (failed && request.allOrNone()) {
                transaction.rollBackTo(0);
                results.replaceAll(CollectionSave::rolledBack);
                restoreIds(request, results);
                for (int i = 0; i < results.size(); i++) {
                    SaveResult result = results.get(i);
                    boolean created = creates.test(request.records().get(i));
                    results.set(i, new SaveResult(result.id(), created, result.error()));
                }
            }
            return results;
        });
    }

    private static SaveResult one(Transaction transaction, CollectionRequest.Element record, Step step) {
        int mark = transaction.mark();
        try {
            return step.save(transaction, record);
        } catch (RowRefusedException e) {
            transaction.rollBackTo(mark);
            return new SaveResult(null, false, e.error());
        }
    }

    private static SaveResult rolledBack(SaveResult result) {
        return result.success() ? new SaveResult(null, result.created(), ROLLED_BACK) : result;
    }

    /** Rows that existed before keep their id in the results of a call that was rolled back. */
    @SuppressWarnings("ReferenceEquality") // this error, and no other that reads the same
    private static void restoreIds(CollectionRequest request, List<SaveResult> results) {
        for (int i = 0; i < results.size(); i++) {
            SaveResult result = results.get(i);
            if (result.error() == ROLLED_BACK && request.records().get(i).id() != null) {
                results.set(i, new SaveResult(request.records().get(i).id(), result.created(), result.error()));
            }
        }
    }
}
