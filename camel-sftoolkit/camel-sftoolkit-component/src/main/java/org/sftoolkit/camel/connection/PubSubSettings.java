package org.sftoolkit.camel.connection;

import java.net.URI;
import java.net.URISyntaxException;
import org.sftoolkit.camel.config.ConnectionConfiguration;
import org.sftoolkit.camel.events.EventBus;
import org.sftoolkit.camel.transport.Token;

/**
 * The address of the Pub/Sub API of a connection.
 *
 * @param host null for Salesforce's host, or for the org's own host if it does not belong to Salesforce
 */
public record PubSubSettings(String host, int port, String clientName) {

    private static final String GLOBAL = "api.pubsub.salesforce.com";
    private static final int HTTPS = 443;
    private static final int HTTP = 80;

    static PubSubSettings of(ConnectionConfiguration options) {
        String host = options.getPubSubHost() == null || options.getPubSubHost().isBlank()
                ? null
                : options.getPubSubHost().strip();
        if (options.getPubSubPort() < 1 || options.getPubSubPort() > 65_535) {
            throw new IllegalArgumentException("pubSubPort=" + options.getPubSubPort() + ": use 1 to 65535");
        }
        if (host != null && !host.matches("(https?://)?[A-Za-z0-9.-]+(:\\d{1,5})?/?")) {
            throw new IllegalArgumentException("pubSubHost=" + host
                    + ": give a host alone, such as api.deu.pubsub.salesforce.com, or http://localhost:7443");
        }
        String client = options.getClientName();
        if (client != null && !client.matches("[\\w .:/@-]+")) {
            throw new IllegalArgumentException(
                    "clientName=" + client + ": use letters, digits, spaces and . : / @ _ -");
        }
        return new PubSubSettings(host, options.getPubSubPort(), client);
    }

    EventBus.Address address(Token token) {
        if (host != null) {
            return host.contains("://") ? address(host) : new EventBus.Address(host, port, true);
        }
        String instance = token.instanceUrl();
        String name = uri(instance).getHost();
        boolean salesforce = name != null && (name.endsWith(".salesforce.com") || name.endsWith(".force.com"));
        return salesforce ? new EventBus.Address(GLOBAL, port, true) : address(instance);
    }

    private static EventBus.Address address(String url) {
        URI uri = uri(url);
        boolean tls = "https".equals(uri.getScheme());
        int port = uri.getPort() > 0 ? uri.getPort() : tls ? HTTPS : HTTP;
        return new EventBus.Address(uri.getHost(), port, tls);
    }

    private static URI uri(String url) {
        try {
            return new URI(url);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("'" + url + "' is no URL", e);
        }
    }
}
