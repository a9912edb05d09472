package org.sftoolkit.camel;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Salesforce's header on duplicate rules, from the names in an option.
 *
 * @see <a href="https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/headers_duplicaterules.htm">REST API
 *      Developer Guide: Duplicate Rule Header</a>
 */
final class DuplicateRuleHeader {

    private static final List<String> NAMES = List.of("allowSave", "includeRecordDetails", "runAsCurrentUser");

    private DuplicateRuleHeader() {}

    /** Takes {@code allowSave} and {@code allowSave=true}, several separated by commas or semicolons. */
    static String of(String option) {
        return OptionRules.names(option.replace(';', ',')).stream()
                .map(DuplicateRuleHeader::setting)
                .collect(Collectors.joining("; "));
    }

    private static String setting(String text) {
        int equals = text.indexOf('=');
        String name = (equals < 0 ? text : text.substring(0, equals)).strip();
        String value = equals < 0 ? "true" : text.substring(equals + 1).strip();
        String known = NAMES.stream()
                .filter(name::equalsIgnoreCase)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "duplicateRule=" + text + " is none: use " + String.join(", ", NAMES)));
        return known + '=' + value;
    }
}
