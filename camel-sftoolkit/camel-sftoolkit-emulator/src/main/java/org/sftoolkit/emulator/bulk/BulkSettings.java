package org.sftoolkit.emulator.bulk;

import java.time.Duration;

/**
 * Behaviour of Bulk API 2.0 that the documentation leaves open or that a test changes. Immutable.
 *
 * @param automatic whether jobs are processed by themselves; else {@link BulkService#step()} moves them
 * @param stepDelay pause before each step of the automatic processing
 * @param batchRows rows of an internal batch
 * @param pageRows rows of a page of query results if the client sets no number
 * @param listPage jobs of a page of the list of jobs
 * @param uploadLimit most bytes of an upload
 * @param secondUpload what a second upload to a job meets
 * @param emptyResults what results without rows look like
 * @param hardDelete whether the user has the permission "Bulk API Hard Delete"
 */
public record BulkSettings(
        boolean automatic,
        Duration stepDelay,
        int batchRows,
        int pageRows,
        int listPage,
        long uploadLimit,
        SecondUpload secondUpload,
        EmptyResults emptyResults,
        boolean hardDelete) {

    /** What becomes of a job that gets a second upload; which of them Salesforce does is not documented. */
    public enum SecondUpload {
        /** The upload is taken, closing the job is refused. */
        CLOSE_REFUSED,
        /** The upload is refused. */
        UPLOAD_REFUSED
    }

    /** Forms of results without rows; clients report all three. */
    public enum EmptyResults {
        /** The header alone. */
        HEADER,
        /** Status 200 without a body. */
        EMPTY,
        /** Status 204. */
        NO_CONTENT
    }

    /** Batches of 10,000 rows and uploads of 150 MB as documented; jobs run by themselves at once. */
    public static BulkSettings standard() {
        return new BulkSettings(
                true,
                Duration.ZERO,
                10_000,
                50_000,
                1_000,
                150_000_000L,
                SecondUpload.CLOSE_REFUSED,
                EmptyResults.HEADER,
                true);
    }

    /** Jobs wait for {@link BulkService#step()}. */
    public BulkSettings manual() {
        return new BulkSettings(
                false, stepDelay, batchRows, pageRows, listPage, uploadLimit, secondUpload, emptyResults, hardDelete);
    }

    public BulkSettings withStepDelay(Duration delay) {
        return new BulkSettings(
                automatic, delay, batchRows, pageRows, listPage, uploadLimit, secondUpload, emptyResults, hardDelete);
    }

    public BulkSettings withBatchRows(int rows) {
        return new BulkSettings(
                automatic, stepDelay, rows, pageRows, listPage, uploadLimit, secondUpload, emptyResults, hardDelete);
    }

    public BulkSettings withPageRows(int rows) {
        return new BulkSettings(
                automatic, stepDelay, batchRows, rows, listPage, uploadLimit, secondUpload, emptyResults, hardDelete);
    }

    public BulkSettings withListPage(int jobs) {
        return new BulkSettings(
                automatic, stepDelay, batchRows, pageRows, jobs, uploadLimit, secondUpload, emptyResults, hardDelete);
    }

    public BulkSettings withUploadLimit(long bytes) {
        return new BulkSettings(
                automatic, stepDelay, batchRows, pageRows, listPage, bytes, secondUpload, emptyResults, hardDelete);
    }

    public BulkSettings with(SecondUpload policy) {
        return new BulkSettings(
                automatic, stepDelay, batchRows, pageRows, listPage, uploadLimit, policy, emptyResults, hardDelete);
    }

    public BulkSettings with(EmptyResults form) {
        return new BulkSettings(
                automatic, stepDelay, batchRows, pageRows, listPage, uploadLimit, secondUpload, form, hardDelete);
    }

    public BulkSettings withHardDelete(boolean permitted) {
        return new BulkSettings(
                automatic,
                stepDelay,
                batchRows,
                pageRows,
                listPage,
                uploadLimit,
                secondUpload,
                emptyResults,
                permitted);
    }
}
