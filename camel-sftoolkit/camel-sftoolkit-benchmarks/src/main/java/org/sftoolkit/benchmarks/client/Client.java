package org.sftoolkit.benchmarks.client;

/** One way to do the scenarios' work. */
interface Client extends AutoCloseable {

    /** Exchanges through a route that does nothing: what the framework itself costs. */
    default Work empty(int count, int inFlight) {
        throw new UnsupportedOperationException("there is no framework around this client");
    }

    /** Single fetches, so many in flight. */
    Work fetch(int count, int inFlight);

    /** Inserts of lists of 200, so many lists in flight. */
    Work insert(int count, int inFlight);

    /** Reads by 2,000 ids a call, so many calls in flight. */
    Work retrieve(int count, int inFlight);

    /** Reads all rows of a SOQL query. */
    Work query(int rows);

    /** Loads rows through a bulk job. */
    Work ingest(int rows, BulkRows.Form form);

    /** Extracts the rows of a bulk job, as CSV or as records. */
    Work extract(boolean csv);

    /** What a client says that has no such way. */
    static UnsupportedOperationException unsupported(String what) {
        return new UnsupportedOperationException("this client does not map " + what);
    }

    @Override
    void close() throws Exception;
}
