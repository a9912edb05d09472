package org.sftoolkit.camel;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.PropertyConfigurer;
import org.apache.camel.spi.PropertyConfigurerGetter;

/** Refuses values of options that have a few choices, and names these: Camel's own message names the Java class. */
final class Choices {

    private final CamelContext camel;
    private final PropertyConfigurer options;

    /** @param options the endpoint's, which know the types */
    Choices(CamelContext camel, PropertyConfigurer options) {
        this.camel = camel;
        this.options = options;
    }

    /** @throws IllegalArgumentException for the first value that is none of its option's choices */
    void check(Map<String, Object> parameters) {
        if (options instanceof PropertyConfigurerGetter types) {
            parameters.forEach((name, value) -> {
                Class<?> type = types.getOptionType(name, true);
                if (type != null && type.isEnum() && value instanceof String text && !isReference(text)) {
                    check(name, text, type);
                }
            });
        }
    }

    private void check(String name, String value, Class<?> type) {
        if (camel.getTypeConverter().tryConvertTo(type, value) == null) {
            throw new IllegalArgumentException(name + "=" + value + " is none of its choices: use one of "
                    + Arrays.stream(type.getEnumConstants())
                            .map(constant -> ((Enum<?>) constant).name())
                            .collect(Collectors.joining(", ")));
        }
    }

    private static boolean isReference(String value) {
        return value.startsWith("#") || value.contains("{{");
    }
}
