package org.sftoolkit.benchmarks.micro;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Salesforce's answers about the account that all micro benchmarks work on. */
final class Records {

    static final MultiMap JSON = MultiMap.caseInsensitiveMultiMap().add("Content-Type", "application/json");

    private static final String READ = "{\"attributes\":{\"type\":\"Account\","
            + "\"url\":\"/services/data/v66.0/sobjects/Account/001xx0000000777AAA\"},\"Id\":\"001xx0000000777AAA\","
            + "\"Name\":\"Account 0000000777\",\"AccountNumber\":\"A-0001234\",\"Phone\":\"+81-3-1234-5678\","
            + "\"Website\":\"www.example.com\",\"Industry\":\"Technology\",\"Type\":\"Customer - Direct\","
            + "\"BillingCity\":\"Chiyoda\",\"AnnualRevenue\":123456789.0,\"NumberOfEmployees\":1234,"
            + "\"CreatedDate\":\"2026-01-31T12:34:56.000+0000\"}";

    private Records() {}

    /** One record as it is read. */
    static byte[] read() {
        return Buffer.buffer(READ).getBytes();
    }

    /** A whole query of so many rows in one page. */
    static Buffer page(int rows) {
        return Buffer.buffer(IntStream.range(0, rows)
                .mapToObj(row -> READ)
                .collect(Collectors.joining(",", "{\"totalSize\":" + rows + ",\"done\":true,\"records\":[", "]}")));
    }

    /** The results of so many inserts. */
    static Buffer saved(int count) {
        return Buffer.buffer(IntStream.range(0, count)
                .mapToObj("{\"id\":\"001xx%010dAAA\",\"success\":true,\"errors\":[]}"::formatted)
                .collect(Collectors.joining(",", "[", "]")));
    }

    /** A bulk query's rows as CSV. */
    static String csv(int rows) {
        return "\"Id\",\"Name\",\"Phone\",\"Industry\",\"NumberOfEmployees\"\n"
                + "\"001xx0000000777AAA\",\"Account 0000000777\",\"+81-3-1234-5678\",\"Technology\",\"1234\"\n"
                        .repeat(rows);
    }
}
