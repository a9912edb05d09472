package org.sftoolkit.emulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.sftoolkit.emulator.bulk.ClassicJob;
import org.sftoolkit.emulator.org.Blob;
import org.sftoolkit.emulator.org.SaveError;
import org.sftoolkit.emulator.org.SaveResult;
import org.sftoolkit.emulator.org.WireValues;

/** Jobs, batches, rows and results of the Bulk API before 2.0 in JSON, XML or CSV. Immutable. */
final class ClassicBulkForm {

    private static final DateTimeFormatter WIRE_TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSXX");

    private final ClassicJob.Content content;

    private ClassicBulkForm(ClassicJob.Content content) {
        this.content = content;
    }

    /** The form that a call asks for: JSON if it speaks JSON, else XML. */
    static ClassicBulkForm of(ApiCall call) {
        return new ClassicBulkForm(speaks(call, "json") ? ClassicJob.Content.JSON : ClassicJob.Content.XML);
    }

    /** The same, and JSON for a job in JSON unless the call speaks XML. */
    static ClassicBulkForm of(ApiCall call, ClassicJob job) {
        boolean json = speaks(call, "json") || job.order().content() == ClassicJob.Content.JSON && !speaks(call, "xml");
        return new ClassicBulkForm(json ? ClassicJob.Content.JSON : ClassicJob.Content.XML);
    }

    /** The form of a job's rows. */
    static ClassicBulkForm ofContent(ClassicJob job) {
        return new ClassicBulkForm(job.order().content());
    }

    private static boolean speaks(ApiCall call, String form) {
        return call.header("Content-Type").orElse("").contains(form)
                || call.header("Accept").orElse("").contains(form);
    }

    static Answer raw(ClassicJob job, byte[] bytes) {
        return Answer.file(type(job.order().content()), new Blob.InMemory(bytes));
    }

    private static String type(ClassicJob.Content content) {
        return switch (content) {
            case CSV -> "text/csv; charset=UTF-8";
            case JSON -> "application/json;charset=UTF-8";
            case XML -> "application/xml";
        };
    }

    // What comes in

    /** The properties of a request. */
    Map<String, Object> object(byte[] body, String root) {
        return content == ClassicJob.Content.JSON ? Json.object(body) : ClassicBulkXml.properties(body, root);
    }

    /** The rows of a batch. */
    List<Map<String, Object>> records(byte[] body) {
        if (content == ClassicJob.Content.XML) {
            return ClassicBulkXml.records(body);
        }
        if (!(Json.read(body) instanceof List<?> list)) {
            throw new ApiException(400, "InvalidBatch", "Failed to parse JSON: a batch is an array of records");
        }
        List<Map<String, Object>> records = new ArrayList<>();
        for (Object element : list) {
            if (!(element instanceof Map<?, ?> map)) {
                throw new ApiException(400, "InvalidBatch", "Failed to parse JSON: not a record: " + element);
            }
            Map<String, Object> record = ClassicBulkApi.ordered();
            map.forEach((name, value) -> record.put(String.valueOf(name), value));
            record.remove("attributes");
            records.add(record);
        }
        return records;
    }

    // What goes out

    Answer error(int status, String code, String message) {
        Map<String, Object> json = ClassicBulkApi.ordered();
        json.put("exceptionCode", code);
        json.put("exceptionMessage", message);
        return answer(status, "error", json);
    }

    Answer job(int status, ClassicJob job) {
        return answer(status, "jobInfo", properties(job));
    }

    Answer batch(int status, ClassicJob.Batch batch) {
        return answer(status, "batchInfo", properties(batch));
    }

    Answer batches(ClassicJob job) {
        List<Map<String, Object>> all =
                job.batches().stream().map(ClassicBulkForm::properties).toList();
        Map<String, Object> json = ClassicBulkApi.ordered();
        json.put("batchInfo", all);
        return answer(200, "batchInfoList", json);
    }

    Answer resultList(List<String> ids) {
        if (content == ClassicJob.Content.JSON) {
            return Answer.ok(ids);
        }
        Map<String, Object> json = ClassicBulkApi.ordered();
        json.put("result", ids);
        return answer(200, "result-list", json);
    }

    Answer results(ClassicJob.Batch batch) {
        List<Map<String, Object>> rows =
                batch.results().stream().map(this::result).toList();
        return switch (content) {
            case JSON -> Answer.ok(rows);
            case XML -> answer(200, "results", Map.of("result", rows));
            case CSV -> {
                StringBuilder csv = new StringBuilder("\"Id\",\"Success\",\"Created\",\"Error\"\n");
                batch.results()
                        .forEach(result -> csv.append(line(List.of(
                                result.id() == null ? "" : result.id(),
                                String.valueOf(result.success()),
                                String.valueOf(result.created()),
                                error(result.error())))));
                yield Answer.text(200, type(content), csv.toString());
            }
        };
    }

    Answer rows(ClassicJob.Batch batch) {
        return switch (content) {
            case JSON ->
                Answer.ok(batch.records().records().stream()
                        .map(ClassicBulkForm::withEpochs)
                        .toList());
            case XML ->
                Answer.text(
                        200,
                        type(content),
                        ClassicBulkXml.queryResult(batch.records().records()));
            case CSV -> {
                StringBuilder csv = new StringBuilder(line(batch.table().columns()));
                batch.table().rows().forEachRemaining(row -> csv.append(line(row)));
                yield Answer.text(200, type(content), csv.toString());
            }
        };
    }

    private Answer answer(int status, String root, Map<String, Object> properties) {
        return content == ClassicJob.Content.JSON
                ? Answer.json(status, properties)
                : Answer.text(status, "application/xml", ClassicBulkXml.write(root, properties));
    }

    private static Map<String, Object> properties(ClassicJob job) {
        List<ClassicJob.Batch> batches = job.batches();
        Map<String, Object> json = ClassicBulkApi.ordered();
        json.put("id", job.id());
        json.put("operation", job.order().operation());
        json.put("object", job.order().object());
        json.put("createdById", job.order().userId());
        json.put("createdDate", WireValues.datetime(job.created()));
        json.put("systemModstamp", WireValues.datetime(job.changed()));
        json.put("state", job.state().wireName());
        if (job.order().externalIdField() != null) {
            json.put("externalIdFieldName", job.order().externalIdField());
        }
        json.put("concurrencyMode", job.order().concurrencyMode());
        json.put("contentType", job.order().content().name());
        json.put("numberBatchesQueued", number(batches, ClassicJob.BatchState.QUEUED));
        json.put("numberBatchesInProgress", number(batches, ClassicJob.BatchState.IN_PROGRESS));
        json.put("numberBatchesCompleted", number(batches, ClassicJob.BatchState.COMPLETED));
        json.put("numberBatchesFailed", number(batches, ClassicJob.BatchState.FAILED));
        json.put("numberBatchesTotal", batches.size());
        json.put(
                "numberRecordsProcessed",
                batches.stream().mapToLong(ClassicJob.Batch::processed).sum());
        json.put("numberRetries", 0);
        json.put("apiVersion", new java.math.BigDecimal(job.order().version()));
        json.put(
                "numberRecordsFailed",
                batches.stream().mapToLong(ClassicJob.Batch::failed).sum());
        times(json);
        return json;
    }

    private static long number(List<ClassicJob.Batch> batches, ClassicJob.BatchState state) {
        return batches.stream().filter(batch -> batch.state() == state).count();
    }

    private static Map<String, Object> properties(ClassicJob.Batch batch) {
        Map<String, Object> json = ClassicBulkApi.ordered();
        json.put("id", batch.id());
        json.put("jobId", batch.job().id());
        json.put("state", batch.state().wireName());
        if (!batch.message().isEmpty()) {
            json.put("stateMessage", batch.message());
        }
        json.put("createdDate", WireValues.datetime(batch.created()));
        json.put("systemModstamp", WireValues.datetime(batch.changed()));
        json.put("numberRecordsProcessed", batch.processed());
        json.put("numberRecordsFailed", batch.failed());
        times(json);
        return json;
    }

    private static void times(Map<String, Object> json) {
        json.put("totalProcessingTime", 0);
        json.put("apiActiveProcessingTime", 0);
        json.put("apexProcessingTime", 0);
    }

    private Map<String, Object> result(SaveResult result) {
        Map<String, Object> json = ClassicBulkApi.ordered();
        List<Map<String, Object>> errors = result.success() ? List.of() : List.of(ApiErrors.ofRow(result.error()));
        if (content == ClassicJob.Content.JSON || !errors.isEmpty()) {
            json.put("errors", errors);
        }
        json.put("id", result.id());
        json.put("success", result.success());
        json.put("created", result.created());
        return json;
    }

    private static String error(SaveError error) {
        return error == null
                ? ""
                : error.statusCode() + ":" + error.message() + ":"
                        + (error.fields().isEmpty() ? "--" : String.join(", ", error.fields()) + " --");
    }

    private static String line(List<String> cells) {
        StringBuilder line = new StringBuilder();
        for (String cell : cells) {
            line.append(line.isEmpty() ? "\"" : ",\"")
                    .append(cell.replace("\"", "\"\""))
                    .append('"');
        }
        return line.append('\n').toString();
    }

    /** In JSON results of this API times are milliseconds since 1970, as clients report; the guide is silent. */
    private static ObjectNode withEpochs(ObjectNode record) {
        for (Map.Entry<String, JsonNode> field : List.copyOf(record.properties())) {
            if (field.getValue() instanceof ObjectNode parent) {
                withEpochs(parent);
            } else if (field.getValue().isTextual()
                    && field.getValue().asText().matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.000\\+0000")) {
                long epoch = OffsetDateTime.parse(field.getValue().asText(), WIRE_TIME)
                        .toInstant()
                        .toEpochMilli();
                record.put(field.getKey(), epoch);
            }
        }
        return record;
    }
}
