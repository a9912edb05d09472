package org.sftoolkit.emulator.api;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.function.Supplier;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.sftoolkit.emulator.org.Org;
import org.sftoolkit.emulator.org.RecordIds;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** {@code login()} of the partner and enterprise SOAP API (SOAP API Developer Guide: "login()"), up to v64. */
final class SoapLoginApi {

    private static final int NEWEST = 64;

    private final Org org;
    private final Sessions sessions;
    private final Supplier<LoginRules> rules;
    private final Instance instance;

    SoapLoginApi(Org org, Sessions sessions, Supplier<LoginRules> rules, Instance instance) {
        this.org = org;
        this.sessions = sessions;
        this.rules = rules;
        this.instance = instance;
    }

    Answer call(ApiCall call) {
        try {
            String version = call.param("soapVersion");
            requireVersion(version);
            Document request = parsed(call.body().bytes());
            if (text(request, "username") == null) {
                throw new LoginRefusedException("INVALID_OPERATION", "the emulator supports login() only");
            }
            UserAccount user = user(request);
            Session session = sessions.open(user.id(), user.userName(), null);
            return xml(
                    200, SoapXml.loginResponse(instance.url(), version, org.organizationId(), user, session.token()));
        } catch (LoginRefusedException e) {
            sessions.countRefused();
            return xml(500, SoapXml.fault(e.error(), e.getMessage()));
        }
    }

    private UserAccount user(Document request) {
        UserAccount user = rules.get().user(text(request, "username")).orElseThrow(SoapLoginApi::invalidLogin);
        String password = text(request, "password");
        String organization = text(request, "organizationId");
        if (user.accepts(password)) {
            return user;
        }
        if (!user.password().equals(password)) {
            throw invalidLogin();
        }
        boolean own = organization != null
                && RecordIds.normalised(organization)
                        .filter(org.organizationId()::equals)
                        .isPresent();
        if (!own) {
            throw new LoginRefusedException(
                    "LOGIN_MUST_USE_SECURITY_TOKEN",
                    "Invalid username, password, security token; or user locked out. Are you at a new location? When"
                            + " accessing Salesforce--either via a desktop client or the API--from outside of your"
                            + " company's trusted networks, you must add a security token to your password to log in.");
        }
        return user;
    }

    /** Not documented which fault the versions without login() give; assumed as for retired ones. */
    private static void requireVersion(String version) {
        int release = version.matches("\\d{1,3}(\\.0)?") ? Integer.parseInt(version.replace(".0", "")) : 0;
        if (release < Versions.OLDEST || release > NEWEST) {
            throw new LoginRefusedException(
                    "UNSUPPORTED_API_VERSION", "login() is not available in API version " + version);
        }
    }

    private static LoginRefusedException invalidLogin() {
        return new LoginRefusedException(
                "INVALID_LOGIN", "Invalid username, password, security token; or user locked out.");
    }

    private static Document parsed(byte[] body) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setNamespaceAware(true);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null);
            return builder.parse(new ByteArrayInputStream(body));
        } catch (SAXException | IOException e) {
            throw new LoginRefusedException("INVALID_OPERATION", "unreadable SOAP envelope: " + e.getMessage());
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(Document document, String element) {
        NodeList found = document.getElementsByTagNameNS("*", element);
        return found.getLength() == 0 ? null : found.item(0).getTextContent();
    }

    private static Answer xml(int status, String text) {
        return Answer.text(status, "text/xml;charset=UTF-8", text);
    }

    /** The envelopes that a SOAP login answers with, in the order of the partner WSDL. */
    private static final class SoapXml {

        private SoapXml() {}

        static String loginResponse(
                String instanceUrl, String version, String organizationId, UserAccount user, String token) {
            String name = user.userName().replaceAll("@.*", "");
            return envelope(
                    "urn:partner.soap.sforce.com",
                    """
                    <loginResponse><result>\
                    <metadataServerUrl>%1$s/services/Soap/m/%2$s/%3$s</metadataServerUrl>\
                    <passwordExpired>false</passwordExpired><sandbox>false</sandbox>\
                    <serverUrl>%1$s/services/Soap/u/%2$s/%3$s</serverUrl>\
                    <sessionId>%4$s</sessionId><userId>%5$s</userId>\
                    <userInfo><accessibilityMode>false</accessibilityMode><currencySymbol>$</currencySymbol>\
                    <organizationId>%6$s</organizationId><organizationMultiCurrency>false</organizationMultiCurrency>\
                    <organizationName>Emulator</organizationName><profileId>00e000000000001AAA</profileId><roleId xsi:nil="true"/>\
                    <sessionSecondsValid>7200</sessionSecondsValid><userDefaultCurrencyIsoCode xsi:nil="true"/>\
                    <userEmail>%7$s</userEmail><userFullName>%8$s</userFullName><userId>%5$s</userId>\
                    <userLanguage>en_US</userLanguage><userLocale>en_US</userLocale><userName>%7$s</userName>\
                    <userTimeZone>GMT</userTimeZone><userType>Standard</userType><userUiSkin>Theme3</userUiSkin></userInfo>\
                    </result></loginResponse>"""
                            .formatted(
                                    instanceUrl,
                                    version,
                                    organizationId.substring(0, 15),
                                    token,
                                    user.id(),
                                    organizationId,
                                    escaped(user.userName()),
                                    escaped(name)));
        }

        static String fault(String code, String message) {
            return envelope(
                    "",
                    """
                    <soapenv:Fault><faultcode>sf:%1$s</faultcode><faultstring>%1$s: %2$s</faultstring>\
                    <detail><sf:LoginFault xsi:type="sf:LoginFault"><sf:exceptionCode>%1$s</sf:exceptionCode>\
                    <sf:exceptionMessage>%2$s</sf:exceptionMessage></sf:LoginFault></detail></soapenv:Fault>"""
                            .formatted(code, escaped(message)));
        }

        private static String envelope(String namespace, String body) {
            String sf = namespace.isEmpty()
                    ? " xmlns:sf=\"urn:fault.partner.soap.sforce.com\""
                    : " xmlns=\"" + namespace + "\"";
            return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
                    + "<soapenv:Envelope xmlns:soapenv=\"http://schemas.xmlsoap.org/soap/envelope/\"" + sf
                    + " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><soapenv:Body>" + body
                    + "</soapenv:Body></soapenv:Envelope>";
        }

        private static String escaped(String text) {
            return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        }
    }
}
