package org.sftoolkit.benchmarks.run;

import io.vertx.core.json.JsonObject;

/**
 * What one measured window of a client came to.
 *
 * @param seconds        its length
 * @param operations     a second
 * @param cpuMicros      of the client's process an operation, without the JVM's compiler
 * @param compilerMicros of the JVM's compiler an operation
 * @param bytes          allocated an operation
 * @param memory         peak resident set, MB
 * @param threads        peak
 * @param peakInFlight   requests at a time as the stub saw them
 * @param calls          requests an operation as the stub saw them
 * @param error          why there is no result; null otherwise
 */
record Run(
        double seconds,
        double operations,
        double cpuMicros,
        double compilerMicros,
        double bytes,
        int memory,
        int threads,
        int peakInFlight,
        double calls,
        String error) {

    /**
     * @param client the line of the window
     * @param done   operations of the whole process
     * @param stub   what the stub counted meanwhile
     */
    static Run of(JsonObject client, long done, JsonObject stub) {
        if (client.containsKey("error")) {
            return failed(client.getString("error"));
        }
        return new Run(
                client.getDouble("seconds"),
                client.getDouble("ops_s"),
                client.getDouble("cpu_us_op"),
                client.getDouble("compiler_us_op"),
                client.getDouble("bytes_op"),
                client.getInteger("rss_mb"),
                client.getInteger("threads"),
                stub.getInteger("peakInFlight"),
                stub.getDouble("requests") / done,
                null);
    }

    static Run failed(String error) {
        return new Run(0, 0, 0, 0, 0, 0, 0, 0, 0, error);
    }

    double cpuWithCompilerMicros() {
        return cpuMicros + compilerMicros;
    }
}
