package org.sftoolkit.camel.auth;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * The answer to a SOAP login.
 *
 * @param sessionId       secret
 * @param instanceUrl     scheme and host of the org's instance
 * @param passwordExpired whether the session can do nothing but set a new password
 */
record SoapResult(String sessionId, String instanceUrl, boolean passwordExpired) {

    /** Reads the answer; null where it is none. Takes no document type, which could refer to files and hosts. */
    static SoapResult read(byte[] xml) {
        try {
            var factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setNamespaceAware(true);
            var parser = factory.newDocumentBuilder();
            parser.setErrorHandler(null); // the default one prints to the console
            Document document = parser.parse(new ByteArrayInputStream(xml));
            String session = text(document, "sessionId");
            String server = text(document, "serverUrl");
            return session.isEmpty() || server.isEmpty()
                    ? null
                    : new SoapResult(
                            session,
                            host(server),
                            text(document, "passwordExpired").equals("true"));
        } catch (SAXException | IOException | IllegalArgumentException e) {
            return null;
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("the XML parser on the classpath cannot be made safe", e);
        }
    }

    // the path of serverUrl leads to the SOAP API
    private static String host(String serverUrl) {
        URI uri = URI.create(serverUrl);
        if (uri.getScheme() == null || uri.getRawAuthority() == null) {
            throw new IllegalArgumentException("serverUrl is no URL");
        }
        return uri.getScheme() + "://" + uri.getRawAuthority();
    }

    private static String text(Document document, String element) {
        NodeList found = document.getElementsByTagNameNS("*", element);
        return found.getLength() == 0 ? "" : found.item(0).getTextContent().strip();
    }

    /** Without secrets. */
    @Override
    public String toString() {
        return "SOAP session at " + instanceUrl;
    }
}
