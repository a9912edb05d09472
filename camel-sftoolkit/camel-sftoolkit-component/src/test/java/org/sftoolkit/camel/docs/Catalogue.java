package org.sftoolkit.camel.docs;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.apache.camel.catalog.CamelCatalog;
import org.apache.camel.catalog.DefaultCamelCatalog;
import org.apache.camel.tooling.model.ComponentModel;
import org.apache.camel.tooling.model.JsonMapper;
import org.sftoolkit.camel.SfToolkitComponent;

/** The component as Camel's tools see it. */
final class Catalogue {

    private Catalogue() {}

    /** Options and headers of the component. */
    static ComponentModel component() {
        return JsonMapper.generateComponentModel(json());
    }

    /** Camel's catalogue with the component in it. */
    static CamelCatalog camel() {
        CamelCatalog catalogue = new DefaultCamelCatalog();
        // with the JSON: the catalogue looks for it on its own class path only
        catalogue.addComponent("sftoolkit", SfToolkitComponent.class.getName(), json());
        return catalogue;
    }

    private static String json() {
        try (InputStream json =
                SfToolkitComponent.class.getResourceAsStream("/META-INF/org/sftoolkit/camel/sftoolkit.json")) {
            return new String(json.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
