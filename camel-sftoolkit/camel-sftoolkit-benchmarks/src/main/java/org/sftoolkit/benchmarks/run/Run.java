package org.sftoolkit.benchmarks.run;

import io.vertx.core.json.JsonObject;

/**
 * What one run of a client came to.
 *
 * @param seconds      of the measured window
 * @param operations   a second
 * @param cpuMicros    of the client's process, an operation
 * @param memory       peak resident set, MB
 * @param threads      peak
 * @param peakInFlight requests at a time as the stub saw them
 * @param error        why there is no result; null otherwise
 */
record Run(
        double seconds, double operations, double cpuMicros, int memory, int threads, int peakInFlight, String error) {

    static Run of(JsonObject client, JsonObject stub) {
        if (client.containsKey("error")) {
            return failed(client.getString("error"));
        }
        return new Run(
                client.getDouble("seconds"),
                client.getDouble("ops_s"),
                client.getDouble("cpu_us_op"),
                client.getInteger("rss_mb"),
                client.getInteger("threads"),
                stub.getInteger("peakInFlight"),
                null);
    }

    static Run failed(String error) {
        return new Run(0, 0, 0, 0, 0, 0, error);
    }
}
