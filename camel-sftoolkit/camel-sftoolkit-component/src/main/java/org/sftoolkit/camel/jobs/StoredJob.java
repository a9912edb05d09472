package org.sftoolkit.camel.jobs;

/**
 * A bulk job as it stands in a store.
 *
 * @param part    which part of its load it holds; unique within the load
 * @param id      18 characters
 * @param kind    what its result is
 * @param step    how far it has come
 * @param rows    rows that it was given; 0 if that is not known
 * @param digest  of the data that it was given, or of its statement
 * @param locator of the page of a query's result; empty for the first, or if the whole result is meant
 * @param taker   who delivers its result; empty if nobody does
 */
public record StoredJob(
        String part, String id, Kind kind, Step step, long rows, String digest, String locator, String taker) {

    /** What the result of a job is. */
    public enum Kind {
        /** Results of the rows that were loaded. */
        INGEST,
        /** All rows of a query. */
        QUERY,
        /** A query whose pages are delivered one by one; they take its place when it has ended. */
        PAGES,
        /** One page of the rows of a query. */
        PAGE
    }

    /** How far a job has come, as far as its store knows. */
    public enum Step {
        /** Made. It may have its data, but nobody has asked to close it: Salesforce will not process it. */
        CREATED,
        /** It is being closed; whether that happened is known to Salesforce only. */
        CLOSING,
        /** Salesforce processes it, or has done so. */
        CLOSED,
        /** Its result is on its way by itself. */
        DELIVERING,
        /** Its end was told to an exchange, which failed. */
        TOLD,
        /** Its result was delivered by itself. */
        DELIVERED
    }

    /** A job that has just been made for a part of a load. */
    public static StoredJob created(String part, String id, long rows, String digest) {
        return new StoredJob(part, id, Kind.INGEST, Step.CREATED, rows, digest, "", "");
    }

    /** A query job, which Salesforce processes from the beginning. */
    public static StoredJob query(String id, String digest, boolean byPage) {
        return new StoredJob("0", id, byPage ? Kind.PAGES : Kind.QUERY, Step.CLOSED, 0, digest, "", "");
    }

    /** The same job at another step. */
    public StoredJob at(Step other) {
        return new StoredJob(part, id, kind, other, rows, digest, locator, taker);
    }

    /** The same query, whose rows before this page were given out. */
    public StoredJob from(String page) {
        return new StoredJob(part, id, kind, step, rows, digest, page, taker);
    }

    /** Whether its result goes, or went, its own way, and not with its load. */
    public boolean goesAlone() {
        return step == Step.DELIVERING || step == Step.DELIVERED;
    }

    StoredJob page(int number, String page) {
        return new StoredJob("page-" + number, id, Kind.PAGE, Step.CLOSED, 0, "", page, "");
    }

    StoredJob takenBy(String run) {
        return new StoredJob(part, id, kind, step, rows, digest, locator, run);
    }
}
