package org.sftoolkit.camel.maven;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.catalog.DefaultCamelCatalog;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PropertyBindingSupport;
import org.apache.camel.util.StringHelper;
import org.sftoolkit.camel.SfToolkitComponent;

/** Asks an org for descriptions, by the component with the login of an application. */
final class OrgDescriptions {

    private static final ObjectMapper JSON = new ObjectMapper();

    private OrgDescriptions() {}

    /**
     * Descriptions of these objects.
     *
     * @param options options of the component by name; what is not for login or network is left out
     * @throws IOException if the org does not answer, or refuses
     */
    static List<JsonNode> of(Map<String, String> options, Collection<String> objects) throws IOException {
        var described = new ArrayList<JsonNode>();
        try (var context = new DefaultCamelContext()) {
            context.disableJMX();
            context.build();
            context.addComponent(EndpointCheck.SCHEME, component(context, options));
            context.start();
            try (ProducerTemplate template = context.createProducerTemplate()) {
                for (String object : objects) {
                    String uri = EndpointCheck.SCHEME + ":describe:" + object;
                    described.add(JSON.readTree(template.requestBody(uri, null, String.class)));
                }
            }
        } catch (CamelExecutionException e) {
            throw new IOException(e.getCause().getMessage(), e.getCause());
        }
        return described;
    }

    private static SfToolkitComponent component(CamelContext context, Map<String, String> options) {
        var component = new SfToolkitComponent();
        component.setCamelContext(context);
        List<String> known = connectionOptions();
        options.forEach((name, value) -> {
            String option = StringHelper.dashToCamelCase(name);
            if (known.contains(option.toLowerCase(Locale.ROOT)) && !value.startsWith("#")) {
                PropertyBindingSupport.build()
                        .withCamelContext(context)
                        .withTarget(component.getConfiguration())
                        .withIgnoreCase(true)
                        .withMandatory(true)
                        .withProperty(option, context.resolvePropertyPlaceholders(value))
                        .bind();
            }
        });
        return component;
    }

    private static List<String> connectionOptions() {
        var catalogue = new DefaultCamelCatalog();
        catalogue.addComponent(EndpointCheck.SCHEME, SfToolkitComponent.class.getName());
        return catalogue.componentModel(EndpointCheck.SCHEME).getComponentOptions().stream()
                .filter(option -> List.of("loginUrl", "instanceUrl", "apiVersion", "authType")
                                .contains(option.getName())
                        || String.valueOf(option.getLabel()).matches(".*(security|proxy).*"))
                .map(option -> option.getName().toLowerCase(Locale.ROOT))
                .toList();
    }
}
