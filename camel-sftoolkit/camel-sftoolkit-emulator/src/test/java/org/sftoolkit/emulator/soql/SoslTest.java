package org.sftoolkit.emulator.soql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SoslTest {
    private final TestOrg org = new TestOrg();

    @BeforeEach
    void fill() {
        org.insert("Account", "Name", "Acme Rocket Works", "Phone", "+1 555 0100", "Description", "anvils for coyotes");
        org.insert("Account", "Name", "O'Neil & Sons", "Website", "https://oneil.example.com");
        org.insert("Account", "Name", "Acmes United");
        org.insert("Contact", "LastName", "Rocketeer", "FirstName", "Wile", "Email", "wile@acme.example.com");
        org.insert("Lead", "LastName", "Runner", "Company", "Acme Birds", "Title", "anvil 100% c++");
    }

    private ArrayNode find(String sosl) {
        return Sosl.run(sosl, org.context(false));
    }

    private List<String> names(String term) {
        return find("FIND {" + term + "} RETURNING Account(Name ORDER BY Name), Contact(Name), Lead(Name)")
                .findValuesAsText("Name");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            acme                     | Acme Rocket Works,Wile Rocketeer,Runner
            ACME                     | Acme Rocket Works,Wile Rocketeer,Runner
            acme*                    | Acme Rocket Works,Acmes United,Wile Rocketeer,Runner
            acm?                     | Acme Rocket Works,Wile Rocketeer,Runner
            acme works               | Acme Rocket Works
            acme AND works           | Acme Rocket Works
            works OR united          | Acme Rocket Works,Acmes United
            acme AND NOT works       | Wile Rocketeer,Runner
            "rocket works"           | Acme Rocket Works
            "works rocket"           |
            (works OR birds) AND acme | Acme Rocket Works,Runner
            works OR birds AND runner | Acme Rocket Works,Runner
            coyotes                  | Acme Rocket Works
            O\\'Neil                 | O'Neil & Sons
            "O\\'Neil \\& Sons"      | O'Neil & Sons
            wile@acme.example.com    | Wile Rocketeer
            c\\+\\+ anvil            |
            0100                     | Acme Rocket Works
            "AND"                    |
            nothing                  |
            """)
    void termFinds(String term, String names) {
        String text = term.replace("\\\\", "\\");
        if (text.startsWith("c\\+")) {
            assertThatThrownBy(() -> names(text)).hasMessageContaining("longer than one character");
            return;
        }
        assertThat(names(text)).isEqualTo(names == null ? List.of() : List.of(names.split(",")));
    }

    @Test
    void groupsOfFieldsNarrowTheSearch() {
        assertThat(find("FIND {acme} IN NAME FIELDS RETURNING Account(Name), Contact(Name)")
                        .findValuesAsText("Name"))
                .containsExactly("Acme Rocket Works");
        assertThat(find("FIND {acme} IN EMAIL FIELDS RETURNING Account(Name), Contact(Name)")
                        .findValuesAsText("Name"))
                .containsExactly("Wile Rocketeer");
        assertThat(find("FIND {555} IN PHONE FIELDS RETURNING Account(Name)")).hasSize(1);
    }

    @Test
    void withoutReturningTheIdsOfAllObjectsAreFound() {
        ArrayNode records = find("FIND {acme}");
        assertThat(records).hasSize(3);
        JsonNode first = records.get(0);
        assertThat(first.fieldNames()).toIterable().containsExactly("attributes", "Id");
        assertThat(first.at("/attributes/type").asText()).isEqualTo("Account");
    }

    @Test
    void returnedObjectsHaveFieldsFiltersOrdersAndLimits() {
        assertThat(find("FIND {acme*} RETURNING Account(Name, Owner.Name WHERE Phone = null ORDER BY Name LIMIT 5)")
                        .findValuesAsText("Name"))
                .containsExactly("Acmes United", "ada");
        assertThat(find("FIND {acme*} RETURNING Account, Lead LIMIT 2")).hasSize(2);
        assertThat(find("FIND {acme*} RETURNING Account(Id LIMIT 1), Lead")).hasSize(2);
    }

    @Test
    void eachObjectGivesAtMost250UnlessItSaysOtherwise() {
        for (int i = 0; i < 300; i++) {
            org.insert("Case", "Subject", "broken thing");
        }
        assertThat(find("FIND {broken} RETURNING Case")).hasSize(250);
        assertThat(find("FIND {broken} RETURNING Case(Id LIMIT 300)")).hasSize(300);
    }

    @Test
    void deletedRecordsAreNotFound() {
        String id = org.insert("Account", "Name", "Gone forever");
        org.org.delete("Account", id);
        assertThat(find("FIND {gone}")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            FIND acme | MALFORMED_SEARCH | No search term found. The search term must be enclosed in braces.
            FIND 'acme' | MALFORMED_SEARCH | No search term found. The search term must be enclosed in braces.
            FIND {acme | MALFORMED_SEARCH | No search term found. The search term must be enclosed in braces.
            FIND | MALFORMED_SEARCH | No search term found.
            SELECT Id FROM Account | MALFORMED_SEARCH | unexpected token: 'SELECT'
            FIND {a} | MALFORMED_SEARCH | search term must be longer than one character: a
            FIND {*} | MALFORMED_SEARCH | search term must be longer than one character: *
            FIND {} | MALFORMED_SEARCH | search term must be longer than one character
            FIND {foo-bar} | MALFORMED_SEARCH | reserved character '-' must be escaped
            FIND {(foo} | MALFORMED_SEARCH | expecting a right parentheses
            FIND {foo)} | MALFORMED_SEARCH | unexpected token: ')'
            FIND {foo AND} | MALFORMED_SEARCH | unexpected token: '<EOF>'
            FIND {"foo} | MALFORMED_SEARCH | lacks its closing quote
            FIND {acme} IN SOME FIELDS | MALFORMED_SEARCH | unexpected token: 'SOME'
            FIND {acme} IN SIDEBAR FIELDS | MALFORMED_SEARCH | does not support IN SIDEBAR FIELDS
            FIND {acme} RETURNING | MALFORMED_SEARCH | unexpected token: '<EOF>'
            FIND {acme} RETURNING Foo | INVALID_TYPE | sObject type 'Foo' is not supported
            FIND {acme} RETURNING Account(Foo) | INVALID_FIELD | ERROR at Row:1:Column:31
            FIND {acme} RETURNING Account(COUNT(Id)) | MALFORMED_SEARCH | can return fields only
            FIND {acme} RETURNING Account(Id USING ListView=Recent) | MALFORMED_SEARCH | does not support USING ListView
            FIND {acme} LIMIT 2001 | MALFORMED_SEARCH | LIMIT must be between 1 and 2000
            FIND {acme} WITH HIGHLIGHT | MALFORMED_SEARCH | does not support WITH HIGHLIGHT
            FIND {acme} UPDATE TRACKING | MALFORMED_SEARCH | does not support UPDATE TRACKING
            FIND {acme} RETURNING Account garbage | MALFORMED_SEARCH | unexpected token: 'garbage'
            """)
    void wrongSearchIsRefused(String sosl, String code, String text) {
        assertThatThrownBy(() -> find(sosl))
                .isInstanceOfSatisfying(
                        SoqlException.class, e -> assertThat(e.errorCode()).isEqualTo(code))
                .hasMessageContaining(text);
    }

    @Test
    void hostileNestingIsRefusedBeforeTheStackEnds() {
        assertThatThrownBy(() -> find("FIND {" + "(".repeat(3_900) + "}")).hasMessageContaining("too deeply");
    }
}
