package ${package};

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.sftoolkit.emulator.junit.EmulatorExtension;

class AccountsTest {

    @RegisterExtension
    final EmulatorExtension org = EmulatorExtension.builder().build();

    @TempDir
    Path inbox;

    @Test
    void rowsOfAFileBecomeAccounts() throws Exception {
        Files.writeString(
                inbox.resolve("march.csv"),
                """
                External_ID__c,Name,Industry
                A1,Acme,Energy
                A2,Umbrella,Biotechnology
                """);
        Main main = new Main();
        main.configure().withRoutesIncludePattern("classpath:camel/*.camel.yaml");
        main.addOverrideProperty("inbox", inbox.toString());
        main.addOverrideProperty("camel.component.sftoolkit.devOrg", "false");
        main.addOverrideProperty("camel.component.sftoolkit.loginUrl", org.url());
        main.addOverrideProperty("camel.component.sftoolkit.clientId", "emulator-client");
        main.addOverrideProperty("camel.component.sftoolkit.clientSecret", "emulator-secret");
        main.start();
        try {
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> org.records().count("Account") == 2);
        } finally {
            main.stop();
        }
        assertThat(org.records().all("Account")).extracting("Name").containsExactlyInAnyOrder("Acme", "Umbrella");
    }
}
