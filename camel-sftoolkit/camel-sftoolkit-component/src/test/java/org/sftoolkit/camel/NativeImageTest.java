package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The reflection configuration names what Camel makes by name, and nothing that is not there. */
class NativeImageTest {

    private static final String FILE = "/META-INF/native-image/org.sftoolkit.camel/camel-sftoolkit/reflect-config.json";

    @Test
    void everyClassThatIsNamedExists() throws Exception {
        for (String name : named()) {
            assertThat(Class.forName(name)).as(name).isNotNull();
        }
    }

    @Test
    void everyClassOfTheServiceFilesIsNamed() throws Exception {
        var wanted = new ArrayList<String>();
        try (var files = Files.walk(Path.of("src/generated/resources/META-INF/services"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.readAllLines(file).stream()
                        .filter(line -> line.startsWith("class=org.sftoolkit") || line.startsWith("org.sftoolkit"))
                        .map(line -> line.replaceFirst("^class=", ""))
                        .forEach(wanted::add);
            }
        }
        assertThat(wanted).hasSizeGreaterThan(5);
        assertThat(named()).containsAll(wanted);
    }

    private static List<String> named() throws IOException {
        var names = new ArrayList<String>();
        new ObjectMapper()
                .readTree(NativeImageTest.class.getResourceAsStream(FILE))
                .forEach(entry -> names.add(entry.path("name").asText()));
        return names;
    }
}
