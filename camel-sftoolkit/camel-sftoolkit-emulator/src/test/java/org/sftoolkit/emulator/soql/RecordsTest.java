package org.sftoolkit.emulator.soql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final TestOrg org = new TestOrg();
    private String acme;
    private String ada;

    @BeforeEach
    void fill() {
        acme = org.insert(
                "Account",
                "Name",
                "Acme",
                "Industry",
                "Energy",
                "NumberOfEmployees",
                10,
                "AnnualRevenue",
                99,
                "Founded__c",
                "2026-01-31",
                "Last_Audit__c",
                "2026-01-31T12:34:56Z",
                "BillingCity",
                "Paris");
        org.insert("Account", "Name", "Beta", "Industry", "Banking", "NumberOfEmployees", 5);
        org.insert("Account", "Name", "alpha");
        ada = org.insert("Contact", "LastName", "Lovelace", "FirstName", "Ada", "AccountId", acme);
        org.insert("Contact", "LastName", "Byron", "AccountId", acme, "ReportsToId", ada);
        org.insert("Contact", "LastName", "Nobody");
    }

    private JsonNode only(String soql) {
        JsonNode records = org.records(soql);
        assertThat(records).hasSize(1);
        return records.get(0);
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text.replace('`', '"'));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void recordHasItsAddressAndTheSelectedFieldsInTheirOrderAndSpelling() {
        JsonNode record =
                only("select name, ANNUALREVENUE, numberofemployees, founded__c, last_audit__c, phone, isdeleted "
                        + "from account where name = 'acme'");
        assertThat(record.toString())
                .isEqualTo(
                        "{\"attributes\":{\"type\":\"Account\",\"url\":\"/services/data/v66.0/sobjects/Account/" + acme
                                + "\"},\"Name\":\"Acme\",\"AnnualRevenue\":99.0,\"NumberOfEmployees\":10,"
                                + "\"Founded__c\":\"2026-01-31\",\"Last_Audit__c\":\"2026-01-31T12:34:56.000+0000\","
                                + "\"Phone\":null,\"IsDeleted\":false}");
    }

    @Test
    void parentsAreNestedAndNullIfMissing() {
        JsonNode record = only("SELECT Account.Name, ReportsTo.Account.Owner.Name, Account.Industry "
                + "FROM Contact WHERE LastName = 'Byron'");
        assertThat(record.path("Account").path("attributes").path("type").asText())
                .isEqualTo("Account");
        assertThat(record.path("Account").path("Name").asText()).isEqualTo("Acme");
        assertThat(record.path("Account").path("Industry").asText()).isEqualTo("Energy");
        assertThat(record.at("/ReportsTo/Account/Owner/Name").asText()).isEqualTo("ada");
        assertThat(record.fieldNames()).toIterable().containsExactly("attributes", "Account", "ReportsTo");
        JsonNode nobody = only("SELECT Account.Name, ReportsTo.Account.Name FROM Contact WHERE LastName = 'Nobody'");
        assertThat(nobody.path("Account").isNull()).isTrue();
        assertThat(nobody.path("ReportsTo").isNull()).isTrue();
    }

    @Test
    void compoundFieldIsAnObject() {
        JsonNode record = only("SELECT BillingAddress FROM Account WHERE Name = 'Acme'");
        assertThat(record.at("/BillingAddress/city").asText()).isEqualTo("Paris");
        assertThat(record.at("/BillingAddress/street").isNull()).isTrue();
    }

    @Test
    void childrenAreAPageOfTheirOwnOrNull() {
        JsonNode records = org.records(
                "SELECT Name, (SELECT LastName FROM Contacts ORDER BY LastName) FROM Account " + "ORDER BY Name DESC");
        assertThat(records.get(0).path("Contacts").isNull()).isTrue();
        JsonNode children = records.get(2).path("Contacts");
        assertThat(children.path("totalSize").asInt()).isEqualTo(2);
        assertThat(children.path("done").asBoolean()).isTrue();
        assertThat(children.path("records").findValuesAsText("LastName")).containsExactly("Byron", "Lovelace");
        assertThat(children.has("nextRecordsUrl")).isFalse();
    }

    @Test
    void childrenHaveFiltersOrdersLimitsAndChildren() {
        org.insert("Case", "Subject", "broken", "ContactId", ada);
        JsonNode record = only("SELECT (SELECT LastName, (SELECT Subject FROM Cases) FROM Account.Contacts "
                + "WHERE FirstName = 'Ada' LIMIT 1) FROM Account WHERE Name = 'Acme'");
        assertThat(record.at("/Contacts/records/0/Cases/records/0/Subject").asText())
                .isEqualTo("broken");
        assertThat(record.at("/Contacts/totalSize").asInt()).isEqualTo(1);
    }

    @Test
    void polymorphicParentShowsItselfAsName() {
        org.insert("Task", "Subject", "call", "WhatId", acme, "WhoId", ada);
        JsonNode record = only("SELECT What.Name, What.Type, Who.LastName FROM Task WHERE What.Type = 'Account'");
        assertThat(record.path("What"))
                .isEqualTo(json("{`attributes`:{`type`:`Name`,`url`:`/services/data/v66.0/sobjects/Account/" + acme
                        + "`},`Name`:`Acme`,`Type`:`Account`}"));
        assertThat(record.at("/Who/LastName").asText()).isEqualTo("Lovelace");
    }

    @Test
    void typeofSelectsByTheTypeOfTheParent() {
        org.insert("Task", "Subject", "1", "WhatId", acme);
        org.insert("Task", "Subject", "2", "WhatId", org.insert("Case", "Subject", "broken"));
        org.insert("Task", "Subject", "3");
        JsonNode records =
                org.records("SELECT TYPEOF What WHEN Account THEN Name, Owner.Name WHEN Opportunity THEN Amount "
                        + "ELSE Type END FROM Task ORDER BY Subject");
        assertThat(records.at("/0/What/attributes/type").asText()).isEqualTo("Account");
        assertThat(records.at("/0/What/Owner/Name").asText()).isEqualTo("ada");
        assertThat(records.at("/1/What/Type").asText()).isEqualTo("Case");
        assertThat(records.at("/2/What").isNull()).isTrue();
    }

    @Test
    void aliasesOfTheObjectAndOfParentsStandForTheirPaths() {
        JsonNode record = only("SELECT c.LastName, a.Name, Contact.FirstName FROM Contact c, c.Account a "
                + "WHERE a.Name = 'Acme' AND c.LastName = 'Lovelace'");
        assertThat(record.path("LastName").asText()).isEqualTo("Lovelace");
        assertThat(record.path("FirstName").asText()).isEqualTo("Ada");
        assertThat(record.at("/Account/Name").asText()).isEqualTo("Acme");
    }

    @Test
    void orderIgnoresCaseAndFollowsPicklistsAndPutsNullsFirst() {
        assertThat(org.column("SELECT Name FROM Account ORDER BY Name")).containsExactly("Acme", "alpha", "Beta");
        assertThat(org.column("SELECT Name FROM Account ORDER BY Name DESC")).containsExactly("Beta", "alpha", "Acme");
        assertThat(org.column("SELECT Name FROM Account ORDER BY Industry")).containsExactly("alpha", "Beta", "Acme");
        assertThat(org.column("SELECT Name FROM Account ORDER BY NumberOfEmployees DESC"))
                .containsExactly("alpha", "Acme", "Beta");
        assertThat(org.column("SELECT Name FROM Account ORDER BY NumberOfEmployees NULLS LAST"))
                .containsExactly("Beta", "Acme", "alpha");
        assertThat(org.column("SELECT LastName FROM Contact ORDER BY Account.Name DESC NULLS LAST, LastName"))
                .containsExactly("Byron", "Lovelace", "Nobody");
    }

    @Test
    void limitAndOffsetCutTheOrderedResult() {
        assertThat(org.column("SELECT Name FROM Account ORDER BY Name LIMIT 1 OFFSET 1"))
                .containsExactly("alpha");
        assertThat(org.column("SELECT Name FROM Account ORDER BY Name OFFSET 2"))
                .containsExactly("Beta");
        assertThat(org.column("SELECT Name FROM Account LIMIT 0")).isEmpty();
        assertThat(org.column("SELECT Name FROM Account OFFSET 2000")).isEmpty();
        assertThat(org.page("SELECT Name FROM Account LIMIT 2")
                        .path("totalSize")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void smallLimitGivesTheBeginningOfTheWholeOrder() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            org.insert("Lead", "LastName", "L" + random.nextInt(50), "Company", "C");
        }
        for (String order : List.of("LastName, Id", "LastName DESC", "Title, LastName", "LastName, Id DESC")) {
            List<String> all = org.column("SELECT Id FROM Lead ORDER BY " + order);
            assertThat(all).hasSize(500).doesNotHaveDuplicates();
            for (int limit : new int[] {1, 7, 499, 500, 501}) {
                assertThat(org.column("SELECT Id FROM Lead ORDER BY " + order + " LIMIT " + limit + " OFFSET 3"))
                        .as("seed %d, %s, %d", seed, order, limit)
                        .isEqualTo(all.subList(3, Math.min(3 + limit, 500)));
            }
        }
    }

    @Test
    void countAnswersItsNumberAsTotalSize() {
        assertThat(org.page("SELECT COUNT() FROM Account WHERE Industry != null")
                        .toString())
                .isEqualTo("{\"totalSize\":2,\"done\":true,\"records\":[]}");
        assertThat(org.page("SELECT COUNT() FROM Account LIMIT 1")
                        .path("totalSize")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void deletedRowsShowInQueryAllOnly() {
        org.org.delete("Account", acme);
        assertThat(org.column("SELECT Name FROM Account")).containsExactlyInAnyOrder("Beta", "alpha");
        String soql = "SELECT Name, IsDeleted FROM Account WHERE IsDeleted = true";
        assertThat(org.pageWithDeleted(soql).at("/records/0/Name").asText()).isEqualTo("Acme");
        assertThat(org.pageWithDeleted("SELECT Id FROM Account WHERE Id = '" + acme + "'")
                        .path("totalSize")
                        .asInt())
                .isEqualTo(1);
        assertThat(org.records("SELECT Id FROM Account WHERE Id = '" + acme + "'"))
                .isEmpty();
    }

    @Test
    void semiAndAntiJoinsFindByTheOtherObject() {
        assertThat(org.column(
                        "SELECT Name FROM Account WHERE Id IN (SELECT AccountId FROM Contact WHERE FirstName = 'Ada')"))
                .containsExactly("Acme");
        assertThat(org.column("SELECT Name FROM Account WHERE Id NOT IN (SELECT AccountId FROM Contact) ORDER BY Name"))
                .containsExactly("alpha", "Beta");
        assertThat(org.column("SELECT LastName FROM Contact WHERE AccountId IN (SELECT Id FROM Account) "
                        + "AND Account.Industry = 'Energy' ORDER BY LastName"))
                .containsExactly("Byron", "Lovelace");
    }

    @Test
    void fieldsFunctionSelectsWholeGroups() {
        JsonNode all = org.records("SELECT FIELDS(ALL) FROM Account LIMIT 200").get(0);
        assertThat(all.has("Name")).isTrue();
        assertThat(all.has("External_ID__c")).isTrue();
        JsonNode standard = org.records("SELECT FIELDS(STANDARD) FROM Account").get(0);
        assertThat(standard.has("Name")).isTrue();
        assertThat(standard.has("External_ID__c")).isFalse();
        JsonNode custom = org.records("SELECT FIELDS(CUSTOM) FROM Account WHERE Id IN ('" + acme + "') LIMIT 500")
                .get(0);
        assertThat(custom.has("Name")).isFalse();
        assertThat(custom.has("External_ID__c")).isTrue();
    }

    @Test
    void formatAndLabelKeepTheFieldsNameOrTakeAnAlias() {
        JsonNode record = only("SELECT FORMAT(AnnualRevenue), FORMAT(Founded__c) day, toLabel(Industry) "
                + "FROM Account WHERE Name = 'Acme'");
        assertThat(record.path("AnnualRevenue").asText()).isEqualTo("$99.00");
        assertThat(record.path("day").asText()).isEqualTo("1/31/2026");
        assertThat(record.path("Industry").asText()).isEqualTo("Energy");
    }

    @Test
    void scopeMineGivesTheUsersOwnRows() {
        String other = org.org.addUser("bob@example.com");
        org.insert("Account", "Name", "Bob's", "OwnerId", other);
        assertThat(org.column("SELECT Name FROM Account USING SCOPE mine"))
                .hasSize(3)
                .doesNotContain("Bob's");
        assertThat(org.column("SELECT Name FROM Account USING SCOPE everything"))
                .hasSize(4);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
            SELECT x FROM Account | INVALID_FIELD | "\nSELECT x FROM Account\n       ^\nERROR at Row:1:Column:8\nNo such column 'x' on entity 'Account'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. Please reference your WSDL or the describe call for the appropriate names."
            SELECT Id FROM Foo | INVALID_TYPE | sObject type 'Foo' is not supported. If you are attempting to use a custom object
            SELECT Foo.Name FROM Account | INVALID_FIELD | Didn't understand relationship 'Foo' in field path
            SELECT Id, (SELECT Id FROM Foos) FROM Account | INVALID_TYPE | Didn't understand relationship 'Foos' in FROM part of query call
            SELECT Owner.Nope FROM Case | INVALID_FIELD | No such column 'Nope' on entity 'Name'
            SELECT Id, Id FROM Account | INVALID_FIELD | duplicate field selected: Id
            SELECT Account.Name, Account.name FROM Contact | INVALID_FIELD | duplicate field selected: Account.Name
            SELECT FIELDS(ALL), Id FROM Account LIMIT 1 | INVALID_FIELD | duplicate field selected: Id
            SELECT FIELDS(ALL) FROM Account | MALFORMED_QUERY | must have a LIMIT of at most 200
            SELECT FIELDS(CUSTOM) FROM Account LIMIT 201 | MALFORMED_QUERY | must have a LIMIT of at most 200
            SELECT Name n FROM Account | MALFORMED_QUERY | only aggregate expressions use field aliasing
            SELECT Id FROM Account ORDER BY Description | MALFORMED_QUERY | field 'Description' can not be sorted in a query call
            SELECT Id FROM Account OFFSET 2001 | NUMBER_OUTSIDE_VALID_RANGE | Maximum SOQL offset allowed is 2000
            SELECT Id FROM Account USING SCOPE team | MALFORMED_QUERY | does not support USING SCOPE team
            SELECT COUNT(), Id FROM Account | MALFORMED_QUERY | COUNT() must be the only element
            SELECT COUNT() FROM Account ORDER BY Id | MALFORMED_QUERY | can not be used with ORDER BY
            SELECT Owner.Manager.Manager.Manager.Manager.Manager.Name FROM Account | MALFORMED_QUERY | more than 5 levels up
            SELECT TYPEOF Owner WHEN User THEN Id END FROM Account | MALFORMED_QUERY | only allowed on polymorphic relationships
            SELECT TYPEOF What WHEN Contact THEN Id END FROM Task | INVALID_TYPE | 'Contact' is no type of the relationship What
            SELECT (SELECT COUNT(Id) FROM Contacts) FROM Account | MALFORMED_QUERY | not supported in a child subquery
            SELECT CALENDAR_YEAR(CreatedDate) FROM Account | MALFORMED_QUERY | Field must be grouped or aggregated
            SELECT convertCurrency(Name) FROM Account | MALFORMED_QUERY | supported for currency fields only
            SELECT Id FROM Account WHERE convertCurrency(AnnualRevenue) > 5 | MALFORMED_QUERY | can not be used in a WHERE clause
            SELECT Id FROM Account WHERE Id IN (SELECT Id FROM Account) | MALFORMED_QUERY | should not be on the same object type
            SELECT Id FROM Account WHERE Id IN (SELECT AccountId FROM Contact) OR Name = 'x' | MALFORMED_QUERY | not allowed with the 'OR' operator
            SELECT Id FROM Account WHERE NOT Id IN (SELECT AccountId FROM Contact) | MALFORMED_QUERY | not allowed with the 'NOT' operator
            SELECT Id FROM Account WHERE Id IN (SELECT LastName FROM Contact) | MALFORMED_QUERY | should point to the same object type
            SELECT Id FROM Account WHERE Id IN (SELECT ReportsToId FROM Contact) | MALFORMED_QUERY | should point to the same object type
            SELECT Id FROM Account WHERE Id IN (SELECT AccountId FROM Contact LIMIT 1) | MALFORMED_QUERY | can only have a WHERE clause
            SELECT Id FROM Account WHERE Id IN (SELECT AccountId, Id FROM Contact) | MALFORMED_QUERY | can only have one field
            SELECT Id FROM Account WHERE Id IN (SELECT AccountId FROM Contact WHERE Id IN (SELECT ContactId FROM Case WHERE Id IN (SELECT ParentId FROM CaseComment))) | MALFORMED_QUERY | Nesting of semi join sub-selects
            SELECT Id FROM Account WHERE Id IN (SELECT AccountId FROM Contact) AND Id IN (SELECT AccountId FROM Case) AND Id IN (SELECT AccountId FROM Opportunity) | MALFORMED_QUERY | Maximum 2 semi join sub-selects
            SELECT (SELECT Id FROM Contacts OFFSET 1) FROM Account | MALFORMED_QUERY | OFFSET in a subquery
            """)
    void wrongStatementIsRefused(String soql, String code, String text) {
        assertThatThrownBy(() -> org.page(soql))
                .isInstanceOfSatisfying(
                        SoqlException.class, e -> assertThat(e.errorCode()).isEqualTo(code))
                .hasMessageContaining(text);
    }
}
