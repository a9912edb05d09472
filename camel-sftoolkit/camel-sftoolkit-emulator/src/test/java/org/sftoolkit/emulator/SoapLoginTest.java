package org.sftoolkit.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SoapLoginTest {

    private static final SalesforceEmulator EMULATOR =
            SalesforceEmulator.builder().user("a&b@example.com", "p<w", "token").start();
    private final Client client = new Client(EMULATOR.url(), null);

    @AfterAll
    static void stop() {
        EMULATOR.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"u/64.0", "u/31.0", "c/64.0"})
    void aLoginGivesASessionAndTheInstance(String path) {
        Client.Reply reply = login(path, "", "a&amp;b@example.com", "p&lt;wtoken");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).startsWith("text/xml");
        String session = between(reply.body(), "<sessionId>", "</sessionId>");
        assertThat(between(reply.body(), "<serverUrl>", "</serverUrl>"))
                .startsWith(EMULATOR.url() + "/services/Soap/u/");
        assertThat(new Client(EMULATOR.url(), session).get("/limits").status()).isEqualTo(200);
    }

    @Test
    void anOrganizationIdStandsForTheSecurityToken() {
        String header = "<e:Header><urn:LoginScopeHeader><urn:organizationId>"
                + EMULATOR.org().organizationId().substring(0, 15)
                + "</urn:organizationId></urn:LoginScopeHeader></e:Header>";

        assertThat(login("u/60.0", header, "a&amp;b@example.com", "p&lt;w").status())
                .isEqualTo(200);
        assertFault(login("u/60.0", "", "a&amp;b@example.com", "p&lt;w"), "LOGIN_MUST_USE_SECURITY_TOKEN");
    }

    @Test
    void aWrongPasswordIsAFault() {
        Client.Reply reply = login("u/64.0", "", "a&amp;b@example.com", "x");

        assertFault(reply, "INVALID_LOGIN");
        assertThat(reply.body())
                .contains("<faultcode>sf:INVALID_LOGIN</faultcode>")
                .contains("<faultstring>INVALID_LOGIN: Invalid username, password, security token; or user locked out."
                        + "</faultstring>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"u/65.0", "u/67.0", "u/30.0", "u/x"})
    void versionsWithoutLoginAreAFault(String path) {
        assertFault(login(path, "", "a&amp;b@example.com", "p&lt;wtoken"), "UNSUPPORTED_API_VERSION");
    }

    @Test
    void otherOperationsAndUnreadableEnvelopesAreFaults() {
        assertFault(
                client.call("POST", "/services/Soap/u/64.0", "<x/>", "Content-Type", "text/xml"), "INVALID_OPERATION");
        assertFault(
                client.call("POST", "/services/Soap/u/64.0", "<x", "Content-Type", "text/xml"), "INVALID_OPERATION");
    }

    private Client.Reply login(String path, String header, String user, String password) {
        return client.call(
                "POST",
                "/services/Soap/" + path,
                "<e:Envelope xmlns:e=\"http://schemas.xmlsoap.org/soap/envelope/\""
                        + " xmlns:urn=\"urn:partner.soap.sforce.com\">" + header + "<e:Body><urn:login><urn:username>"
                        + user + "</urn:username><urn:password>" + password
                        + "</urn:password></urn:login></e:Body></e:Envelope>",
                "Content-Type",
                "text/xml; charset=UTF-8",
                "SOAPAction",
                "login");
    }

    private static void assertFault(Client.Reply reply, String code) {
        assertThat(reply.status()).isEqualTo(500);
        assertThat(reply.body()).contains("<sf:exceptionCode>" + code + "</sf:exceptionCode>");
    }

    private static String between(String text, String from, String to) {
        int start = text.indexOf(from) + from.length();
        return text.substring(start, text.indexOf(to, start));
    }
}
