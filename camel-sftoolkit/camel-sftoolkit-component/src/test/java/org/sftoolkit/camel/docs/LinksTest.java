package org.sftoolkit.camel.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Links within the checkout lead somewhere; those to other sites are not followed. */
class LinksTest {

    @Test
    void linksBetweenPagesLeadToFilesAndHeadings() {
        var broken = new ArrayList<String>();
        int followed = 0;
        for (Path page : Checkout.files(".md")) {
            for (String link : Markdown.of(Checkout.read(page)).links()) {
                if (!link.matches("[a-z]+:.*")) {
                    followed++;
                    if (!leadsSomewhere(page, link)) {
                        broken.add(Checkout.name(page) + " -> " + link);
                    }
                }
            }
        }
        assertThat(broken).isEmpty();
        assertThat(followed).as("links that were followed").isGreaterThan(5);
    }

    private static boolean leadsSomewhere(Path page, String link) {
        int hash = link.indexOf('#');
        String file = URLDecoder.decode(hash < 0 ? link : link.substring(0, hash), StandardCharsets.UTF_8);
        Path target = file.isEmpty() ? page : page.resolveSibling(file).normalize();
        if (hash < 0 || !target.toString().endsWith(".md")) {
            return Files.exists(target);
        }
        List<String> anchors =
                Files.exists(target) ? Markdown.of(Checkout.read(target)).anchors() : List.of();
        return anchors.contains(link.substring(hash + 1));
    }
}
