package org.sftoolkit.benchmarks.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageTest {

    @TempDir
    private Path folder;

    private static Run run(double seconds, double cpu) {
        return new Run(seconds, 1000 / seconds, cpu, 3, 2_048, 100, 20, 5, 0.005, null);
    }

    private static Map<Scenario, List<Cell>> results(String label) throws IOException {
        Scenario scenario = Scenario.all().stream()
                .filter(any -> any.label().equals(label))
                .findFirst()
                .orElseThrow();
        var results = new LinkedHashMap<Scenario, List<Cell>>();
        results.put(
                scenario,
                List.of(
                        new Cell("raw", List.of(run(1, 20), run(2, 25), run(3, 90))),
                        new Cell("sftoolkit", List.of(run(4, 50))),
                        new Cell("camel-salesforce", List.of(run(4, 100), Run.failed("no | answer")))));
        return results;
    }

    @Test
    void figuresReplaceThoseOfTheLastRunAndNothingElse() throws Exception {
        Path page = folder.resolve("page.md");
        Files.writeString(page, "before <!-- measured -->old<!-- end of what was measured --> after\n");
        new Page(page).write(results("S1L"), "a machine");
        assertThat(Files.readString(page))
                .startsWith("before <!-- measured -->\n")
                .endsWith("<!-- end of what was measured --> after\n")
                .contains(
                        "a machine, ",
                        "| S1L | raw | 2.00 (1.00-3.00) |",
                        "| 25.0 (20.0-90.0) | 3.00 | 2048 |",
                        "(page.svg)")
                .contains("| 50.0 | 3.00 | 2048 | 0.50 | 2.00 |")
                .contains("fails: no / answer")
                .doesNotContain("old");
        assertThat(folder.resolve("page.svg")).content().startsWith("<svg").contains("25.0 µs CPU");
    }

    @Test
    void costsAreTheFiguresOfAnOperationMultiplied() throws Exception {
        assertThat(Costs.of(results("S3L")))
                .contains("| 1,000,000 records in, saved as lists of 200 | raw | 25.0 | 100 | 5,000 | S3L |")
                .doesNotContain("camel-salesforce");
        assertThat(Costs.of(results("S1L"))).isEmpty();
    }

    @Test
    void aPageWithoutAPlaceForFiguresIsLeftAlone() throws Exception {
        Path page = folder.resolve("page.md");
        Files.writeString(page, "nothing");
        assertThatThrownBy(() -> new Page(page).write(results("S1L"), "")).hasMessageContaining("no place for figures");
        assertThat(page).hasContent("nothing");
    }

    @Test
    void everyScenarioHasClientsAndAHeap() throws Exception {
        assertThat(Scenario.all()).hasSizeGreaterThan(20).allSatisfy(scenario -> {
            assertThat(scenario.clients()).contains("sftoolkit");
            assertThat(scenario.heap()).matches("\\d+m");
        });
        assertThat(Scenario.all().stream().filter(Scenario::provesMemory)).hasSizeGreaterThan(4);
    }
}
