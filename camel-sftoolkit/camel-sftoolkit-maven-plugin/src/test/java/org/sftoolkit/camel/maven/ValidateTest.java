package org.sftoolkit.camel.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValidateTest {

    private static final Path SEEDED = Path.of("src/test/resources/seeded");
    private static final Pattern EXPECTED = Pattern.compile("(?:# |// |<!-- )([^#>]*?)(?: -->)?$");
    private static final Path ROOT = Path.of("../..");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {"wrong.yaml", "wrong.xml", "Wrong.java", "wrong-more.yaml", "wrong-more.xml", "WrongMore.java"})
    void everySeededMistakeIsFoundByFileAndLine(String name) throws Exception {
        Path file = SEEDED.resolve("routes").resolve(name);
        List<Fault> faults = faults(DescribedObjects.read(SEEDED.resolve("describes")), file);
        List<String> lines = Files.readAllLines(file);
        var expected = new ArrayList<Integer>();
        for (int i = 1; i < lines.size(); i++) {
            Matcher comment = EXPECTED.matcher(lines.get(i));
            if (comment.find()) {
                int line = i + 1;
                expected.add(line);
                assertThat(faults)
                        .as(lines.get(i))
                        .anyMatch(
                                fault -> fault.line() == line && fault.message().contains(comment.group(1)));
            }
        }
        assertThat(faults).allSatisfy(fault -> assertThat(expected).contains(fault.line()));
        assertThat(expected).hasSizeGreaterThan(name.endsWith(".yaml") ? 19 : 1);
    }

    /** Open values, and texts that only look like endpoints: bodies, logs, ids, patterns of interceptors. */
    @ParameterizedTest
    @ValueSource(strings = {"right.yaml", "more.yaml", "more.xml", "More.java"})
    void whatIsKnownOnlyWhenTheRouteRunsIsTakenForRight(String name) throws Exception {
        Path file = SEEDED.resolve("right").resolve(name);
        assertThat(faults(DescribedObjects.read(SEEDED.resolve("describes")), file))
                .isEmpty();
    }

    @Test
    void aGoalFailsWithTheNumberOfFaultsAndLogsEachByFileAndLine() throws Exception {
        var mojo = new ValidateMojo();
        var log = new StringBuilder();
        mojo.setLog(new SystemStreamLog() {
            @Override
            public void error(CharSequence line) {
                log.append(line).append('\n');
            }
        });
        mojo.check(List.of(SEEDED.resolve("right/right.yaml")), null, true);
        assertThat(log).isEmpty();
        assertThatThrownBy(() -> mojo.check(List.of(SEEDED.resolve("routes")), SEEDED.resolve("describes"), true))
                .isInstanceOf(MojoFailureException.class)
                .hasMessageMatching("\\d+ sftoolkit endpoints checked, \\d\\d faults");
        assertThat(log).contains("Wrong.java:11: ").contains("wrong.xml:5: ").contains("wrong.yaml:10: ");
        mojo.check(List.of(SEEDED.resolve("routes")), null, false);
    }

    @Test
    void theGalleryHasNoFaults() throws Exception {
        var files = new RouteFiles(ValidateMojo.URI.asMatchPredicate());
        files.add(ROOT.resolve("camel-sftoolkit-examples/src/main"));
        files.add(ROOT.resolve("camel-sftoolkit/camel-sftoolkit-archetype/src/main"));
        files.add(ROOT.resolve("camel-sftoolkit/camel-sftoolkit-component/src/main/resources/kamelets"));
        assertThat(files.uses()).hasSizeGreaterThan(40);
        assertThat(faults(files, null)).isEmpty();
    }

    @Test
    void thePagesHaveNoFaults() throws Exception {
        var files = new RouteFiles(ValidateMojo.URI.asMatchPredicate());
        for (Path page : pages()) {
            Matcher blocks =
                    Pattern.compile("(?ms)^```(yaml|java|xml)\n(.*?)^```$").matcher(Files.readString(page));
            for (int i = 0; blocks.find(); i++) {
                String name = page.getFileName() + "-" + i + "." + blocks.group(1);
                // of Java the pages have pieces, too
                if (!name.endsWith("java") || blocks.group(2).contains("class ")) {
                    files.add(Files.writeString(folder.resolve(name), blocks.group(2)));
                }
            }
        }
        assertThat(files.uses()).hasSizeGreaterThan(60);
        assertThat(faults(files, null)).isEmpty();
    }

    private static List<Path> pages() throws Exception {
        try (Stream<Path> pages = Files.walk(ROOT.resolve("docs"))) {
            return pages.filter(page -> page.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }

    private static List<Fault> faults(DescribedObjects described, Path... starts) throws Exception {
        var files = new RouteFiles(ValidateMojo.URI.asMatchPredicate());
        for (Path start : starts) {
            files.add(start);
        }
        return faults(files, described);
    }

    private static List<Fault> faults(RouteFiles files, DescribedObjects described) {
        var faults = new ArrayList<>(files.unreadable());
        try (var check = new EndpointCheck(described)) {
            files.uses().forEach(use -> faults.addAll(check.faults(use)));
            files.texts().forEach((file, text) -> faults.addAll(check.headers().faults(file, text)));
        }
        return faults;
    }
}
