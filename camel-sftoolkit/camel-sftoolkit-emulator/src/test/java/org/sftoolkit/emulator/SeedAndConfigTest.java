package org.sftoolkit.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeedAndConfigTest {

    @TempDir
    private Path folder;

    @Test
    void recordsFindTheirParentsByKeyWhateverTheOrderOfFiles() throws IOException {
        write("seed/Contact.csv", "LastName,Account.External_ID__c\nLovelace,A2\n");
        write(
                "seed/Account.csv",
                "Name,External_ID__c,Parent.External_ID__c,NumberOfEmployees\nChild,A2,A1,5\nParent,A1,,#N/A\n");
        write("seed/Task.json", "[{\"Subject\":\"Call\",\"Status\":\"Not Started\",\"Priority\":\"Normal\"}]");
        try (SalesforceEmulator emulator =
                SalesforceEmulator.builder().seed(folder.resolve("seed")).start()) {
            Map<String, Object> contact = emulator.org().all("Contact").get(0);
            Map<String, Object> account = emulator.org()
                    .find("Account", (String) contact.get("AccountId"))
                    .orElseThrow();
            assertThat(account.get("Name")).isEqualTo("Child");
            assertThat(emulator.org()
                            .find("Account", (String) account.get("ParentId"))
                            .orElseThrow()
                            .get("Name"))
                    .isEqualTo("Parent");
            assertThat(emulator.org().count("Task")).isEqualTo(1);
        }
    }

    @Test
    void demoRecordsComeWithIt() {
        try (SalesforceEmulator emulator =
                SalesforceEmulator.builder().seed(Path.of("demo")).start()) {
            assertThat(emulator.org().count("Account")).isEqualTo(12);
            assertThat(emulator.org().all("Contact")).hasSize(20).allSatisfy(contact -> assertThat(
                            emulator.org().find("Account", (String) contact.get("AccountId")))
                    .isPresent());
            assertThat(emulator.org().all("Opportunity")).isNotEmpty();
        }
    }

    @Test
    void anExportIsASeed() throws IOException {
        try (SalesforceEmulator emulator =
                SalesforceEmulator.builder().accessToken("t").start()) {
            String account = emulator.org().insert("Account", Map.of("Name", "a", "BillingCity", "Rome"));
            emulator.org().insert("Contact", Map.of("LastName", "c", "AccountId", account));
            JsonNode export =
                    new Client(emulator.url(), null).get("/__emulator/export").json();
            write("all.json", export.toString());
        }
        try (SalesforceEmulator again =
                SalesforceEmulator.builder().seed(folder.resolve("all.json")).start()) {
            Map<String, Object> contact = again.org().all("Contact").get(0);
            assertThat(again.org()
                            .find("Account", (String) contact.get("AccountId"))
                            .orElseThrow())
                    .containsEntry("Name", "a")
                    .containsEntry("BillingCity", "Rome");
            assertThat(again.org().count("User")).isEqualTo(1);
        }
    }

    @Test
    void aRecordThatIsRefusedIsNamedWithItsPlace() throws IOException {
        write("Account.csv", "Name,Parent.External_ID__c\na,\nb,NOPE\n");
        assertThatThrownBy(() -> SalesforceEmulator.builder()
                        .seed(folder.resolve("Account.csv"))
                        .start())
                .hasMessageContaining("Account.csv, line 3")
                .hasMessageContaining("NOPE");
    }

    @Test
    void theConfigSetsUpTheOrg() throws IOException {
        write(
                "org.yaml",
                """
                app: {id: my-app, secret: my-secret}
                users:
                  - {name: ada@example.com, password: pw, token: st}
                accessTokens: [t]
                objects:
                  - name: Invoice__c
                    keyPrefix: a0I
                    fields:
                      - {name: Number__c, type: text, length: 30, externalId: true}
                      - {name: Amount__c, type: currency}
                      - {name: Status__c, type: picklist, values: [Open, Paid], required: true}
                      - {name: Account__c, type: lookup, lookup: Account}
                fields:
                  Account:
                    - {name: Rating2__c, type: number, digits: 5, decimals: 0}
                duplicateRules:
                  - {object: Account, fields: [Name]}
                limits: {daily: 5, pageSize: 200}
                latency: 1ms
                clock: 2026-03-01T10:00:00Z
                """);
        EmulatorBuilder builder = SalesforceEmulator.builder();
        OrgConfig.apply(folder.resolve("org.yaml"), builder);
        try (SalesforceEmulator emulator = builder.start()) {
            Client client = new Client(emulator.url(), "t");
            assertThat(client.post(
                                    "/sobjects/Invoice__c",
                                    "{\"Name\":\"i\",\"Number__c\":\"1\",\"Status__c\":\"Open\"}")
                            .status())
                    .isEqualTo(201);
            assertThat(client.post("/sobjects/Account", "{\"Name\":\"a\",\"Rating2__c\":7}")
                            .status())
                    .isEqualTo(201);
            Errors.assertError(client.post("/sobjects/Account", "{\"Name\":\"a\"}"), 400, "DUPLICATES_DETECTED");
            assertThat(emulator.usage().limit()).isEqualTo(5);
            assertThat(emulator.org().clock().instant()).isEqualTo(Instant.parse("2026-03-01T10:00:00Z"));
            assertThat(client.form(
                                    "/services/oauth2/token",
                                    "grant_type=password&client_id=my-app&client_secret=my-secret&username=ada@example.com&password=pwst")
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void filesAreKeptWithTheirRowsAndAFolderHasOneEmulator() throws Exception {
        Path data = folder.resolve("data");
        String small;
        try (SalesforceEmulator emulator =
                SalesforceEmulator.builder().data(data).start()) {
            small = emulator.org()
                    .insert("ContentVersion", Map.of("PathOnClient", "a.txt", "VersionData", "hello".getBytes()));
            emulator.org().delete("Account", emulator.org().insert("Account", Map.of("Name", "gone")));
            assertThatThrownBy(() -> SalesforceEmulator.builder().data(data).start())
                    .hasMessageContaining("in use");
        }
        try (SalesforceEmulator emulator =
                SalesforceEmulator.builder().data(data).accessToken("t").start()) {
            assertThat(new Client(emulator.url(), "t")
                            .get("/sobjects/ContentVersion/" + small + "/VersionData")
                            .body())
                    .isEqualTo("hello");
            assertThat(emulator.org().count("ContentDocument")).isEqualTo(1);
            assertThat(emulator.org().deleteLog().entries()).hasSize(1);
            emulator.org().clear();
        }
        try (SalesforceEmulator emulator =
                SalesforceEmulator.builder().data(data).start()) {
            assertThat(emulator.org().count("ContentVersion")).isZero();
            assertThat(emulator.org().count("Pricebook2")).isEqualTo(1);
            assertThat(emulator.org().count("User")).isEqualTo(1);
        }
    }

    @Test
    void aDamagedJournalIsNamedWithItsLine() throws IOException {
        Path data = folder.resolve("data");
        try (SalesforceEmulator emulator =
                SalesforceEmulator.builder().data(data).start()) {
            emulator.org().insert("Account", Map.of("Name", "a"));
        }
        Files.writeString(data.resolve("journal.jsonl"), "nonsense\n{\"cleared\":true}\n");
        assertThatThrownBy(() -> SalesforceEmulator.builder().data(data).start())
                .hasMessageContaining("journal.jsonl, line 1");
    }

    @Test
    void aCertificateOfItsOwnServesHttps() {
        EmulatorBuilder builder = SalesforceEmulator.builder().idleTimeout(Duration.ofSeconds(30));
        OwnCertificate.of("127.0.0.1").applyTo(builder);
        try (SalesforceEmulator emulator = builder.start()) {
            assertThat(emulator.url()).startsWith("https://");
        }
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
