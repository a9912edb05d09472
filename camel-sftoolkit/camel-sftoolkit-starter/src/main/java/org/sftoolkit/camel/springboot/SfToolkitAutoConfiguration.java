package org.sftoolkit.camel.springboot;

import org.apache.camel.CamelContext;
import org.apache.camel.spi.ComponentCustomizer;
import org.apache.camel.spring.boot.CamelAutoConfiguration;
import org.sftoolkit.camel.SfToolkitComponent;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** Gives the component its options from {@code camel.component.sftoolkit.*}. */
@AutoConfiguration(after = CamelAutoConfiguration.class)
@ConditionalOnBean(CamelContext.class)
@ConditionalOnProperty(prefix = "camel.component.sftoolkit", name = "enabled", matchIfMissing = true)
public class SfToolkitAutoConfiguration {

    /** Configures the component when Camel makes it. */
    @Bean
    public ComponentCustomizer sfToolkitComponentCustomizer(CamelContext context, Environment environment) {
        var options = new ComponentOptions(context, environment);
        return ComponentCustomizer.builder(SfToolkitComponent.class)
                .build((name, component) -> options.apply(component));
    }
}
