package org.sftoolkit.examples.cookbook;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.main.Main;
import org.sftoolkit.emulator.EmulatorBuilder;
import org.sftoolkit.emulator.SalesforceEmulator;

/**
 * A page of the cookbook, run as it stands: its blocks of YAML are the routes, its blocks of properties the configuration, on
 * two embedded orgs. The component is connected to the first. Folders that the page names lie in a folder of the page's own.
 */
final class Recipe implements AutoCloseable {

    static final Path PAGES = Path.of("../docs/cookbook");

    private final String page;
    private final Path folder;
    private final SalesforceEmulator org;
    private final SalesforceEmulator otherOrg = SalesforceEmulator.builder().start();
    private final Properties overrides = new Properties();
    private final Main main = new Main();

    private Recipe(String page, UnaryOperator<EmulatorBuilder> settings) throws IOException {
        this.page = page;
        folder = emptied(Path.of("target/cookbook").resolve(page));
        org = settings.apply(SalesforceEmulator.builder()).start();
        set("camel.component.sftoolkit.loginUrl", org.url());
        set("camel.component.sftoolkit.clientId", "emulator-client");
        set("camel.component.sftoolkit.clientSecret", "emulator-secret");
    }

    static Recipe of(String page) throws IOException {
        return of(page, settings -> settings);
    }

    static Recipe of(String page, UnaryOperator<EmulatorBuilder> settings) throws IOException {
        return new Recipe(page, settings);
    }

    /** Sets a property instead of the page. */
    Recipe set(String property, Object value) {
        overrides.setProperty(property, value.toString());
        return this;
    }

    /** Runs the page's routes until this is closed. */
    Recipe start() throws Exception {
        Path routes = folder.resolve(page + ".camel.yaml");
        Files.writeString(routes, inFolder(blocks(page, "yaml")));
        var properties = new Properties();
        properties.load(new StringReader(blocks(page, "properties")));
        properties.putAll(overrides);
        main.configure().withRoutesIncludePattern("file:" + routes);
        main.setOverrideProperties(properties);
        main.start();
        return this;
    }

    private String inFolder(String yaml) {
        return yaml.replaceAll("(?<![{])\\b(file:|watermarkFile: |jobFile: )(?=[a-z])", "$1" + folder + "/");
    }

    /** The text of a page's blocks in that language. */
    static String blocks(String page, String language) throws IOException {
        return Pattern.compile("(?ms)^```" + language + "\n(.*?)^```$")
                .matcher(Files.readString(PAGES.resolve(page + ".md")))
                .results()
                .map(block -> block.group(1))
                .collect(Collectors.joining("\n"));
    }

    /** Sends a message and waits until its route has ended. */
    Exchange send(String uri, Object body, Map<String, Object> headers) throws Exception {
        try (var template = main.getCamelContext().createProducerTemplate()) {
            return template.request(uri, exchange -> {
                exchange.getMessage().setBody(body);
                exchange.getMessage().setHeaders(new HashMap<>(headers));
            });
        }
    }

    Exchange send(String uri, Object body) throws Exception {
        return send(uri, body, Map.of());
    }

    SalesforceEmulator org() {
        return org;
    }

    SalesforceEmulator otherOrg() {
        return otherOrg;
    }

    CamelContext context() {
        return main.getCamelContext();
    }

    /** A file in the page's folder. */
    Path file(String name) {
        return folder.resolve(name);
    }

    /** Puts a file there, whole. */
    Path write(String name, String text) throws IOException {
        Path file = file(name);
        Files.createDirectories(file.getParent());
        Path written = Files.writeString(folder.resolve("written"), text);
        return Files.move(written, file);
    }

    /** The files in one of the page's folders, in the order of their names. */
    List<Path> files(String name) throws IOException {
        if (!Files.exists(file(name))) {
            return List.of();
        }
        try (var files = Files.list(file(name))) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    /** An Account with a key. */
    static Map<String, Object> account(String key, String name) {
        return Map.of("External_ID__c", key, "Name", name);
    }

    /** A Contact with a key. */
    static Map<String, Object> contact(String key, String lastName) {
        return Map.of("External_ID__c", key, "LastName", lastName);
    }

    /** The names of the Accounts of an org. */
    static List<Object> names(SalesforceEmulator org) {
        return org.org().all("Account").stream().map(row -> row.get("Name")).toList();
    }

    private static Path emptied(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (var files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        return Files.createDirectories(folder);
    }

    @Override
    public void close() {
        main.stop();
        org.close();
        otherOrg.close();
    }
}
