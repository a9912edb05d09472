package org.sftoolkit.emulator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "org.sftoolkit.emulator", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String ROOT = "org.sftoolkit.emulator";

    @ArchTest
    static final ArchRule ARROWS = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("emulator")
            .definedBy(ROOT)
            .layer("page")
            .definedBy(ROOT + ".page")
            .layer("control")
            .definedBy(ROOT + ".control")
            .layer("api")
            .definedBy(ROOT + ".api")
            .optionalLayer("bulk")
            .definedBy(ROOT + ".bulk")
            .optionalLayer("soql")
            .definedBy(ROOT + ".soql")
            .layer("events")
            .definedBy(ROOT + ".events")
            .layer("pubsub")
            .definedBy(ROOT + ".pubsub..")
            .layer("org")
            .definedBy(ROOT + ".org")
            .whereLayer("emulator")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("page")
            .mayOnlyBeAccessedByLayers("emulator")
            .whereLayer("control")
            .mayOnlyBeAccessedByLayers("emulator", "page")
            .whereLayer("api")
            .mayOnlyBeAccessedByLayers("emulator", "page", "control", "pubsub")
            .whereLayer("pubsub")
            .mayOnlyBeAccessedByLayers("emulator")
            .whereLayer("events")
            .mayOnlyBeAccessedByLayers("emulator", "page", "control", "api", "pubsub")
            .whereLayer("bulk")
            .mayOnlyBeAccessedByLayers("emulator", "page", "control", "api")
            .whereLayer("soql")
            .mayOnlyBeAccessedByLayers("emulator", "page", "control", "api", "bulk")
            .whereLayer("org")
            .mayOnlyBeAccessedByLayers("emulator", "page", "control", "api", "bulk", "soql", "events", "pubsub")
            .because("each layer must be readable with those below it alone");

    @ArchTest
    static final ArchRule FAULTS = noClasses()
            .that()
            .resideInAnyPackage(
                    ROOT + ".api..", ROOT + ".bulk..", ROOT + ".soql..", ROOT + ".org..", ROOT + ".events..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ROOT + ".fault..")
            .because("the org behaves the same whether or not something goes wrong on the way");

    @ArchTest
    static final ArchRule LEAVES = noClasses()
            .that()
            .resideInAnyPackage(ROOT + ".org..", ROOT + ".traffic..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    ROOT,
                    ROOT + ".api..",
                    ROOT + ".bulk..",
                    ROOT + ".soql..",
                    ROOT + ".fault..",
                    ROOT + ".events..",
                    ROOT + ".pubsub..")
            .because("the store and the log serve all others");

    @ArchTest
    static final ArchRule COMPONENT = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.sftoolkit.camel..", "org.apache.camel..")
            .because("code shared with the component would hide shared misunderstandings of Salesforce");

    @ArchTest
    static final ArchRule TRANSPORT = noClasses()
            .that()
            .resideOutsideOfPackages(ROOT, ROOT + ".pubsub")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.vertx..")
            .because("a resource is a function from a call to an answer, also within a composite request");
}
