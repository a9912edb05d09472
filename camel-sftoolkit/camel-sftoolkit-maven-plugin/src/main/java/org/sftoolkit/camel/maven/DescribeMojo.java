package org.sftoolkit.camel.maven;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import javax.lang.model.SourceVersion;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;

/**
 * Makes classes, Java records, JSON Schemas or describe files of the objects of an org, which describe files or the org
 * itself tell of.
 */
@Mojo(name = "describe", defaultPhase = LifecyclePhase.GENERATE_SOURCES, requiresProject = false, threadSafe = true)
public class DescribeMojo extends AbstractMojo {

    private static final String OPTION = "camel.component.sftoolkit.";

    /** What is written. */
    public enum Format {
        /** Classes with getters and setters. */
        BEANS,
        /** Java records. */
        RECORDS,
        /** A JSON Schema for each object. */
        JSON_SCHEMA,
        /** Describe files as the org answers them, for {@code validate} and the embedded org. */
        DESCRIBE
    }

    /** A folder of describe files, or one file; the org is asked unless it is set. */
    @Parameter(property = "sftoolkit.describes")
    private File describes;

    /** Names of objects. All that describe files tell of unless set; to be set if the org is asked. */
    @Parameter(property = "sftoolkit.objects")
    private List<String> objects;

    /** What to write. */
    @Parameter(property = "sftoolkit.format", defaultValue = "BEANS")
    private Format format;

    /** Package of classes and records. */
    @Parameter(property = "sftoolkit.package", defaultValue = "${project.groupId}.salesforce")
    private String packageName;

    /**
     * Folder to write to. Unless set, {@code generated-sources/sftoolkit} or {@code generated-resources/sftoolkit} in the
     * build's folder, and {@code describes} in the project for describe files.
     */
    @Parameter(property = "sftoolkit.output")
    private File output;

    /**
     * Properties with the login, as {@code camel.component.sftoolkit.loginUrl}; the same ones on the command line by
     * {@code -D} win.
     */
    @Parameter(
            property = "sftoolkit.properties",
            defaultValue = "${project.basedir}/src/main/resources/application.properties")
    private File properties;

    @Parameter(defaultValue = "${project}", readonly = true)
    private MavenProject project;

    @Parameter(defaultValue = "${session}", readonly = true)
    private MavenSession session;

    @Override
    public void execute() throws MojoExecutionException {
        Path folder = output == null ? standardFolder() : output.toPath();
        try {
            Collection<JsonNode> described = describes == null
                    ? OrgDescriptions.of(login(), wanted())
                    : chosen(DescribedObjects.read(describes.toPath()));
            List<Path> written = write(described, format, packageName, folder);
            getLog().info(written.size() + " files written to " + folder);
        } catch (IOException | IllegalArgumentException e) {
            throw new MojoExecutionException(e.getMessage(), e);
        }
        if (format == Format.BEANS || format == Format.RECORDS) {
            project.addCompileSourceRoot(folder.toString());
        }
    }

    private Path standardFolder() {
        Path target = Path.of(project.getBuild().getDirectory());
        return switch (format) {
            case BEANS, RECORDS -> target.resolve("generated-sources/sftoolkit");
            case JSON_SCHEMA -> target.resolve("generated-resources/sftoolkit");
            case DESCRIBE -> target.resolveSibling("describes");
        };
    }

    private List<String> wanted() {
        if (objects == null || objects.isEmpty()) {
            throw new IllegalArgumentException("Which objects? Name them by -Dsftoolkit.objects=Account,Contact,"
                    + " or give a folder of describe files by -Dsftoolkit.describes");
        }
        return objects;
    }

    private Collection<JsonNode> chosen(DescribedObjects described) {
        if (objects == null || objects.isEmpty()) {
            return described.all();
        }
        var chosen = new ArrayList<JsonNode>();
        for (String object : objects) {
            JsonNode description = described.find(object);
            if (description == null) {
                throw new IllegalArgumentException("No describe file of " + object
                        + (Suggestions.of(object, described.names()).isEmpty()
                                ? "; there are those of " + String.join(", ", described.names())
                                : Suggestions.of(object, described.names())));
            }
            chosen.add(description);
        }
        return chosen;
    }

    private Map<String, String> login() throws IOException {
        var all = new Properties();
        if (properties != null && properties.isFile()) {
            try (Reader reader = Files.newBufferedReader(properties.toPath(), StandardCharsets.UTF_8)) {
                all.load(reader);
            }
        }
        all.putAll(session.getUserProperties());
        var login = new LinkedHashMap<String, String>();
        for (String name : all.stringPropertyNames()) {
            if (name.startsWith(OPTION)) {
                login.put(name.substring(OPTION.length()), all.getProperty(name));
            }
        }
        return login;
    }

    /** Writes a file for each object. */
    static List<Path> write(Collection<JsonNode> described, Format format, String packageName, Path folder)
            throws IOException {
        boolean java = format == Format.BEANS || format == Format.RECORDS;
        if (java && !SourceVersion.isName(packageName)) {
            throw new IllegalArgumentException("'" + packageName + "' is no name of a Java package");
        }
        Path target = java ? folder.resolve(packageName.replace('.', '/')) : folder;
        Files.createDirectories(target);
        var names = new JavaNames();
        var written = new ArrayList<Path>();
        for (JsonNode object : described) {
            String name = object.path("name").asText();
            Path file = target.resolve(
                    switch (format) {
                        case BEANS, RECORDS -> names.type(name) + ".java";
                        case JSON_SCHEMA -> name + ".schema.json";
                        case DESCRIBE -> name + ".json";
                    });
            String text =
                    switch (format) {
                        case BEANS -> new BeanSource(object, packageName, names.type(name)).bean();
                        case RECORDS -> new BeanSource(object, packageName, names.type(name)).record();
                        case JSON_SCHEMA -> ObjectSchema.of(object);
                        case DESCRIBE -> object.toPrettyString() + "\n";
                    };
            written.add(Files.writeString(file, text, StandardCharsets.UTF_8));
        }
        return written;
    }
}
