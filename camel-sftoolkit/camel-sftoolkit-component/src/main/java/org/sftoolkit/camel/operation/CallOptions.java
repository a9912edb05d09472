package org.sftoolkit.camel.operation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.transport.Concurrency;

/**
 * Options of one exchange: those of the endpoint, with the overrides of headers. Immutable.
 *
 * @param sObject API name of the object; null if the records contain it
 * @param fields fields to read; empty for all
 * @param concurrency requests at a time
 * @param batchSize records a request; 0 for as many as Salesforce takes
 * @param requestHeaders further headers of each request
 * @param records how records are named, read and written
 * @param query what is queried
 * @param files how files are stored
 * @param bulk how bulk jobs are made, waited for and read
 * @param rest what other REST resources are asked
 * @param overridable options that headers of the message may still set, each by its name; empty once they have
 */
public record CallOptions(
        @Nullable String sObject,
        List<String> fields,
        Concurrency concurrency,
        int batchSize,
        Map<String, String> requestHeaders,
        RecordOptions records,
        QueryOptions query,
        FileOptions files,
        BulkOptions bulk,
        RestOptions rest,
        Set<String> overridable) {

    private static final String ASSIGNMENT_RULE = "Sforce-Auto-Assign";

    public CallOptions {
        fields = List.copyOf(fields);
        requestHeaders = Map.copyOf(requestHeaders);
        overridable = Set.copyOf(overridable);
    }

    /** Options that no header may change. */
    public CallOptions(
            @Nullable String sObject,
            List<String> fields,
            Concurrency concurrency,
            int batchSize,
            Map<String, String> requestHeaders,
            RecordOptions records,
            QueryOptions query,
            FileOptions files,
            BulkOptions bulk,
            RestOptions rest) {
        this(sObject, fields, concurrency, batchSize, requestHeaders, records, query, files, bulk, rest, Set.of());
    }

    /** Whether a header of the message may bring an option that is missing. */
    public boolean mayCome(String option) {
        return overridable.contains(option);
    }

    /** Field that identifies records; null for their Id. */
    public @Nullable String externalIdField() {
        return records.externalIdField();
    }

    /** Field that identifies records, for those who know that there is one. */
    public String requiredExternalIdField() {
        return Objects.requireNonNull(externalIdField(), "externalIdField is not set");
    }

    /** Whether everything is planned and nothing written. */
    public boolean dryRun() {
        return records.writing().dryRun();
    }

    /** Refuses a batch that is larger than Salesforce takes. */
    public void requireBatch(String operation, int most) {
        if (batchSize > most) {
            throw new IllegalArgumentException("batchSize=" + batchSize + " is not allowed for " + operation
                    + ": use at most " + most + ", or leave it out, which uses the maximum");
        }
    }

    /** Records a request, of at most this many. */
    public int batchOf(int most) {
        return batchSize <= 0 ? most : Math.min(batchSize, most);
    }

    /** The same options with this many requests at a time. */
    public CallOptions with(Concurrency requests) {
        return new CallOptions(
                sObject, fields, requests, batchSize, requestHeaders, records, query, files, bulk, rest, overridable);
    }

    /** The same options with these further headers of each request. */
    public CallOptions sending(Map<String, String> headers) {
        return new CallOptions(
                sObject, fields, concurrency, batchSize, headers, records, query, files, bulk, rest, overridable);
    }

    /** The same options with another name of the load. */
    public CallOptions named(String load) {
        return new CallOptions(
                sObject,
                fields,
                concurrency,
                batchSize,
                requestHeaders,
                records,
                query,
                files,
                bulk.named(load),
                rest,
                overridable);
    }

    /** The same options that read these fields. */
    public CallOptions reading(List<String> names) {
        return new CallOptions(
                sObject, names, concurrency, batchSize, requestHeaders, records, query, files, bulk, rest, overridable);
    }

    /** The same options for records that are written in this mode, each by itself and whole. */
    public CallOptions plain(SaveMode mode) {
        return new CallOptions(
                sObject,
                fields,
                concurrency,
                batchSize,
                requestHeaders,
                records.plain(mode),
                query,
                files,
                bulk,
                rest,
                overridable);
    }

    /** The same options, with records known by their Id. */
    CallOptions byId() {
        return new CallOptions(
                sObject,
                fields,
                concurrency,
                batchSize,
                requestHeaders,
                records.byId(),
                query,
                files,
                bulk,
                rest,
                overridable);
    }

    /** Id of the assignment rule that a job runs, or null. */
    public @Nullable String jobAssignmentRule() {
        String rule = records.writing().headers().get(ASSIGNMENT_RULE);
        return bulk.assignmentRuleId() != null || !hasJobAssignmentRule() ? bulk.assignmentRuleId() : rule;
    }

    /** Whether the rule for saves is one that jobs can run too: they know the Id of a rule, and no other way. */
    public boolean hasJobAssignmentRule() {
        String rule = records.writing().headers().get(ASSIGNMENT_RULE);
        return rule != null && !rule.equals("TRUE") && !rule.equals("FALSE");
    }

    /** Headers of a writing request; those of the message win over the endpoint's. */
    public Map<String, String> writeHeaders() {
        if (records.writing().headers().isEmpty()) {
            return requestHeaders;
        }
        var headers = new LinkedHashMap<>(records.writing().headers());
        headers.putAll(requestHeaders);
        return headers;
    }

    /** The object, for an operation whose input does not name it. */
    public String requiredObject(String operation) {
        if (sObject == null) {
            throw new IllegalArgumentException(
                    "no object is given: add it to the URI, as in sftoolkit:" + operation + ":Account");
        }
        return sObject;
    }
}
