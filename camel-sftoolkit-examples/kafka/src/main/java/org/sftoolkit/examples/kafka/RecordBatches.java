package org.sftoolkit.examples.kafka;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.component.kafka.consumer.KafkaManualCommit;

/**
 * What a batch of messages asks of the target: the newest version of each record counts, and a record is known there by its Id
 * in the source.
 */
public final class RecordBatches {

    private static final List<String> FIELDS = List.of("Name", "Industry", "NumberOfEmployees");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The records to save. */
    public List<Map<String, Object>> saves(List<Exchange> batch) throws IOException {
        var saves = new ArrayList<Map<String, Object>>();
        for (JsonNode version : newest(batch)) {
            if (!version.path("IsDeleted").asBoolean()) {
                var copy = new LinkedHashMap<String, Object>();
                copy.put("External_ID__c", version.path("Id").asText());
                FIELDS.forEach(field -> copy.put(field, JSON.convertValue(version.path(field), Object.class)));
                saves.add(copy);
            }
        }
        return saves;
    }

    /** The keys of the records to delete. */
    public List<String> removals(List<Exchange> batch) throws IOException {
        return newest(batch).stream()
                .filter(version -> version.path("IsDeleted").asBoolean())
                .map(version -> version.path("Id").asText())
                .toList();
    }

    /** Commits the last offset of each partition; {@code BatchManualCommit} of Camel commits that of one partition. */
    public void commit(List<Exchange> batch) {
        var last = new LinkedHashMap<Object, KafkaManualCommit>();
        for (Exchange message : batch) {
            last.put(
                    message.getMessage().getHeader(KafkaConstants.PARTITION),
                    message.getMessage().getHeader(KafkaConstants.MANUAL_COMMIT, KafkaManualCommit.class));
        }
        last.values().forEach(KafkaManualCommit::commit);
    }

    private static List<JsonNode> newest(List<Exchange> batch) throws IOException {
        var newest = new LinkedHashMap<String, JsonNode>();
        for (Exchange message : batch) {
            JsonNode version = JSON.readTree(message.getMessage().getBody(String.class));
            newest.put(version.path("Id").asText(), version);
        }
        return List.copyOf(newest.values());
    }
}
