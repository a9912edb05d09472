package org.sftoolkit.camel.maven;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.regex.Pattern;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugins.annotations.Mojo;

/**
 * Prints the {@code sftoolkit:} endpoint for each {@code salesforce:} endpoint of the routes, with what changes for its
 * bodies and headers, and names those without a counterpart. It changes no file.
 */
@Mojo(name = "migrate", requiresProject = false, threadSafe = true)
public class MigrateMojo extends AbstractRoutesMojo {

    static final Pattern URI = Pattern.compile("\\s*salesforce:.*", Pattern.DOTALL);

    @Override
    public void execute() throws MojoExecutionException {
        print(starts());
    }

    /** Prints the counterparts of all endpoints in these folders and files. */
    void print(Collection<Path> starts) throws MojoExecutionException {
        var files = new RouteFiles(URI.asMatchPredicate());
        try {
            for (Path start : starts) {
                files.add(start);
            }
        } catch (IOException e) {
            throw new MojoExecutionException(e.getMessage(), e);
        }
        files.unreadable().forEach(fault -> getLog().warn(fault.toString()));
        int without = 0;
        for (EndpointUse use : files.uses()) {
            Migration migration = Migration.of(use);
            String place = use.file() + ":" + use.line() + ": ";
            if (migration.path() == null) {
                without++;
                getLog().warn(place + String.join("; ", migration.notes()));
            } else {
                getLog().info(place + "salesforce:" + use.path() + " -> " + migration.uri());
                migration.notes().forEach(note -> getLog().info("    " + note));
            }
        }
        getLog().info(files.uses().size() + " salesforce endpoints, " + without + " without a counterpart");
    }
}
