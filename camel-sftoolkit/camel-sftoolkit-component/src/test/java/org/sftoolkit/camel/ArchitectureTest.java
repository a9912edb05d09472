package org.sftoolkit.camel;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

@AnalyzeClasses(packages = "org.sftoolkit", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String ROOT = "org.sftoolkit.camel";
    /** What users implement, and so find beside the component's other public types. */
    private static final DescribedPredicate<JavaClass> CALLBACK = DescribedPredicate.describe(
            "callback of users", type -> Set.of("SfToolkitTokenSource", "SfToolkitTokenListener", "SfToolkitLogin")
                    .contains(type.getSimpleName()));

    /** Which packages a package may use, beside its own. Those above may use what is below, never the other way. */
    private static final Map<String, Set<String>> MAY_USE = Map.ofEntries(
            Map.entry("config", Set.of("operation", "transport")),
            Map.entry(
                    "connection",
                    Set.of(
                            "config",
                            "events",
                            "auth",
                            "operation",
                            "client",
                            "transport",
                            "error",
                            "model",
                            "redaction")),
            Map.entry(
                    "events",
                    Set.of(
                            "poll",
                            "records",
                            "query",
                            "operation",
                            "client",
                            "soql",
                            "transport",
                            "error",
                            "model",
                            "redaction")),
            Map.entry("body", Set.of("rest", "bulk", "operation", "client", "error", "model")),
            Map.entry("watermark", Set.of("error")),
            Map.entry("jobs", Set.of("error")),
            Map.entry(
                    "poll",
                    Set.of("records", "bulk", "query", "operation", "client", "soql", "transport", "error", "model")),
            Map.entry("files", Set.of("records", "operation", "client", "transport", "error", "model")),
            Map.entry("rest", Set.of("records", "operation", "client", "transport", "error", "model", "redaction")),
            Map.entry(
                    "records",
                    Set.of("bulk", "query", "operation", "client", "soql", "transport", "error", "model", "redaction")),
            Map.entry(
                    "bulk",
                    Set.of("query", "operation", "jobs", "client", "soql", "transport", "error", "model", "redaction")),
            Map.entry("query", Set.of("operation", "client", "soql", "transport", "error", "model", "redaction")),
            Map.entry("operation", Set.of("jobs", "client", "soql", "transport", "error", "model", "redaction")),
            Map.entry("client", Set.of("transport", "error", "model", "redaction")),
            Map.entry("auth", Set.of("transport", "error", "model", "redaction")),
            Map.entry("transport", Set.of("error", "model", "redaction")),
            Map.entry("soql", Set.of("error", "model")),
            Map.entry("error", Set.of("model", "redaction")),
            Map.entry("model", Set.of("redaction")),
            Map.entry("redaction", Set.of()));

    @ArchTest
    static void packagesDependDownwardsOnly(JavaClasses classes) {
        LayeredArchitecture layers = layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage(ROOT + "..")
                .layer("root")
                .definedBy(ROOT, ROOT + ".builder..")
                .whereLayer("root")
                .mayNotBeAccessedByAnyLayer()
                .ignoreDependency(alwaysTrue(), CALLBACK);
        for (String name : MAY_USE.keySet()) {
            layers = layers.layer(name).definedBy(ROOT + "." + name);
        }
        for (var entry : MAY_USE.entrySet()) {
            layers = entry.getValue().isEmpty()
                    ? layers.whereLayer(entry.getKey()).mayNotAccessAnyLayer()
                    : layers.whereLayer(entry.getKey())
                            .mayOnlyAccessLayers(entry.getValue().toArray(String[]::new));
        }
        layers.ensureAllClassesAreContainedInArchitectureIgnoring("org.sftoolkit.emulator..")
                .because("one way down keeps every package testable without those above it")
                .check(classes);
    }

    @ArchTest
    static void eachPackageIsCheckedForNull(JavaClasses classes) {
        assertThat(Stream.concat(Stream.of(ROOT), MAY_USE.keySet().stream().map(name -> ROOT + '.' + name)))
                .allMatch(name -> classes.getPackage(name).isAnnotatedWith(NullMarked.class));
    }

    @ArchTest
    static final ArchRule packagesHaveNoCycles = slices().matching(ROOT + ".(*)")
            .should()
            .beFreeOfCycles()
            .because("a feature that needs another and is needed by it cannot be read alone");

    @ArchTest
    static final ArchRule fewPackagesKnowCamel = noClasses()
            .that()
            .resideInAPackage(ROOT + ".*..")
            .and()
            .resideOutsideOfPackages(
                    ROOT + ".builder..", ROOT + ".config", ROOT + ".connection", ROOT + ".body", ROOT + ".watermark")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.camel..")
            .because("what talks to Salesforce can be read and tested without knowing exchanges");

    @ArchTest
    static final ArchRule micrometerIsKnownWhereItIsLookedUpOnly = noClasses()
            .that()
            .resideInAPackage(ROOT + "..")
            .and()
            .haveNameNotMatching(".*\\.connection\\.(MeteringLookup\\$Micrometer|Micrometer.*)")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.micrometer..")
            .because("the component works where Micrometer is absent");

    @ArchTest
    static final ArchRule openTelemetryIsKnownWhereItIsLookedUpOnly = noClasses()
            .that()
            .resideInAPackage(ROOT + "..")
            .and()
            .haveNameNotMatching(".*\\.connection\\.OpenTelemetryTracing.*")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.opentelemetry..")
            .because("the component works where OpenTelemetry is absent");

    @ArchTest
    static final ArchRule onlyTheWireKnowsTheHttpClient = noClasses()
            .that()
            .resideInAPackage(ROOT + "..")
            .and()
            .haveNameNotMatching(".*\\.(VertxTransport|WireCall)(\\$.*)?")
            .should()
            .dependOnClassesThat(JavaClass.Predicates.resideInAPackage("io.vertx.ext.web.client..")
                    .and(DescribedPredicate.not(JavaClass.Predicates.simpleName("WebClientOptions")))
                    .or(JavaClass.Predicates.assignableTo("io.vertx.core.http.HttpClient"))
                    .or(JavaClass.Predicates.assignableTo("io.vertx.core.http.HttpClientRequest")))
            .because("everything above the wire works with requests and answers of our own");

    @ArchTest
    static final ArchRule nothingInternalIsUsed = noClasses()
            .that()
            .resideInAPackage(ROOT + "..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.vertx..impl..", "org.apache.camel.impl..", "..internal..")
            .because("it may change in any patch release");

    @ArchTest
    static final ArchRule oneFutureTypeBelowTheProducer = noClasses()
            .that()
            .resideInAPackage(ROOT + ".*..")
            .and()
            .resideOutsideOfPackages(
                    ROOT + ".builder..", ROOT + ".body", ROOT + ".config", ROOT + ".watermark", ROOT + ".auth")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.util.concurrent.CompletableFuture")
            .because("Vert.x futures keep their context, and two kinds invite waiting");

    @ArchTest
    static final ArchRule componentAndEmulatorShareNoCode = noClasses()
            .that()
            .resideInAPackage(ROOT + "..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.sftoolkit.emulator..")
            .because("a shared class would hide a shared misunderstanding");
}
