package org.sftoolkit.camel.maven;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.sftoolkit.camel.maven.EndpointUse.Span;
import org.sftoolkit.camel.maven.EndpointUse.Text;

/** Puts new endpoints into a file of routes, and leaves every other character of it as it is. */
final class FileRewrite {

    private static final Pattern PLAIN = Pattern.compile("[\\w./][\\w./ ()=<>:?&-]*");
    private static final Pattern SPECIAL = Pattern.compile(": |:$| $|^[-.]$");

    private final Path file;
    private final List<Migration> migrations;
    private final List<EndpointUse> left = new ArrayList<>();
    /** New texts by the place in the file where the old one begins. */
    private final TreeMap<Integer, Edit> edits = new TreeMap<>();

    private record Edit(int end, String text) {}

    /** @param migrations endpoints of the file that have a counterpart */
    FileRewrite(Path file, List<Migration> migrations) {
        this.file = file;
        this.migrations = migrations;
    }

    /**
     * Writes the file, after the old one was kept.
     *
     * @return the old file's new name
     * @throws IOException also if there is a file of that name: nothing is written then
     */
    Path write() throws IOException {
        Path backup = file.resolveSibling(file.getFileName() + ".bak");
        if (Files.exists(backup)) {
            throw new IOException(
                    file + " is not written: " + backup + " would be overwritten; remove it, or give it another name");
        }
        String text = Files.readString(file, StandardCharsets.UTF_8);
        migrations.forEach(migration -> plan(text, migration));
        var rewritten = new StringBuilder();
        int from = 0;
        for (var edit : edits.entrySet()) {
            rewritten.append(text, from, edit.getKey()).append(edit.getValue().text());
            from = edit.getValue().end();
        }
        rewritten.append(text, from, text.length());
        Files.copy(file, backup);
        Files.writeString(file, rewritten, StandardCharsets.UTF_8);
        return backup;
    }

    /** How many endpoints were written. */
    int written() {
        return migrations.size() - left.size();
    }

    /** Endpoints whose text is not found in the file in one piece. */
    List<EndpointUse> left() {
        return List.copyOf(left);
    }

    private void plan(String text, Migration migration) {
        Text old = migration.use.text();
        String name = file.getFileName().toString();
        if (name.endsWith(".java") || name.endsWith(".xml")) {
            planQuoted(text, migration, name.endsWith(".xml"));
        } else if (old.where() == null) {
            left.add(migration.use);
        } else if (old.parameters() == null) {
            replace(text, old.where(), yaml(migration.uri()));
        } else {
            replace(text, old.where(), yaml(migration.path()));
            replace(text, old.parameters(), entries(migration.parameters(), old.parameters()));
        }
    }

    /** Places of YAML are counted in code points. */
    private void replace(String text, Span place, String by) {
        int begin = text.offsetByCodePoints(0, place.begin());
        edits.put(begin, new Edit(text.offsetByCodePoints(begin, place.end() - place.begin()), by));
    }

    private static String entries(Map<String, String> parameters, Span place) {
        var entries = parameters.entrySet().stream().map(entry -> entry.getKey() + ": " + yaml(entry.getValue()));
        if (place.indent() < 0 || parameters.isEmpty()) {
            return entries.collect(Collectors.joining(", ", "{ ", " }"));
        }
        return entries.collect(Collectors.joining("\n" + " ".repeat(place.indent())));
    }

    private static String yaml(String value) {
        boolean plain =
                PLAIN.matcher(value).matches() && !SPECIAL.matcher(value).find();
        return plain ? value : "'" + value.replace("'", "''") + "'";
    }

    private void planQuoted(String text, Migration migration, boolean xml) {
        String old = escaped(migration.use.text().uri(), xml);
        int from = lineStart(text, migration.use.line());
        for (String quote : xml ? List.of("\"", "'") : List.of("\"")) {
            int found = text.indexOf(quote + old + quote, from);
            while (found >= 0 && edits.containsKey(found)) {
                found = text.indexOf(quote + old + quote, found + 1);
            }
            if (found >= 0) {
                String by = quote + escaped(migration.uri(), xml) + quote;
                edits.put(found, new Edit(found + old.length() + 2, by));
                return;
            }
        }
        left.add(migration.use);
    }

    private static String escaped(String uri, boolean xml) {
        return xml
                ? uri.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;")
                : uri.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    private static int lineStart(String text, int line) {
        int start = 0;
        for (int i = 1; i < line && start >= 0; i++) {
            start = text.indexOf('\n', start) + 1;
        }
        return start;
    }
}
