package org.sftoolkit.camel.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.camel.tooling.model.JsonMapper;
import org.junit.jupiter.api.Test;
import org.sftoolkit.camel.OperationName;

/** The page for those who come from camel-salesforce leaves no operation out, and leads to operations that exist. */
class MigrationPageTest {

    private final String page = Checkout.read(Checkout.root().resolve("docs/migration-from-camel-salesforce.md"));

    @Test
    void everyOperationOfCamelSalesforceStandsOnThePage() {
        List<String> operations = JsonMapper.generateComponentModel(
                        Catalogue.camel().componentJSonSchema("salesforce"))
                .getEndpointPathOptions()
                .stream()
                .filter(option -> option.getName().equals("operationName"))
                .flatMap(option -> option.getEnums().stream())
                .toList();
        assertThat(operations).hasSizeGreaterThan(60);
        assertThat(operations)
                .filteredOn(operation -> !page.matches("(?s).*\\b" + operation + "\\b.*"))
                .isEmpty();
    }

    @Test
    void everyOperationOfOursIsNamed() {
        assertThat(OperationName.values())
                .filteredOn(operation -> operation != OperationName.userInfo && operation != OperationName.reload)
                .allSatisfy(operation -> assertThat(page).containsPattern("[`:]" + operation.name() + "\\b"));
    }
}
