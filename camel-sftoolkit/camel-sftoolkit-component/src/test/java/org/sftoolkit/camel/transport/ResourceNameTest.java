package org.sftoolkit.camel.transport;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResourceNameTest {

    @ParameterizedTest
    @CsvSource({
        "/sobjects, sobjects",
        "/sobjects/Account, sobjects/object",
        "/sobjects/Account/describe, sobjects/describe",
        "/sobjects/Account/updated?start=1, sobjects/updated",
        "/sobjects/Account/001000000000001AAA, sobjects/row",
        "/sobjects/Account/External_ID__c/a%2Fb, sobjects/row",
        "/sobjects/ContentVersion/068000000000001AAA/VersionData, sobjects/row",
        "/composite/sobjects/Account/External_ID__c, composite/sobjects",
        "/composite, composite",
        "/query?q=SELECT+Id+FROM+Account, query",
        "/query/01g000000000001-2000, query",
        "/jobs/ingest, jobs/ingest",
        "/jobs/ingest/750000000000001AAA, jobs/ingest/job",
        "/jobs/ingest/750000000000001AAA/failedResults, jobs/ingest/failedResults",
        "/tooling/query?q=x, tooling/query",
        "/services/data, versions",
        "/services/apexrest/anything/at/all, apexrest",
        "/services/oauth2/token, oauth2/token",
        "https://acme.my.salesforce.com/services/data/v66.0/limits, limits",
        "https://acme.my.salesforce.com/services/data/v66.0/sobjects/Case/500000000000001AAA, sobjects/row",
        "https://acme.my.salesforce.com, versions",
        "/services/data/v66.0/sobjects/, sobjects",
        "/services/data/sobjects//, sobjects",
        "/query?q=a/b, query",
        "/query?q=http://a/b, query",
        "/somebody/elses/12345, other"
    })
    void namesHoldNoIdsAndNoData(String path, String name) {
        assertThat(ResourceName.of(Request.get(path))).isEqualTo(name);
    }
}
