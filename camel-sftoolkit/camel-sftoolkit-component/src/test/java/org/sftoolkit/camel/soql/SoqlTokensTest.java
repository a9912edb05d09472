package org.sftoolkit.camel.soql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SoqlTokensTest {

    private static List<String> texts(String text) {
        return SoqlTokens.of(text).stream()
                .map(token -> token.kind() + " " + token.text())
                .toList();
    }

    @Test
    void aTokenKnowsItsPlaceAndItsDepth() {
        assertThat(SoqlTokens.of("a (b)) c"))
                .containsExactly(
                        new SoqlToken(SoqlToken.Kind.WORD, "a", 0, 1, 0),
                        new SoqlToken(SoqlToken.Kind.SYMBOL, "(", 2, 3, 0),
                        new SoqlToken(SoqlToken.Kind.WORD, "b", 3, 4, 1),
                        new SoqlToken(SoqlToken.Kind.SYMBOL, ")", 4, 5, 0),
                        new SoqlToken(SoqlToken.Kind.SYMBOL, ")", 5, 6, -1),
                        new SoqlToken(SoqlToken.Kind.WORD, "c", 7, 8, -1));
    }

    @Test
    void aTimeOrAFractionIsOneNumber() {
        assertThat(texts("a.b>2026-01-31T10:15:00.000+01:00 AND x=1.5"))
                .containsExactly(
                        "WORD a.b",
                        "SYMBOL >",
                        "NUMBER 2026-01-31T10:15:00.000+01:00",
                        "WORD AND",
                        "WORD x",
                        "SYMBOL =",
                        "NUMBER 1.5");
        assertThat(texts("5-a 5+ 0:9 9:"))
                .containsExactly(
                        "NUMBER 5", "SYMBOL -", "WORD a", "NUMBER 5", "SYMBOL +", "NUMBER 0:9", "NUMBER 9", "SYMBOL :");
    }

    @Test
    void namesConsistOfLettersDigitsAndUnderscores() {
        assertThat(texts("azAZ_09 @a`z{A[Z/9"))
                .containsExactly(
                        "WORD azAZ_09",
                        "SYMBOL @",
                        "WORD a",
                        "SYMBOL `",
                        "WORD z",
                        "SYMBOL {",
                        "WORD A",
                        "SYMBOL [",
                        "WORD Z",
                        "SYMBOL /",
                        "NUMBER 9");
        assertThat(texts("Owner.Name a. .b"))
                .containsExactly("WORD Owner.Name", "WORD a", "SYMBOL .", "SYMBOL .", "WORD b");
    }

    @Test
    void aBindIsANameBehindAColon() {
        assertThat(texts(":a :Zed.z :_x9. :5 :"))
                .containsExactly("BIND a", "BIND Zed.z", "BIND _x9", "SYMBOL .", "SYMBOL :", "NUMBER 5", "SYMBOL :");
    }

    @Test
    void aCommentEndsWhereItIsClosedOrWithItsLine() {
        assertThat(texts("a /*/ 'b */c")).containsExactly("WORD a", "COMMENT /*/ 'b */", "WORD c");
        assertThat(texts("a -- 'b\nc // d\n:e"))
                .containsExactly("WORD a", "COMMENT -- 'b", "WORD c", "COMMENT // d", "BIND e");
        assertThat(texts("a /* b")).containsExactly("WORD a", "COMMENT /* b");
        assertThat(texts("a // b")).containsExactly("WORD a", "COMMENT // b");
        assertThat(texts("a / b - c")).containsExactly("WORD a", "SYMBOL /", "WORD b", "SYMBOL -", "WORD c");
        assertThat(texts("--\na")).containsExactly("COMMENT --", "WORD a");
    }

    @Test
    void aLiteralEndsAtTheFirstQuoteThatIsNotEscaped() {
        assertThat(texts("'a\\'b'c")).containsExactly("LITERAL 'a\\'b'", "WORD c");
        assertThat(texts("'a\\\\'c")).containsExactly("LITERAL 'a\\\\'", "WORD c");
        assertThat(texts("''c")).containsExactly("LITERAL ''", "WORD c");
        assertThatThrownBy(() -> SoqlTokens.of("a = 'b\\'"))
                .hasMessage("the text that begins at character 5 is not closed: a = 'b\\'");
    }

    @Test
    void aPatternMayHaveBlanksAndWildcards() {
        assertThat(texts(":like(a) b")).containsExactly("LIKE a", "WORD b");
        assertThat(texts(":LIKE  ( %a.b% ) b")).containsExactly("LIKE %a.b%", "WORD b");
        assertThat(texts(":like (a)")).containsExactly("LIKE a");
        assertThat(SoqlTokens.of("x :like(a)b"))
                .contains(new SoqlToken(SoqlToken.Kind.LIKE, "a", 2, 10, 0))
                .contains(new SoqlToken(SoqlToken.Kind.WORD, "b", 10, 11, 0));
        assertThat(texts(":like")).containsExactly("BIND like");
        assertThat(texts(":a (b)")).containsExactly("BIND a", "SYMBOL (", "WORD b", "SYMBOL )");
    }

    @ParameterizedTest
    @CsvSource({":like(a b), 1", "x :like(a, 3", "x :like(), 3", ":like(), 1", "x :like(9a), 3"})
    void aPatternThatIsNoneIsRefusedWithItsPlace(String text, int place) {
        assertThatThrownBy(() -> SoqlTokens.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the bind at character " + place
                        + " is not valid: use :like(name), :like(name%) or :like(%name%)");
    }

    @Test
    void anotherFunctionOfABindIsRefused() {
        assertThatThrownBy(() -> SoqlTokens.of(":likes(a)")).hasMessageStartingWith(":likes(..) is not a valid bind");
    }

    @Test
    void theKeysOfAnOrderAreItsFields() {
        assertThat(SoqlOrderKey.of(SoqlTokens.of("Name DESC NULLS LAST, Owner.Name NULLS FIRST, Id")))
                .containsExactly(
                        new SoqlOrderKey("Name", true, SoqlOrderKey.Nulls.LAST),
                        new SoqlOrderKey("Owner.Name", false, SoqlOrderKey.Nulls.FIRST),
                        new SoqlOrderKey("Id", false, SoqlOrderKey.Nulls.DEFAULT));
        assertThat(SoqlOrderKey.of(SoqlTokens.of("Name,,Id"))).isEmpty();
        assertThat(SoqlOrderKey.of(SoqlTokens.of("Name, 3"))).isEmpty();
        assertThat(SoqlOrderKey.of(SoqlTokens.of("DISTANCE(a, b), Id"))).isEmpty();
    }
}
