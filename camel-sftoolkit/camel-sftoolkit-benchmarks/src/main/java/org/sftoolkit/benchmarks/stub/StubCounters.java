package org.sftoolkit.benchmarks.stub;

import io.vertx.core.json.JsonObject;

/** What the stub saw since the last reset. On one event loop only. */
final class StubCounters {

    private int inFlight;
    private int peak;
    private long requests;
    private long records;
    private long bytesIn;

    void begin() {
        requests++;
        peak = Math.max(peak, ++inFlight);
    }

    void end() {
        inFlight--;
    }

    void records(long count) {
        records += count;
    }

    void bytesIn(long count) {
        bytesIn += count;
    }

    void reset() {
        peak = inFlight;
        requests = 0;
        records = 0;
        bytesIn = 0;
    }

    JsonObject json() {
        return new JsonObject()
                .put("requests", requests)
                .put("peakInFlight", peak)
                .put("records", records)
                .put("bytesIn", bytesIn);
    }
}
