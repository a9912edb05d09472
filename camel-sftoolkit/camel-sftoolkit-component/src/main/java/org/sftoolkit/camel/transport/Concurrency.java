package org.sftoolkit.camel.transport;

/** How many requests one exchange may have under way. Thread-safe. */
public interface Concurrency {

    /** Found out while requests go; a fixed number stands in where nobody watches the requests. */
    Concurrency ADAPTIVE = fixed(5);

    /** Requests that may be under way now, at least 1. */
    int now();

    /** What {@link #now()} never exceeds. */
    int most();

    /**
     * Always so many.
     *
     * @param requests at least 1
     */
    static Concurrency fixed(int requests) {
        return new Concurrency() {
            @Override
            public int now() {
                return requests;
            }

            @Override
            public int most() {
                return requests;
            }

            @Override
            public String toString() {
                return Integer.toString(requests);
            }
        };
    }
}
