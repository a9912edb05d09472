package org.sftoolkit.emulator.api;

/** The envelopes that a SOAP login answers with, in the order of the partner WSDL. */
final class SoapXml {

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
