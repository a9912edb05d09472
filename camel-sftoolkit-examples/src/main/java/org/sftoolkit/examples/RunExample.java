package org.sftoolkit.examples;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Properties;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.main.Main;
import org.sftoolkit.emulator.SalesforceEmulator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs an example on embedded orgs: starts two, loads the YAML routes and the {@code example.properties} of the example's
 * folder, sends one message to {@code direct:run}, and stops. Fails, and with it the build that runs it, when the route fails.
 *
 * <p>The component is connected to the first org; the second is at {@code {{otherOrg.url}}}.
 */
public final class RunExample {

    private static final Logger LOG = LoggerFactory.getLogger(RunExample.class);

    private RunExample() {}

    /**
     * @param args the example's folder, such as {@code companies}
     * @throws Exception the failure of the route
     */
    public static void main(String[] args) throws Exception {
        run(args.length == 0 ? "companies" : args[0]);
    }

    static void run(String example) throws Exception {
        run(example, (org, otherOrg) -> {});
    }

    /** Runs the example, then shows what became of the two orgs. */
    static void run(String example, BiConsumer<SalesforceEmulator, SalesforceEmulator> look) throws Exception {
        long start = System.nanoTime();
        try (SalesforceEmulator org = SalesforceEmulator.builder().start();
                SalesforceEmulator otherOrg = SalesforceEmulator.builder().start()) {
            LOG.info("Embedded orgs at {} and {}", org.url(), otherOrg.url());
            Main main = new Main();
            main.configure().withRoutesIncludePattern("classpath:" + example + "/*.camel.yaml");
            main.addInitialProperty("camel.main.logName", "org.sftoolkit.examples.route");
            main.addInitialProperty("camel.component.sftoolkit.loginUrl", org.url());
            main.addInitialProperty("camel.component.sftoolkit.clientId", "emulator-client");
            main.addInitialProperty("camel.component.sftoolkit.clientSecret", "emulator-secret");
            main.addInitialProperty("otherOrg.url", otherOrg.url());
            main.setOverrideProperties(properties(example));
            main.start();
            try {
                run(example, main.getCamelContext());
            } finally {
                main.stop();
            }
            look.accept(org, otherOrg);
            LOG.info(
                    "Example {} ended well after {} ms",
                    example,
                    Duration.ofNanos(System.nanoTime() - start).toMillis());
        }
    }

    private static Properties properties(String example) throws IOException {
        var properties = new Properties();
        try (InputStream file = RunExample.class.getResourceAsStream("/" + example + "/example.properties")) {
            if (file != null) {
                properties.load(file);
            }
        }
        return properties;
    }

    private static void run(String example, CamelContext context) throws Exception {
        if (context.hasEndpoint("direct:run") == null) {
            throw new IllegalArgumentException("there is no example '" + example + "': use one of " + examples());
        }
        try (ProducerTemplate template = context.createProducerTemplate()) {
            template.requestBody("direct:run", (Object) null);
        }
    }

    /** Folders with a route that one message to {@code direct:run} starts, of the directory or jar that this class is in. */
    private static Collection<String> examples() throws Exception {
        Path home = Path.of(RunExample.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        if (Files.isDirectory(home)) {
            return examples(home);
        }
        try (FileSystem jar = FileSystems.newFileSystem(home)) {
            return examples(jar.getPath("/"));
        }
    }

    private static Collection<String> examples(Path home) throws IOException {
        var names = new TreeSet<String>();
        try (Stream<Path> files = Files.walk(home, 2)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                if (file.toString().endsWith(".camel.yaml")
                        && Files.readString(file).contains("direct:run\n")) {
                    names.add(file.getParent().getFileName().toString());
                }
            }
        }
        return names;
    }
}
