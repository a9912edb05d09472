package org.sftoolkit.camel;

import org.apache.camel.CamelContext;
import org.sftoolkit.camel.events.EventBus;

/** Finds the artifact that speaks to the event bus. */
final class EventWire {

    private static final String NAME = "sftoolkit-events";

    private EventWire() {}

    /**
     * The wire on the class path.
     *
     * @param user what needs it
     * @throws IllegalArgumentException if it is not there, naming the artifact
     */
    static EventBus.Connector find(CamelContext context, String user) {
        return context.getCamelContextExtension()
                .getBootstrapFactoryFinder()
                .newInstance(NAME, EventBus.Connector.class)
                .orElseThrow(() -> new IllegalArgumentException(user
                        + " needs the artifact org.sftoolkit.camel:camel-sftoolkit-events, which is not on the class"
                        + " path: add it to the application, in the version of camel-sftoolkit"));
    }
}
