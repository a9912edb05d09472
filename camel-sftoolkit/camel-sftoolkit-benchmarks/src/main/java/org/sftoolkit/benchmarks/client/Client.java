package org.sftoolkit.benchmarks.client;

/** One way to do the scenarios' work. Each method does it and fails loudly where the answer is not as it must be. */
interface Client extends AutoCloseable {

    /** Exchanges through a route that does nothing: what the framework itself costs. */
    default void empty(int count, int inFlight) throws Exception {
        throw new UnsupportedOperationException("there is no framework around this client");
    }

    /** Single fetches, so many in flight. */
    void fetch(int count, int inFlight) throws Exception;

    /** Inserts of lists of 200, so many lists in flight. */
    void insert(int count, int inFlight) throws Exception;

    /** Reads by 2,000 ids a call, so many calls in flight. */
    void retrieve(int count, int inFlight) throws Exception;

    /** Reads all rows of a SOQL query; gives how many. */
    long query(int rows) throws Exception;

    /** Loads rows through a bulk job, from ready CSV or from records. */
    default void ingest(int rows, boolean csv) throws Exception {
        throw new UnsupportedOperationException("this client is not measured loading");
    }

    /** Extracts rows through a bulk job, as CSV or as records; gives how many. */
    default long extract(boolean csv) throws Exception {
        throw new UnsupportedOperationException("this client is not measured extracting");
    }

    @Override
    void close() throws Exception;
}
