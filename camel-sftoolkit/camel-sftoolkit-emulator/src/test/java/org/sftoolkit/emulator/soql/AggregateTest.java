package org.sftoolkit.emulator.soql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AggregateTest {
    private static final String ATTRIBUTES = "{\"attributes\":{\"type\":\"AggregateResult\"},";

    private final TestOrg org = new TestOrg();

    @BeforeEach
    void fill() {
        String acme = org.insert(
                "Account",
                "Name",
                "Acme",
                "Industry",
                "Energy",
                "NumberOfEmployees",
                10,
                "AnnualRevenue",
                15,
                "Founded__c",
                "2025-06-01",
                "Last_Audit__c",
                "2026-01-31T12:34:56Z");
        org.insert(
                "Account",
                "Name",
                "Beta",
                "Industry",
                "Energy",
                "NumberOfEmployees",
                5,
                "AnnualRevenue",
                20,
                "Founded__c",
                "2026-01-01");
        org.insert("Account", "Name", "beta", "Industry", "Banking", "Founded__c", "2026-12-31");
        org.insert("Contact", "LastName", "Lovelace", "AccountId", acme);
        org.insert("Contact", "LastName", "Byron", "AccountId", acme);
        org.insert("Contact", "LastName", "Nobody");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            SELECT COUNT(Id), COUNT(NumberOfEmployees) n, SUM(NumberOfEmployees), AVG(NumberOfEmployees) FROM Account | "expr0":3,"n":2,"expr1":15,"expr2":7.5}
            SELECT SUM(AnnualRevenue) s, MIN(AnnualRevenue), MAX(AnnualRevenue) FROM Account | "s":35.0,"expr0":15.0,"expr1":20.0}
            SELECT MIN(Founded__c), MAX(Name), MIN(Industry) FROM Account | "expr0":"2025-06-01","expr1":"Beta","expr2":"Banking"}
            SELECT COUNT_DISTINCT(Name) FROM Account | "expr0":2}
            SELECT MAX(Last_Audit__c) FROM Account | "expr0":"2026-01-31T12:34:56.000+0000"}
            SELECT COUNT(Id), SUM(AnnualRevenue) FROM Account WHERE Name = 'none' | "expr0":0,"expr1":null}
            SELECT Industry, COUNT(Id) FROM Account GROUP BY Industry ORDER BY Industry | "Industry":"Banking","expr0":1};"Industry":"Energy","expr0":2}
            SELECT industry i, COUNT(id) n FROM Account GROUP BY Industry HAVING COUNT(Id) > 1 | "i":"Energy","n":2}
            SELECT Industry FROM Account GROUP BY Industry ORDER BY COUNT(Id) DESC LIMIT 1 | "Industry":"Energy"}
            SELECT Industry FROM Account GROUP BY Industry ORDER BY COUNT(Id) DESC LIMIT 1 OFFSET 1 | "Industry":"Banking"}
            SELECT CALENDAR_YEAR(Founded__c) y, COUNT(Id) FROM Account GROUP BY CALENDAR_YEAR(Founded__c) ORDER BY CALENDAR_YEAR(Founded__c) | "y":2025,"expr0":1};"y":2026,"expr0":2}
            SELECT CALENDAR_MONTH(Founded__c) FROM Account WHERE Name = 'Acme' GROUP BY CALENDAR_MONTH(Founded__c) | "expr0":6}
            SELECT Account.Name, COUNT(Id) FROM Contact GROUP BY Account.Name ORDER BY Account.Name NULLS LAST | "Name":"Acme","expr0":2};"Name":null,"expr0":1}
            SELECT a.Name nm, COUNT(Id) FROM Contact c, c.Account a WHERE a.Name != null GROUP BY Account.Name | "nm":"Acme","expr0":2}
            SELECT Industry FROM Account GROUP BY Industry HAVING Industry LIKE 'E%' AND SUM(NumberOfEmployees) = 15 | "Industry":"Energy"}
            SELECT FORMAT(SUM(AnnualRevenue)) total FROM Account | "total":"$35.00"}
            SELECT Industry, COUNT(Id) n FROM Account GROUP BY ROLLUP(Industry) ORDER BY GROUPING(Industry), Industry | "Industry":"Banking","n":1};"Industry":"Energy","n":2};"Industry":null,"n":3}
            SELECT Industry, GROUPING(Industry) g, SUM(NumberOfEmployees) n FROM Account GROUP BY ROLLUP(Industry) HAVING GROUPING(Industry) = 1 | "Industry":null,"g":1,"n":15}
            SELECT Industry i, Name, COUNT(Id) n FROM Account WHERE Name = 'Acme' GROUP BY ROLLUP(Industry, Name) | "i":"Energy","Name":"Acme","n":1};"i":"Energy","Name":null,"n":1};"i":null,"Name":null,"n":1}
            SELECT Industry i, Name, GROUPING(Name) g FROM Account WHERE Name = 'Acme' GROUP BY CUBE(Industry, Name) | "i":"Energy","Name":"Acme","g":0};"i":null,"Name":"Acme","g":0};"i":"Energy","Name":null,"g":1};"i":null,"Name":null,"g":1}
            SELECT Type, COUNT(Id) n FROM Account GROUP BY CUBE(Type) | "Type":null,"n":3};"Type":null,"n":3}
            SELECT CALENDAR_YEAR(Founded__c) y, COUNT(Id) n FROM Account GROUP BY ROLLUP(CALENDAR_YEAR(Founded__c)) | "y":2025,"n":1};"y":2026,"n":2};"y":null,"n":3}
            """)
    void aggregateGives(String soql, String rows) {
        String expected = ATTRIBUTES + rows.replace(";", "," + ATTRIBUTES);
        assertThat(org.records(soql).toString()).isEqualTo("[" + expected + "]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
            SELECT Name, COUNT(Id) FROM Account | Field must be grouped or aggregated: Name
            SELECT Name FROM Account GROUP BY Industry | Field must be grouped or aggregated: Name
            SELECT Industry FROM Account GROUP BY Industry ORDER BY Name | Field must be grouped or aggregated: Name
            SELECT Industry FROM Account GROUP BY Industry HAVING Name = 'x' | Field must be grouped or aggregated: Name
            SELECT MAX(Name) FROM Account LIMIT 1 | Non-grouped query that uses overall aggregate functions cannot also use LIMIT
            SELECT SUM(Name) FROM Account | field Name does not support aggregate operator SUM
            SELECT AVG(Founded__c) FROM Account | field Founded__c does not support aggregate operator AVG
            SELECT MIN(IsDeleted) FROM Account | field IsDeleted does not support aggregate operator MIN
            SELECT COUNT(Id) n, COUNT(Name) n FROM Account | duplicate alias: n
            SELECT Name, Account.Name FROM Contact GROUP BY Name, Account.Name | duplicate alias: Name
            SELECT Description FROM Account GROUP BY Description | field 'Description' can not be grouped in a query call
            SELECT Industry FROM Account GROUP BY ROLLUP(Industry), Name | Cannot group by ROLLUP and by other fields
            SELECT Industry FROM Account GROUP BY Name, CUBE(Industry) | Cannot group by CUBE and by other fields
            SELECT Industry FROM Account GROUP BY CUBE() | CUBE takes 1 to 3 fields
            SELECT COUNT(Id) FROM Account GROUP BY ROLLUP(Industry, Name, Type, Founded__c) | ROLLUP takes 1 to 3 fields
            SELECT Name FROM Account GROUP BY ROLLUP(Industry) | Field must be grouped or aggregated: Name
            SELECT GROUPING(Name) FROM Account GROUP BY ROLLUP(Industry) | GROUPING takes one field of
            SELECT GROUPING(Industry) FROM Account GROUP BY Industry | GROUPING takes one field of
            SELECT COUNT(Id) FROM Account HAVING COUNT(Id) > 1 | unexpected token: 'HAVING'
            SELECT FIELDS(ALL) FROM Account GROUP BY Name LIMIT 1 | grouped fields and aggregate expressions only
            SELECT COUNT(Id), (SELECT Id FROM Contacts) FROM Account GROUP BY Name | grouped fields and aggregate expressions only
            SELECT COUNT() FROM Account GROUP BY Name | can not be used with ORDER BY or GROUP BY
            SELECT Industry FROM Account GROUP BY Industry HAVING COUNT(Id) > 'x' | must be of type int and should not be enclosed in quotes
            """)
    void wrongAggregateIsMalformed(String soql, String text) {
        assertThatThrownBy(() -> org.page(soql))
                .isInstanceOf(SoqlException.class)
                .hasMessageContaining(text);
    }

    @Test
    void moreThanTwoThousandGroupsCannotPage() {
        for (int i = 0; i < 2_001; i++) {
            org.insert("Lead", "LastName", "L" + i, "Company", "C" + i);
        }
        assertThatThrownBy(() -> org.page("SELECT LastName FROM Lead GROUP BY LastName"))
                .isInstanceOfSatisfying(
                        SoqlException.class, e -> assertThat(e.errorCode()).isEqualTo("EXCEEDED_ID_LIMIT"))
                .hasMessage(
                        "Aggregate query does not support queryMore(), use LIMIT to restrict the results to a single"
                                + " batch");
        assertThat(org.records("SELECT LastName FROM Lead GROUP BY LastName LIMIT 2000"))
                .hasSize(2_000);
    }
}
