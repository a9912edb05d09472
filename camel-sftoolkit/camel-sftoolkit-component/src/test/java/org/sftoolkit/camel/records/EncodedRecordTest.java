package org.sftoolkit.camel.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EncodedRecordTest {

    private final EncodedRecord.Encoder encoder = new EncodedRecord.Encoder();

    private String json(Map<String, ?> fields) {
        return new String(encoder.encode("Account", fields).json(), StandardCharsets.UTF_8);
    }

    @Test
    void recordsOfOneEncoderAreEachWholeAndApart() {
        assertThat(json(Map.of("Name", "Söhne")))
                .isEqualTo("{\"attributes\":{\"type\":\"Account\"},\"Name\":\"Söhne\"}");
        assertThat(json(Map.of("Size__c", 7))).isEqualTo("{\"attributes\":{\"type\":\"Account\"},\"Size__c\":7}");
        assertThat(json(Map.of())).isEqualTo("{\"attributes\":{\"type\":\"Account\"}}");
    }

    @Test
    void aRecordThatCannotBeEncodedLeavesNothingInTheNextOne() {
        Object unreadable = new Object() {
            @Override
            public String toString() {
                throw new IllegalStateException("unreadable");
            }
        };
        json(Map.of("Name", "before"));
        assertThatThrownBy(() -> json(Map.of("Name", unreadable))).isInstanceOf(IllegalArgumentException.class);
        assertThat(json(Map.of("Name", "after")))
                .isEqualTo("{\"attributes\":{\"type\":\"Account\"},\"Name\":\"after\"}");
    }

    @Test
    void aLargeRecordIsWholeAndSoIsTheNext() {
        String large = "x".repeat(200_000);
        assertThat(json(Map.of("Body", large))).hasSize(large.length() + 43).endsWith("xx\"}");
        assertThat(json(Map.of("Name", "small")))
                .isEqualTo("{\"attributes\":{\"type\":\"Account\"},\"Name\":\"small\"}");
    }
}
