package org.sftoolkit.camel;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "org.sftoolkit", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String ROOT = "org.sftoolkit.camel";

    @ArchTest
    static final ArchRule packagesDependDownwardsOnly = layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage(ROOT + "..")
            .layer("camel")
            .definedBy(ROOT, ROOT + ".builder..")
            .layer("body")
            .definedBy(ROOT + ".body")
            .layer("operation")
            .definedBy(ROOT + ".operation")
            .optionalLayer("poll")
            .definedBy(ROOT + ".poll")
            .layer("events")
            .definedBy(ROOT + ".events")
            .layer("watermark")
            .definedBy(ROOT + ".watermark")
            .layer("client")
            .definedBy(ROOT + ".client")
            .layer("auth")
            .definedBy(ROOT + ".auth")
            .layer("soql")
            .definedBy(ROOT + ".soql")
            .layer("transport")
            .definedBy(ROOT + ".transport")
            .layer("metrics")
            .definedBy(ROOT + ".metrics")
            .layer("redaction")
            .definedBy(ROOT + ".redaction")
            .layer("error")
            .definedBy(ROOT + ".error")
            .layer("model")
            .definedBy(ROOT + ".model")
            .whereLayer("camel")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("body")
            .mayOnlyBeAccessedByLayers("camel")
            .whereLayer("operation")
            .mayOnlyBeAccessedByLayers("camel", "body")
            .whereLayer("poll")
            .mayOnlyBeAccessedByLayers("camel", "events")
            .whereLayer("events")
            .mayOnlyBeAccessedByLayers("camel")
            .whereLayer("watermark")
            .mayOnlyBeAccessedByLayers("camel")
            .whereLayer("client")
            .mayOnlyBeAccessedByLayers("camel", "operation", "poll", "events")
            .whereLayer("auth")
            .mayOnlyBeAccessedByLayers("camel")
            .whereLayer("soql")
            .mayOnlyBeAccessedByLayers("camel", "operation", "poll", "client")
            .whereLayer("metrics")
            .mayOnlyBeAccessedByLayers("camel")
            .whereLayer("transport")
            .mayOnlyBeAccessedByLayers("camel", "operation", "poll", "events", "client", "auth", "metrics")
            .as("packages depend downwards only")
            .because("one way down keeps every package testable without those above it");

    @ArchTest
    static final ArchRule onlyTheRootPackageBodiesAndWatermarksKnowCamel = noClasses()
            .that()
            .resideInAPackage(ROOT + ".*..")
            .and()
            .resideOutsideOfPackages(ROOT + ".builder..", ROOT + ".body", ROOT + ".watermark")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.camel..")
            .because("what talks to Salesforce can be read and tested without knowing exchanges");

    @ArchTest
    static final ArchRule micrometerIsKnownWhereItIsLookedUpOnly = noClasses()
            .that()
            .resideInAPackage(ROOT + "..")
            .and()
            .haveNameNotMatching(".*\\.(MeteringLookup\\$Micrometer|metrics\\.Micrometer.*)")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.micrometer..")
            .because("the component works where Micrometer is absent");

    @ArchTest
    static final ArchRule onlyTheWireKnowsTheHttpClient = noClasses()
            .that()
            .resideInAPackage(ROOT + "..")
            .and()
            .haveNameNotMatching(".*\\.(VertxTransport|WireCall)(\\$.*)?")
            .should()
            .dependOnClassesThat(JavaClass.Predicates.resideInAPackage("io.vertx.ext.web.client..")
                    .and(com.tngtech.archunit.base.DescribedPredicate.not(
                            JavaClass.Predicates.simpleName("WebClientOptions")))
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
            .resideInAnyPackage(ROOT + ".operation", ROOT + ".client", ROOT + ".transport", ROOT + ".model")
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
