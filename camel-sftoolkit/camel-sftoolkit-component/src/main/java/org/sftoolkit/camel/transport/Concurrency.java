package org.sftoolkit.camel.transport;

import org.jspecify.annotations.Nullable;

/** The number of concurrent requests of one exchange. Thread-safe. */
public interface Concurrency {

    /** Adapts to the requests; a fixed number is used if the requests are not observed. */
    Concurrency ADAPTIVE = fixed(5);

    /** Requests that may be under way now, at least 1. */
    int now();

    /** The maximum of {@link #now()}. */
    int most();

    /** The maximum that may be asked for. */
    int LARGEST = 1_000;

    /**
     * Reads the option {@code concurrency}: a number, or {@code adaptive}.
     *
     * @throws IllegalArgumentException for any other text, and for null
     */
    static Concurrency of(@Nullable String text) {
        String asked = text == null ? "" : text.strip();
        if ("adaptive".equalsIgnoreCase(asked)) {
            return ADAPTIVE;
        }
        if (!asked.matches("[+]?[0-9]{1,9}") || Integer.parseInt(asked) < 1 || Integer.parseInt(asked) > LARGEST) {
            throw new IllegalArgumentException(
                    "concurrency=" + text + ": use a number from 1 to " + LARGEST + ", or adaptive");
        }
        return fixed(Integer.parseInt(asked));
    }

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
