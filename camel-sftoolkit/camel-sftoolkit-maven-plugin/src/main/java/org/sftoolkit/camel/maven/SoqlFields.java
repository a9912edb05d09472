package org.sftoolkit.camel.maven;

import io.github.apexdevtools.apexparser.ApexLexer;
import io.github.apexdevtools.apexparser.ApexParser;
import io.github.apexdevtools.apexparser.ApexParser.FieldNameContext;
import io.github.apexdevtools.apexparser.ApexParser.FromNameListContext;
import io.github.apexdevtools.apexparser.ApexParser.QueryContext;
import io.github.apexdevtools.apexparser.ApexParser.SelectEntryContext;
import io.github.apexdevtools.apexparser.ApexParser.SubFieldListContext;
import io.github.apexdevtools.apexparser.ApexParser.SubQueryContext;
import io.github.apexdevtools.apexparser.ApexParser.TypeOfContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.ParseTree;

/**
 * Checks objects and fields of a SOQL statement. A statement that the parser does not understand is left to the org:
 * its grammar is that of Apex, which knows a little less than the query resource.
 */
final class SoqlFields {

    private final DescribedObjects described;
    private final List<String> faults = new ArrayList<>();

    SoqlFields(DescribedObjects described) {
        this.described = described;
    }

    List<String> faults(String soql) {
        var lexer = new ApexLexer(CharStreams.fromString(soql));
        lexer.removeErrorListeners();
        var parser = new ApexParser(new CommonTokenStream(lexer));
        parser.removeErrorListeners();
        QueryContext query = parser.query();
        boolean understood = parser.getNumberOfSyntaxErrors() == 0
                && parser.getCurrentToken().getType() == Token.EOF;
        if (understood) {
            statement(query, query.fromNameList(), null);
        }
        return faults;
    }

    /** @param outer the object whose children are queried; null if the statement names an object */
    private void statement(ParserRuleContext statement, FromNameListContext from, String outer) {
        String name = from.fieldName(0).getText();
        String object = outer == null ? name : described.children(outer, name);
        if (outer == null && !described.has(name)) {
            faults.add("no describe file for object " + name + Suggestions.of(name, described.names()));
        }
        if (object == null || !described.has(object)) {
            return;
        }
        Set<String> aliases = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        aliases.add(name);
        from.soqlId().forEach(alias -> aliases.add(alias.getText()));
        Set<String> results = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        results(statement, results);
        visit(statement, from, object, aliases, results);
    }

    /** Names that the statement gives to what it computes. */
    private static void results(ParseTree tree, Set<String> names) {
        if (tree instanceof SelectEntryContext entry && entry.soqlId() != null) {
            names.add(entry.soqlId().getText());
        }
        for (int i = 0; i < tree.getChildCount(); i++) {
            results(tree.getChild(i), names);
        }
    }

    private void visit(
            ParseTree tree, FromNameListContext from, String object, Set<String> aliases, Set<String> results) {
        for (int i = 0; i < tree.getChildCount(); i++) {
            ParseTree child = tree.getChild(i);
            if (child == from || child instanceof TypeOfContext) {
                continue;
            }
            if (child instanceof SubQueryContext inner) {
                boolean ofChildren =
                        tree instanceof SelectEntryContext || tree.getParent() instanceof SubFieldListContext;
                statement(inner, inner.fromNameList(), ofChildren ? object : null);
            } else if (child instanceof FieldNameContext field) {
                field(field.getText(), object, aliases, results);
            } else {
                visit(child, from, object, aliases, results);
            }
        }
    }

    private void field(String path, String object, Set<String> aliases, Set<String> results) {
        int dot = path.indexOf('.');
        String inner = dot > 0 && aliases.contains(path.substring(0, dot)) ? path.substring(dot + 1) : path;
        boolean computed =
                results.contains(inner) || inner.toLowerCase(Locale.ROOT).matches("expr\\d+");
        String fault = computed ? null : described.fault(object, inner);
        if (fault != null && !faults.contains(fault)) {
            faults.add(fault);
        }
    }
}
