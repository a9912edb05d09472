package org.sftoolkit.camel.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.sftoolkit.camel.connection.ConnectionGauges;
import org.sftoolkit.camel.connection.EventMeters;
import org.sftoolkit.camel.connection.Metering.ConnectionMeters;
import org.sftoolkit.camel.connection.MicrometerMetering;

/** Dashboard and alert rules against the meters that there are, as Prometheus names them; and the pages that describe these. */
class DashboardTest {

    private static final Path ROOT = Checkout.root();
    private static final String DASHBOARD = Checkout.read(ROOT.resolve("docs/observability/grafana-dashboard.json"));
    private static final String ALERTS = Checkout.read(ROOT.resolve("docs/observability/prometheus-alerts.yml"));
    private static final Pattern SERIES = Pattern.compile("sftoolkit_[a-z_]+");
    private static final Pattern LABELS = Pattern.compile("(sftoolkit_[a-z_]+)\\{([^}]*)}");
    private static final Pattern GROUPED = Pattern.compile("by \\(([^)]*)\\) \\(([^()]*(?:\\([^()]*\\))?[^()]*)\\)");

    /** Every meter of the component, each made once. */
    private static List<Meter> meters() {
        var registry = new SimpleMeterRegistry();
        var metering = new MicrometerMetering(registry);
        ConnectionMeters connection =
                metering.connection("org", new ConnectionGauges(() -> 0, () -> 0, Optional::empty));
        connection.answered("query", null, 1);
        connection.repeated("query");
        connection.loggedIn(null);
        connection.jobsActive("insert", "InProgress", () -> 1);
        connection.jobRows("insert", 1, 1);
        connection.jobOver("insert", "JobComplete", 1);
        metering.records("save", "succeeded", 1);
        metering.calls("route", "save").run();
        metering.poller("route", "key", Optional::empty);
        metering.concurrency("save:Account", () -> 1);
        EventMeters events = metering.events(
                "route", "key", List.of("/event/A__e"), channel -> new EventMeters.Gauges(null, 0, 0, 0));
        events.event("/event/A__e", "received");
        events.reconnected("/event/A__e", "code");
        return registry.getMeters();
    }

    /** The series of a meter in Prometheus. */
    private static List<String> series(Meter.Id id) {
        String name = id.getName().replace('.', '_');
        return switch (id.getType()) {
            case COUNTER -> List.of(name + "_total");
            case TIMER -> List.of(name + "_seconds_count", name + "_seconds_sum", name + "_seconds_max");
            default -> List.of(id.getBaseUnit() == null ? name : name + '_' + id.getBaseUnit());
        };
    }

    /** Labels by series. */
    private static Map<String, Set<String>> known() {
        var known = new HashMap<String, Set<String>>();
        for (Meter meter : meters()) {
            Set<String> labels =
                    meter.getId().getTags().stream().map(Tag::getKey).collect(Collectors.toSet());
            series(meter.getId()).forEach(one -> known.put(one, labels));
        }
        return known;
    }

    private static Set<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(MatchResult::group).collect(Collectors.toCollection(TreeSet::new));
    }

    private static void each(JsonNode node, Consumer<String> text) {
        if (node.isTextual()) {
            text.accept(node.textValue());
        }
        node.forEach(child -> each(child, text));
    }

    private static List<String> expressions() throws IOException {
        List<String> all = new ArrayList<>();
        each(new ObjectMapper().readTree(DASHBOARD), all::add);
        all.addAll(Stream.of(ALERTS.replaceAll("\\n {10}", " ").split("\n")).toList());
        all.removeIf(text -> !text.contains("sftoolkit_") || text.contains("description:"));
        return all;
    }

    @Test
    void everySeriesThatIsShownIsAMetersWithItsTags() throws IOException {
        Map<String, Set<String>> known = known();
        var wrong = new ArrayList<String>();
        for (String expression : expressions()) {
            found(SERIES, expression).stream()
                    .filter(one -> !known.containsKey(one))
                    .forEach(wrong::add);
            LABELS.matcher(expression).results().forEach(use -> Stream.of(
                            use.group(2).split(","))
                    .map(condition -> condition.split("[=!~]")[0].strip())
                    .filter(label -> !known.getOrDefault(use.group(1), Set.of()).contains(label))
                    .forEach(label -> wrong.add(use.group(1) + " has no tag " + label)));
            GROUPED.matcher(expression).results().forEach(use -> found(SERIES, use.group(2))
                    .forEach(one -> Stream.of(use.group(1).split(","))
                            .map(String::strip)
                            .filter(label -> !known.getOrDefault(one, Set.of()).contains(label))
                            .forEach(label -> wrong.add(one + " has no tag " + label))));
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void everyGroupingIsLookedAt() throws IOException {
        for (String expression : expressions()) {
            long groupings =
                    Pattern.compile(" by \\(").matcher(expression).results().count();
            assertThat(GROUPED.matcher(expression).results().count())
                    .as(expression)
                    .isEqualTo(groupings);
        }
    }

    @Test
    void everyMeterIsOnTheDashboard() {
        Set<String> shown = found(SERIES, DASHBOARD);
        assertThat(meters()).allSatisfy(meter -> assertThat(shown).containsAnyElementsOf(series(meter.getId())));
        assertThat(found(SERIES, ALERTS)).hasSizeGreaterThan(8);
    }

    @Test
    void everyMeterIsDescribedWithItsTags() {
        String page = Checkout.read(ROOT.resolve("docs/observability.md"));
        var missing = new HashSet<String>();
        for (Meter meter : meters()) {
            String name = '`' + meter.getId().getName() + '`';
            List<String> rows = page.lines()
                    .filter(line -> line.startsWith("| `sftoolkit.") && line.contains(name))
                    .toList();
            if (rows.size() != 1) {
                missing.add(name);
                continue;
            }
            meter.getId().getTags().stream()
                    .filter(tag -> !rows.get(0).contains('`' + tag.getKey() + '`'))
                    .forEach(tag -> missing.add(name + " with its tag " + tag.getKey()));
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void everyMeterOfTheSourceWasMade() {
        Set<String> made =
                meters().stream().map(meter -> meter.getId().getName()).collect(Collectors.toSet());
        String folder = "camel-sftoolkit/camel-sftoolkit-component/src/main/java/org/sftoolkit/camel/connection/";
        Set<String> named = new TreeSet<>();
        for (String file : List.of("MicrometerMetering", "MicrometerEvents")) {
            Pattern.compile("\"(sftoolkit\\.[a-z.]*[a-z])\"")
                    .matcher(Checkout.read(ROOT.resolve(folder + file + ".java")))
                    .results()
                    .forEach(name -> named.add(name.group(1)));
        }
        assertThat(named).hasSizeGreaterThan(10);
        assertThat(made).containsAll(named);
    }
}
