package org.sftoolkit.camel.records;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BatchBodyTest {

    private static final String RECORD = "{\"attributes\":{\"type\":\"Account\"},\"Name\":\"%s\"}";

    private final EncodedRecord.Encoder encoder = new EncodedRecord.Encoder();
    private final BatchBody body = new BatchBody(false, 64);
    private final EncodedRecord first = add("Söhne");
    private final EncodedRecord second = add("b");
    private final EncodedRecord third = add("c");

    private EncodedRecord add(String name) {
        encoder.write("Account", null, null, Map.of("Name", name));
        return body.add(encoder);
    }

    private static String json(boolean allOrNone, String... names) {
        List<String> records =
                List.of(names).stream().map(name -> RECORD.formatted(name)).toList();
        return "{\"allOrNone\":" + allOrNone + ",\"records\":[" + String.join(",", records) + "]}";
    }

    @Test
    void allItsRecordsAreSentWithoutACopyAndSoIsTheNextTry() {
        assertThat(body.end()).isEqualTo(first.bytes().length());
        for (int tries = 0; tries < 2; tries++) {
            assertThat(BatchBody.of(false, List.of(first, second, third)))
                    .isSameAs(first.bytes())
                    .hasToString(json(false, "Söhne", "b", "c"));
        }
    }

    @Test
    void someOfThemAreSentAlone() {
        body.end();
        assertThat(BatchBody.of(false, List.of(first))).hasToString(json(false, "Söhne"));
        assertThat(BatchBody.of(false, List.of(first, third))).hasToString(json(false, "Söhne", "c"));
        assertThat(BatchBody.of(false, List.of(second, third))).hasToString(json(false, "b", "c"));
        assertThat(BatchBody.of(false, List.of())).hasToString(json(false));
    }

    @Test
    void anotherOrderAndAnotherSettingAreThoseThatAreAskedFor() {
        body.end();
        assertThat(BatchBody.of(false, List.of(first, third, second))).hasToString(json(false, "Söhne", "c", "b"));
        assertThat(BatchBody.of(true, List.of(first, second, third))).hasToString(json(true, "Söhne", "b", "c"));
    }

    @Test
    void aRecordInMemoryOfItsOwnStandsWithTheOthers() {
        EncodedRecord alone = EncodedRecord.of("Account", Map.of("Name", "alone"));
        body.end();
        assertThat(BatchBody.of(false, List.of(first, alone, third))).hasToString(json(false, "Söhne", "alone", "c"));
        assertThat(BatchBody.of(false, List.of(alone))).hasToString(json(false, "alone"));
    }

    @Test
    void theKeyStandsBeforeTheOtherFields() {
        encoder.write("Account", "Key__c", "k", Map.of("Name", "x"));
        assertThat(encoder.encoded().bytes().toString())
                .isEqualTo("{\"attributes\":{\"type\":\"Account\"},\"Key__c\":\"k\",\"Name\":\"x\"}");
    }
}
