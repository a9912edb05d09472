package org.sftoolkit.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** The project that the archetype makes, without Maven; the profile {@code archetype} of its module has the long form. */
class ArchetypeTest {

    private static final Path MODULE = Path.of("../camel-sftoolkit/camel-sftoolkit-archetype");
    private static final Path PROJECT = MODULE.resolve("src/main/resources/archetype-resources");

    @TempDir
    Path folder;

    private final ClassLoader before = Thread.currentThread().getContextClassLoader();

    @AfterEach
    void restore() {
        Thread.currentThread().setContextClassLoader(before);
    }

    @Test
    void theTestOfAProjectRunsItsRoute() throws Exception {
        String source = Files.readString(PROJECT.resolve("src/test/java/AccountsTest.java"));
        Path test = folder.resolve("AccountsTest.java");
        Files.writeString(test, source.replace("${package}", "com.acme.billing"));
        int rc = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-Xlint:all,-processing,-path,-classfile",
                        "-Werror",
                        "-proc:none",
                        "-d",
                        folder.toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        test.toString());
        assertThat(rc).isZero();
        URL[] classPath = {
            folder.toUri().toURL(),
            PROJECT.resolve("src/main/resources").toUri().toURL()
        };
        try (var loader = new URLClassLoader(classPath, before)) {
            Thread.currentThread().setContextClassLoader(loader);
            var summary = new SummaryGeneratingListener();
            LauncherFactory.create()
                    .execute(
                            LauncherDiscoveryRequestBuilder.request()
                                    .selectors(selectClass(loader.loadClass("com.acme.billing.AccountsTest")))
                                    .build(),
                            summary);
            assertThat(summary.getSummary().getFailures())
                    .extracting(failure -> failure.getException())
                    .isEmpty();
            assertThat(summary.getSummary().getTestsSucceededCount()).isOne();
        }
    }

    @Test
    void itsVersionsAreThoseOfThisBuild() throws Exception {
        String pom = Files.readString(PROJECT.resolve("pom.xml"));
        String parent = Files.readString(Path.of("../pom.xml"));
        List<String> names = Pattern.compile("@([\\w.-]+)@")
                .matcher(pom)
                .results()
                .map(match -> match.group(1))
                .toList();
        assertThat(names)
                .contains("project.version", "camel.version")
                .allMatch(name -> name.equals("project.version") || parent.contains("<" + name + ">"));
    }

    /** The archetype replaces names of one word, and leaves those with a dot to Maven. */
    @Test
    void itsPomUsesNoNameThatTheArchetypeDoesNotKnow() throws Exception {
        assertThat(Pattern.compile("\\$\\{([^}]+)}")
                        .matcher(Files.readString(PROJECT.resolve("pom.xml")))
                        .results()
                        .map(match -> match.group(1)))
                .contains("groupId", "camel.version")
                .allMatch(name -> name.contains(".")
                        || List.of("groupId", "artifactId", "version").contains(name));
    }

    @Test
    void allOfItsFilesAreInItsDescriptor() throws Exception {
        String descriptor =
                Files.readString(MODULE.resolve("src/main/resources/META-INF/maven/archetype-metadata.xml"));
        try (var files = Files.walk(PROJECT)) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> PROJECT.relativize(file).toString())
                            .filter(file -> !file.equals("pom.xml")))
                    .hasSizeGreaterThan(3)
                    .allMatch(file -> descriptor.contains(">" + file + "<")
                            || List.of("src/main/resources", "src/test/java").stream()
                                    .anyMatch(set -> file.startsWith(set) && descriptor.contains(">" + set + "<")));
        }
    }
}
