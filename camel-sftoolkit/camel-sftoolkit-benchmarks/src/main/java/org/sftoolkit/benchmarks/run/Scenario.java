package org.sftoolkit.benchmarks.run;

import java.util.List;

/**
 * Work that is measured.
 *
 * @param label   name in the table
 * @param what    one line for the reader
 * @param code    which work
 * @param ops     operations of a run
 * @param conc    in flight at a time
 * @param warmUp  operations before the measured ones
 * @param latency milliseconds before each answer
 * @param heap    of the client's process, as in {@code -Xmx}
 * @param clients that do it, the raw client first
 */
record Scenario(
        String label,
        String what,
        String code,
        int ops,
        int conc,
        int warmUp,
        int latency,
        String heap,
        List<String> clients) {

    static final String RAW = "raw";
    static final String TOOLKIT = "sftoolkit";
    static final String CAMEL = "camel-salesforce";

    private static final List<String> ALL = List.of(RAW, TOOLKIT, CAMEL);
    private static final List<String> ALONE = List.of(TOOLKIT);

    /** All scenarios, in the order of the table. */
    static List<Scenario> all() {
        return List.of(
                new Scenario("S0", "an empty route: Camel's own share", "S0", 200_000, 50, 200_000, 0, "512m", ALONE),
                new Scenario("S1L", "single fetch, 50 in flight, warm", "S1", 50_000, 50, 50_000, 0, "512m", ALL),
                new Scenario("S2-10", "single fetch, 50 ms, 10 in flight", "S2", 1_000, 10, 40, 50, "512m", ALL),
                new Scenario("S2-50", "single fetch, 50 ms, 50 in flight", "S2", 2_000, 50, 200, 50, "512m", ALL),
                new Scenario("S2-200", "single fetch, 50 ms, 200 in flight", "S2", 2_000, 200, 800, 50, "512m", ALL),
                new Scenario(
                        "S3", "insert 20,000 in lists of 200, 5 at a time", "S3", 20_000, 5, 40_000, 0, "512m", ALL),
                new Scenario("S3-50ms", "the same with 50 ms", "S3", 20_000, 5, 4_000, 50, "512m", ALL),
                new Scenario(
                        "S4",
                        "retrieve 20,000 by id, 10 calls at a time, 100 ms",
                        "S4",
                        20_000,
                        10,
                        20_000,
                        100,
                        "512m",
                        ALL),
                new Scenario("S5", "SOQL query of 200,000 rows, mapped", "S5", 200_000, 1, 20_000, 0, "256m", ALL),
                new Scenario(
                        "S5-64m", "SOQL query of 2,000,000 rows at -Xmx64m", "S5", 2_000_000, 1, 0, 0, "64m", ALONE),
                new Scenario(
                        "S6-csv",
                        "bulk ingest of 1,000,000 rows of CSV",
                        "S6-csv",
                        1_000_000,
                        1,
                        20_000,
                        0,
                        "256m",
                        ALONE),
                new Scenario(
                        "S6-records",
                        "bulk ingest of 1,000,000 records",
                        "S6-records",
                        1_000_000,
                        1,
                        20_000,
                        0,
                        "256m",
                        ALONE),
                new Scenario(
                        "S6-64m",
                        "bulk ingest of 2,000,000 rows, 102 MB, at -Xmx64m",
                        "S6-records",
                        2_000_000,
                        1,
                        0,
                        0,
                        "64m",
                        ALONE),
                new Scenario(
                        "S7-csv", "bulk query of 2,000,000 rows as CSV", "S7-csv", 2_000_000, 1, 0, 0, "256m", ALONE),
                new Scenario(
                        "S7-rows",
                        "bulk query of 2,000,000 rows, parsed",
                        "S7-rows",
                        2_000_000,
                        1,
                        0,
                        0,
                        "256m",
                        ALONE),
                new Scenario("S7-64m", "the same at -Xmx64m", "S7-rows", 2_000_000, 1, 0, 0, "64m", ALONE),
                new Scenario("SEQ", "100 ids fetched one by one, 50 ms", "S2", 100, 1, 20, 50, "512m", ALONE),
                new Scenario("SEQ-10", "the same with 10 in flight", "S2", 100, 10, 20, 50, "512m", ALONE),
                new Scenario("START", "from the JVM's start to the first answer", "START", 1, 1, 0, 0, "512m", ALL));
    }

    /** Whether the scenario is there to show that the heap suffices. */
    boolean provesMemory() {
        return heap.equals("64m");
    }
}
