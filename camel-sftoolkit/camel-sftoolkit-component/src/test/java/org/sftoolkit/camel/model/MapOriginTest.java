package org.sftoolkit.camel.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.sftoolkit.camel.model.SourceRecord.MapOrigin;

class MapOriginTest {

    private static SObject read() {
        var values = new LinkedHashMap<String, Object>();
        values.put("Phone", null);
        values.put("Name", "read");
        return SObject.read("Account", values);
    }

    @Test
    void valuesGoUnderTheKeysThatTheMapHas() {
        var map = new LinkedHashMap<>(Map.<String, Object>of("name", "old", "id", ""));
        new MapOrigin(map).merge(read());
        new MapOrigin(map).setId("001");
        assertThat(map).containsEntry("name", "read").containsEntry("id", "001").containsEntry("Phone", null);
        assertThat(map).doesNotContainKeys("Name", "Id");
    }

    @Test
    void mapThatRefusesAValueDoesNotFailASavedRecord() {
        var noNulls = new ConcurrentHashMap<>(Map.<String, Object>of("Name", "old", "Phone", "1"));
        new MapOrigin(noNulls).merge(read());
        assertThat(noNulls).containsEntry("Name", "read").doesNotContainKey("Phone");
        Map<String, Object> fixed = Map.of("Name", "old");
        new MapOrigin(fixed).setId("001");
        new MapOrigin(fixed).merge(read());
        Map<String, Object> part = new TreeMap<>(Map.<String, Object>of("M", "x")).headMap("N", false);
        new MapOrigin(part).merge(read());
        assertThat(part).containsOnlyKeys("M");
    }
}
