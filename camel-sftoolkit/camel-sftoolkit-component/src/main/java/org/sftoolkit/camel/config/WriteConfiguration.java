package org.sftoolkit.camel.config;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.operation.DuplicateKeys;
import org.sftoolkit.camel.operation.WriteOptions;
import org.sftoolkit.camel.transport.RetryPolicy;

/** Options of how lists are written and how Salesforce treats writes. */
@UriParams
public abstract class WriteConfiguration extends ConnectionConfiguration {

    private static final int USUAL_RETRIES = 3;
    private static final Pattern ID = Pattern.compile("[a-zA-Z0-9]{15}([a-zA-Z0-9]{3})?");

    @UriParam(label = "producer", defaultValue = "false")
    @Metadata(
            description =
                    "save, delete and publish of lists: how many times rows that failed for a temporary reason, such"
                            + " as a row lock, are sent again, without the others and after a pause. true means 3, false"
                            + " means 0")
    private String retryRecords = "false";

    @UriParam(label = "producer", defaultValue = "FAIL")
    @Metadata(
            description =
                    "Handling of entries of a list with the same Id or external id, even in different requests: FAIL"
                            + " refuses all of them; FIRST and LAST send one of them, and the others get its result")
    private DuplicateKeys duplicateKeys = DuplicateKeys.FAIL;

    @UriParam(label = "producer")
    @Metadata(
            description =
                    "Field by which records of a list are grouped, such as AccountId: records with the same value are"
                            + " never in two concurrent requests, so they do not lock their parent against each other")
    private @Nullable String groupBy;

    @UriParam(label = "producer")
    @Metadata(
            description =
                    "Whether to leave out fields that this user cannot write, by the org's description of the object,"
                            + " so that a fetched record can be saved as it is. Unknown fields are sent, and Salesforce"
                            + " refuses them")
    private boolean stripReadOnly;

    @UriParam(label = "producer")
    @Metadata(
            description =
                    "Whether assignment rules of leads, cases and accounts run: true, false, or the Id of the rule."
                            + " Salesforce runs the active rule by default")
    private @Nullable String assignmentRule;

    @UriParam(label = "producer")
    @Metadata(
            description = "Handling of duplicate rules, names separated by commas: allowSave saves records that a rule"
                    + " alerts about, includeRecordDetails, runAsCurrentUser")
    private @Nullable String duplicateRule;

    @UriParam(label = "producer", javaType = "java.lang.Boolean")
    @Metadata(
            description =
                    "Whether saved records are added to the user's list of recently used records. Salesforce does so"
                            + " by default; an integration is faster without it")
    private @Nullable Boolean updateMru;

    @UriParam(label = "producer")
    @Metadata(
            description =
                    "Whether nothing is written: what would be written is planned, what planning needs is read, and"
                            + " the results say what would have been done. New records have no Id then, and rules of the"
                            + " org are not tried")
    private boolean dryRun;

    @UriParam(label = "producer", defaultValue = "true")
    @Metadata(
            description =
                    "Whether events are checked by their schema before they are sent (publish): an unknown field, a"
                            + " missing required one and a value of another type refuse the event. If not, unknown fields"
                            + " are left out, and the org stores nothing for missing ones")
    private boolean checkFields = true;

    @UriParam(label = "producer,advanced", defaultValue = "false")
    @Metadata(
            description =
                    "Whether a call whose answer was lost is sent again (publish), though its events may be published"
                            + " already: subscribers may get them twice")
    private boolean repeatUnknown;

    public String getRetryRecords() {
        return retryRecords;
    }

    public void setRetryRecords(String retryRecords) {
        this.retryRecords = retryRecords;
    }

    public DuplicateKeys getDuplicateKeys() {
        return duplicateKeys;
    }

    public void setDuplicateKeys(DuplicateKeys duplicateKeys) {
        this.duplicateKeys = duplicateKeys;
    }

    public @Nullable String getGroupBy() {
        return groupBy;
    }

    public void setGroupBy(String groupBy) {
        this.groupBy = groupBy;
    }

    public boolean isStripReadOnly() {
        return stripReadOnly;
    }

    public void setStripReadOnly(boolean stripReadOnly) {
        this.stripReadOnly = stripReadOnly;
    }

    public @Nullable String getAssignmentRule() {
        return assignmentRule;
    }

    public void setAssignmentRule(String assignmentRule) {
        this.assignmentRule = assignmentRule;
    }

    public @Nullable String getDuplicateRule() {
        return duplicateRule;
    }

    public void setDuplicateRule(String duplicateRule) {
        this.duplicateRule = duplicateRule;
    }

    public @Nullable Boolean getUpdateMru() {
        return updateMru;
    }

    public void setUpdateMru(Boolean updateMru) {
        this.updateMru = updateMru;
    }

    public boolean isDryRun() {
        return dryRun;
    }

    public void setDryRun(boolean dryRun) {
        this.dryRun = dryRun;
    }

    public boolean isCheckFields() {
        return checkFields;
    }

    public void setCheckFields(boolean checkFields) {
        this.checkFields = checkFields;
    }

    public boolean isRepeatUnknown() {
        return repeatUnknown;
    }

    public void setRepeatUnknown(boolean repeatUnknown) {
        this.repeatUnknown = repeatUnknown;
    }

    private WriteOptions.Publishing publishing() {
        return new WriteOptions.Publishing(checkFields, repeatUnknown);
    }

    /** These options as operations take them. */
    WriteOptions writeOptions() {
        var pauses = new RetryPolicy(
                rowRetries(), Duration.ofMillis(getRetryDelay()), Duration.ofMillis(getRetryMaxDelay()), new Random());
        return new WriteOptions(pauses, duplicateKeys, groupBy, stripReadOnly, writeHeaders(), dryRun, publishing());
    }

    private int rowRetries() {
        String text = retryRecords == null ? "false" : retryRecords.strip();
        if (text.equalsIgnoreCase("true")) {
            return USUAL_RETRIES;
        }
        try {
            int times = text.equalsIgnoreCase("false") ? 0 : Integer.parseInt(text);
            OptionRules.requireRetries("retryRecords", times);
            return times;
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "retryRecords=" + retryRecords + " is not allowed: use true, false, or a number from 0 to 1000", e);
        }
    }

    /**
     * Salesforce's headers.
     *
     * @see <a href="https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/headers.htm">REST API Developer
     *      Guide: Headers</a>
     */
    private Map<String, String> writeHeaders() {
        var headers = new LinkedHashMap<String, String>();
        if (assignmentRule != null) {
            boolean flag = assignmentRule.equalsIgnoreCase("true") || assignmentRule.equalsIgnoreCase("false");
            if (!flag && !ID.matcher(assignmentRule).matches()) {
                throw new IllegalArgumentException(
                        "assignmentRule=" + assignmentRule + " is not allowed: use true, false, or the Id of a rule");
            }
            headers.put(
                    "Sforce-Auto-Assign", flag ? assignmentRule.toUpperCase(java.util.Locale.ROOT) : assignmentRule);
        }
        if (duplicateRule != null) {
            headers.put("Sforce-Duplicate-Rule-Header", DuplicateRuleHeader.of(duplicateRule));
        }
        if (updateMru != null) {
            headers.put("Sforce-Mru", "updateMru=" + updateMru);
        }
        return headers;
    }

    /**
     * Salesforce's header on duplicate rules, from the names in an option.
     *
     * @see <a href="https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/headers_duplicaterules.htm">REST API
     *      Developer Guide: Duplicate Rule Header</a>
     */
    private static final class DuplicateRuleHeader {

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
                            "duplicateRule=" + text + " is not allowed: use " + String.join(", ", NAMES)));
            return known + '=' + value;
        }
    }
}
