package org.sftoolkit.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.apache.camel.catalog.CamelCatalog;
import org.apache.camel.catalog.DefaultCamelCatalog;
import org.apache.camel.catalog.EndpointValidationResult;
import org.junit.jupiter.api.Test;
import org.sftoolkit.camel.SfToolkitComponent;

/** Tools add the component to Camel's catalogue by its class, or by its description. */
class CatalogueTest {

    private final CamelCatalog catalogue = new DefaultCamelCatalog();

    @Test
    void theClassIsEnoughToFindTheDescription() {
        catalogue.addComponent("sftoolkit", SfToolkitComponent.class.getName());
        knowsTheComponent();
    }

    @Test
    void theDescriptionCanBeGiven() throws Exception {
        try (var json = SfToolkitComponent.class.getResourceAsStream("/META-INF/org/sftoolkit/camel/sftoolkit.json")) {
            catalogue.addComponent(
                    "sftoolkit",
                    SfToolkitComponent.class.getName(),
                    new String(json.readAllBytes(), StandardCharsets.UTF_8));
        }
        knowsTheComponent();
    }

    private void knowsTheComponent() {
        assertThat(catalogue.findComponentNames()).contains("sftoolkit");
        assertThat(catalogue.componentModel("sftoolkit").getTitle()).isEqualTo("Salesforce Toolkit");
        assertThat(catalogue.validateEndpointProperties("sftoolkit:save:Account?mode=UPSERT"))
                .returns(true, EndpointValidationResult::isSuccess);
        assertThat(catalogue
                        .validateEndpointProperties("sftoolkit:save:Account?mod=UPSERT")
                        .getUnknown())
                .containsExactly("mod");
    }
}
