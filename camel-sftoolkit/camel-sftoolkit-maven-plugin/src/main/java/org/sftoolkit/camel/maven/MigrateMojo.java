package org.sftoolkit.camel.maven;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Prints the {@code sftoolkit:} endpoint for each {@code salesforce:} endpoint of the routes, with what changes for its
 * bodies and headers, and names those without a counterpart. It changes no file unless it is told to.
 */
@Mojo(name = "migrate", requiresProject = false, threadSafe = true)
public class MigrateMojo extends AbstractRoutesMojo {

    static final Pattern URI = Pattern.compile("\\s*salesforce:.*", Pattern.DOTALL);

    /**
     * Whether to write the new endpoints into the files. The old file is kept beside it, with {@code .bak} behind its
     * name; a file that has such a neighbour already is not written.
     */
    @Parameter(property = "sftoolkit.write", defaultValue = "false")
    private boolean write;

    @Override
    public void execute() throws MojoExecutionException {
        migrate(starts(), write);
    }

    /** Prints the counterparts of all endpoints in these folders and files, and writes them if wanted. */
    void migrate(Collection<Path> starts, boolean write) throws MojoExecutionException {
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
        var converted = new TreeMap<Path, List<Migration>>();
        for (EndpointUse use : files.uses()) {
            Migration migration = Migration.of(use);
            String place = use.file() + ":" + use.line() + ": ";
            if (migration.path() == null) {
                without++;
                getLog().warn(place + String.join("; ", migration.notes()));
            } else {
                getLog().info(place + "salesforce:" + use.path() + " -> " + migration.uri());
                migration.notes().forEach(note -> getLog().info("    " + note));
                converted.computeIfAbsent(use.file(), file -> new ArrayList<>()).add(migration);
            }
        }
        getLog().info(files.uses().size() + " salesforce endpoints, " + without + " without a counterpart");
        if (write) {
            for (var file : converted.entrySet()) {
                write(file.getKey(), file.getValue());
            }
        }
    }

    private void write(Path file, List<Migration> migrations) throws MojoExecutionException {
        try {
            var rewrite = new FileRewrite(file, migrations);
            Path backup = rewrite.write();
            getLog().info(file + ": " + rewrite.written() + " endpoints written, the old file is "
                    + backup.getFileName());
            rewrite.left().forEach(use -> getLog().warn(use.file() + ":" + use.line() + ": salesforce:" + use.path()
                    + " is put together by code or stands on several lines: write it by hand"));
        } catch (IOException e) {
            throw new MojoExecutionException(e.getMessage(), e);
        }
    }
}
