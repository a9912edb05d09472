package org.sftoolkit.emulator.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.sftoolkit.emulator.CustomField;
import org.sftoolkit.emulator.CustomObject;
import org.sftoolkit.emulator.SalesforceEmulator;

class EmulatorExtensionTest {

    @RegisterExtension
    static final EmulatorExtension SHARED = EmulatorExtension.builder()
            .seed("Account", Map.of("Name", "Shared"))
            .build();

    @RegisterExtension
    final EmulatorExtension org = EmulatorExtension.builder()
            .with(builder -> builder.accessToken("let-me-in")
                    .field("Account", CustomField.checkbox("Vip__c"))
                    .object(CustomObject.named("Invoice__c", "a0I")
                            .with(
                                    CustomField.text("Number__c", 30).externalId(),
                                    CustomField.currency("Amount__c", 16, 2),
                                    CustomField.picklist("Status__c", "Open", "Paid"),
                                    CustomField.lookup("Account__c", "Account"))))
            .seed("Account", Map.of("Name", "Acme", "Vip__c", true), Map.of("Name", "Umbrella"))
            .build();

    @Test
    void anOrgOfAnInstanceFieldIsTheTestsOwn() {
        assertThat(org.records().all("Account")).extracting("Name").containsExactlyInAnyOrder("Acme", "Umbrella");
        org.records().insert("Account", Map.of("Name", "Left behind"));
    }

    @Test
    void nothingIsLeftOfOtherTests() {
        assertThat(org.records().count("Account")).isEqualTo(2);
        assertThat(SHARED.records().count("Account")).isEqualTo(1);
        assertThat(SHARED.url()).isNotEqualTo(org.url());
    }

    @Test
    void objectsOfOnesOwnAreWrittenByTheirExternalIdOverHttp() throws Exception {
        assertThat(upsert("2026-1", "{\"Amount__c\":12.50,\"Status__c\":\"Open\"}")
                        .statusCode())
                .isEqualTo(201);
        assertThat(upsert("2026-1", "{\"Status__c\":\"Paid\"}").statusCode()).isEqualTo(200);
        assertThat(org.records().all("Invoice__c")).singleElement().satisfies(invoice -> {
            assertThat(invoice.get("Id").toString()).startsWith("a0I");
            assertThat(new BigDecimal(invoice.get("Amount__c").toString())).isEqualByComparingTo("12.5");
            assertThat(invoice).containsEntry("Status__c", "Paid").containsEntry("Number__c", "2026-1");
        });
        assertThat(upsert("2026-2", "{\"Status__c\":\"Lost\"}").body())
                .contains("INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST");
        assertThat(org.requests().count()).isEqualTo(3);
    }

    private HttpResponse<String> upsert(String number, String body) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(
                                        org.url() + "/services/data/v66.0/sobjects/Invoice__c/Number__c/" + number))
                                .method("PATCH", HttpRequest.BodyPublishers.ofString(body))
                                .header("Authorization", "Bearer let-me-in")
                                .header("Content-Type", "application/json")
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void nonsenseIsRefused() {
        assertThatThrownBy(() -> CustomField.text("Number__c", 1_000)).hasMessageContaining("longText");
        assertThatThrownBy(() -> CustomObject.named("Invoice__c", "invoice")).hasMessageContaining("three");
        assertThatThrownBy(() -> SalesforceEmulator.builder().object(CustomObject.named("Invoice__c", "001")))
                .hasMessageContaining("keyPrefix 001 of Invoice__c is that of Account");
    }
}
