package org.sftoolkit.emulator.soql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilterTest {
    private final TestOrg org = new TestOrg();
    private String acme;

    @BeforeEach
    void fill() {
        acme = org.insert(
                "Account",
                "Name",
                "Acme",
                "NumberOfEmployees",
                10,
                "AnnualRevenue",
                99.5,
                "Industry",
                "Energy",
                "Regions__c",
                "Europe;Africa",
                "Founded__c",
                "2026-01-31",
                "Last_Audit__c",
                "2026-01-31T12:34:56.789Z",
                "Opening_Time__c",
                "09:00:00.000Z",
                "Score__c",
                12345678901.25);
        org.insert(
                "Account",
                "Name",
                "acme 50%",
                "NumberOfEmployees",
                20,
                "Industry",
                "Banking",
                "Regions__c",
                "Europe",
                "Founded__c",
                "2025-12-31",
                "ParentId",
                acme);
        org.insert("Account", "Name", "O'Neil_x", "ParentId", acme);
    }

    private List<String> where(String condition) {
        return org.column("SELECT Name FROM Account WHERE " + condition + " ORDER BY Name");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
            Name = 'ACME'                                    | Acme
            Name != 'acme'                                   | acme 50%,O'Neil_x
            Name <> 'acme'                                   | acme 50%,O'Neil_x
            Name > 'acme'                                    | acme 50%,O'Neil_x
            Name <= 'acme 50%'                               | Acme,acme 50%
            Name LIKE 'ACME%'                                | Acme,acme 50%
            Name LIKE 'acme'                                 | Acme
            Name LIKE 'acme_50_'                             | acme 50%
            Name LIKE '%50\\%'                               | acme 50%
            Name LIKE '%\\_x'                                | O'Neil_x
            Name LIKE '%\\_'                                 |
            Name LIKE '%'                                    | Acme,acme 50%,O'Neil_x
            Name = 'O\\'Neil_x'                              | O'Neil_x
            (NOT Name LIKE 'acme%')                          | O'Neil_x
            Name IN ('acme', 'zzz')                          | Acme
            Name NOT IN ('acme', 'zzz')                      | acme 50%,O'Neil_x
            NumberOfEmployees = 10                           | Acme
            NumberOfEmployees = 10.0                         | Acme
            NumberOfEmployees > 10.5                         | acme 50%
            NumberOfEmployees < 11                           | Acme
            NumberOfEmployees != 10                          | acme 50%,O'Neil_x
            NumberOfEmployees IN (10, 20)                    | Acme,acme 50%
            NumberOfEmployees NOT IN (10)                    | acme 50%,O'Neil_x
            NumberOfEmployees = null                         | O'Neil_x
            NumberOfEmployees != null                        | Acme,acme 50%
            NumberOfEmployees IN (10, null)                  | Acme,O'Neil_x
            Industry = ''                                    | O'Neil_x
            AnnualRevenue >= 99.50                           | Acme
            Score__c = 12345678901.25                        | Acme
            IsDeleted = false                                | Acme,acme 50%,O'Neil_x
            IsDeleted = null                                 | Acme,acme 50%,O'Neil_x
            IsDeleted != FALSE                               |
            Regions__c = 'Africa;Europe'                         | Acme
            Regions__c = 'Europe'                              | acme 50%
            Regions__c INCLUDES ('Europe;Africa')                | Acme
            Regions__c INCLUDES ('Africa', 'Americas')            | Acme
            Regions__c INCLUDES ('europe')                     | Acme,acme 50%
            Regions__c EXCLUDES ('Africa')                     | acme 50%,O'Neil_x
            Founded__c = 2026-01-31                          | Acme
            Founded__c < 2026-01-31                          | acme 50%
            Founded__c = TODAY                               | Acme
            Founded__c = THIS_MONTH                          | Acme
            Founded__c < THIS_MONTH                          | acme 50%
            Founded__c >= LAST_N_DAYS:31                     | Acme,acme 50%
            Founded__c = LAST_N_DAYS:30                      | Acme
            Founded__c IN (TODAY, LAST_YEAR)                 | Acme,acme 50%
            Last_Audit__c = 2026-01-31T12:34:56Z             | Acme
            Last_Audit__c = 2026-01-31T13:34:56.001+01:00    | Acme
            Last_Audit__c > 2026-01-31T12:34:56Z             |
            Last_Audit__c = TODAY                            | Acme
            Opening_Time__c < 09:00:01.000Z                  | Acme
            Parent.Name = 'acme'                             | acme 50%,O'Neil_x
            Parent.Industry = null                           | Acme
            Parent.IsDeleted = false                         | Acme,acme 50%,O'Neil_x
            Parent.Name != 'x'                               | Acme,acme 50%,O'Neil_x
            Account.Name = 'acme'                            | Acme
            Name = 'acme' AND Industry = 'Energy'            | Acme
            Name = 'acme' AND Industry = 'Banking'           |
            Name = 'acme' OR (Industry = 'Banking' AND NumberOfEmployees = 20) | Acme,acme 50%
            CALENDAR_YEAR(Founded__c) = 2025                 | acme 50%
            DAY_ONLY(Last_Audit__c) = 2026-01-31             | Acme
            HOUR_IN_DAY(Last_Audit__c) = 12                  | Acme
            DAY_IN_WEEK(Founded__c) = 7                      | Acme
            toLabel(Industry) = 'energy'                     | Acme
            """)
    void conditionFinds(String condition, String names) {
        assertThat(where(condition.replace("\\\\", "\\")))
                .isEqualTo(names == null ? List.of() : List.of(names.split(",")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
            NumberOfEmployees = '10'          | INVALID_FIELD | must be of type int and should not be enclosed in quotes
            AnnualRevenue = '10'              | INVALID_FIELD | must be of type double and should not be enclosed in quotes
            Name = 10                         | INVALID_FIELD | must be of type string and should be enclosed in quotes
            Name = 2026-01-31                 | INVALID_FIELD | must be of type string and should be enclosed in quotes
            IsDeleted = 'false'               | INVALID_FIELD | must be of type boolean and should not be enclosed in quotes
            CreatedDate > 2026-01-31          | INVALID_FIELD | must be of type dateTime and should not be enclosed in quotes
            Founded__c > 2026-01-31T00:00:00Z | INVALID_FIELD | must be of type date and should not be enclosed in quotes
            Founded__c = '2026-01-31'         | INVALID_FIELD | must be of type date and should not be enclosed in quotes
            Name = TODAY                      | INVALID_FIELD | must be of type string and should be enclosed in quotes
            Name IN ('a', 1)                  | INVALID_FIELD | must be of type string
            Id = 'nonsense'                   | INVALID_QUERY_FILTER_OPERATOR | invalid ID field: nonsense
            Id LIKE '001%'                    | INVALID_QUERY_FILTER_OPERATOR | invalid operator on id field
            NumberOfEmployees LIKE '1%'       | INVALID_QUERY_FILTER_OPERATOR | invalid operator on int field
            IsDeleted > false                 | INVALID_QUERY_FILTER_OPERATOR | invalid operator on boolean field
            NumberOfEmployees > null          | INVALID_QUERY_FILTER_OPERATOR | invalid operator on int field
            Regions__c > 'Europe'               | INVALID_QUERY_FILTER_OPERATOR | invalid operator on multipicklist field
            Name INCLUDES ('a')               | INVALID_QUERY_FILTER_OPERATOR | multi-select picklist fields only
            Description = 'x'                 | INVALID_FIELD | field 'Description' can not be filtered in a query call
            Nope__c = 'x'                     | INVALID_FIELD | No such column 'Nope__c' on entity 'Account'
            Nope.Name = 'x'                   | INVALID_FIELD | Didn't understand relationship 'Nope' in field path
            COUNT(Id) > 1                     | MALFORMED_QUERY | unexpected token: 'COUNT'
            Name = 'a\\q'                     | MALFORMED_QUERY | Illegal character sequence '\\q'
            Name = 'a\\%'                     | MALFORMED_QUERY | Illegal character sequence '\\%'
            DISTANCE(Headquarters__c, GEOLOCATION(1, 2), 'km') < 5 | MALFORMED_QUERY | does not support
            """)
    void wrongFilterIsRefused(String condition, String code, String text) {
        assertThatThrownBy(() -> where(condition.replace("\\\\", "\\")))
                .isInstanceOfSatisfying(
                        SoqlException.class, e -> assertThat(e.errorCode()).isEqualTo(code))
                .hasMessageContaining(text.replace("\\\\", "\\"));
    }

    @Test
    void idsCompareWithFifteenOrEighteenCharacters() {
        assertThat(where("Id = '" + acme + "'")).containsExactly("Acme");
        assertThat(where("Id = '" + acme.substring(0, 15) + "'")).containsExactly("Acme");
        assertThat(where("ParentId = '" + acme.substring(0, 15) + "'")).containsExactly("acme 50%", "O'Neil_x");
        assertThat(where("Id > '" + acme + "'")).containsExactly("acme 50%", "O'Neil_x");
        assertThat(where("Id IN ('" + acme + "') AND Name = 'other'")).isEmpty();
        assertThat(where("Id IN ('" + acme + "') AND Name = 'acme'")).containsExactly("Acme");
    }

    @Test
    void likeWithManyWildcardsTakesNoUnboundedTime() {
        org.insert("Account", "Name", "a".repeat(255));
        assertThat(where("Name LIKE '" + "%a".repeat(100) + "%b'")).isEmpty();
        assertThat(where("Name LIKE '" + "%a".repeat(100) + "'")).hasSize(1);
    }

    @Test
    void dayOfAMomentIsThatOfTheUsersTimeZone() {
        org.in("America/Los_Angeles");
        org.insert("Account", "Name", "late", "Last_Audit__c", "2026-02-01T07:59:59Z");
        assertThat(where("Last_Audit__c = TODAY")).containsExactly("Acme", "late");
        assertThat(where("HOUR_IN_DAY(convertTimezone(Last_Audit__c)) = 23")).containsExactly("late");
        assertThat(where("HOUR_IN_DAY(Last_Audit__c) = 7")).containsExactly("late");
    }

    @Test
    void multiPicklistKnowsNoOrderOfItsEntries() {
        assertThat(where("Regions__c != 'Europe;Africa'")).containsExactly("acme 50%", "O'Neil_x");
        assertThat(where("Regions__c = null")).containsExactly("O'Neil_x");
    }
}
