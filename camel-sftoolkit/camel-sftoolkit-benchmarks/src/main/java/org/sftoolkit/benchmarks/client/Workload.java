package org.sftoolkit.benchmarks.client;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The same ids, records and statements for every client. */
final class Workload {

    static final String FIELDS = "Id,Name,AccountNumber,Phone,Website,Industry,Type,BillingCity,AnnualRevenue,"
            + "NumberOfEmployees,CreatedDate";
    static final String QUERY = "SELECT " + FIELDS.replace(",", ", ") + " FROM Account";
    static final String BULK_QUERY = "SELECT Id, Name, Phone, Industry, NumberOfEmployees FROM Account";

    private static final int CSV_BLOCK = 1000;

    private Workload() {}

    static String id(long number) {
        return "001xx" + digits(number) + "AAA";
    }

    static List<String> ids(int count) {
        var ids = new ArrayList<String>(count);
        for (int i = 0; i < count; i++) {
            ids.add(id(i));
        }
        return ids;
    }

    static Map<String, Object> account(long number) {
        var account = new LinkedHashMap<String, Object>();
        account.put("Name", "Account %010d".formatted(number));
        account.put("AccountNumber", "A-0001234");
        account.put("Phone", "+81-3-1234-5678");
        account.put("Website", "www.example.com");
        account.put("Industry", "Technology");
        account.put("Type", "Customer - Direct");
        account.put("BillingCity", "Chiyoda");
        account.put("AnnualRevenue", 123456789.0);
        account.put("NumberOfEmployees", 1234);
        return account;
    }

    static List<Map<String, Object>> accounts(int count) {
        var accounts = new ArrayList<Map<String, Object>>(count);
        for (int i = 0; i < count; i++) {
            accounts.add(account(i));
        }
        return accounts;
    }

    /** The records of a bulk load, made while they are read. */
    static Iterator<Map<String, Object>> bulkRecords(int count) {
        return IntStream.range(0, count).mapToObj(Workload::bulkRecord).iterator();
    }

    private static Map<String, Object> bulkRecord(int number) {
        var record = new LinkedHashMap<String, Object>();
        record.put("Name", "Account " + digits(number));
        record.put("Phone", "+81-3-1234-5678");
        record.put("Industry", "Technology");
        record.put("NumberOfEmployees", 1234);
        return record;
    }

    /** The same as CSV of 51 bytes a row, made while it is read. */
    static InputStream bulkCsv(int count) {
        Iterator<byte[]> rows = IntStream.rangeClosed(-1, (count - 1) / CSV_BLOCK)
                .mapToObj(block -> csvBlock(block, count))
                .iterator();
        return new SequenceInputStream(new Enumeration<>() {
            @Override
            public boolean hasMoreElements() {
                return rows.hasNext();
            }

            @Override
            public InputStream nextElement() {
                return new ByteArrayInputStream(rows.next());
            }
        });
    }

    private static byte[] csvBlock(int block, int count) {
        if (block < 0) {
            return "Name,Phone,Industry,NumberOfEmployees\n".getBytes(StandardCharsets.US_ASCII);
        }
        var rows = new StringBuilder();
        int end = (int) Math.min(count, (block + 1L) * CSV_BLOCK);
        for (int i = block * CSV_BLOCK; i < end; i++) {
            rows.append("Account ").append(digits(i)).append(",+81-3-1234-5678,Technology,1234\n");
        }
        return rows.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static String digits(long number) {
        String digits = Long.toString(number);
        return "0".repeat(10 - digits.length()) + digits;
    }
}
