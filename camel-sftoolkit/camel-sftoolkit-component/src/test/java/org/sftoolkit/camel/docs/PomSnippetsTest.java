package org.sftoolkit.camel.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Versions in the pages' snippets of Maven are those of this build. */
class PomSnippetsTest {

    private static final Pattern VERSIONED =
            Pattern.compile("<artifactId>([^<]+)</artifactId>\\s*<version>([^<$]+)</version>");

    private final String root = Checkout.read(Checkout.root().resolve("pom.xml"));
    private final String quarkus =
            Checkout.read(Checkout.root().resolve("camel-sftoolkit/camel-sftoolkit-quarkus/pom.xml"));
    private final String version = first("<artifactId>camel-sftoolkit-parent</artifactId>\\s*<version>([^<]+)<");

    @Test
    void versionsAreThoseOfTheBuild() {
        List<String> wrong = new ArrayList<>();
        int checked = 0;
        for (String snippet : (Iterable<String>) snippets()::iterator) {
            for (MatchResult found :
                    (Iterable<MatchResult>) VERSIONED.matcher(snippet).results()::iterator) {
                String expected = expected(found.group(1));
                if (expected != null) {
                    checked++;
                    if (!expected.equals(found.group(2))) {
                        wrong.add(found.group(1) + ": " + found.group(2) + " instead of " + expected);
                    }
                }
            }
            if (snippet.contains("<sftoolkit.version>")) {
                assertThat(snippet).contains("<sftoolkit.version>" + version + "<");
            }
            if (snippet.contains("<quarkus.version>")) {
                assertThat(snippet).contains("<quarkus.version>" + first(quarkus, "<quarkus.version>([^<]+)<") + "<");
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(checked).as("versions that were compared").isGreaterThan(6);
    }

    private static Stream<String> snippets() {
        return Checkout.files(".md").stream().flatMap(page -> Markdown.of(Checkout.read(page)).blocks().stream()
                .filter(block -> block.language().equals("xml"))
                .map(Markdown.Block::text));
    }

    /** The version of an artifact in this build; null where the build does not have it. */
    private String expected(String artifact) {
        if (artifact.startsWith("camel-sftoolkit")) {
            return version;
        }
        if (artifact.startsWith("camel-quarkus")) {
            return first(quarkus, "<camel-quarkus.version>([^<]+)<");
        }
        if (artifact.startsWith("camel-")) {
            return property("camel.version");
        }
        return switch (artifact) {
            case "junit-jupiter" -> property("junit.version");
            case "slf4j-simple" -> property("slf4j.version");
            default -> managed(artifact);
        };
    }

    private String managed(String artifact) {
        String found = first("<artifactId>" + artifact + "</artifactId>\\s*<version>([^<]+)<");
        return found != null && found.startsWith("${") ? property(found.substring(2, found.length() - 1)) : found;
    }

    private String property(String name) {
        return first("<" + Pattern.quote(name) + ">([^<]+)<");
    }

    private String first(String regex) {
        return first(root, regex);
    }

    private static String first(String pom, String regex) {
        var matcher = Pattern.compile(regex).matcher(pom);
        return matcher.find() ? matcher.group(1) : null;
    }
}
