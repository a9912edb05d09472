package org.sftoolkit.camel.auth;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.net.URI;
import org.sftoolkit.camel.error.Answer;
import org.sftoolkit.camel.error.AuthenticationException;
import org.sftoolkit.camel.error.UnreadableResponseException;
import org.sftoolkit.camel.transport.Body;
import org.sftoolkit.camel.transport.Replay;
import org.sftoolkit.camel.transport.Request;
import org.sftoolkit.camel.transport.Response;
import org.sftoolkit.camel.transport.Token;
import org.sftoolkit.camel.transport.Transport;

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
    private final String instanceUrl;

    /**
     * @param transport   to the login host, without filters that need a token
     * @param loginUrl    login host, without trailing slash
     * @param version     of the SOAP API, at most 64.0: later ones have no {@code login()}
     * @param envelope    names the user
     * @param instanceUrl where calls go instead of where the answer says; null to follow the answer
     */
    public SoapLogin(Transport transport, String loginUrl, String version, SoapEnvelope envelope, String instanceUrl) {
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
        var answer =
                new Answer(response.status(), null, "POST " + URI.create(url).getPath());
        SoapResult result = SoapResult.read(response.body());
        if (result == null) {
            throw new UnreadableResponseException(
                    "the login answered without sessionId and serverUrl: is loginUrl a Salesforce host?",
                    true,
                    answer,
                    null);
        }
        if (result.passwordExpired()) {
            throw new AuthenticationException("the user's password has expired: set a new one", null, answer);
        }
        return Grant.of(new Token(result.sessionId(), instanceUrl != null ? instanceUrl : result.instanceUrl()));
    }
}
