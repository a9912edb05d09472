package org.sftoolkit.camel.maven;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sftoolkit.camel.maven.EndpointUse.Option;

/** Checks objects and fields that an endpoint names against describe files. */
final class FieldCheck {

    private static final Set<String> FIELDS = Set.of("externalIdField", "watermarkField", "blobField", "groupBy");
    /** Options that are parts of a statement, with the text that makes it whole. */
    private static final Map<String, String> CLAUSES = Map.of("where", " WHERE ", "orderBy", " ORDER BY ");

    private final DescribedObjects described;
    private final EndpointUse use;
    private final List<Fault> faults;

    FieldCheck(DescribedObjects described, EndpointUse use, List<Fault> faults) {
        this.described = described;
        this.use = use;
        this.faults = faults;
    }

    /** Adds what it finds to the faults. */
    void check() {
        String object = use.sObject();
        // the path of a subscription is a channel
        if (object != null
                && !object.startsWith("/")
                && !object.contains("{")
                && !use.operation().equals("subscribe")) {
            if (!described.has(object)) {
                add(use.line(), "no describe file for object " + object + Suggestions.of(object, described.names()));
                return;
            }
            for (Option option : use.options()) {
                if (!option.isOpen()) {
                    check(object, option);
                }
            }
        }
        for (Option option : use.options()) {
            if (option.name().equals("soql")) {
                statement(option.value(), option.line());
            }
        }
    }

    private void check(String object, Option option) {
        if (option.name().equals("fields")) {
            for (String field : option.value().split(",")) {
                field(object, field.strip(), option.line());
            }
        } else if (FIELDS.contains(option.name())) {
            field(object, option.value(), option.line());
        } else if (CLAUSES.containsKey(option.name())) {
            statement("SELECT Id FROM " + object + CLAUSES.get(option.name()) + option.value(), option.line());
        }
    }

    private void field(String object, String path, int line) {
        boolean plain = path.matches("[A-Za-z][\\w.]*");
        String fault = plain ? described.fault(object, path) : null;
        if (fault != null) {
            add(line, fault);
        }
    }

    private void statement(String soql, int line) {
        if (!soql.contains("{{") && !soql.contains("${")) {
            new SoqlFields(described).faults(soql).forEach(fault -> add(line, fault));
        }
    }

    private void add(int line, String message) {
        faults.add(new Fault(use.file(), line, message));
    }
}
