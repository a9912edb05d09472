package org.sftoolkit.camel.springboot;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.support.PropertyBindingSupport;
import org.apache.camel.util.StringHelper;
import org.sftoolkit.camel.SfToolkitComponent;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * The properties {@code camel.component.sftoolkit.*}, written as in {@code loginUrl} or in {@code login-url}. One that the
 * component does not know fails the start.
 */
final class ComponentOptions {

    private static final String PREFIX = "camel.component.sftoolkit";

    private final CamelContext context;
    private final Environment environment;

    ComponentOptions(CamelContext context, Environment environment) {
        this.context = context;
        this.environment = environment;
    }

    void apply(SfToolkitComponent component) {
        PropertyBindingSupport.build()
                .withCamelContext(context)
                .withTarget(component)
                .withConfigurer(component.getComponentPropertyConfigurer())
                .withProperties(new LinkedHashMap<>(properties()))
                .withMandatory(true)
                .withReference(true)
                .bind();
    }

    private Map<String, Object> properties() {
        var options = new LinkedHashMap<String, Object>();
        Binder.get(environment)
                .bind(PREFIX, Bindable.mapOf(String.class, String.class))
                .orElse(Map.of())
                .forEach((name, value) -> options.put(StringHelper.dashToCamelCase(name), value));
        options.remove("enabled");
        return options;
    }
}
