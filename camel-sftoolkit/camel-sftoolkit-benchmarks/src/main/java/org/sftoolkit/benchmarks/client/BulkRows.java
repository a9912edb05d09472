package org.sftoolkit.benchmarks.client;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The rows of a bulk load, 51 bytes each, as CSV and as records. */
final class BulkRows {

    private static final byte[] HEADER = "Name,Phone,Industry,NumberOfEmployees\n".getBytes(StandardCharsets.US_ASCII);

    private static final byte[] ROW =
            "Account 0000000000,+81-3-1234-5678,Technology,1234\n".getBytes(StandardCharsets.US_ASCII);
    private static final int LAST_DIGIT = "Account 0000000000".length() - 1;
    private static final int DIGITS = 10;
    private static final int BLOCK = 1000;

    /** As what a client is given the rows. */
    enum Form {
        /** CSV that is made while it is read, once. */
        STREAM,
        /** CSV that is in memory before the measured window. */
        BYTES,
        /** Maps. */
        RECORDS;

        /** @param variant of a scenario */
        static Form of(String variant) {
            return switch (variant) {
                case "records" -> RECORDS;
                case "bytes" -> BYTES;
                default -> STREAM;
            };
        }
    }

    private static byte[] ready = {};

    private BulkRows() {}

    /** CSV with a header and running numbers, made block by block while it is read. */
    static Iterator<byte[]> blocks(int rows) {
        return Stream.concat(
                        Stream.of(HEADER),
                        IntStream.range(0, (rows + BLOCK - 1) / BLOCK)
                                .mapToObj(block -> block(block * BLOCK, Math.min(BLOCK, rows - block * BLOCK))))
                .iterator();
    }

    /** Bytes in pieces. */
    static Iterator<byte[]> blocks(byte[] bytes) {
        int most = BLOCK * ROW.length;
        return IntStream.range(0, (bytes.length + most - 1) / most)
                .mapToObj(piece -> Arrays.copyOfRange(bytes, piece * most, Math.min(bytes.length, (piece + 1) * most)))
                .iterator();
    }

    /** All of it; made once for the same number of rows. */
    static synchronized byte[] bytes(int rows) {
        if (ready.length != HEADER.length + rows * ROW.length) {
            var all = new ByteArrayOutputStream(HEADER.length + rows * ROW.length);
            blocks(rows).forEachRemaining(all::writeBytes);
            ready = all.toByteArray();
        }
        return ready;
    }

    /** The same as a stream. */
    static InputStream csv(int rows) {
        Iterator<byte[]> blocks = blocks(rows);
        return new SequenceInputStream(new Enumeration<ByteArrayInputStream>() {
            @Override
            public boolean hasMoreElements() {
                return blocks.hasNext();
            }

            @Override
            public ByteArrayInputStream nextElement() {
                return new ByteArrayInputStream(blocks.next());
            }
        });
    }

    /** As many records, a thousand of them again and again: to make them is not what is measured. */
    static Iterator<Map<String, Object>> records(int count) {
        List<Map<String, Object>> records =
                IntStream.range(0, BLOCK).mapToObj(BulkRows::row).toList();
        return IntStream.range(0, count)
                .mapToObj(number -> records.get(number % BLOCK))
                .iterator();
    }

    private static Map<String, Object> row(int number) {
        var row = new LinkedHashMap<String, Object>();
        row.put("Name", "Account %010d".formatted(number));
        row.put("Phone", "+81-3-1234-5678");
        row.put("Industry", "Technology");
        row.put("NumberOfEmployees", 1234);
        return row;
    }

    private static byte[] block(int first, int count) {
        byte[] block = new byte[ROW.length * count];
        for (int i = 0; i < count; i++) {
            int start = i * ROW.length;
            System.arraycopy(ROW, 0, block, start, ROW.length);
            int number = first + i;
            for (int at = start + LAST_DIGIT; at > start + LAST_DIGIT - DIGITS; at--) {
                block[at] = (byte) ('0' + number % 10);
                number /= 10;
            }
        }
        return block;
    }

    /** How many lines the bytes end. */
    static int lines(byte[] bytes, int length) {
        int lines = 0;
        for (int i = 0; i < length; i++) {
            lines += bytes[i] == '\n' ? 1 : 0;
        }
        return lines;
    }

    /** Counts the rows of CSV, and closes it. */
    static long count(InputStream csv) throws IOException {
        long lines = -1; // the header is not a row
        byte[] block = new byte[65_536];
        try (csv) {
            for (int length = csv.read(block); length >= 0; length = csv.read(block)) {
                lines += lines(block, length);
            }
        }
        return lines;
    }
}
