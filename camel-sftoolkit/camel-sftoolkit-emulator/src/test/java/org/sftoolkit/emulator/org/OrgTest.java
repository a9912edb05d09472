package org.sftoolkit.emulator.org;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrgTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-02-03T04:05:06.789Z"), ZoneOffset.UTC);

    private final Org org = new Org(Schema.builtIn(), CLOCK, new Random(1), RowGuard.NONE, "user@example.com");
    private final Writer client = Writer.client(org.userId());

    @Test
    void systemFieldsAreSetWithWholeSeconds() {
        String id = org.insert("Account", Map.of("Name", "a"));

        assertThat(org.find("account", id).orElseThrow())
                .containsEntry("Id", id)
                .containsEntry("CreatedDate", Instant.parse("2026-02-03T04:05:06Z"))
                .containsEntry("SystemModstamp", Instant.parse("2026-02-03T04:05:06Z"))
                .containsEntry("CreatedById", org.userId())
                .containsEntry("OwnerId", org.userId())
                .containsEntry("IsDeleted", false);
    }

    @Test
    void seedingMaySetSystemFields() {
        Instant then = Instant.parse("2020-01-01T00:00:00Z");

        String id = org.insert("Account", Map.of("Name", "a", "SystemModstamp", then));

        assertThat(org.find("Account", id).orElseThrow()).containsEntry("SystemModstamp", then);
    }

    @Test
    void namesArePutTogether() {
        String id = org.insert("Contact", Map.of("FirstName", "Ada", "LastName", "Lovelace"));
        org.update("Contact", id, Map.of("FirstName", ""));

        assertThat(org.find("Contact", id).orElseThrow())
                .containsEntry("Name", "Lovelace")
                .containsEntry("FirstName", null);
    }

    @Test
    void numbersAreExactAndRoundedToScale() {
        String id = org.insert(
                "Account",
                Map.of("Name", "a", "AnnualRevenue", new BigDecimal("123456789012345.5"), "BillingLatitude", "1.5"));
        Row row = org.row(org.object("Account"), id).orElseThrow();
        FieldSchema revenue = row.schema().field("AnnualRevenue").orElseThrow();

        assertThat((BigDecimal) row.get(revenue))
                .isEqualByComparingTo(
                        new BigDecimal("123456789012345.5").setScale(revenue.scale(), RoundingMode.HALF_UP));
        assertThat(WireValues.of(revenue, new BigDecimal("12"))).hasToString("12.0");
        assertThat(WireValues.of(revenue, new BigDecimal("10000000"))).isEqualTo(new BigDecimal("10000000.0"));
        assertThat(row.get("BillingAddress")).isInstanceOf(Map.class);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-31T12:34:56Z, 2026-01-31T12:34:56Z",
        "2026-01-31T12:34:56.789+01:00, 2026-01-31T11:34:56Z",
        "2026-01-31T12:34:56.000+0000, 2026-01-31T12:34:56Z",
        "2026-01-31T12:34:56.123456-0530, 2026-01-31T18:04:56Z"
    })
    void datetimesAreReadInAllTheirForms(String sent, Instant stored) {
        String id = org.insert("Task", Map.of("ReminderDateTime", sent));

        assertThat(org.find("Task", id).orElseThrow()).containsEntry("ReminderDateTime", stored);
        assertThat(WireValues.datetime(stored)).matches("2026-01-31T\\d\\d:\\d\\d:56\\.000\\+0000");
    }

    @Test
    void datesDropATimeBehindThem() {
        String id = opportunity("2026-01-31");

        assertThat(org.find("Opportunity", id).orElseThrow()).containsEntry("CloseDate", LocalDate.of(2026, 1, 31));
        assertRefused(() -> opportunity("2026-02-30"), "JSON_PARSER_ERROR");
        assertThat(org.find("Opportunity", opportunity("2026-01-31T23:00:00Z")).orElseThrow())
                .containsEntry("CloseDate", LocalDate.of(2026, 1, 31));
        assertRefused(() -> opportunity("2026-01-31Tnoon"), "JSON_PARSER_ERROR");
    }

    @Test
    void aFailedTransactionLeavesNothing() {
        assertThatThrownBy(() -> org.write(client, transaction -> {
                    transaction.insert(org.object("Account"), Map.of("Name", "a", "External_ID__c", "k"));
                    throw new IllegalStateException("late");
                }))
                .hasMessage("late");

        assertThat(org.count("Account")).isZero();
        assertThat(org.rowsWith(org.object("Account"), field("Account", "External_ID__c"), "k"))
                .isEmpty();
    }

    @Test
    void deletingAParentTakesItsChildrenAlong() {
        String account = org.insert("Account", Map.of("Name", "a"));
        String contact = org.insert("Contact", Map.of("LastName", "b", "AccountId", account));
        String other = org.insert("Account", Map.of("Name", "c", "ParentId", account));

        org.delete("Account", account);

        assertThat(org.find("Contact", contact)).isEmpty();
        assertThat(org.row(org.object("Contact"), contact))
                .get()
                .extracting(Row::deleted)
                .isEqualTo(true);
        assertThat(org.find("Account", other).orElseThrow()).containsEntry("ParentId", null);
        assertRefused(() -> org.update("Account", account, Map.of("Name", "x")), "ENTITY_IS_DELETED");
    }

    @Test
    void aRestrictedParentIsNotDeletedAndNeitherAreItsChildren() {
        String account = org.insert("Account", Map.of("Name", "a"));
        String contact = org.insert("Contact", Map.of("LastName", "b", "AccountId", account));
        org.insert("Case", Map.of("AccountId", account));

        assertRefused(() -> org.delete("Account", account), "DELETE_FAILED");

        assertThat(org.find("Account", account)).isPresent();
        assertThat(org.find("Contact", contact)).isPresent();
    }

    @Test
    void deletedKeysAreFreeAndUndeletingNeedsThem() {
        Map<String, String> keyed = Map.of("Name", "a", "External_ID__c", "k");
        String first = org.insert("Account", keyed);
        org.delete("Account", first);
        String second = org.insert("Account", keyed);

        assertRefused(
                () -> org.write(client, transaction -> transaction.undelete(org.object("Account"), first)),
                "DUPLICATE_VALUE");
        org.delete("Account", second);
        org.write(client, transaction -> transaction.undelete(org.object("Account"), first));

        assertThat(org.all("Account")).singleElement().satisfies(row -> assertThat(row)
                .containsEntry("Id", first));
    }

    @Test
    void purgedRowsAreGone() {
        String id = org.insert("Account", Map.of("Name", "a"));

        org.write(client, transaction -> transaction.purge(org.object("Account"), id));

        assertThat(org.row(org.object("Account"), id)).isEmpty();
        assertRefused(() -> org.delete("Account", id), "INVALID_CROSS_REFERENCE_KEY");
    }

    @Test
    void autoNumbersCount() {
        String first = org.insert("Case", Map.of());
        String second = org.insert("Case", Map.of());

        assertThat(List.of(number(first), number(second))).containsExactly("00001001", "00001002");
    }

    @Test
    void restrictedPicklistsTakeTheirValuesOnly() {
        Schema schema = Schema.builtIn()
                .withField(
                        "Account",
                        "{\"name\":\"Size__c\",\"label\":\"Size\",\"type\":\"picklist\",\"createable\":true,"
                                + "\"restrictedPicklist\":true,\"picklistValues\":[{\"value\":\"Big\",\"active\":true,"
                                + "\"defaultValue\":true},{\"value\":\"Old\",\"active\":false}]}");
        Org strict = new Org(schema, CLOCK, new Random(1), RowGuard.NONE, "user@example.com");

        String id = strict.insert("Account", Map.of("Name", "a"));
        assertThat(strict.find("Account", id).orElseThrow()).containsEntry("Size__c", "Big");
        assertThatThrownBy(() -> strict.insert("Account", Map.of("Name", "a", "Size__c", "Old")))
                .isInstanceOfSatisfying(RowRefusedException.class, e -> assertThat(e.error())
                        .isEqualTo(new SaveError(
                                "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
                                "Size: bad value for restricted picklist field: Old",
                                "Size__c")));
    }

    @Test
    void lookupsAreChecked() {
        String contact = org.insert("Contact", Map.of("LastName", "x"));

        assertRefused(
                () -> org.insert("Contact", Map.of("LastName", "x", "AccountId", contact)),
                "FIELD_INTEGRITY_EXCEPTION");
        assertRefused(
                () -> org.insert("Contact", Map.of("LastName", "x", "AccountId", "001000000000001AAA")),
                "INVALID_CROSS_REFERENCE_KEY");
    }

    @Test
    void aHundredThousandUpsertsByKeyAreQuick() {
        ObjectSchema account = org.object("Account");
        FieldSchema key = field("Account", "External_ID__c");
        long start = System.nanoTime();
        for (int pass = 0; pass < 2; pass++) {
            for (int batch = 0; batch < 500; batch++) {
                int first = batch * 200;
                org.write(client, transaction -> {
                    for (int i = first; i < first + 200; i++) {
                        transaction.upsert(account, key, "key-" + i, new HashMap<>(Map.of("Name", "n" + i)), false);
                    }
                    return null;
                });
            }
        }

        assertThat(org.count("Account")).isEqualTo(100_000);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
    }

    @Test
    void readersSeeWholeTransactionsOnly() throws Exception {
        ObjectSchema account = org.object("Account");
        CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < 2_000; i++) {
                boolean kept = i % 3 > 0;
                org.write(client, transaction -> {
                    transaction.insert(account, Map.of("Name", "one"));
                    transaction.insert(account, Map.of("Name", "two"));
                    if (!kept) {
                        transaction.rollBackTo(0);
                    }
                    return null;
                });
            }
        });

        while (!writing.isDone()) {
            assertThat(org.rows(account, false).size() % 2).isZero();
        }
        writing.get();
        assertThat(org.count("Account")).isEqualTo(2 * 1_333);
    }

    private String opportunity(String closeDate) {
        return org.insert("Opportunity", Map.of("Name", "o", "StageName", "Closed Won", "CloseDate", closeDate));
    }

    private Object number(String id) {
        return org.find("Case", id).orElseThrow().get("CaseNumber");
    }

    private FieldSchema field(String object, String name) {
        return org.object(object).field(name).orElseThrow();
    }

    private static void assertRefused(ThrowingCallable write, String... codes) {
        assertThatThrownBy(write)
                .isInstanceOfSatisfying(RowRefusedException.class, e -> assertThat(Arrays.asList(codes))
                        .contains(e.error().statusCode()));
    }
}
