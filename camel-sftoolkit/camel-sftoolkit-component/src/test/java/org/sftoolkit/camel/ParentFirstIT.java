package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.sftoolkit.camel.error.InvalidBodyException;
import org.sftoolkit.camel.model.SObject;
import org.sftoolkit.camel.model.SaveResult;
import org.sftoolkit.camel.model.SaveResults;
import org.sftoolkit.emulator.CustomField;
import org.sftoolkit.emulator.CustomObject;
import org.sftoolkit.emulator.EmulatorBuilder;

/** {@code orderBy=parentFirst}: a list may hold parents and children in any order. */
class ParentFirstIT extends RouteTestSupport {

    private static final String SAVE = "sftoolkit:save?mode=UPSERT&externalIdField=Key__c&orderBy=parentFirst";

    @Override
    protected void org(EmulatorBuilder settings) {
        settings.object(CustomObject.named("Unit__c", "a0U")
                .with(CustomField.text("Key__c", 20).externalId(), CustomField.lookup("Parent__c", "Unit__c")));
        settings.object(CustomObject.named("Desk__c", "a0D")
                .with(CustomField.text("Key__c", 20).externalId(), CustomField.lookup("Unit__c", "Unit__c")));
    }

    private static SObject unit(String key, String parent) {
        return parent == null
                ? SObject.of("Unit__c", Map.of("Key__c", key))
                : SObject.of("Unit__c", Map.of("Key__c", key, "Parent__r", Map.of("Key__c", parent)));
    }

    private static SObject desk(String key, String unit) {
        return SObject.of("Desk__c", Map.of("Key__c", key, "Unit__r.Key__c", unit));
    }

    private long written() {
        return emulator.requests().list().stream()
                .filter(request -> request.method().equals("PATCH"))
                .count();
    }

    private SaveResults save(List<?> records) {
        Exchange done = send(SAVE, records);
        assertThat(done.getException()).isNull();
        return done.getMessage().getBody(SaveResults.class);
    }

    /** A parent that a class of a user holds. */
    public record UnitKey(@JsonProperty("Key__c") String key) {}

    @Test
    void parentsAreKnownInWhateverFormAndCaseTheyAreNamed() throws Exception {
        List<Object> forms = List.of(
                Optional.of(Map.of("Key__c", "TOP")),
                new AtomicReference<>(Map.of("Key__c", Optional.of("top"))),
                new UnitKey("Top"),
                new ObjectMapper().readTree("{\"key__C\":\"tOP\"}"),
                Map.of("key__c", new StringBuilder("top")));
        for (Object form : forms) {
            var child = new LinkedHashMap<String, Object>(
                    Map.of("attributes", Map.of("type", "unit__c"), "key__C", "child", "parent__R", form));
            SaveResults results = save(List.of(child, unit("top", null)));
            assertThat(results).as(form.toString()).allMatch(SaveResult::success);
            emulator.org().all("Unit__c").forEach(row -> send("sftoolkit:delete:Unit__c", row.get("Id")));
        }
    }

    @Test
    void childrenOfAMixedListComeAfterTheirParentsAndResultsInTheOrderOfTheInput() {
        long seed = System.nanoTime();
        var records = new ArrayList<SObject>();
        for (int i = 0; i < 120; i++) {
            records.add(unit("K" + i, i == 0 ? null : "K" + (i - 1) / 3));
            // a desk may have the key of a unit
            records.add(desk("K" + i, "K" + i));
        }
        Collections.shuffle(records, new Random(seed));
        SaveResults results = save(records);
        assertThat(results).as("seed %d", seed).hasSize(240).allMatch(SaveResult::success);
        for (int i = 0; i < records.size(); i++) {
            assertThat(results.get(i).record()).isSameAs(records.get(i));
        }
        assertThat(emulator.org().all("Unit__c").stream().filter(unit -> unit.get("Parent__c") == null))
                .hasSize(1);
        assertThat(emulator.org().all("Desk__c")).allMatch(desk -> desk.get("Unit__c") != null);
    }

    @Test
    void recordsInACircleAreRefusedAndTheirDescendantsAreSent() {
        SaveResults results = save(List.of(
                unit("C", "B"), unit("A", "B"), unit("B", "A"), unit("D", null), unit("E", "D"), unit("F", "F")));
        assertThat(results.get(1).errors().get(0).statusCode()).isEqualTo("CIRCULAR_PARENTS");
        assertThat(results.get(2).errors().get(0).statusCode()).isEqualTo("CIRCULAR_PARENTS");
        assertThat(results.get(3).success()).isTrue();
        assertThat(results.get(4).success()).isTrue();
        // its parent was not sent, which the org says
        assertThat(results.get(0).errors().get(0).statusCode()).isNotEqualTo("CIRCULAR_PARENTS");
        assertThat(written()).isEqualTo(2);
    }

    @Test
    void theSameKeyTwiceIsFoundOutThoughItsRecordsHaveParentsOfTheirOwn() {
        SaveResults results = save(List.of(unit("A", null), unit("B", "A"), unit("B", null)));
        assertThat(results.get(0).success()).isTrue();
        assertThat(results.get(1).errors().get(0).statusCode()).isEqualTo("DUPLICATE_VALUE");
        assertThat(results.get(2).errors().get(0).statusCode()).isEqualTo("DUPLICATE_VALUE");
    }

    @Test
    void aStreamAndOtherOrdersAreRefused() {
        assertThat(send(SAVE, List.of(unit("A", null)).iterator()).getException())
                .isInstanceOf(InvalidBodyException.class)
                .hasMessageContaining("orderBy=parentFirst needs all records");
        assertThatThrownBy(() -> send(SAVE.replace("parentFirst", "Name"), List.of()))
                .hasStackTraceContaining("orderBy=Name is not allowed for save");
        assertThatThrownBy(() -> send(SAVE + "&allOrNone=true", List.of()))
                .hasStackTraceContaining("orderBy=parentFirst and allOrNone=true cannot be combined");
        assertThat(written()).isZero();
    }
}
