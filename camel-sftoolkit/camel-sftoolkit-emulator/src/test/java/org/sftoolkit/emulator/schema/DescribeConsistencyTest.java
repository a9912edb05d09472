package org.sftoolkit.emulator.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sftoolkit.emulator.schema.DescribeFiles.describe;
import static org.sftoolkit.emulator.schema.DescribeFiles.elements;
import static org.sftoolkit.emulator.schema.DescribeFiles.fields;
import static org.sftoolkit.emulator.schema.DescribeFiles.index;
import static org.sftoolkit.emulator.schema.DescribeFiles.texts;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The describe files agree with themselves and with each other. */
class DescribeConsistencyTest {

    /** Standard objects that fields may point to although the emulator does not keep them. */
    private static final Set<String> OTHER_STANDARD_OBJECTS =
            Set.of("Calendar", "CollaborationGroup", "ContentAsset", "ContentBody", "Dashboard", "Report");

    static List<String> objects() {
        return index();
    }

    @Test
    void indexNamesEveryFileOnce() throws IOException, URISyntaxException {
        Path folder = Path.of(DescribeFiles.class
                        .getResource("/org/sftoolkit/emulator/schema/objects.txt")
                        .toURI())
                .getParent();
        try (Stream<Path> files = Files.list(folder)) {
            List<String> names = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".json"))
                    .map(name -> name.replace(".json", ""))
                    .toList();
            assertThat(index()).containsExactlyInAnyOrderElementsOf(names).contains("Account", "ContentVersion");
        }
    }

    @ParameterizedTest
    @MethodSource("objects")
    void indexHasItsKeyPrefix(String object) {
        assertThat(DescribeFiles.prefixes().get(object))
                .isEqualTo(describe(object).get("keyPrefix").asText());
    }

    @Test
    void keyPrefixesAreUnique() {
        assertThat(objects().stream()
                        .map(object -> describe(object).get("keyPrefix").asText()))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("objects")
    void idComesFirst(String object) {
        JsonNode id = describe(object).at("/fields/0");
        assertThat(id.get("name").asText()).isEqualTo("Id");
        assertThat(id.get("type").asText()).isEqualTo("id");
        assertThat(id.get("idLookup").asBoolean()).isTrue();
        assertThat(id.get("createable").asBoolean() || id.get("updateable").asBoolean())
                .isFalse();
    }

    /** These have no name in Salesforce either. */
    private static final Set<String> NAMELESS =
            Set.of("ContentDocumentLink", "GroupMember", "OpportunityContactRole", "CaseComment");

    @ParameterizedTest
    @MethodSource("objects")
    void oneFieldIsTheName(String object) {
        List<JsonNode> names = elements(describe(object).get("fields"))
                .filter(field -> field.get("nameField").asBoolean())
                .toList();
        assertThat(names).hasSize(NAMELESS.contains(object) ? 0 : 1);
    }

    @ParameterizedTest
    @MethodSource("objects")
    void componentsBelongToACompound(String object) {
        Map<String, JsonNode> fields = fields(describe(object));
        Set<String> compounds = Set.of("address", "location", "string");
        fields.values().stream()
                .filter(field -> !field.get("compoundFieldName").isNull())
                .map(field -> fields.get(field.get("compoundFieldName").asText()))
                .forEach(compound -> {
                    assertThat(compound).isNotNull();
                    assertThat(compounds).contains(compound.get("type").asText());
                    assertThat(compound.get("createable").asBoolean()).isFalse();
                    assertThat(compound.get("updateable").asBoolean()).isFalse();
                });
        fields.values().stream()
                .filter(field ->
                        Set.of("address", "location").contains(field.get("type").asText()))
                .forEach(compound -> assertThat(componentsOf(compound, fields))
                        .hasSize(compound.get("type").asText().equals("address") ? 8 : 2));
    }

    @ParameterizedTest
    @MethodSource("objects")
    void referencesPointToKnownObjects(String object) {
        List<String> kept = index();
        fields(describe(object)).forEach((name, field) -> {
            List<String> targets = texts(field.get("referenceTo"));
            assertThat(targets.isEmpty())
                    .as(name)
                    .isEqualTo(!field.get("type").asText().equals("reference"));
            assertThat(targets)
                    .as(name)
                    .allMatch(target -> kept.contains(target) || OTHER_STANDARD_OBJECTS.contains(target));
            assertThat(field.get("relationshipName").isNull()).as(name).isEqualTo(targets.isEmpty());
            assertThat(field.get("polymorphicForeignKey").asBoolean()).as(name).isEqualTo(targets.size() > 1);
        });
    }

    @ParameterizedTest
    @MethodSource("objects")
    void childRelationshipsMatchTheChildsReferences(String object) {
        JsonNode children = describe(object).get("childRelationships");
        List<String> listed = elements(children)
                .map(child -> child.get("childSObject").asText() + "."
                        + child.get("field").asText())
                .filter(path -> index().contains(path.substring(0, path.indexOf('.'))))
                .toList();
        List<String> referring = index().stream()
                .flatMap(child -> fields(describe(child)).values().stream()
                        .filter(field -> texts(field.get("referenceTo")).contains(object))
                        .map(field -> child + "." + field.get("name").asText()))
                .toList();
        assertThat(listed).containsExactlyInAnyOrderElementsOf(referring);
        assertThat(elements(children).map(child -> child.get("relationshipName").asText(null)))
                .filteredOn(name -> name != null)
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("objects")
    void picklistsAndLengthsFitTheirTypes(String object) {
        fields(describe(object)).forEach((name, field) -> {
            String type = field.get("type").asText();
            boolean choice = Set.of("picklist", "multipicklist", "combobox").contains(type);
            assertThat(field.get("picklistValues").isEmpty()).as(name).isEqualTo(!choice);
            assertThat(field.get("restrictedPicklist").asBoolean() && !choice)
                    .as(name)
                    .isFalse();
            assertThat(elements(field.get("picklistValues"))
                            .map(value -> value.get("value").asText()))
                    .as(name)
                    .doesNotHaveDuplicates();
            boolean text = choice
                    || Set.of("string", "textarea", "phone", "url", "email", "id", "reference")
                            .contains(type);
            assertThat(field.get("length").asInt() > 0).as(name).isEqualTo(text);
            assertThat(field.get("precision").asInt() > 0)
                    .as(name)
                    .isEqualTo(Set.of("double", "currency", "percent", "multipicklist")
                            .contains(type));
        });
    }

    private static List<JsonNode> componentsOf(JsonNode compound, Map<String, JsonNode> fields) {
        String name = compound.get("name").asText();
        return fields.values().stream()
                .filter(field -> name.equals(field.get("compoundFieldName").asText(null)))
                .toList();
    }
}
