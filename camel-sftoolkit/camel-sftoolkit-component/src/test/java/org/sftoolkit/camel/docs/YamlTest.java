package org.sftoolkit.camel.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class YamlTest {

    private static final YamlCheck CHECK = new YamlCheck();

    @TestFactory
    Stream<DynamicTest> everyFileOfRoutesIsValid() {
        List<Path> files = Checkout.files(".camel.yaml", ".kamelet.yaml");
        assertThat(files).isNotEmpty();
        return files.stream()
                .map(file ->
                        DynamicTest.dynamicTest(Checkout.name(file), () -> assertThat(CHECK.faults(Checkout.read(file)))
                                .isEmpty()));
    }

    @TestFactory
    Stream<DynamicTest> everySnippetIsValid() {
        return Checkout.files(".md").stream().flatMap(page -> Markdown.of(Checkout.read(page)).blocks().stream()
                .filter(block -> block.language().equals("yaml"))
                .map(block -> DynamicTest.dynamicTest(
                        Checkout.name(page) + ":" + block.line(),
                        () -> assertThat(CHECK.faults(block.text())).isEmpty())));
    }

    @Test
    void everythingWrongIsFound() {
        assertThat(CHECK.faults("- to: { uri: sftoolkit:save:Account, parameters: { mode: MAYBE } }"))
                .singleElement()
                .asString()
                .contains("mode");
        assertThat(CHECK.faults("- to: { uri: \"sftoolkit:save:Account?colour=red\" }"))
                .singleElement()
                .asString()
                .contains("colour");
        assertThat(CHECK.faults("- to: \"sftoolkit:sing:Account\""))
                .singleElement()
                .asString()
                .contains("sing");
        assertThat(CHECK.faults("- from: { uri: \"direct:a\", stepps: [] }")).isNotEmpty();
        assertThat(CHECK.faults("- to: { uri: sftoolkit:bulk:Account, parameters: { mode: UPDATE } }"))
                .singleElement()
                .asString()
                .contains("bulk has no option mode");
        assertThat(CHECK.faults("- from: { uri: \"file:inbox\", steps: [ { to: \"log:a\" } ] }"))
                .singleElement()
                .asString()
                .contains("moveFailed");
        assertThat(CHECK.faults("- to: [")).isNotEmpty();
        assertThat(CHECK.faults("just text")).isNotEmpty();
    }
}
