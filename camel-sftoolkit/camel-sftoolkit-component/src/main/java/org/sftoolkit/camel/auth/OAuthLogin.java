package org.sftoolkit.camel.auth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import org.sftoolkit.camel.error.Answer;
import org.sftoolkit.camel.error.AuthenticationException;
import org.sftoolkit.camel.error.RequestRejectedException;
import org.sftoolkit.camel.error.UnreadableResponseException;
import org.sftoolkit.camel.transport.Body;
import org.sftoolkit.camel.transport.Replay;
import org.sftoolkit.camel.transport.Request;
import org.sftoolkit.camel.transport.Response;
import org.sftoolkit.camel.transport.Token;
import org.sftoolkit.camel.transport.Transport;

/**
 * A login at the OAuth token endpoint; the grants differ in their form fields alone.
 *
 * @see <a href="https://help.salesforce.com/s/articleView?id=sf.remoteaccess_oauth_flows.htm">Salesforce Help: OAuth
 *      Authorization Flows</a>
 */
public final class OAuthLogin implements LoginFlow {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Transport transport;
    private final String tokenUrl;
    private final Map<String, String> form;
    private final String instanceUrl;

    /**
     * @param transport   to the login host, without filters that need a token
     * @param loginUrl    login host
     * @param form        the grant's fields
     * @param instanceUrl where calls go instead of where the answer says; null to follow the answer
     */
    public OAuthLogin(Transport transport, String loginUrl, Map<String, String> form, String instanceUrl) {
        this.transport = transport;
        this.tokenUrl = loginUrl.replaceAll("/+$", "") + "/services/oauth2/token";
        this.form = Map.copyOf(form);
        this.instanceUrl = instanceUrl;
    }

    /** The fields of the client credentials grant. */
    public static Map<String, String> clientCredentials(String clientId, String clientSecret) {
        return Map.of("grant_type", "client_credentials", "client_id", clientId, "client_secret", clientSecret);
    }

    /** The fields of the password grant; the security token, where there is one, follows the password without a gap. */
    public static Map<String, String> password(
            String clientId, String clientSecret, String userName, String password, String securityToken) {
        return Map.of(
                "grant_type", "password",
                "client_id", clientId,
                "client_secret", clientSecret,
                "username", userName,
                "password", password + (securityToken == null ? "" : securityToken));
    }

    @Override
    public Future<Token> login() {
        // a login changes nothing that a second one would spoil
        return transport
                .send(Request.of(HttpMethod.POST, tokenUrl, Body.form(encoded()), Replay.SAFE)
                        .withHeader("Accept", "application/json"))
                .map(this::token)
                .recover(failure -> Future.failedFuture(
                        failure instanceof RequestRejectedException refused ? refusal(refused) : failure));
    }

    private String encoded() {
        return form.entrySet().stream()
                .map(field -> encode(field.getKey()) + '=' + encode(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    // everything but these two fields is optional in practice
    private Token token(Response response) {
        try {
            JsonNode json = JSON.readTree(response.body().getBytes());
            String token = json.path("access_token").asText("");
            String instance = instanceUrl != null
                    ? instanceUrl
                    : json.path("instance_url").asText("");
            if (!token.isEmpty() && !instance.isEmpty()) {
                return new Token(token, instance);
            }
            throw unreadable(response, null);
        } catch (JsonProcessingException e) {
            throw unreadable(response, null); // not the cause: its text quotes the answer
        } catch (java.io.IOException e) {
            throw unreadable(response, e);
        }
    }

    private UnreadableResponseException unreadable(Response response, Throwable cause) {
        return new UnreadableResponseException(
                "the login answered without access_token and instance_url: is loginUrl a Salesforce host?",
                true,
                new Answer(response.status(), null, "POST /services/oauth2/token"),
                cause);
    }

    private static AuthenticationException refusal(RequestRejectedException refused) {
        String code =
                refused.errors().isEmpty() ? null : refused.errors().get(0).code();
        return new AuthenticationException(
                "Salesforce refused the login" + OAuthHints.hint(refused.errors()),
                code,
                new Answer(refused.status(), refused.errors(), refused.request()));
    }
}
