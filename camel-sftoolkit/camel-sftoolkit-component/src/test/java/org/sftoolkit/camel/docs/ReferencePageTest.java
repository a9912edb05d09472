package org.sftoolkit.camel.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.tooling.model.BaseOptionModel;
import org.junit.jupiter.api.Test;

/** Rewrites docs/reference.md where {@code -Dsftoolkit.docs.update=true} asks for it. */
class ReferencePageTest {

    private static final Path PAGE = Checkout.root().resolve("docs/reference.md");
    private static final String START = "<!-- generated: start -->\n";
    private static final String END = "<!-- generated: end -->";

    @Test
    void theReferenceSaysWhatTheCatalogueSays() throws Exception {
        String page = Checkout.read(PAGE);
        int start = page.indexOf(START) + START.length();
        int end = page.indexOf(END);
        assertThat(end).as("the page has both markers").isGreaterThan(start - 1);
        String tables = "\n" + new ReferenceTables(Catalogue.component()).markdown() + "\n";
        if (Boolean.getBoolean("sftoolkit.docs.update")) {
            Files.writeString(PAGE, page.substring(0, start) + tables + page.substring(end));
        } else {
            assertThat(page.substring(start, end))
                    .as("docs/reference.md is out of date; this writes it: mvn -pl"
                            + " camel-sftoolkit/camel-sftoolkit-component -am test -Dtest=ReferencePageTest"
                            + " -Dsurefire.failIfNoSpecifiedTests=false -Dsftoolkit.docs.update=true")
                    .isEqualTo(tables);
        }
    }

    @Test
    void everyOptionAndHeaderSaysWhatItIsFor() {
        var component = Catalogue.component();
        assertThat(component.getEndpointOptions()).isNotEmpty().allSatisfy(ReferencePageTest::described);
        assertThat(component.getComponentOptions()).isNotEmpty().allSatisfy(ReferencePageTest::described);
        assertThat(component.getEndpointHeaders()).isNotEmpty().allSatisfy(ReferencePageTest::described);
    }

    @Test
    void credentialsAreSecret() {
        assertThat(Catalogue.component().getEndpointParameterOptions())
                .filteredOn(option -> option.getName().matches("(?i).*(password|secret|token|privateKey)")
                        && option.getJavaType().equals("java.lang.String"))
                .hasSizeGreaterThan(3)
                .allMatch(BaseOptionModel::isSecret);
    }

    private static void described(BaseOptionModel option) {
        assertThat(option.getDescription()).as(option.getName()).hasSizeGreaterThanOrEqualTo(10);
        assertThat(option.getGroup()).as("group of " + option.getName()).isNotBlank();
    }
}
