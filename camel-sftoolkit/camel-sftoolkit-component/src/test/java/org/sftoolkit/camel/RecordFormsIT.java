package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.BinaryNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import javax.sql.rowset.serial.SerialClob;
import org.apache.camel.Exchange;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.sftoolkit.camel.model.BulkResult;
import org.sftoolkit.camel.model.SObject;
import org.sftoolkit.camel.model.SaveResults;

/**
 * The forms that records may have, each in four ways: saved alone, in a list, in a list through bulk jobs, and loaded by bulk. The
 * org then holds the same, or each way refuses that record alone.
 */
class RecordFormsIT extends SaveTestSupport {

    /** How a test sees a form: its name, its fields beside the marker, and what the org then holds; null if it is refused. */
    private record Form(String name, Map<String, Object> fields, Map<String, Object> expected) {}

    private final List<Form> forms = new ArrayList<>();

    private enum Colour {
        RED {
            @Override
            public String toString() {
                return "not the name";
            }
        }
    }

    /** A bean as a parent, and as a value that nobody knows. */
    @SuppressWarnings("unused")
    private static final class Key {
        @com.fasterxml.jackson.annotation.JsonProperty("External_ID__c")
        public final String key = "PARENT";
    }

    private static final class Stranger {
        @Override
        public String toString() {
            return "a text that is no value";
        }
    }

    private void form(String name, Map<String, Object> fields, Object... expected) {
        forms.add(new Form(name, fields, account(expected)));
    }

    private void refused(String name, Map<String, Object> fields) {
        forms.add(new Form(name, fields, null));
    }

    private void value(String field, Object value, String stored) {
        form(value == null ? "null" : value.getClass().getName(), account(field, value), field, stored);
    }

    private void values(String parent) throws Exception {
        value(
                "Notes__c",
                "text \u00fc\uD83D\uDE00 \"quoted\", and\nmore",
                "text \u00fc\uD83D\uDE00 \"quoted\", and\nmore");
        value("Notes__c", new StringBuilder("built"), "built");
        value("Notes__c", 'c', "c");
        value("Notes__c", "chars".toCharArray(), "chars");
        value("Notes__c", Colour.RED, "RED");
        UUID uuid = UUID.randomUUID();
        value("Notes__c", uuid, uuid.toString());
        value("Notes__c", URI.create("https://example.com/a?b=c"), "https://example.com/a?b=c");
        value("Notes__c", new byte[] {1, 2, 3}, "AQID");
        value("Notes__c", new SerialClob("clob".toCharArray()), "clob");
        value("Notes__c", Optional.of("there"), "there");
        value("Notes__c", Optional.empty(), null);
        value("Notes__c", new AtomicReference<>("referred"), "referred");
        value("Notes__c", TextNode.valueOf("node"), "node");
        value("Notes__c", NullNode.getInstance(), null);
        value("Notes__c", BinaryNode.valueOf(new byte[] {1, 2, 3}), "AQID");
        value("Notes__c", JsonNodeFactory.instance.pojoNode(Optional.of("deep")), "deep");
        value("Notes__c", "", null);
        value("Notes__c", null, null);
        value("NumberOfEmployees", 42, "42");
        value("NumberOfEmployees", 42L, "42");
        value("NumberOfEmployees", (short) 42, "42");
        value("NumberOfEmployees", new AtomicInteger(42), "42");
        value("NumberOfEmployees", BigInteger.valueOf(42), "42");
        value("NumberOfEmployees", IntNode.valueOf(42), "42");
        value("NumberOfEmployees", "42", "42");
        value("Score__c", 1.5, "1.5");
        value("Score__c", 1.5f, "1.5");
        value("Score__c", new BigDecimal("1.25"), "1.25");
        value("AnnualRevenue", new BigDecimal("123456789012345678"), "123456789012345678");
        value("AnnualRevenue", new BigDecimal("1E+3"), "1000");
        value("Founded__c", LocalDate.of(2026, 1, 2), "2026-01-02");
        value("Founded__c", java.sql.Date.valueOf("2026-01-02"), "2026-01-02");
        value("Founded__c", "2026-01-02", "2026-01-02");
        value("Opening_Time__c", LocalTime.of(9, 30), "09:30");
        value("Opening_Time__c", java.sql.Time.valueOf("09:30:00"), "09:30");
        value("Regions__c", List.of("Europe", "Africa"), "Europe;Africa");
        value("Regions__c", new String[] {"Europe"}, "Europe");
        value("Regions__c", Set.of("Europe"), "Europe");
        value("Regions__c", new ObjectMapper().readTree("[\"Europe\",\"Africa\"]"), "Europe;Africa");
        value("Regions__c", Arrays.asList("Europe", null), "Europe");
        value("Regions__c", List.of(), null);
        value("Headquarters__c", new TreeMap<>(Map.of("latitude", 1.5, "longitude", 2.5)), null);
        forms.remove(forms.size() - 1);
        form(
                "a location by its parts",
                account("Headquarters__c", account("latitude", 1.5, "longitude", 2.5)),
                "Headquarters__Latitude__s",
                "1.5",
                "Headquarters__Longitude__s",
                "2.5");
        form(
                "an address",
                account("BillingAddress", account("street", "Main 1", "city", "Rome", "geocodeAccuracy", null)),
                "BillingStreet",
                "Main 1",
                "BillingCity",
                "Rome");
        for (Object link : List.of(
                account("Parent", account("External_ID__c", "PARENT")),
                account("Parent", account("attributes", account("type", "Account"), "External_ID__c", "PARENT")),
                account("Parent", SObject.of("Account", account("External_ID__c", "PARENT"))),
                account("Parent", new Key()),
                account("Parent.External_ID__c", "PARENT"),
                account("parent.External_ID__c", TextNode.valueOf("PARENT")))) {
            @SuppressWarnings("unchecked")
            var fields = (Map<String, Object>) link;
            form("parent by " + fields, fields, "ParentId", parent);
        }
        form("a parent of null", account("Parent", account("External_ID__c", null)), "ParentId", null);
        form("a parent column of null", account("Parent.External_ID__c", null), "ParentId", null);
        form(
                "a parent that was read",
                account("Parent", SObject.read("Account", new LinkedHashMap<>(Map.of("Name", "p")))),
                "ParentId",
                null);
        form("a parent of an empty key", account("Parent.External_ID__c", ""), "ParentId", null);
        form("no parent", account("Parent", null), "ParentId", null);
        form("no children", account("Contacts", null), "Phone", null);
        form(
                "children that were read",
                account("Contacts", account("totalSize", 1, "done", true, "records", List.of(Map.of("Id", "003")))),
                "Phone",
                null);
        form("attributes", account("attributes", account("type", "Account"), "Phone", "1"), "Phone", "1");
        form("no address", account("BillingAddress", null), "BillingStreet", null);
        refused("a class that nobody thought of", account("Notes__c", new Stranger()));
        refused("an object", account("Notes__c", new Object()));
        refused("a duration", account("Notes__c", Duration.ofHours(1)));
        refused("a stream", account("Notes__c", new ByteArrayInputStream(new byte[1])));
        refused("a reader", account("Notes__c", new StringReader("x")));
        refused("numbers in an array", account("Regions__c", new int[] {1}));
        refused("a Java stream", account("Regions__c", Stream.of("a")));
        refused("strangers in a list", account("Regions__c", List.of(new Stranger())));
        refused("records in a list", account("Regions__c", List.of(Map.of("Name", "child"))));
        refused("lists in a list", account("Regions__c", List.of(List.of("a"))));
        refused("no number", account("Score__c", Double.NaN));
        refused("a number without end", account("Score__c", new BigDecimal("1E+999999999")));
        refused("no time zone", account("Notes__c", LocalDateTime.of(2026, 1, 2, 3, 4)));
        refused("NUL", account("Notes__c", "a\0b"));
        refused("half a character", account("Notes__c", "a\uD83Db"));
        refused("NUL in a node", account("Notes__c", TextNode.valueOf("\0")));
        refused("a stranger as parent", account("Parent", new Stranger()));
        refused("a stranger in a parent", account("Parent", account("External_ID__c", new Stranger())));
        refused("a parent of nothing", account("Parent", account()));
        refused("a parent of two keys", account("Parent", account("External_ID__c", "PARENT", "Name", "p")));
        refused("a grandparent", account("Parent", account("Parent", account("External_ID__c", "PARENT"))));
        refused("a text where a number belongs", account("NumberOfEmployees", "many"));
        refused("a field of two spellings", account("Phone", "1", "phone", "2"));
        refused("no such field", account("Misspelt__c", "x"));
        for (String name : List.of(
                "", " ", "Phone ", "Phone,Fax", "Phone.", ".Phone", "Phone\nFax", "Phone;Fax", "\uD83D\uDE00")) {
            refused("no name: '" + name + "'", account(name, "1"));
        }
        refused("a parent by no name", account("Parent", account("External ID", "PARENT")));
        refused("an unknown parent", account("Parent.External_ID__c", "nobody"));
        var itself = new HashMap<String, Object>();
        itself.put("Parent", itself);
        refused("a map in itself", itself);
        var list = new ArrayList<>();
        list.add(list);
        refused("a list in itself", account("Regions__c", list));
        var reference = new AtomicReference<>();
        reference.set(reference);
        refused("a reference to itself", account("Notes__c", reference));
    }

    @Test
    void allFormsOfAnAccountAreTheSameInAllWays() throws Exception {
        String parent = emulator.org().insert("Account", Map.of("Name", "Parent", "External_ID__c", "PARENT"));
        values(parent);
        assertAlike("Account", "Site", "Name");
    }

    @Test
    void dateTimesAndParentsOfSeveralObjectsAreTheSameInAllWays() {
        String account = emulator.org().insert("Account", Map.of("Name", "What", "External_ID__c", "WHAT"));
        String contact = emulator.org().insert("Contact", Map.of("LastName", "Who", "External_ID__c", "WHO"));
        Instant instant = Instant.parse("2026-01-02T03:04:05Z");
        var calendar = new GregorianCalendar(TimeZone.getTimeZone("Asia/Kolkata"));
        calendar.setTimeInMillis(instant.toEpochMilli());
        for (Object at : List.of(
                instant,
                Date.from(instant),
                java.sql.Timestamp.from(instant),
                calendar,
                OffsetDateTime.parse("2026-01-02T08:34:05+05:30"),
                ZonedDateTime.parse("2026-01-02T04:04:05+01:00[Europe/Rome]"),
                "2026-01-02T03:04:05Z",
                "2026-01-02T04:04:05+01:00")) {
            value("ReminderDateTime", at, instant.toString());
        }
        form(
                "a typed parent",
                account("What", account("attributes", account("type", "Account"), "External_ID__c", "WHAT")),
                "WhatId",
                account);
        form(
                "an SObject as parent",
                account("What", SObject.of("Account", Map.of("External_ID__c", "WHAT"))),
                "WhatId",
                account);
        form("a typed column", account("Account:What.External_ID__c", "WHAT"), "WhatId", account);
        form("a typed map", account("Account:What", account("External_ID__c", "WHAT")), "WhatId", account);
        form("a typed column of null", account("Account:What.External_ID__c", null), "WhatId", null);
        form("who", account("Contact:Who.External_ID__c", "WHO"), "WhoId", contact);
        refused("an untyped parent of several objects", account("What.External_ID__c", "WHAT"));
        assertAlike("Task", "CallDisposition", "Subject");
    }

    @Test
    void aTypedParentOfOneObjectIsTheSameInAllWays() {
        String user = emulator.org().insert("User", Map.of("Username", "owner@example.com", "LastName", "O"));
        form(
                "owner",
                account("Owner", account("attributes", account("type", "User"), "Username", "owner@example.com")),
                "OwnerId",
                user);
        form("owner column", account("User:Owner.Username", "owner@example.com"), "OwnerId", user);
        form("untyped", account("Owner.Username", "owner@example.com"), "OwnerId", user);
        assertAlike("Contact", "Title", "LastName");
    }

    @Test
    void anAddressThatIsSetToNullIsClearedInAllWays() {
        for (boolean read : new boolean[] {true, false}) {
            for (String way : List.of("one", "list", "via", "bulk")) {
                String id = emulator.org()
                        .insert("Account", Map.of("Name", "x", "BillingStreet", "Main 1", "BillingCity", "Rome"));
                Map<String, Object> record = read
                        ? body("sftoolkit:fetch:Account?fields=Id,Name,BillingAddress", id, SObject.class)
                        : account("Id", id);
                record.put("BillingAddress", null);
                record.put("Name", "new");
                Exchange saved =
                        switch (way) {
                            case "one" -> send("sftoolkit:save:Account", record);
                            case "list" -> send("sftoolkit:save:Account?onPartialFailure=FAIL", List.of(record));
                            case "via" ->
                                send(
                                        "sftoolkit:save:Account?via=BULK&onPartialFailure=FAIL&pollInterval=20",
                                        List.of(record));
                            default ->
                                send("sftoolkit:bulk:Account?bulkOperation=UPDATE&pollInterval=20", List.of(record));
                        };
                assertThat(saved.getException()).as(way).isNull();
                var row = emulator.org().find("Account", id).orElseThrow();
                assertThat(row).as(way).containsEntry("Name", "new");
                assertThat(row.get("BillingStreet")).as(way).isNull();
                assertThat(row.get("BillingCity")).as(way).isNull();
            }
        }
    }

    /** Each way writes records of its own, which its marker tells from the others. */
    private void assertAlike(String sObject, String marker, String required) {
        var soft = new SoftAssertions();
        Map<String, Map<String, String>> refusals = new LinkedHashMap<>();
        refusals.put("one", one(sObject, marker, required));
        refusals.put("list", list("sftoolkit:save:" + sObject, "list", marker, required));
        refusals.put("via", list("sftoolkit:save:" + sObject + "?via=BULK&pollInterval=20", "via", marker, required));
        refusals.put("bulk", bulk(sObject, marker, required));
        var rows = new HashMap<String, Map<String, Object>>();
        emulator.org().all(sObject).forEach(row -> rows.put(String.valueOf(row.get(marker)), row));
        refusals.forEach((way, refused) -> {
            for (int i = 0; i < forms.size(); i++) {
                Form form = forms.get(i);
                Map<String, Object> row = rows.get(way + i);
                String what = way + ": " + form.name();
                if (form.expected() == null) {
                    soft.assertThat(row).as(what).isNull();
                    soft.assertThat(refused).as(what).containsKey(way + i);
                } else {
                    soft.assertThat(refused.get(way + i)).as(what).isNull();
                    soft.assertThat(row).as(what).isNotNull();
                    form.expected()
                            .forEach((field, stored) -> soft.assertThat(row == null ? "no row" : text(row.get(field)))
                                    .as(what + " " + field)
                                    .isEqualTo(stored == null ? null : comparable(stored.toString())));
                }
            }
        });
        soft.assertAll();
    }

    private static String text(Object stored) {
        return stored == null ? null : comparable(stored.toString());
    }

    /** Numbers by value: the org keeps them as it likes. */
    private static String comparable(String text) {
        try {
            return new BigDecimal(text).stripTrailingZeros().toPlainString();
        } catch (NumberFormatException e) {
            return text;
        }
    }

    private Map<String, Object> marked(Form form, String mark, String marker, String required) {
        var record = new LinkedHashMap<>(form.fields());
        record.put(marker, mark);
        record.put(required, "x");
        form.fields().forEach((name, value) -> {
            if (value == form.fields()) {
                record.put(name, record); // a map in itself
            }
        });
        return record;
    }

    private List<Map<String, Object>> marked(String way, String marker, String required) {
        var records = new ArrayList<Map<String, Object>>();
        for (int i = 0; i < forms.size(); i++) {
            records.add(marked(forms.get(i), way + i, marker, required));
        }
        return records;
    }

    private Map<String, String> one(String sObject, String marker, String required) {
        var refused = new HashMap<String, String>();
        for (int i = 0; i < forms.size(); i++) {
            Exchange exchange = send("sftoolkit:save:" + sObject, marked(forms.get(i), "one" + i, marker, required));
            if (exchange.getException() != null) {
                refused.put("one" + i, exchange.getException().toString());
            }
        }
        return refused;
    }

    private Map<String, String> list(String uri, String way, String marker, String required) {
        SaveResults results = save(uri, marked(way, marker, required));
        assertThat(results).hasSameSizeAs(forms);
        var refused = new HashMap<String, String>();
        results.failed()
                .forEach(result ->
                        refused.put(way + result.index(), result.errors().toString()));
        return refused;
    }

    private Map<String, String> bulk(String sObject, String marker, String required) {
        var refused = new HashMap<String, String>();
        // a field that the object has not fails a whole job, and a row alone only where results go by row
        List<Map<String, Object>> records = marked("bulk", marker, required);
        var sent = records.stream()
                .filter(record -> !record.containsKey("Misspelt__c"))
                .toList();
        records.stream()
                .filter(record -> record.containsKey("Misspelt__c"))
                .forEach(record -> refused.put(String.valueOf(record.get(marker)), "not sent"));
        BulkResult result = body("sftoolkit:bulk:" + sObject + "?pollInterval=20", sent, BulkResult.class);
        result.failed().forEachRemaining(row -> {
            Object mark = row.given() instanceof Map<?, ?> map
                    ? map.get(marker)
                    : row.cells().get(marker);
            refused.put(String.valueOf(mark), row.error().toString());
        });
        return refused;
    }
}
