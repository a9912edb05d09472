package org.sftoolkit.camel.maven;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.service.ServiceHelper;
import org.sftoolkit.camel.SfToolkitComponent;
import org.sftoolkit.camel.SfToolkitConnection;
import org.sftoolkit.camel.maven.EndpointUse.Option;
import org.sftoolkit.camel.maven.EndpointUse.Side;

/**
 * The component, used to create endpoints that never start: it refuses what it would refuse in an application. It logs
 * in nowhere.
 */
@Component(EndpointCheck.SCHEME)
final class OfflineComponent extends SfToolkitComponent {

    private static final String SAMPLE = "x";
    private static final String SAMPLE_QUERY = "SELECT Id FROM Account";

    private static final String LOGIN_URL = "https://sample.my.salesforce.com";

    private final Set<String> logins;
    private final CamelContext context = new DefaultCamelContext();
    private Map<String, Object> known = Map.of();

    /** @param logins options of the login, whose values mean something where the application runs only */
    OfflineComponent(Set<String> logins) {
        this.logins = logins;
        context.disableJMX();
        context.build();
        context.addComponent(EndpointCheck.SCHEME, this);
        // an application may set its login anywhere; it is not asked for here
        getConfiguration().setLoginUrl(LOGIN_URL);
        getConfiguration().setClientId(SAMPLE);
        getConfiguration().setClientSecret(SAMPLE);
        ServiceHelper.initService(this);
    }

    /**
     * What the component says against an endpoint.
     *
     * @return its message; null if it takes the endpoint
     */
    String refusal(EndpointUse use, List<Option> options) {
        known = known(options);
        // values that Camel itself reads are flags; the others are known()
        String query = options.stream().map(option -> option.name() + "=true").collect(Collectors.joining("&"));
        String sObject = use.sObject() == null ? "" : ":" + sObject(use);
        String uri = EndpointCheck.SCHEME + ":" + use.operation() + sObject + (query.isEmpty() ? "" : "?" + query);
        try {
            Endpoint endpoint = createEndpoint(uri, Map.of());
            if (use.side() == Side.FROM) {
                endpoint.createConsumer(exchange -> {});
            } else if (use.side() == Side.TO) {
                endpoint.createProducer();
            }
            return null;
        } catch (Exception e) {
            return reason(e);
        }
    }

    private static String sObject(EndpointUse use) {
        if (!new Option("sObject", use.sObject(), use.line()).isOpen()) {
            return use.sObject();
        }
        return switch (use.operation()) {
            case "publish" -> "Sample__e";
            case "subscribe" -> "/data/AccountChangeEvent";
            default -> "Account";
        };
    }

    private static String reason(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && !(cause instanceof IllegalArgumentException)) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        parameters.clear();
        parameters.putAll(known);
        return super.createEndpoint(uri, remaining, parameters);
    }

    /** The values that can be checked here; texts that are open are replaced by a sample, other open values left out. */
    private Map<String, Object> known(List<Option> options) {
        var values = new HashMap<String, Object>();
        boolean named = options.stream().anyMatch(option -> option.name().equals("connection"));
        for (Option option : options) {
            String name = option.name();
            if (name.equals("connection")) {
                String bean = option.isOpen() ? SAMPLE : option.value();
                context.getRegistry().bind(bean, connection());
                values.put(name, bean);
            } else if (logins.contains(name)) {
                if (named) { // contradicts the bean, whatever its value
                    values.put(name, SAMPLE);
                }
            } else if (!option.isOpen() && !name.equals("type")) {
                values.put(name, option.value());
            } else if (!option.value().startsWith("#") && TEXTS.contains(name)) {
                String text = closed(option.value());
                values.put(name, name.equals("soql") && text.equals(SAMPLE) ? SAMPLE_QUERY : text);
            }
        }
        return values;
    }

    private static SfToolkitConnection connection() {
        var connection = new SfToolkitConnection();
        connection.setLoginUrl(LOGIN_URL);
        connection.setClientId(SAMPLE);
        connection.setClientSecret(SAMPLE);
        return connection;
    }

    /** Options of any text: an open value of another option may be a number or a choice. */
    private static final Set<String> TEXTS =
            Set.of("soql", "sosl", "fields", "where", "orderBy", "q", "path", "externalIdField");

    /** The text with samples for what is known only when the route runs, or with the default of a placeholder. */
    private static String closed(String text) {
        String closed = text.replaceAll("\\{\\{[^{}:]*:([^{}]*)}}", "$1")
                .replaceAll("\\{\\{[^{}]*}}|\\$(simple)?\\{[^{}]*}", SAMPLE);
        return closed;
    }

    /** Ends what was begun. */
    void end() {
        ServiceHelper.stopAndShutdownService(this);
    }
}
