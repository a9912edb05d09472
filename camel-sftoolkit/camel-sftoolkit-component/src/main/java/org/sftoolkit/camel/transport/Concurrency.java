package org.sftoolkit.camel.transport;

/** The number of concurrent requests of one exchange. Thread-safe. */
public interface Concurrency {

    /** Adapts to the requests; a fixed number is used if the requests are not observed. */
    Concurrency ADAPTIVE = fixed(5);

    /** Requests that may be under way now, at least 1. */
    int now();

    /** The maximum of {@link #now()}. */
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
