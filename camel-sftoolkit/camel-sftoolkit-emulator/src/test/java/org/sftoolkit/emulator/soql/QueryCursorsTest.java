package org.sftoolkit.emulator.soql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class QueryCursorsTest {
    private static final String ALL = "SELECT Name FROM Account ORDER BY Name";

    private final TestOrg org = new TestOrg();

    @BeforeEach
    void fill() {
        for (int i = 0; i < 25; i++) {
            org.insert("Account", "Name", "A%02d".formatted(i));
        }
    }

    private static String locator(JsonNode page) {
        String url = page.path("nextRecordsUrl").asText();
        assertThat(url).startsWith("/services/data/v66.0/query/01g");
        return url.substring(url.lastIndexOf('/') + 1);
    }

    private ObjectNode next(JsonNode page) {
        return org.cursors.next(locator(page), "token");
    }

    private static void assertLost(ThrowingCallable read) {
        assertThatThrownBy(read)
                .isInstanceOfSatisfying(
                        SoqlException.class, e -> assertThat(e.errorCode()).isEqualTo("INVALID_QUERY_LOCATOR"))
                .hasMessage("invalid query locator");
    }

    @Test
    void pagesTogetherGiveEveryRowOnceAndInOrder() {
        ObjectNode page = org.page(ALL, 10);
        List<String> names = new ArrayList<>(page.findValuesAsText("Name"));
        assertThat(page.path("totalSize").asInt()).isEqualTo(25);
        assertThat(locator(page)).endsWith("-10").hasSize(21);
        while (!page.path("done").asBoolean()) {
            page = next(page);
            names.addAll(page.findValuesAsText("Name"));
        }
        assertThat(page.has("nextRecordsUrl")).isFalse();
        assertThat(names).hasSize(25).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void resultStaysAsItWasWhenTheStatementRan() {
        ObjectNode page = org.page(ALL, 10);
        org.insert("Account", "Name", "A05b");
        assertThat(next(page).findValuesAsText("Name")).first().isEqualTo("A10");
    }

    @Test
    void locatorCanBeReadAgainAndFromAnyOffset() {
        String locator = locator(org.page(ALL, 10));
        assertThat(org.cursors.next(locator, "token")).isEqualTo(org.cursors.next(locator, "token"));
        assertThat(org.cursors
                        .next(locator.replaceAll("-10$", "-3"), "token")
                        .at("/records/0/Name")
                        .asText())
                .isEqualTo("A03");
    }

    @Test
    void locatorIsOfNoUseToAnotherSession() {
        String locator = locator(org.page(ALL, 10));
        assertLost(() -> org.cursors.next(locator, "other"));
        assertThat(org.cursors.next(locator, "token").path("records")).hasSize(10);
    }

    @Test
    void unknownOrBrokenLocatorIsRefused() {
        String locator = locator(org.page(ALL, 10));
        for (String bad : List.of(
                "x",
                "",
                "01g000000000000AAA-10",
                locator.replace("-10", ""),
                locator + "x",
                locator.replace("-10", "-25"),
                locator.replace("-10", "-99999"))) {
            assertLost(() -> org.cursors.next(bad, "token"));
        }
    }

    @Test
    void cursorLivesForTwoDays() {
        String locator = locator(org.page(ALL, 10));
        org.clock.set(TestOrg.NOW.plus(Duration.ofDays(2)).minusSeconds(1));
        assertThat(org.cursors.next(locator, "token").path("records")).hasSize(10);
        org.clock.set(TestOrg.NOW.plus(Duration.ofDays(2)));
        assertLost(() -> org.cursors.next(locator, "token"));
    }

    @Test
    void cursorsEndOnDemand() {
        String locator = locator(org.page(ALL, 10));
        org.cursors.expireAll();
        assertLost(() -> org.cursors.next(locator, "token"));
    }

    @Test
    void eleventhCursorOfAUserDisplacesTheOldest() {
        List<String> locators = new ArrayList<>();
        for (int i = 0; i < 11; i++) {
            locators.add(locator(org.page(ALL, 10)));
        }
        assertThat(org.cursors.size()).isEqualTo(10);
        assertLost(() -> org.cursors.next(locators.get(0), "token"));
        assertThat(org.cursors.next(locators.get(1), "token").path("records")).hasSize(10);
        String other = locator(org.cursors.first(org.run(ALL), "token2", "005other", 10));
        assertThat(org.cursors.next(other, "token2").path("records")).hasSize(10);
        assertThat(org.cursors.next(locators.get(1), "token").path("records")).hasSize(10);
    }

    @Test
    void cursorReadToItsEndGoesFirst() {
        String first = locator(org.page(ALL, 10));
        ObjectNode second = org.page(ALL, 20);
        next(second);
        for (int i = 0; i < 9; i++) {
            org.page(ALL, 10);
        }
        assertThat(org.cursors.next(first, "token").path("records")).hasSize(10);
        assertLost(() -> next(second));
    }

    @Test
    void resultOfOnePageNeedsNoCursor() {
        assertThat(org.page(ALL, 25).path("done").asBoolean()).isTrue();
        assertThat(org.cursors.size()).isZero();
    }

    @Test
    void childrenCountTowardsThePageAndGoOnUnderTheirOwnLocator() {
        String parent = org.insert("Account", "Name", "Parent");
        for (int i = 0; i < 25; i++) {
            org.insert("Contact", "LastName", "C%02d".formatted(i), "AccountId", parent);
        }
        ObjectNode page = org.page(
                "SELECT Name, (SELECT LastName FROM Contacts ORDER BY LastName) FROM Account ORDER BY Name DESC", 10);
        assertThat(page.path("records")).hasSize(1);
        assertThat(page.path("done").asBoolean()).isFalse();
        JsonNode children = page.at("/records/0/Contacts");
        assertThat(children.path("totalSize").asInt()).isEqualTo(25);
        assertThat(children.path("records")).hasSize(10);
        List<String> names = new ArrayList<>(children.findValuesAsText("LastName"));
        while (!children.path("done").asBoolean()) {
            children = next(children);
            names.addAll(children.findValuesAsText("LastName"));
        }
        assertThat(names).hasSize(25).isSorted().doesNotHaveDuplicates();
        assertThat(next(page).at("/records/0/Name").asText()).isEqualTo("A24");
        assertThat(org.cursors.size()).isEqualTo(1);
    }

    @Test
    void childListOfASinglePageResultContinues() {
        String parent = org.insert("Account", "Name", "Parent");
        for (int i = 0; i < 25; i++) {
            org.insert("Contact", "LastName", "C%02d".formatted(i), "AccountId", parent);
        }
        ObjectNode page =
                org.page("SELECT (SELECT LastName FROM Contacts) FROM Account WHERE Id = '" + parent + "'", 10);
        assertThat(page.path("done").asBoolean()).isTrue();
        JsonNode children = page.at("/records/0/Contacts");
        assertThat(next(children).path("records")).hasSize(10);
        assertThat(org.cursors.size()).isEqualTo(1);
    }

    @Test
    void twoLongTextsMakePagesOfTwoHundred() {
        for (int i = 25; i < 250; i++) {
            org.insert("Account", "Name", "A%02d".formatted(i));
        }
        assertThat(org.page("SELECT Id, Description FROM Account", 2000).path("records"))
                .hasSize(250);
        assertThat(org.page("SELECT Id, Description, Notes__c FROM Account", 2000)
                        .path("records"))
                .hasSize(200);
    }
}
