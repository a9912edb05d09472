package org.sftoolkit.emulator.bulk;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** A job that writes rows. */
public final class IngestJob extends BulkJob {

    private final IngestAction action;
    private final String externalIdField;
    private final String assignmentRuleId;
    private Path upload;
    private int uploads;
    private long failed;
    private long expected;
    private Path successfulResults;
    private Path failedResults;
    private Path unprocessedRecords;
    private List<String> header = List.of();

    IngestJob(
            String id, Order order, IngestAction action, String externalIdField, String assignmentRuleId, Instant now) {
        super(id, order, JobState.OPEN, now);
        this.action = action;
        this.externalIdField = externalIdField;
        this.assignmentRuleId = assignmentRuleId;
    }

    public IngestAction action() {
        return action;
    }

    /** The field of an upsert, or null. */
    public String externalIdField() {
        return externalIdField;
    }

    /** Or null. */
    public String assignmentRuleId() {
        return assignmentRuleId;
    }

    @Override
    public String jobType() {
        return "V2Ingest";
    }

    @Override
    public String operation() {
        return action.wireName();
    }

    /** Rows refused so far. */
    public synchronized long failed() {
        return failed;
    }

    /** Number of uploads that the job has got. */
    public synchronized int uploads() {
        return uploads;
    }

    /** Rows of the upload, empty lines included; 0 before they are counted. */
    public synchronized long expected() {
        return expected;
    }

    synchronized void expect(long rows) {
        expected = rows;
    }

    synchronized void addFailed(long rows) {
        failed += rows;
    }

    /** Takes over an upload; of several the last one counts. */
    synchronized void take(Path file) {
        BulkFolder.remove(upload);
        upload = file;
        uploads++;
    }

    synchronized Path upload() {
        return upload;
    }

    synchronized void results(Path successful, Path refused, Path unprocessed, List<String> names) {
        header = names == null ? List.of() : List.copyOf(names);
        successfulResults = successful;
        failedResults = refused;
        unprocessedRecords = unprocessed;
    }

    synchronized Path results(IngestResult which) {
        return switch (which) {
            case SUCCESSFUL -> successfulResults;
            case FAILED -> failedResults;
            case UNPROCESSED -> unprocessedRecords;
        };
    }

    /** Names of the upload's columns, as far as they were read. */
    public synchronized List<String> header() {
        return header;
    }

    @Override
    synchronized List<Path> files() {
        return Arrays.asList(upload, successfulResults, failedResults, unprocessedRecords);
    }
}
