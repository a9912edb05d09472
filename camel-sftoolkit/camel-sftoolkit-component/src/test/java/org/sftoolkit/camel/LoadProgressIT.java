package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.camel.console.DevConsole;
import org.apache.camel.support.PluginHelper;
import org.junit.jupiter.api.Test;
import org.sftoolkit.emulator.bulk.BulkSettings;
import org.sftoolkit.emulator.fault.Fault;
import org.sftoolkit.emulator.fault.FaultPlan;

/**
 * What a load that lasts tells about itself, in the log, in the console while it runs, and after it. The long form, with
 * {@code -Dsftoolkit.progress.rows=600000}, takes some minutes and keeps to the interval that is the default.
 */
class LoadProgressIT extends RouteTestSupport {

    private static final int ROWS = Integer.getInteger("sftoolkit.progress.rows", 6_000);
    private static final boolean LONG = ROWS >= 100_000;
    private static final Duration INTERVAL = LONG ? Duration.ofSeconds(10) : Duration.ofMillis(200);

    /** A busy machine writes late. */
    private static final Duration LATE = LONG ? Duration.ofSeconds(1) : Duration.ofSeconds(3);

    /** Results of a save are held in memory. */
    private static final int SAVED = LONG ? ROWS / 10 : ROWS;

    private static final Pattern LINE =
            Pattern.compile("INFO .*WorkTracker: route load, sftoolkit:\\w+:Account: (\\d+) of \\d+"
                    + " records \\((\\d+) %\\) in .+, (\\d+) a second, (?:\\d+ min )?\\d+ s left.*");

    @Override
    protected void configure(SfToolkitConfiguration options) {
        if (!LONG) {
            options.setProgressInterval(INTERVAL.toMillis());
            options.setMaxPollInterval(50);
        }
        options.setPollInterval(20);
    }

    private static Map<String, Object> record(int number) {
        return Map.of("Name", "Company number " + number);
    }

    @Test
    void aBulkLoadOfRecordsThatAreCountedAsTheyComeTellsShareRateAndTimeLeft() throws Exception {
        emulator.bulk()
                .change(BulkSettings.standard()
                        .withBatchRows(ROWS / 60)
                        .withStepDelay(LONG ? Duration.ofSeconds(1) : Duration.ofMillis(20)));
        Iterator<Map<String, Object>> records =
                IntStream.range(0, ROWS).mapToObj(LoadProgressIT::record).iterator();
        load("sftoolkit:bulk:Account", records, ROWS);
    }

    @Test
    void aSaveOfAListTellsShareRateAndTimeLeft() throws Exception {
        int requests = SAVED / 200;
        emulator.faults()
                .next(
                        requests,
                        FaultPlan.when("POST composite/sobjects"),
                        Fault.delay(Duration.ofMillis(LONG ? 300 : 50)));
        load(
                "sftoolkit:save:Account?concurrency=2",
                new AbstractList<Map<String, Object>>() {
                    @Override
                    public Map<String, Object> get(int index) {
                        return record(index);
                    }

                    @Override
                    public int size() {
                        return SAVED;
                    }
                },
                SAVED);
    }

    private void load(String uri, Object body, int rows) throws Exception {
        yaml("- route: { id: load, from: { uri: 'direct:load', steps: [ { to: '" + uri + "' } ] } }");
        DevConsole console = PluginHelper.getDevConsoleResolver(context).resolveDevConsole("sftoolkit");
        List<String> seen = new ArrayList<>();
        List<CapturedLog.Timed> lines;
        long begun = System.currentTimeMillis();
        try (var log = new CapturedLog()) {
            var sent = template.asyncRequestBody("direct:load", body);
            int told = 0;
            while (!sent.isDone()) {
                List<CapturedLog.Timed> now = told(log);
                if (now.size() > told) {
                    told = now.size();
                    // what the log tells stands in the console at the same time
                    seen.add(console.call(DevConsole.MediaType.TEXT).toString());
                }
                LockSupport.parkNanos(5_000_000);
            }
            sent.get();
            lines = told(log);
        }
        long ended = System.currentTimeMillis();
        assertThat(lines).as("lines of the log").hasSizeGreaterThan(2);
        assertEachIntervalIsTold(lines, begun, ended);
        // at first nothing is known of the input, and then nothing is done of it
        List<CapturedLog.Timed> full = lines.stream()
                .dropWhile(line -> !LINE.matcher(line.line()).matches())
                .toList();
        assertThat(full).as("lines with all figures: %s", lines).hasSizeGreaterThan(2);
        assertThat(lines.size() - full.size()).isLessThan(LONG ? 2 : lines.size());
        long done = 0;
        for (CapturedLog.Timed line : full) {
            Matcher words = LINE.matcher(line.line());
            assertThat(words.matches()).as(line.line()).isTrue();
            assertThat(line.line()).contains(" of " + rows + " records");
            assertThat(Long.parseLong(words.group(1))).as(line.line()).isGreaterThanOrEqualTo(done);
            done = Long.parseLong(words.group(1));
            assertThat(Long.parseLong(words.group(2))).as(line.line()).isEqualTo(done * 100 / rows);
            assertThat(Long.parseLong(words.group(3))).as(line.line()).isPositive();
        }
        assertThat(seen).anySatisfy(text -> assertThat(text)
                .contains("route=load", "total=" + rows, "percent=", "perSecond=", "secondsLeft="));
        assertThat(console.call(DevConsole.MediaType.TEXT).toString())
                .contains("done=" + rows, "percent=100", "outcome=done");
        System.out.println(summary(lines, begun, ended));
    }

    private static String summary(List<CapturedLog.Timed> lines, long begun, long ended) {
        return lines.size() + " lines in " + (ended - begun) / 1_000 + " s, such as: "
                + lines.get(lines.size() / 2).line();
    }

    private static void assertEachIntervalIsTold(List<CapturedLog.Timed> lines, long begun, long ended) {
        long before = begun;
        for (CapturedLog.Timed line : lines) {
            assertThat(line.millis() - before)
                    .as("until %s", line)
                    .isLessThan(INTERVAL.plus(LATE).toMillis());
            before = line.millis();
        }
        assertThat(ended - before)
                .as("after the last line")
                .isLessThan(INTERVAL.plus(LATE).toMillis());
    }

    private static List<CapturedLog.Timed> told(CapturedLog log) {
        return log.timed().stream()
                .filter(line -> line.line().contains("WorkTracker: route load"))
                .toList();
    }
}
