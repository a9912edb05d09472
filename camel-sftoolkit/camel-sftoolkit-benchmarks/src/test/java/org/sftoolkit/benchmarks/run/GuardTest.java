package org.sftoolkit.benchmarks.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The guard names what got worse, and nothing else. */
class GuardTest {

    private static final Guard.Limit CPU = new Guard.Limit("S1L", Guard.Figure.CPU, Scenario.CAMEL, 0.6);
    private static final Guard.Limit BYTES = new Guard.Limit("S1L", Guard.Figure.ALLOCATION, Scenario.RAW, 3);

    private static Cell cell(String client, double cpu, double bytes) {
        return new Cell(client, List.of(new Run(1, 1000, cpu, 0, bytes, 100, 20, 5, 1, null)));
    }

    private static Map<Scenario, List<Cell>> results(Cell... cells) throws IOException {
        var results = new LinkedHashMap<Scenario, List<Cell>>();
        results.put(
                Scenario.all().stream()
                        .filter(any -> any.label().equals("S1L"))
                        .findFirst()
                        .orElseThrow(),
                List.of(cells));
        return results;
    }

    @Test
    void figuresWithinTheirLimitsPass() throws IOException {
        assertThat(Guard.failures(
                        List.of(CPU, BYTES),
                        results(
                                cell(Scenario.RAW, 20, 7_000),
                                cell(Scenario.TOOLKIT, 50, 18_000),
                                cell(Scenario.CAMEL, 100, 60_000))))
                .isEmpty();
    }

    @Test
    void whatGotWorseIsNamedWithItsRatio() throws IOException {
        assertThat(Guard.failures(
                        List.of(CPU, BYTES),
                        results(
                                cell(Scenario.RAW, 20, 7_000),
                                cell(Scenario.TOOLKIT, 70, 18_000),
                                cell(Scenario.CAMEL, 100, 60_000))))
                .containsExactly("S1L: CPU 0.70, may be 0.60 times that of camel-salesforce");
        assertThat(Guard.failures(
                        List.of(CPU, BYTES),
                        results(
                                cell(Scenario.RAW, 20, 7_000),
                                cell(Scenario.TOOLKIT, 50, 28_000),
                                cell(Scenario.CAMEL, 100, 60_000))))
                .containsExactly("S1L: allocation 4.00, may be 3.00 times that of raw");
    }

    @Test
    void aClientThatFailedIsNotTakenForAFastOne() throws IOException {
        Cell failed = new Cell(Scenario.TOOLKIT, List.of(Run.failed("no answer")));
        assertThat(Guard.failures(List.of(CPU), results(failed, cell(Scenario.CAMEL, 100, 60_000))))
                .containsExactly("S1L: CPU was not measured, may be 0.60 times that of camel-salesforce");
        assertThat(Guard.failures(List.of(CPU), Map.of())).hasSize(1);
    }

    @Test
    void eachLimitIsOfAScenarioThatBothClientsDo() throws IOException {
        List<Scenario> all = Scenario.all();
        assertThat(Guard.limits()).hasSizeGreaterThan(10).allSatisfy(limit -> assertThat(all)
                .filteredOn(scenario -> scenario.label().equals(limit.label()))
                .singleElement()
                .satisfies(scenario -> assertThat(scenario.clients()).contains(Scenario.TOOLKIT, limit.than())));
    }
}
