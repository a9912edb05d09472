package org.sftoolkit.benchmarks.stub;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Answers with records: one, many by id, saved ones, pages of a query. */
final class RecordAnswers {

    static final int PAGE = 2000;

    private static final String ATTRIBUTES =
            "{\"attributes\":{\"type\":\"Account\",\"url\":\"/services/data/v66.0/sobjects/Account/%1$s\"},\"Id\":\"%1$s\",";
    private static final String ROW = ATTRIBUTES
            + "\"Name\":\"Account %1$s\",\"AccountNumber\":\"A-0001234\",\"Phone\":\"+81-3-1234-5678\","
            + "\"Website\":\"www.example.com\",\"Industry\":\"Technology\",\"Type\":\"Customer - Direct\","
            + "\"BillingCity\":\"Chiyoda\",\"AnnualRevenue\":123456789.0,\"NumberOfEmployees\":1234,"
            + "\"CreatedDate\":\"2026-01-31T12:34:56.000+0000\"";
    private static final String MORE = ",\"BillingStreet\":\"1-1 Marunouchi\",\"BillingPostalCode\":\"100-0005\","
            + "\"BillingCountry\":\"Japan\",\"Description\":null,\"Rating\":\"Hot\",\"OwnerId\":\"005xx0000000001AAA\","
            + "\"IsDeleted\":false,\"LastModifiedDate\":\"2026-01-31T12:34:56.000+0000\",\"SystemModstamp\":"
            + "\"2026-01-31T12:34:56.000+0000\",\"Site\":null";
    private static final Pattern LIMIT = Pattern.compile("LIMIT (\\d+)");

    private final Map<Integer, Buffer> saved = new HashMap<>();
    private final Map<Integer, Buffer> rows = new HashMap<>();
    private int queryRows = 200_000;

    void queryRows(int rows) {
        queryRows = rows;
    }

    int queryRows() {
        return queryRows;
    }

    Buffer record(String id) {
        return Buffer.buffer((ROW + MORE + "}").formatted(id));
    }

    Buffer retrieved(JsonArray ids) {
        var answer = new StringBuilder("[");
        for (int i = 0; i < ids.size(); i++) {
            answer.append(i > 0 ? "," : "")
                    .append(ROW.replace("%1$s", ids.getString(i)))
                    .append('}');
        }
        return Buffer.buffer(answer.append(']').toString());
    }

    Buffer saved(int count) {
        return saved.computeIfAbsent(count, size -> {
            var answer = new StringBuilder("[");
            for (int i = 0; i < size; i++) {
                answer.append(i > 0 ? "," : "")
                        .append("{\"id\":\"001xx%010dAAA\",\"success\":true,\"errors\":[]}".formatted(i));
            }
            return Buffer.buffer(answer.append(']').toString());
        });
    }

    /** The page that the path names; the first if it names no page. All pages hold the same rows, which are rendered once. */
    Buffer page(String path, String soql) {
        int dash = path.lastIndexOf('-');
        int total = soql == null ? Integer.parseInt(path.substring(path.lastIndexOf('q') + 1, dash)) : limit(soql);
        int from = soql == null ? Integer.parseInt(path.substring(dash + 1)) : 0;
        int to = Math.min(total, from + PAGE);
        String next =
                to == total ? "" : ",\"nextRecordsUrl\":\"/services/data/v66.0/query/01gxxq" + total + "-" + to + "\"";
        String head = "{\"totalSize\":" + total + ",\"done\":" + (to == total) + next + ",\"records\":";
        return Buffer.buffer(head).appendBuffer(rows.computeIfAbsent(to - from, RecordAnswers::render));
    }

    private int limit(String soql) {
        Matcher limit = LIMIT.matcher(soql);
        return limit.find() ? Math.min(queryRows, Integer.parseInt(limit.group(1))) : queryRows;
    }

    private static Buffer render(int count) {
        var page = new StringBuilder("[");
        for (int i = 0; i < count; i++) {
            page.append(i > 0 ? "," : "").append(ROW.replace("%1$s", id(i))).append('}');
        }
        return Buffer.buffer(page.append("]}").toString());
    }

    private static String id(int number) {
        return "001xx%010dAAA".formatted(number);
    }
}
