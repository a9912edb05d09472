package org.sftoolkit.camel.maven;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks names of headers that look like the component's. The component would pass over a wrong one without a word. */
final class HeaderCheck {

    /** What follows a star is a pattern, and a class may be named so. */
    private static final Pattern NAME = Pattern.compile("\\bCamelSf[A-Za-z]*(?![\\w*])", Pattern.CASE_INSENSITIVE);

    private final List<String> headers;

    /** @param headers the component's own */
    HeaderCheck(List<String> headers) {
        this.headers = headers;
    }

    /** Wrong names in a file; in Java those in texts only. */
    List<Fault> faults(Path file, String text) {
        var faults = new ArrayList<Fault>();
        boolean java = file.toString().endsWith(".java");
        int number = 0;
        for (String line : (Iterable<String>) text.lines()::iterator) {
            number++;
            for (Matcher matcher = NAME.matcher(line); matcher.find(); ) {
                boolean quoted = line.substring(0, matcher.start())
                                        .chars()
                                        .filter(c -> c == '"')
                                        .count()
                                % 2
                        == 1;
                if ((quoted || !java) && headers.stream().noneMatch(matcher.group()::equalsIgnoreCase)) {
                    faults.add(new Fault(
                            file,
                            number,
                            "unknown header " + matcher.group() + Suggestions.of(matcher.group(), headers)));
                }
            }
        }
        return faults;
    }
}
