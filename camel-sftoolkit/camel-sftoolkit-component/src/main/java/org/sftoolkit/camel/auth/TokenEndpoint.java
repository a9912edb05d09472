package org.sftoolkit.camel.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.error.Answer;
import org.sftoolkit.camel.error.TransportException;
import org.sftoolkit.camel.error.UnreadableResponseException;
import org.sftoolkit.camel.redaction.Redaction;
import org.sftoolkit.camel.transport.Body;
import org.sftoolkit.camel.transport.Replay;
import org.sftoolkit.camel.transport.Request;
import org.sftoolkit.camel.transport.Response;
import org.sftoolkit.camel.transport.Token;
import org.sftoolkit.camel.transport.Transport;

/**
 * Salesforce's OAuth endpoints for tokens; the grants differ in their form fields alone. Thread-safe.
 *
 * @see <a href="https://help.salesforce.com/s/articleView?id=sf.remoteaccess_oauth_flows.htm">Salesforce Help: OAuth
 *      Authorization Flows</a>
 */
public final class TokenEndpoint {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> SECRET_FIELDS = Set.of("client_secret", "password", "refresh_token", "assertion");

    private final Transport transport;
    private final String loginUrl;
    private final @Nullable String instanceUrl;

    /**
     * @param transport to the login host, without filters that need a token
     * @param loginUrl login host, without trailing slash
     * @param instanceUrl URL that overrides the one of the response, or null
     */
    public TokenEndpoint(Transport transport, String loginUrl, @Nullable String instanceUrl) {
        this.transport = transport;
        this.loginUrl = loginUrl;
        this.instanceUrl = instanceUrl;
    }

    /**
     * Asks for a token by the fields of a grant.
     *
     * @param credentials what to check if Salesforce refuses them, such as {@code clientId and clientSecret}
     */
    Future<Grant> grant(Map<String, String> form, String credentials) {
        form.forEach((field, value) -> {
            if (SECRET_FIELDS.contains(field)) {
                Redaction.learn(value);
            }
        });
        return post("/services/oauth2/token", form)
                .map(this::read)
                .recover(failure -> Future.failedFuture(LoginRefusal.of(silence(failure), credentials)));
    }

    // the commonest typo of all: the message of a network that fails names no host
    private Throwable silence(Throwable failure) {
        return failure instanceof TransportException silent
                ? new TransportException(
                        "no response to the login at loginUrl=" + loginUrl + ", check that URL, network and proxy: "
                                + (silent.getCause() == null
                                        ? silent.getMessage()
                                        : silent.getCause().getMessage()),
                        silent.request(),
                        silent.sent(),
                        !silent.outcomeUnknown(),
                        silent.getCause())
                : failure;
    }

    /** Ends the session of an access token. */
    public Future<Void> revoke(String token) {
        return post("/services/oauth2/revoke", Map.of("token", token)).mapEmpty();
    }

    private Future<Response> post(String path, Map<String, String> form) {
        String encoded = form.entrySet().stream()
                .map(field -> encode(field.getKey()) + '=' + encode(field.getValue()))
                .collect(Collectors.joining("&"));
        // a login changes nothing that a second one would spoil
        return transport.send(Request.of(HttpMethod.POST, loginUrl + path, Body.form(encoded), Replay.SAFE)
                .withHeader("Accept", "application/json"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    // everything but access_token and instance_url is optional in practice
    private Grant read(Response response) {
        try {
            JsonNode json = JSON.readTree(response.body());
            String token = json.path("access_token").asText("");
            String instance = instanceUrl != null
                    ? instanceUrl
                    : json.path("instance_url").asText("");
            if (!token.isEmpty() && !instance.isEmpty()) {
                return new Grant(
                        new Token(token, instance),
                        json.path("refresh_token").asText(null),
                        json.path("id").asText(null));
            }
        } catch (IOException e) {
            // not as the cause: its text quotes the answer
        }
        throw new UnreadableResponseException(
                "the login response has no access_token or no instance_url: check that loginUrl is a Salesforce host",
                true,
                new Answer(response.status(), List.of(), "POST /services/oauth2/token"),
                null);
    }
}
