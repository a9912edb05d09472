package org.sftoolkit.examples.cookbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** No page of the cookbook has routes that are not run. */
class CookbookIT {

    @Test
    void everyPageWithRoutesIsRun() throws Exception {
        List<String> tests = Stream.of(
                        SavingRecipesIT.class, ReadingRecipesIT.class, OperatingRecipesIT.class, EventRecipesIT.class)
                .flatMap(recipes -> Arrays.stream(recipes.getDeclaredMethods()))
                .filter(method -> method.isAnnotationPresent(Test.class))
                .map(method -> method.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT))
                .toList();
        List<Path> pages;
        try (var files = Files.list(Recipe.PAGES)) {
            pages = files.toList();
        }
        assertThat(pages).hasSizeGreaterThan(15).allSatisfy(file -> {
            String page = file.getFileName().toString().replace(".md", "");
            assertThat(Recipe.blocks(page, "yaml").isEmpty() || tests.contains(page))
                    .as("a test runs " + page)
                    .isTrue();
        });
    }
}
