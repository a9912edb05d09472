package org.sftoolkit.emulator.api;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sftoolkit.emulator.events.EventBus;
import org.sftoolkit.emulator.org.ApiUsage;
import org.sftoolkit.emulator.org.ObjectSchema;
import org.sftoolkit.emulator.org.Org;

/** What is used and left (REST API Developer Guide: "Limits", "Record Count"). */
final class LimitsApi {

    private final Org org;
    private final ApiUsage usage;
    private final EventBus events;

    LimitsApi(Org org, ApiUsage usage, EventBus events) {
        this.events = events;
        this.org = org;
        this.usage = usage;
    }

    Answer limits(ApiCall call) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("DailyApiRequests", limit(usage.limit(), usage.remaining()));
        json.put("DailyAsyncApexExecutions", limit(250_000, 250_000));
        json.put("DailyBulkApiBatches", limit(15_000, 15_000));
        json.put("DailyBulkV2QueryJobs", limit(10_000, 10_000));
        json.put("DailyBulkV2QueryFileStorageMB", limit(976_562, 976_562));
        EventBus.Allowance delivered = events.deliveries();
        json.put("DailyDeliveredPlatformEvents", limit(delivered.limit(), delivered.remaining()));
        json.put("DataStorageMB", limit(1_024, 1_024));
        json.put("FileStorageMB", limit(1_024, 1_024));
        EventBus.Allowance published = events.publishing();
        json.put("HourlyPublishedPlatformEvents", limit(published.limit(), published.remaining()));
        json.put("SingleEmail", limit(5_000, 5_000));
        return Answer.ok(json);
    }

    Answer recordCount(ApiCall call) {
        List<ObjectSchema> objects = call.queryParam("sObjects")
                .map(names -> Arrays.stream(names.split(","))
                        .map(name -> org.schema().object(name.strip()))
                        .flatMap(Optional::stream)
                        .toList())
                .orElseGet(() -> List.copyOf(org.schema().objects()));
        return Answer.ok(Map.of(
                "sObjects", objects.stream().map(object -> count(object.name())).toList()));
    }

    private Map<String, Object> count(String object) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("count", org.count(object));
        json.put("name", object);
        return json;
    }

    private static Map<String, Object> limit(int most, int remaining) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("Max", most);
        json.put("Remaining", remaining);
        return json;
    }
}
