package org.sftoolkit.benchmarks.client;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The same ids, records and statements for every client. */
public final class Workload {

    static final String FIELDS = "Id,Name,AccountNumber,Phone,Website,Industry,Type,BillingCity,AnnualRevenue,"
            + "NumberOfEmployees,CreatedDate";
    static final String QUERY = "SELECT " + FIELDS.replace(",", ", ") + " FROM Account";
    static final String BULK_QUERY = "SELECT Id, Name, Phone, Industry, NumberOfEmployees FROM Account";

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

    /** A new account of 9 fields and 300 bytes. */
    public static Map<String, Object> account(long number) {
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

    private static String digits(long number) {
        String digits = Long.toString(number);
        return "0".repeat(10 - digits.length()) + digits;
    }
}
