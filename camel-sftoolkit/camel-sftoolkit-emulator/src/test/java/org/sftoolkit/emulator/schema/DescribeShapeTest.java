package org.sftoolkit.emulator.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sftoolkit.emulator.schema.DescribeFiles.describe;
import static org.sftoolkit.emulator.schema.DescribeFiles.index;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each describe file has the shape of Salesforce's answer (REST API Developer Guide: sObject Describe). */
class DescribeShapeTest {

    private static final Set<String> OBJECT_KEYS = words(
            """
            actionOverrides activateable associateEntityType associateParentEntity childRelationships
            compactLayoutable createable custom customSetting dataTranslationEnabled deepCloneable
            defaultImplementation deletable deprecatedAndHidden extendedBy extendsInterfaces feedEnabled fields
            hasSubtypes implementedBy implementsInterfaces isInterface isSubtype keyPrefix label labelPlural
            layoutable listviewable lookupLayoutable mergeable mruEnabled name namedLayoutInfos
            networkScopeFieldName queryable recordTypeInfos replicateable retrieveable searchLayoutable
            searchable sobjectDescribeOption supportedScopes triggerable undeletable updateable urls
            """);
    private static final Set<String> FIELD_KEYS = words(
            """
            aggregatable aiPredictionField autoNumber byteLength calculated calculatedFormula cascadeDelete
            caseSensitive compoundFieldName controllerName createable custom defaultValue defaultValueFormula
            defaultedOnCreate dependentPicklist deprecatedAndHidden digits displayLocationInDecimal encrypted
            externalId extraTypeInfo filterable filteredLookupInfo formulaTreatNullNumberAsZero groupable
            highScaleNumber htmlFormatted idLookup inlineHelpText label length mask maskType name nameField
            namePointing nillable permissionable picklistValues polymorphicForeignKey precision queryByDistance
            referenceTargetField referenceTo relationshipName relationshipOrder restrictedDelete
            restrictedPicklist scale searchPrefilterable soapType sortable type unique updateable
            writeRequiresMasterRead
            """);
    private static final Set<String> RELATIONSHIP_KEYS = words(
            """
            cascadeDelete childSObject deprecatedAndHidden field junctionIdListNames junctionReferenceTo
            relationshipName restrictedDelete
            """);
    private static final Set<String> RECORD_TYPE_KEYS = words(
            """
            active available defaultRecordTypeMapping developerName master name recordTypeId urls
            """);
    private static final Set<String> PICKLIST_KEYS = words("active defaultValue label validFor value");
    private static final Set<String> TYPES = words(
            """
            string picklist multipicklist combobox reference base64 boolean currency textarea int double percent phone id
            date datetime time url email encryptedstring datacategorygroupreference location address anyType complexvalue
            long
            """);

    static List<String> objects() {
        return index();
    }

    @ParameterizedTest
    @MethodSource("objects")
    void objectHasEveryKey(String object) {
        JsonNode describe = describe(object);
        assertThat(describe.fieldNames()).toIterable().containsExactlyInAnyOrderElementsOf(OBJECT_KEYS);
        assertThat(describe.get("name").asText()).isEqualTo(object);
        assertThat(describe.get("keyPrefix").asText()).hasSize(3);
        assertThat(describe.at("/urls/sobject").asText()).isEqualTo("/services/data/v66.0/sobjects/" + object);
    }

    @ParameterizedTest
    @MethodSource("objects")
    void fieldsHaveEveryKeyAndAKnownType(String object) {
        assertThat(describe(object).get("fields")).isNotEmpty().allSatisfy(field -> {
            assertThat(field.fieldNames()).toIterable().containsExactlyInAnyOrderElementsOf(FIELD_KEYS);
            assertThat(TYPES).contains(field.get("type").asText());
            assertThat(field.get("picklistValues")).allSatisfy(value -> assertThat(value.fieldNames())
                    .toIterable()
                    .containsExactlyInAnyOrderElementsOf(PICKLIST_KEYS));
        });
    }

    @ParameterizedTest
    @MethodSource("objects")
    void relationshipsAndRecordTypesHaveEveryKey(String object) {
        assertThat(describe(object).get("childRelationships")).allSatisfy(child -> assertThat(child.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrderElementsOf(RELATIONSHIP_KEYS));
        assertThat(describe(object).get("recordTypeInfos")).singleElement().satisfies(type -> {
            assertThat(type.fieldNames()).toIterable().containsExactlyInAnyOrderElementsOf(RECORD_TYPE_KEYS);
            assertThat(type.get("master").asBoolean()).isTrue();
        });
    }

    private static Set<String> words(String text) {
        return Set.of(text.strip().split("\\s+"));
    }
}
