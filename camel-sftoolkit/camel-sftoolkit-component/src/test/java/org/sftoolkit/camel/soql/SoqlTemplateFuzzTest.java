package org.sftoolkit.camel.soql;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;

/** Whatever a statement and a value hold: the statement is read or refused, and the value stays one literal. */
class SoqlTemplateFuzzTest {

    @FuzzTest(maxDuration = "2m")
    void aValueNeverChangesTheTokensAroundIt(FuzzedDataProvider input) {
        String value = input.consumeString(40);
        boolean search = input.consumeBoolean();
        String text = input.consumeRemainingAsString();
        SoqlTemplate template;
        String hostile;
        String harmless;
        try {
            template = search ? SoqlTemplate.sosl(text) : SoqlTemplate.soql(text);
            harmless = template.bind(name -> new Parameters.Bound("harmless"));
            hostile = template.bind(name -> new Parameters.Bound(value));
        } catch (IllegalArgumentException refused) {
            return;
        }
        // a term after FIND becomes a search, with its own rules of escaping
        if (!search && template.tokens().stream().noneMatch(token -> token.isWord("FIND"))) {
            assertThat(structure(hostile)).isEqualTo(structure(harmless));
        }
    }

    private static List<String> structure(String statement) {
        return SoqlTokens.of(statement).stream()
                .map(token -> token.kind() == SoqlToken.Kind.LITERAL
                        ? token.kind().name()
                        : token.kind() + " " + token.text())
                .toList();
    }
}
