package org.sftoolkit.camel.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SentFieldsTest {

    private static LinkedHashMap<String, Object> map(Object... pairs) {
        var map = new LinkedHashMap<String, Object>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], pairs[i + 1]);
        }
        return map;
    }

    private static Map<String, Object> all(SourceRecord record) {
        return new SentFields().of(record, record.fields().keySet(), Set.of(), ObjectShape.UNKNOWN);
    }

    @Test
    void anAddressGoesAsTheFieldsItIsMadeOf() {
        var address = map(
                "street", "Main 1",
                "city", "Rome",
                "state", null,
                "stateCode", null,
                "country", "Italy",
                "countryCode", "IT",
                "geocodeAccuracy", null);
        assertThat(all(SourceRecord.of(Map.of("BillingAddress", address))))
                .isEqualTo(map(
                        "BillingStreet",
                        "Main 1",
                        "BillingCity",
                        "Rome",
                        "BillingState",
                        null,
                        "BillingCountryCode",
                        "IT"));
    }

    @Test
    void keysStayBehindHoweverTheyAreSpelled() {
        var record = SourceRecord.of(map("id", "001", "Name", "Acme", "key__C", "7"));
        assertThat(new SentFields().of(record, record.fields().keySet(), Set.of("Id", "Key__c"), ObjectShape.UNKNOWN))
                .isEqualTo(Map.of("Name", "Acme"));
    }

    @Test
    void aRecordThatIsSentAsItStandsIsNotCopied() {
        var plain = map("Name", "Acme", "NumberOfEmployees", 7);
        assertThat(all(SourceRecord.of(plain))).isSameAs(plain);
        var changed = new SObject("Account");
        changed.put("Name", "Acme");
        assertThat(all(SourceRecord.of(changed))).isEqualTo(Map.of("Name", "Acme"));
    }

    @Test
    void aRecordWithMoreThanIsSentKeepsAllOfIt() {
        var keyed = map("Id", " ", "Name", "Acme");
        var record = SourceRecord.of(keyed);
        assertThat(new SentFields().of(record, keyed.keySet(), Set.of("Id"), ObjectShape.UNKNOWN))
                .isEqualTo(Map.of("Name", "Acme"));
        assertThat(new SentFields().of(record, List.of("Name"), Set.of(), ObjectShape.UNKNOWN))
                .isEqualTo(Map.of("Name", "Acme"));
        assertThat(keyed).containsOnlyKeys("Id", "Name");
    }

    @Test
    void aLocationGoesAsLatitudeAndLongitude() {
        assertThat(all(SourceRecord.of(Map.of("Place__c", map("latitude", 1.5, "longitude", -2)))))
                .isEqualTo(Map.of("Place__Latitude__s", 1.5, "Place__Longitude__s", -2));
    }

    @Test
    void partsThatStandInTheRecordWinUnlessTheWholeWasChangedAfterReading() {
        var read = SObject.read(
                "Account", map("BillingAddress", map("street", "Old", "city", "Rome"), "BillingStreet", "Old"));
        assertThat(all(SourceRecord.of(read))).containsEntry("BillingStreet", "Old");
        ((Map<?, ?>) read.get("BillingAddress")).remove("city");
        read.put("BillingAddress", map("street", "New", "city", "Rome"));
        assertThat(new SentFields().of(SourceRecord.of(read), read.changedFields(), Set.of(), ObjectShape.UNKNOWN))
                .isEqualTo(Map.of("BillingStreet", "New", "BillingCity", "Rome"));
        read.put("BillingStreet", "Newest");
        assertThat(all(SourceRecord.of(read))).containsEntry("BillingStreet", "Newest");
    }

    @Test
    void anAddressChangedInPlaceIsAChange() {
        Map<String, Object> address = map("street", "Old");
        var read = SObject.read("Account", map("BillingAddress", address));
        address.put("street", "New");
        assertThat(read.changedFields()).containsExactly("BillingAddress");
        address.put("street", "Old");
        assertThat(read.changedFields()).isEmpty();
        address.put("street", "Newer");
        read.markUnchanged();
        assertThat(read.changedFields()).isEmpty();
    }

    @Test
    void parentsAndChildrenThatWereReadStayBehindParentsToLinkGo() {
        var read = SObject.read("Account", map("Name", "p"));
        var record = map(
                "LastName", "x",
                "Account", read,
                "Owner", map("attributes", map("type", "User", "url", "/x"), "Name", "o"),
                "Cases", map("totalSize", 1, "done", true, "records", List.of(Map.of("Id", "500"))),
                "Parent__r", map("Key__c", "k1"),
                "Who", SObject.of("Lead", Map.of("Key__c", 7)));
        assertThat(all(SourceRecord.of(record))).containsOnlyKeys("LastName", "Parent__r", "Who");
    }

    @Test
    void equalValuesOfOtherTypesAreNoChange() {
        var read = SObject.read("Account", map("Amount", 12.0, "Day", java.time.LocalDate.of(2026, 1, 2)));
        read.put("Amount", 12);
        read.put("Day", "2026-01-02");
        assertThat(read.changedFields()).isEmpty();
        read.put("Amount", new java.math.BigDecimal("12.01"));
        assertThat(read.changedFields()).containsExactly("Amount");
    }

    @Test
    void childrenThatAQueryReadStayBehindAndValuesOfAMultiPicklistGo() {
        var child = SObject.read("Contact", map("LastName", "c"));
        var read = SObject.read("Account", map("Name", "p", "Contacts", List.of(child)));
        assertThat(all(SourceRecord.of(read))).containsOnlyKeys("Name");
        assertThat(all(SourceRecord.of(map("Choices__c", List.of("a", "b"))))).containsOnlyKeys("Choices__c");
    }
}
