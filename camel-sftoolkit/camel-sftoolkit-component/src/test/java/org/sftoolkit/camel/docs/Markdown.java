package org.sftoolkit.camel.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the tests read of a Markdown page: its headings with their text, its fenced blocks, its links.
 *
 * @param lines of the page
 */
record Markdown(List<String> lines) {

    private static final Pattern HEADING = Pattern.compile("(#{1,6}) +(.+?) *");
    private static final Pattern LINK = Pattern.compile("(?<!\\\\)\\]\\(([^)\\s]+)\\)");

    /**
     * A fenced block.
     *
     * @param language behind the opening fence, or empty
     * @param line     of the opening fence, from 1
     * @param text     between the fences
     */
    record Block(String language, int line, String text) {}

    /**
     * A heading and what follows to the next of its level or above.
     *
     * @param title of the heading
     * @param text  below it
     */
    record Section(String title, String text) {}

    static Markdown of(String text) {
        return new Markdown(text.lines().toList());
    }

    List<Block> blocks() {
        var blocks = new ArrayList<Block>();
        String language = null;
        int start = 0;
        var text = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (language != null && line.equals("```")) {
                blocks.add(new Block(language, start + 1, text.toString()));
                language = null;
            } else if (language != null) {
                text.append(lines.get(i)).append('\n');
            } else if (line.startsWith("```")) {
                language = line.substring(3).strip();
                start = i;
                text.setLength(0);
            }
        }
        return blocks;
    }

    List<Section> sections() {
        List<String> prose = withoutBlocks(false);
        var sections = new ArrayList<Section>();
        for (int i = 0; i < prose.size(); i++) {
            Matcher heading = HEADING.matcher(prose.get(i));
            if (heading.matches()) {
                int level = heading.group(1).length();
                int end = i + 1;
                while (end < prose.size() && !endsSection(prose.get(end), level)) {
                    end++;
                }
                sections.add(new Section(heading.group(2), String.join("\n", lines.subList(i + 1, end))));
            }
        }
        return sections;
    }

    private static boolean endsSection(String line, int level) {
        Matcher heading = HEADING.matcher(line);
        return heading.matches() && heading.group(1).length() <= level;
    }

    /** Targets of the links outside of fenced blocks and code. */
    List<String> links() {
        var links = new ArrayList<String>();
        for (String line : withoutBlocks(true)) {
            Matcher link = LINK.matcher(line);
            while (link.find()) {
                links.add(link.group(1));
            }
        }
        return links;
    }

    /** The anchors of its headings, as GitHub makes them. */
    List<String> anchors() {
        return sections().stream()
                .map(section -> section.title()
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .toList();
    }

    private List<String> withoutBlocks(boolean withoutCode) {
        var prose = new ArrayList<String>();
        boolean fenced = false;
        for (String line : lines) {
            boolean fence = line.strip().startsWith("```");
            prose.add(fence || fenced ? "" : withoutCode ? line.replaceAll("`[^`]*`", "") : line);
            fenced ^= fence;
        }
        return prose;
    }
}
