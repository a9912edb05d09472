package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

class HeaderOverrideIT extends RouteTestSupport {

    @Test
    void headersChangeNothingUnlessTheEndpointAllowsIt() {
        Map<String, Object> record = new LinkedHashMap<>(Map.of("Name", "Acme"));
        Exchange exchange = send(
                "sftoolkit:save:Account",
                record,
                Map.of("CamelSfToolkitMode", "UPDATE", "CamelSfToolkitSObject", "Lead"));
        assertThat(exchange.getException()).isNull();
        assertThat(emulator.org().count("Account")).isEqualTo(1);
    }

    @Test
    void anAllowedHeaderOverridesItsOption() {
        Exchange exchange = send(
                "sftoolkit:save:Account?allowHeaderOverride=mode,sObject",
                new LinkedHashMap<>(Map.of("LastName", "Doe", "Company", "Acme")),
                Map.of("CamelSfToolkitMode", "INSERT", "CamelSfToolkitSObject", "Lead"));
        assertThat(exchange.getException()).isNull();
        assertThat(emulator.org().count("Lead")).isEqualTo(1);
        Exchange refused = send(
                "sftoolkit:save:Account?allowHeaderOverride=mode",
                new LinkedHashMap<>(Map.of("Name", "Acme")),
                Map.of("CamelSfToolkitMode", "UPDATE"));
        assertThat(refused.getException()).hasMessageContaining("has no Id");
    }
}
