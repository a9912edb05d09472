package org.sftoolkit.camel.maven;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import org.apache.maven.model.Resource;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;

/** A goal that reads the routes of a project. */
abstract class AbstractRoutesMojo extends AbstractMojo {

    /** Folders or files with routes; the sources and resources of the project, those of its tests included, unless set. */
    @Parameter(property = "sftoolkit.routes")
    private List<File> routes;

    @Parameter(defaultValue = "${project}", readonly = true)
    private MavenProject project;

    /** Where routes are looked for. */
    final Collection<Path> starts() {
        var starts = new LinkedHashSet<Path>();
        if (routes != null && !routes.isEmpty()) {
            routes.forEach(start -> starts.add(start.toPath()));
            return starts;
        }
        var folders = new ArrayList<String>(project.getCompileSourceRoots());
        folders.addAll(project.getTestCompileSourceRoots());
        project.getResources().stream().map(Resource::getDirectory).forEach(folders::add);
        project.getTestResources().stream().map(Resource::getDirectory).forEach(folders::add);
        folders.forEach(folder -> starts.add(Path.of(folder)));
        // a folder around the project is there for a file or two, such as a licence
        starts.removeIf(folder ->
                project.getBasedir() != null && project.getBasedir().toPath().startsWith(folder));
        return starts;
    }
}
