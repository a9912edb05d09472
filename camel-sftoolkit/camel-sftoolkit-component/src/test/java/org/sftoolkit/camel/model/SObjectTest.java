package org.sftoolkit.camel.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SObjectTest {

    private static SObject read(Object... pairs) {
        var values = new LinkedHashMap<String, Object>();
        for (int i = 0; i < pairs.length; i += 2) {
            values.put((String) pairs[i], pairs[i + 1]);
        }
        return SObject.read("Account", values);
    }

    @Test
    void aRecordAsReadHasNoChanges() {
        assertThat(read("Id", "001", "Name", "Acme").changedFields()).isEmpty();
    }

    @Test
    void everyFieldOfANewRecordIsAChange() {
        SObject record = SObject.of("Account", Map.of("Name", "Acme"));
        assertThat(record.changedFields()).containsExactly("Name");
    }

    @Test
    void valueSetBackIsNotAChange() {
        SObject record = read("Name", "Acme", "Phone", null);
        record.put("Name", "Other");
        record.put("Phone", "1");
        record.put("Name", "Acme");
        assertThat(record.changedFields()).containsExactly("Phone");
        record.put("Phone", null);
        assertThat(record.changedFields()).isEmpty();
    }

    @Test
    void nullIsAChangeWithAndWithoutAnOldValue() {
        SObject record = read("Name", "Acme");
        record.put("Name", null);
        record.put("Phone", null);
        assertThat(record.changedFields()).containsExactly("Name", "Phone");
    }

    @Test
    void settingThroughAnEntryIsAChange() {
        SObject record = read("Name", "Acme");
        record.entrySet().iterator().next().setValue("Other");
        assertThat(record).containsEntry("Name", "Other");
        assertThat(record.changedFields()).containsExactly("Name");
    }

    @Test
    void removedFieldIsNotAChange() {
        SObject record = read("Name", "Acme");
        record.put("Name", "Other");
        record.remove("Name");
        assertThat(record.changedFields()).isEmpty();
    }

    @Test
    void savedValuesAreNoChangesAnyMore() {
        SObject record = SObject.of("Account", Map.of("Name", "Acme"));
        record.markUnchanged();
        assertThat(record.changedFields()).isEmpty();
        record.put("Name", "Other");
        assertThat(record.changedFields()).containsExactly("Name");
    }

    @Test
    void mergedValuesAreNoChangesAndOthersStay() {
        SObject record = read("Id", "001", "Name", "Acme");
        record.put("Name", "Mine");
        record.put("Phone", "1");
        record.merge(read("Name", "Theirs", "City", "Rome"));
        assertThat(record)
                .containsEntry("Name", "Theirs")
                .containsEntry("City", "Rome")
                .containsEntry("Phone", "1");
        assertThat(record.changedFields()).containsExactly("Phone");
    }

    @Test
    void anyMapperWritesTheWireForm() throws Exception {
        SObject record = read(
                "CreatedDate", OffsetDateTime.parse("2026-01-31T12:34:56Z"),
                "Founded__c", LocalDate.parse("1999-12-31"),
                "Regions__c", List.of("A", "B"),
                "Amount", new BigDecimal("1E+3"),
                "Phone", null,
                "Owner", SObject.of("User", Map.of("Name", "Ann")));
        assertThat(new ObjectMapper().writeValueAsString(Map.of("r", record)))
                .isEqualTo(
                        "{\"r\":{\"attributes\":{\"type\":\"Account\"},\"CreatedDate\":\"2026-01-31T12:34:56.000+0000\",\"Founded__c\":\"1999-12-31\","
                                + "\"Regions__c\":\"A;B\",\"Amount\":1000,\"Phone\":null,\"Owner\":"
                                + "{\"attributes\":{\"type\":\"User\"},\"Name\":\"Ann\"}}}");
    }
}
