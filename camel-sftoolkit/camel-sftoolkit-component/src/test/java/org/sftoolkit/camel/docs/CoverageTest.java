package org.sftoolkit.camel.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.sftoolkit.camel.OperationName;
import org.sftoolkit.camel.error.SfToolkitException;

class CoverageTest {

    private static final List<Path> PAGES = Checkout.files(".md");

    @ParameterizedTest
    @EnumSource(OperationName.class)
    void everyOperationHasASectionWithARoute(OperationName operation) {
        var sections = PAGES.stream()
                .flatMap(page -> Markdown.of(Checkout.read(page)).sections().stream())
                .filter(section -> names(section.title()).contains(operation.name()))
                .toList();
        assertThat(sections)
                .as("a page in docs/ has a heading that names " + operation
                        + ", and below it a block of YAML with sftoolkit:" + operation)
                .anySatisfy(section -> assertThat(Markdown.of(section.text()).blocks())
                        .filteredOn(block -> block.language().equals("yaml"))
                        .anyMatch(block -> block.text().matches("(?s).*sftoolkit:" + operation + "\\b.*")));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void everyFailureHasItsCauseAndRemedy(Class<?> failure) {
        String page = Checkout.read(Checkout.root().resolve("docs/errors.md"));
        assertThat(page.lines().filter(line -> line.startsWith("| `" + failure.getSimpleName() + "` |")))
                .as("docs/errors.md has a row of the table: type, cause, remedy")
                .singleElement()
                .satisfies(row -> assertThat(row.split(" \\| ")).hasSize(3).allMatch(cell -> cell.length() > 10));
    }

    static Stream<Class<?>> failures() {
        return family(SfToolkitException.class).filter(type -> !Modifier.isAbstract(type.getModifiers()));
    }

    private static Stream<Class<?>> family(Class<?> type) {
        Class<?>[] below = type.isSealed() ? type.getPermittedSubclasses() : new Class<?>[0];
        return Stream.concat(Stream.of(type), Arrays.stream(below).flatMap(CoverageTest::family));
    }

    @Test
    void everyPageStandsInTheIndex() {
        Path docs = Checkout.root().resolve("docs");
        assertThat(PAGES)
                .filteredOn(page -> page.startsWith(docs) && !page.equals(docs.resolve("README.md")))
                .hasSizeGreaterThan(30)
                .allSatisfy(page -> {
                    Path folder = page.endsWith("README.md") ? docs : page.getParent();
                    List<String> indexed = Markdown.of(Checkout.read(folder.resolve("README.md")))
                            .links();
                    assertThat(indexed)
                            .contains(folder.relativize(page).toString().replace('\\', '/'));
                });
    }

    @Test
    void everyPageStandsInTheMenuOfTheSite() {
        Path docs = Checkout.root().resolve("docs");
        List<String> menu = Checkout.read(docs.resolve("site/mkdocs.yml"))
                .lines()
                .map(String::strip)
                .map(line -> line.replaceAll("^- (.*: )?", ""))
                .toList();
        assertThat(PAGES)
                .filteredOn(page -> page.startsWith(docs))
                .hasSizeGreaterThan(30)
                .allSatisfy(page -> assertThat(menu)
                        .contains(docs.relativize(page).toString().replace('\\', '/')));
    }

    private static List<String> names(String title) {
        return List.of(title.split("[^A-Za-z]+"));
    }
}
