package org.sftoolkit.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class EmulatorMainTest {

    @Test
    void itPrintsWhereItListensAndHowToLogIn() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        EmulatorMain.class.getName(),
                        "--port",
                        "0")
                .start();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line = out.readLine();
            Matcher url = Pattern.compile("http://127\\.0\\.0\\.1:\\d+").matcher(line);
            assertThat(url.find()).as(line).isTrue();
            assertThat(line).contains("emulator-client", "emulator-secret", "user@example.com");
            assertThat(new Client(url.group(), null)
                            .form(
                                    "/services/oauth2/token",
                                    "grant_type=client_credentials&client_id=emulator-client&client_secret=emulator-secret")
                            .status())
                    .isEqualTo(200);
        } finally {
            process.destroy();
            assertThat(process.waitFor()).isNotNegative();
        }
    }

    @Test
    void unknownOptionsAreNamed() {
        assertThatThrownBy(() -> EmulatorMain.configure(
                        SalesforceEmulator.builder(), List.of("--prot", "1").iterator()))
                .hasMessage("unknown option --prot");
        assertThatThrownBy(() -> EmulatorMain.configure(
                        SalesforceEmulator.builder(), List.of("--port").iterator()))
                .hasMessage("no value for --port");
    }
}
