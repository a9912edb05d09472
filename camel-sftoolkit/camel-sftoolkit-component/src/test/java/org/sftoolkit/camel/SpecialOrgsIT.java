package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.sftoolkit.camel.model.BulkResult;
import org.sftoolkit.camel.model.SObject;
import org.sftoolkit.camel.model.SaveResult;
import org.sftoolkit.camel.model.SaveResults;
import org.sftoolkit.emulator.CustomField;
import org.sftoolkit.emulator.CustomObject;
import org.sftoolkit.emulator.EmulatorBuilder;

/** What the page on operating says of orgs with several currencies, person accounts and big objects. */
class SpecialOrgsIT extends RouteTestSupport {

    @Override
    protected void org(EmulatorBuilder settings) {
        settings.object(CustomObject.named("Deal__c", "a0E")
                .with(CustomField.picklist("CurrencyIsoCode", "EUR", "JPY"), CustomField.currency("Amount__c", 16, 2)));
        settings.field("Account", CustomField.text("LastName", 80));
        settings.field("Account", CustomField.text("Hobby__pc", 40));
        settings.field(
                "Account",
                "{\"name\":\"IsPersonAccount\",\"type\":\"boolean\",\"createable\":false,\"updateable\":false,"
                        + "\"nillable\":false,\"defaultedOnCreate\":true,\"soapType\":\"xsd:boolean\"}");
        settings.object(CustomObject.named("Log__b", "a0F").with(CustomField.text("Line__c", 80)));
    }

    @Test
    void theCurrencyIsAFieldLikeAnyOther() {
        Map<String, Object> deal = new LinkedHashMap<>(Map.of("Name", "x", "CurrencyIsoCode", "JPY"));
        deal.put("Amount__c", new BigDecimal("12345678901234.56"));
        assertThat(body("sftoolkit:save:Deal__c", deal, SaveResult.class).success())
                .isTrue();
        Exchange loaded =
                send("sftoolkit:bulk:Deal__c?pollInterval=1", List.of(Map.of("Name", "y", "CurrencyIsoCode", "EUR")));
        assertThat(loaded.getMessage().getBody(BulkResult.class).failedCount()).isZero();
        Exchange read =
                send("sftoolkit:query:Deal__c?fields=Name,CurrencyIsoCode,Amount__c&where=CurrencyIsoCode='JPY'", null);
        SObject row = (SObject) ((List<?>) read.getMessage().getBody()).get(0);
        assertThat(new BigDecimal(row.get("Amount__c").toString())).isEqualByComparingTo("12345678901234.56");
        assertThat(emulator.org().count("Deal__c")).isEqualTo(2);
    }

    @Test
    void aPersonAccountIsFetchedAndSavedAgainWithoutItsReadOnlyFields() {
        String id =
                emulator.org().insert("Account", Map.of("Name", "Ann Lee", "LastName", "Lee", "IsPersonAccount", true));
        for (String how : List.of("stripReadOnly=true", "onlyChanges=true")) {
            SObject person = body("sftoolkit:fetch:Account", id, SObject.class);
            assertThat(person).containsEntry("IsPersonAccount", true);
            person.put("Hobby__pc", how);
            Exchange saved = send("sftoolkit:save:Account?" + how, person);
            assertThat(saved.getException()).as(how).isNull();
            assertThat(emulator.org().find("Account", id).orElseThrow()).containsEntry("Hobby__pc", how);
        }
    }

    @Test
    void rowsOfAnObjectWithTheNameOfABigObjectAreSavedAndQueried() {
        SaveResults saved = body(
                "sftoolkit:save:Log__b", List.of(Map.of("Line__c", "a"), Map.of("Line__c", "b")), SaveResults.class);
        assertThat(saved).hasSize(2).allMatch(SaveResult::success);
        assertThat((List<?>) send("sftoolkit:query:Log__b?fields=Line__c", null)
                        .getMessage()
                        .getBody())
                .hasSize(2);
    }
}
