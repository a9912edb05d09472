package org.sftoolkit.camel.maven;

import java.nio.file.Path;
import java.util.Comparator;

/** Something wrong in a file. */
record Fault(Path file, int line, String message) implements Comparable<Fault> {

    private static final Comparator<Fault> ORDER =
            Comparator.comparing(Fault::file).thenComparing(Fault::line).thenComparing(Fault::message);

    @Override
    public int compareTo(Fault other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return file + ":" + line + ": " + message;
    }
}
