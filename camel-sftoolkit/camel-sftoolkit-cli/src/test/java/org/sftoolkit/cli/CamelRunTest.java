package org.sftoolkit.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.main.KameletMain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@code camel run accounts.camel.yaml application.properties --dep=...} does, by its engine: it fetches Camel's
 * components by their scheme, and ours from the local repository.
 */
class CamelRunTest {

    private static final String GROUP = "org.sftoolkit.camel:";
    private static final String VERSION = ":" + System.getProperty("sftoolkit.version");
    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    @Test
    void theComponentIsFetchedFromTheLocalRepositoryAndCallsTheOrgOfTheProperties() throws Exception {
        assertThatThrownBy(() -> Class.forName("org.sftoolkit.camel.SfToolkitComponent"))
                .isInstanceOf(ClassNotFoundException.class);
        Path log = folder.resolve("org.log");
        Process org = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        "target/org.jar",
                        "--port",
                        "0")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            String properties = "camel.component.sftoolkit.loginUrl = " + url(log)
                    + "\ncamel.component.sftoolkit.clientId = emulator-client"
                    + "\ncamel.component.sftoolkit.clientSecret = emulator-secret\n";
            assertThat(counted(properties, List.of("camel-sftoolkit"))).isEqualTo("2");
        } finally {
            org.destroy();
        }
    }

    @Test
    void anOrgForDevelopmentIsOnePropertyAndOneDependencyMore() throws Exception {
        String properties = "camel.component.sftoolkit.devOrg = true\n";
        assertThat(counted(properties, List.of("camel-sftoolkit", "camel-sftoolkit-emulator")))
                .isEqualTo("2");
    }

    private static String url(Path log) {
        Matcher address = Pattern.compile("http://127[.]0[.]0[.]1:\\d+").matcher("");
        await().atMost(LONG).until(() -> address.reset(Files.readString(log)).find());
        return address.group();
    }

    /** Runs the routes until they have counted the accounts of the org. */
    private String counted(String properties, List<String> artifacts) throws Exception {
        Path file = Files.writeString(folder.resolve("application.properties"), properties);
        String name = artifacts.size() + ".txt";
        Path counted = Path.of("target/counted", name);
        Files.deleteIfExists(counted);
        var main = new KameletMain("camel.jbang");
        main.setDownload(true);
        main.addInitialProperty("camel.jbang.dependencies", dependencies(artifacts));
        main.addInitialProperty("camel.jbang.kameletsVersion", "4.18.0");
        main.addInitialProperty("camel.main.sourceLocationEnabled", "true");
        main.addInitialProperty(
                "camel.main.routesIncludePattern", "file:src/test/resources/routes/accounts.camel.yaml");
        main.addInitialProperty("camel.component.properties.location", "file:" + file);
        main.addInitialProperty("counted", name);
        main.start();
        try {
            await().atMost(LONG).until(() -> Files.exists(counted) && Files.size(counted) > 0);
            return Files.readString(counted);
        } finally {
            main.stop();
        }
    }

    private static String dependencies(List<String> artifacts) {
        return String.join(
                ",",
                artifacts.stream().map(artifact -> GROUP + artifact + VERSION).toList());
    }
}
