package org.sftoolkit.camel.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Snippets of Java whose first line names a file stand in that file, which is compiled and run. */
class JavaSnippetsTest {

    @TestFactory
    Stream<DynamicTest> snippetsStandInTheFilesTheyName() {
        return Checkout.files(".md").stream().flatMap(page -> Markdown.of(Checkout.read(page)).blocks().stream()
                .filter(block -> block.language().equals("java") && block.text().startsWith("// "))
                .map(block -> DynamicTest.dynamicTest(
                        Checkout.name(page) + ":" + block.line(), () -> standsInItsFile(block.text()))));
    }

    private static void standsInItsFile(String snippet) {
        int end = snippet.indexOf('\n');
        Path file = Checkout.root().resolve(snippet.substring(3, end).strip());
        assertThat(Files.exists(file)).as(file.toString()).isTrue();
        assertThat(Checkout.read(file)).contains(snippet.substring(end + 1).stripTrailing());
    }
}
