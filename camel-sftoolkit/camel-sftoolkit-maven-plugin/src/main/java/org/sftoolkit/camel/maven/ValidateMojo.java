package org.sftoolkit.camel.maven;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Checks every {@code sftoolkit:} endpoint in routes of YAML, XML and Java, and fails the build with the file and line of
 * each fault.
 */
@Mojo(name = "validate", defaultPhase = LifecyclePhase.PROCESS_RESOURCES, requiresProject = false, threadSafe = true)
public class ValidateMojo extends AbstractRoutesMojo {

    /** Also schemes that look like it, which are mistakes: no component of Camel has such a name. */
    static final Pattern URI = Pattern.compile(
            "\\s*(master:[^:]*:)?(sf-?t[a-z]{2,8}|sft?o+l+kit|saftoolkit|sdtoolkit):.*",
            Pattern.DOTALL | Pattern.CASE_INSENSITIVE);

    /**
     * A folder of describe files: what {@code sf sobject describe --json} prints, a file for each object that routes
     * use. Objects and fields are checked if it is set.
     */
    @Parameter(property = "sftoolkit.describes")
    private File describes;

    /** Whether a fault fails the build; else it is a warning. */
    @Parameter(property = "sftoolkit.failOnFault", defaultValue = "true")
    private boolean failOnFault;

    /** Whether to do nothing. */
    @Parameter(property = "sftoolkit.validate.skip", defaultValue = "false")
    private boolean skip;

    @Override
    public void execute() throws MojoExecutionException, MojoFailureException {
        if (!skip) {
            check(starts(), describes == null ? null : describes.toPath(), failOnFault);
        }
    }

    /**
     * Checks what is in these folders and files.
     *
     * @param describes null if objects and fields are not checked
     */
    void check(Collection<Path> starts, Path describes, boolean fail)
            throws MojoExecutionException, MojoFailureException {
        var files = new RouteFiles(URI.asMatchPredicate());
        var faults = new TreeSet<Fault>();
        try {
            for (Path start : starts) {
                files.add(start);
            }
            faults.addAll(files.unreadable());
            try (var check = new EndpointCheck(describes == null ? null : DescribedObjects.read(describes))) {
                files.uses().forEach(use -> faults.addAll(check.faults(use)));
                HeaderCheck headers = check.headers();
                files.texts().forEach((file, text) -> faults.addAll(headers.faults(file, text)));
            }
        } catch (IOException e) {
            throw new MojoExecutionException(e.getMessage(), e);
        }
        for (Fault fault : faults) {
            if (fail) {
                getLog().error(fault.toString());
            } else {
                getLog().warn(fault.toString());
            }
        }
        String sum = files.uses().size() + " sftoolkit endpoints checked, " + faults.size() + " faults";
        if (fail && !faults.isEmpty()) {
            throw new MojoFailureException(sum);
        }
        getLog().info(sum);
    }
}
