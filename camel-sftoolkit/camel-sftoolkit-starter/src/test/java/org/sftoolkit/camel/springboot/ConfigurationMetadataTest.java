package org.sftoolkit.camel.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.tooling.model.ComponentModel;
import org.apache.camel.tooling.model.JsonMapper;
import org.apache.camel.util.StringHelper;
import org.junit.jupiter.api.Test;
import org.sftoolkit.camel.SfToolkitComponent;

/** What editors offer in application.properties; rewritten where {@code -Dsftoolkit.docs.update=true} asks for it. */
class ConfigurationMetadataTest {

    private static final Path FILE = Path.of("src/main/resources/META-INF/spring-configuration-metadata.json");
    private static final String PREFIX = "camel.component.sftoolkit";

    @Test
    void theMetadataNamesEveryOptionOfTheComponent() throws Exception {
        String metadata = new ObjectMapper()
                        .enable(SerializationFeature.INDENT_OUTPUT)
                        .writeValueAsString(Map.of("properties", properties()))
                + "\n";
        if (Boolean.getBoolean("sftoolkit.docs.update")) {
            Files.writeString(FILE, metadata);
        }
        assertThat(Files.readString(FILE))
                .as("out of date; this writes it: mvn -pl camel-sftoolkit/camel-sftoolkit-starter -am test"
                        + " -Dtest=ConfigurationMetadataTest -Dsurefire.failIfNoSpecifiedTests=false"
                        + " -Dsftoolkit.docs.update=true")
                .isEqualTo(metadata);
    }

    private static List<Map<String, Object>> properties() throws Exception {
        var properties = new ArrayList<Map<String, Object>>();
        properties.add(
                property("enabled", "java.lang.Boolean", "Whether the component takes its options from here", true));
        for (var option : component().getComponentOptions()) {
            properties.add(property(
                    StringHelper.camelCaseToDash(option.getName()),
                    boxed(option.getJavaType()),
                    option.getDescription(),
                    option.getDefaultValue()));
        }
        return properties;
    }

    private static Map<String, Object> property(String name, String type, String description, Object defaultValue) {
        var property = new LinkedHashMap<String, Object>();
        property.put("name", PREFIX + '.' + name);
        property.put("type", type);
        property.put("description", description);
        if (defaultValue != null) {
            property.put("defaultValue", defaultValue);
        }
        return property;
    }

    private static String boxed(String type) {
        return switch (type) {
            case "boolean" -> "java.lang.Boolean";
            case "int" -> "java.lang.Integer";
            case "long" -> "java.lang.Long";
            default -> type;
        };
    }

    private static ComponentModel component() throws Exception {
        try (var json = SfToolkitComponent.class.getResourceAsStream("/META-INF/org/sftoolkit/camel/sftoolkit.json")) {
            return JsonMapper.generateComponentModel(new String(json.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
