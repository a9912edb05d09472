package org.sftoolkit.camel.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.tooling.model.ComponentModel.EndpointOptionModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The Kamelets have what those of Camel's own Kamelet catalogue have, so that visual tools show them alike. */
class KameletsTest {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\??(\\w+)\\}\\}");
    private static final Pattern NAME = Pattern.compile("sftoolkit-\\w+-(source|sink|action)");
    private static final Set<String> CREDENTIALS = Set.of("clientId", "clientSecret", "userName", "privateKey");

    static List<Path> kamelets() {
        return Checkout.files(".kamelet.yaml");
    }

    @Test
    void thereIsOneForEachCommonTask() {
        assertThat(kamelets())
                .extracting(path -> path.getFileName().toString().replace(".kamelet.yaml", ""))
                .contains(
                        "sftoolkit-query-source",
                        "sftoolkit-changes-source",
                        "sftoolkit-save-sink",
                        "sftoolkit-delete-sink",
                        "sftoolkit-bulk-sink",
                        "sftoolkit-subscribe-source",
                        "sftoolkit-publish-sink");
    }

    @ParameterizedTest
    @MethodSource("kamelets")
    void itIsNamedTypedAndDrawnAsInTheCatalogue(Path file) {
        JsonNode metadata = read(file).path("metadata");
        String name = metadata.path("name").asText();
        assertThat(file).hasFileName(name + ".kamelet.yaml");
        var matcher = NAME.matcher(name);
        assertThat(matcher.matches()).isTrue();
        assertThat(metadata.path("labels").path("camel.apache.org/kamelet.type").asText())
                .isEqualTo(matcher.group(1));
        JsonNode annotations = metadata.path("annotations");
        for (String wanted : List.of("kamelet.support.level", "provider", "kamelet.group", "kamelet.namespace")) {
            assertThat(annotations.path("camel.apache.org/" + wanted).asText())
                    .as(wanted)
                    .isNotBlank();
        }
        String icon = annotations.path("camel.apache.org/kamelet.icon").asText();
        String prefix = "data:image/svg+xml;base64,";
        assertThat(icon).startsWith(prefix);
        assertThat(new String(Base64.getDecoder().decode(icon.substring(prefix.length())), StandardCharsets.UTF_8))
                .startsWith("<svg");
        String version = annotations.path("camel.apache.org/catalog.version").asText();
        assertThat(read(file).path("spec").path("dependencies").toString())
                .contains("mvn:org.sftoolkit.camel:camel-sftoolkit:" + version);
        assertThat(Checkout.read(Checkout.root().resolve("pom.xml"))).contains("<version>" + version + "</version>");
    }

    @ParameterizedTest
    @MethodSource("kamelets")
    void itsOptionsAreDescribedAndUsed(Path file) {
        JsonNode spec = read(file).path("spec");
        Map<String, JsonNode> options = options(spec);
        for (var option : options.entrySet()) {
            assertThat(List.of("title", "description", "type"))
                    .as(option.getKey())
                    .allMatch(wanted -> !option.getValue().path(wanted).asText().isBlank());
        }
        Set<String> used = PLACEHOLDER
                .matcher(spec.path("template").toString())
                .results()
                .map((MatchResult found) -> found.group(1))
                .collect(Collectors.toSet());
        assertThat(used).isEqualTo(options.keySet());
        for (JsonNode required : spec.path("definition").path("required")) {
            assertThat(options).containsKey(required.asText());
        }
    }

    @ParameterizedTest
    @MethodSource("kamelets")
    void credentialsAreMarkedAsSuch(Path file) {
        Map<String, JsonNode> options = options(read(file).path("spec"));
        for (String credential : CREDENTIALS) {
            assertThat(options.get(credential).path("x-descriptors").toString())
                    .as(credential)
                    .contains("urn:camel:group:credentials");
        }
        assertThat(options.get("clientSecret").path("format").asText()).isEqualTo("password");
        assertThat(options.get("privateKey").path("format").asText()).isEqualTo("password");
    }

    @ParameterizedTest
    @MethodSource("kamelets")
    void choicesAreThoseOfTheComponent(Path file) {
        Map<String, EndpointOptionModel> component = Catalogue.component().getEndpointOptions().stream()
                .collect(Collectors.toMap(EndpointOptionModel::getName, option -> option));
        for (var option : options(read(file).path("spec")).entrySet()) {
            EndpointOptionModel model = component.get(option.getKey());
            if (model != null && model.getEnums() != null) {
                var choices = new ArrayList<String>();
                option.getValue().path("enum").forEach(choice -> choices.add(choice.asText()));
                assertThat(choices).as(option.getKey()).isNotEmpty().isSubsetOf(model.getEnums());
            }
        }
    }

    private static Map<String, JsonNode> options(JsonNode spec) {
        return spec.path("definition").path("properties").properties().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static JsonNode read(Path file) {
        return new ObjectMapper()
                .valueToTree(new Load(LoadSettings.builder().build()).loadFromString(Checkout.read(file)));
    }
}
