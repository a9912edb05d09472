package org.sftoolkit.camel.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.sftoolkit.camel.auth.SoapLogin.SoapResult;

class SoapResultTest {

    private static SoapResult read(String result) {
        String xml =
                "<?xml version=\"1.0\"?><soapenv:Envelope xmlns:soapenv=\"http://schemas.xmlsoap.org/soap/envelope/\""
                        + " xmlns=\"urn:partner.soap.sforce.com\"><soapenv:Body><loginResponse><result>" + result
                        + "</result></loginResponse></soapenv:Body></soapenv:Envelope>";
        return SoapResult.read(xml.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void theInstanceIsTheHostOfServerUrlWithoutItsPath() {
        SoapResult result = read("<serverUrl>https://acme.my.salesforce.com:8443/services/Soap/u/64.0/00D</serverUrl>"
                + "<passwordExpired>true</passwordExpired><sessionId>00D!a&amp;b</sessionId>");
        assertThat(result.instanceUrl()).isEqualTo("https://acme.my.salesforce.com:8443");
        assertThat(result.sessionId()).isEqualTo("00D!a&b");
        assertThat(result.passwordExpired()).isTrue();
        assertThat(result.toString()).doesNotContain("00D!a");
    }

    @Test
    void answersThatAreNoneAreNull() {
        assertThat(read("<sessionId>x</sessionId>")).isNull();
        assertThat(read("<sessionId>x</sessionId><serverUrl>nowhere</serverUrl>"))
                .isNull();
        assertThat(SoapResult.read("<html><br></html>".getBytes(StandardCharsets.UTF_8)))
                .isNull();
        assertThat(SoapResult.read(new byte[0])).isNull();
    }

    @Test
    void documentTypesAreRefused() {
        String xml = "<!DOCTYPE r [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>"
                + "<r><sessionId>&e;</sessionId><serverUrl>https://a.example.com</serverUrl></r>";
        assertThat(SoapResult.read(xml.getBytes(StandardCharsets.UTF_8))).isNull();
    }

    @Test
    void markupInCredentialsIsEscaped() {
        assertThat(new SoapEnvelope("a&b", "p<q]]>", "t>", "00D&").xml())
                .contains("<u:username>a&amp;b</u:username>")
                .contains("<u:password>p&lt;q]]&gt;t&gt;</u:password>")
                .contains("<u:organizationId>00D&amp;</u:organizationId>");
    }
}
