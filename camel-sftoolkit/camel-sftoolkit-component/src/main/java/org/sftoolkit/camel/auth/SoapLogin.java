package org.sftoolkit.camel.auth;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.error.Answer;
import org.sftoolkit.camel.error.AuthenticationException;
import org.sftoolkit.camel.error.UnreadableResponseException;
import org.sftoolkit.camel.transport.Body;
import org.sftoolkit.camel.transport.Replay;
import org.sftoolkit.camel.transport.Request;
import org.sftoolkit.camel.transport.Response;
import org.sftoolkit.camel.transport.Token;
import org.sftoolkit.camel.transport.Transport;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * {@code login()} of the partner SOAP API, whose session id serves the REST API as access token. It needs no connected app.
 *
 * @see <a href="https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/sforce_api_calls_login.htm">SOAP API Developer
 *      Guide: login()</a>
 */
public final class SoapLogin implements LoginFlow {

    private final Transport transport;
    private final String url;
    private final SoapEnvelope envelope;
    private final @Nullable String instanceUrl;

    /**
     * @param transport to the login host, without filters that need a token
     * @param loginUrl login host, without trailing slash
     * @param version of the SOAP API, at most 64.0: later ones do not have {@code login()}
     * @param envelope names the user
     * @param instanceUrl URL that overrides the one of the response, or null
     */
    public SoapLogin(
            Transport transport,
            @Nullable String loginUrl,
            String version,
            SoapEnvelope envelope,
            @Nullable String instanceUrl) {
        this.transport = transport;
        this.url = loginUrl + "/services/Soap/u/" + version;
        this.envelope = envelope;
        this.instanceUrl = instanceUrl;
    }

    @Override
    public Future<Grant> login() {
        var body = new Body.Bytes("text/xml; charset=UTF-8", () -> Buffer.buffer(envelope.xml()));
        envelope.learnSecrets();
        // a login changes nothing that a second one would spoil
        return transport
                .send(Request.of(HttpMethod.POST, url, body, Replay.SAFE).withHeader("SOAPAction", "login"))
                .map(this::grant)
                .recover(failure ->
                        Future.failedFuture(LoginRefusal.of(failure, "userName, password and securityToken")));
    }

    private Grant grant(Response response) {
        var answer = new Answer(
                response.status(), List.of(), "POST " + URI.create(url).getPath());
        SoapResult result = SoapResult.read(response.body());
        if (result == null) {
            throw new UnreadableResponseException(
                    "the login response has no sessionId or no serverUrl: check that loginUrl is a Salesforce host",
                    true,
                    answer,
                    null);
        }
        if (result.passwordExpired()) {
            throw new AuthenticationException("the user's password has expired: set a new one", null, answer);
        }
        return Grant.of(new Token(result.sessionId(), instanceUrl != null ? instanceUrl : result.instanceUrl()));
    }

    /**
     * The answer to a SOAP login.
     *
     * @param sessionId       secret
     * @param instanceUrl     scheme and host of the org's instance
     * @param passwordExpired whether the session can do nothing but set a new password
     */
    record SoapResult(String sessionId, String instanceUrl, boolean passwordExpired) {

        /**
         * Reads the response; null if it is malformed. Refuses a document type, which could refer to files and hosts.
         */
        static @Nullable SoapResult read(byte[] xml) {
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
                throw new IllegalArgumentException("serverUrl is not a URL");
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
}
