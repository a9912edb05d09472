package org.sftoolkit.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sftoolkit.emulator.api.Json;
import org.sftoolkit.emulator.bulk.BulkService;
import org.sftoolkit.emulator.events.EventBus;
import org.sftoolkit.emulator.fault.EventFault;
import org.sftoolkit.emulator.fault.Fault;
import org.sftoolkit.emulator.fault.FaultKind;
import org.sftoolkit.emulator.fault.FaultPlan;
import org.sftoolkit.emulator.org.Org;
import org.sftoolkit.emulator.traffic.RequestLog;

/** The description of the emulator's own resources, against what there is. */
class OpenApiTest {

    /** What has to be known before the first request, and cannot be changed afterwards. */
    private static final Set<String> FIXED_AT_START =
            Set.of("port", "host", "tls", "idleTimeout", "allowedHosts", "data", "replay", "start");

    /** What makes sense inside the JVM only, or stands in the process. */
    private static final Set<String> JAVA_ONLY = Set.of(
            "builder",
            "port",
            "close",
            "org",
            "requests",
            "bulk",
            "faults",
            "compute",
            "classic",
            "add",
            "rules",
            "locks",
            "struck",
            "strike",
            "strikeHead",
            "check",
            "awaits",
            "when");

    private static final Map<String, Class<?>> CLASSES = Stream.of(
                    EmulatorBuilder.class,
                    SalesforceEmulator.class,
                    Org.class,
                    FaultPlan.class,
                    RequestLog.class,
                    BulkService.class,
                    EventBus.class)
            .collect(Collectors.toMap(Class::getSimpleName, Function.identity()));

    private static final SalesforceEmulator EMULATOR =
            SalesforceEmulator.builder().start();
    private static final Client CLIENT = new Client(EMULATOR.url(), null);
    private static final JsonNode DOCUMENT =
            CLIENT.get("/__emulator/openapi.json").json();

    @AfterAll
    static void stop() {
        EMULATOR.close();
    }

    @Test
    void theDescriptionHasTheRoutesThatExist() {
        Set<String> described = new TreeSet<>();
        DOCUMENT.path("paths").properties().forEach(path -> path.getValue()
                .fieldNames()
                .forEachRemaining(method -> described.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
        Set<String> routes = EMULATOR.endpoints().stream()
                .filter(endpoint -> endpoint.template().startsWith("/__emulator/"))
                .map(endpoint -> endpoint.method() + " " + endpoint.template())
                .filter(route -> !route.contains("/__emulator/page/"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(described).isEqualTo(routes).hasSizeGreaterThan(35);
    }

    @Test
    void theServerAllowsTheMethodsThatAreDescribed() {
        DOCUMENT.path("paths").properties().forEach(path -> {
            Set<String> described = new TreeSet<>();
            path.getValue().fieldNames().forEachRemaining(method -> described.add(method.toUpperCase(Locale.ROOT)));
            Client.Reply reply = CLIENT.call("TRACKED", path.getKey().replaceAll("[{}]", ""), null);
            assertThat(reply.status()).isEqualTo(405);
            String message = reply.json().at("/0/message").asText();
            Set<String> allowed = new TreeSet<>(List.of(
                    message.substring(message.indexOf("Allowed are ") + 12).split(",")));
            allowed.remove("HEAD");
            assertThat(allowed).as(path.getKey()).isEqualTo(described);
        });
    }

    @Test
    void whatTheBuilderCanDoCanBeDoneOverHttp() {
        assertThat(missing(EmulatorBuilder.class, FIXED_AT_START)).isEmpty();
    }

    @Test
    void whatTheEmulatorCanDoCanBeDoneOverHttp() {
        assertThat(missing(SalesforceEmulator.class, JAVA_ONLY)).isEmpty();
        assertThat(missing(FaultPlan.class, JAVA_ONLY)).isEmpty();
    }

    private static List<String> missing(Class<?> type, Set<String> excepted) {
        Set<String> covered = covered();
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
                .map(Method::getName)
                .distinct()
                .filter(name -> !excepted.contains(name))
                .filter(name -> !covered.contains(type.getSimpleName() + "." + name))
                .toList();
    }

    @Test
    void whatIsSaidToBeCoveredExists() {
        assertThat(covered()).isNotEmpty().allSatisfy(name -> {
            String[] parts = name.split("\\.");
            assertThat(CLASSES).containsKey(parts[0]);
            assertThat(CLASSES.get(parts[0]).getMethods())
                    .extracting(Method::getName)
                    .contains(parts[1]);
        });
    }

    private static Set<String> covered() {
        Set<String> names = new TreeSet<>();
        DOCUMENT.findValues("x-java").forEach(list -> list.forEach(name -> names.add(name.asText())));
        return names;
    }

    @ParameterizedTest
    @EnumSource(FaultKind.class)
    void aFaultOfEachKindIsAddedAndListedAsItCanBeAddedAgain(FaultKind kind) {
        Map<String, Object> fault = new LinkedHashMap<>();
        fault.put("fault", kind.wireName());
        fault.put("times", 2);
        for (FaultKind.Parameter parameter : kind.parameters()) {
            fault.put(parameter.name(), value(parameter));
        }
        fault.values().removeIf(""::equals);
        CLIENT.delete("/__emulator/faults");
        assertThat(post(fault).body()).isEmpty();
        String listed = CLIENT.get("/__emulator/faults").body();
        assertThat(listed).contains("\"fault\":").doesNotContain("[]");
        JsonNode rule = CLIENT.get("/__emulator/faults").json().get(0);
        CLIENT.delete("/__emulator/faults");
        assertThat(CLIENT.post("/__emulator/faults", rule.toString()).body()).isEmpty();
        assertThat(CLIENT.get("/__emulator/faults").body()).isEqualTo(listed);
        CLIENT.delete("/__emulator/faults");
    }

    private static Client.Reply post(Map<String, Object> fault) {
        return CLIENT.post(
                "/__emulator/faults", new String(Json.write(fault), java.nio.charset.StandardCharsets.UTF_8));
    }

    private static Object value(FaultKind.Parameter parameter) {
        return switch (parameter.type()) {
            case TEXT -> parameter.usual();
            case NUMBER -> parameter.usual().isEmpty() ? 5 : Long.parseLong(parameter.usual());
            case FLAG -> true;
            case MAP -> Map.of("X-One", "1");
            case LIST -> List.of("Date");
        };
    }

    @Test
    void thereIsAKindForEachFault() {
        CLIENT.delete("/__emulator/faults");
        for (FaultKind kind : FaultKind.values()) {
            Map<String, Object> fault = new LinkedHashMap<>();
            fault.put("fault", kind.wireName());
            kind.parameters().stream()
                    .filter(FaultKind.Parameter::required)
                    .forEach(parameter -> fault.put(parameter.name(), value(parameter)));
            assertThat(post(fault).body()).isEmpty();
        }
        Set<Class<?>> made = EMULATOR.faults().rules().stream()
                .map(rule -> rule.fault().getClass())
                .collect(Collectors.toSet());
        assertThat(made)
                .isEqualTo(Stream.of(Fault.class, EventFault.class)
                        .flatMap(type -> Arrays.stream(type.getPermittedSubclasses()))
                        .filter(type -> type != EventFault.class)
                        .collect(Collectors.toSet()));
        CLIENT.delete("/__emulator/faults");
    }
}
