package org.sftoolkit.camel;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.sftoolkit.camel.connection.ConnectionStatus;

/**
 * Readiness of the component's connections: down if the last login of one failed, if its org has used up the budget,
 * or if a consumer waits because the org accepts no calls. It uses the results of other calls and makes no calls
 * itself; an unused connection is ready.
 */
final class SfToolkitHealthCheck implements HealthCheck {

    private final Supplier<List<ConnectionStatus>> connections;
    private final Supplier<List<String>> pollers;
    private volatile boolean enabled = true;

    /** @param pollers texts on what prevents consumers from reading */
    SfToolkitHealthCheck(Supplier<List<ConnectionStatus>> connections, Supplier<List<String>> pollers) {
        this.connections = connections;
        this.pollers = pollers;
    }

    @Override
    public String getGroup() {
        return "camel";
    }

    @Override
    public String getId() {
        return "sftoolkit";
    }

    @Override
    public boolean isEnabled() {
        return enabled;
    }

    @Override
    public void setEnabled(boolean enabled) {
        this.enabled = enabled;
    }

    /** No, because a restart would repair neither a login nor a budget. */
    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    public Result call(Map<String, Object> options) {
        var result = HealthCheckResultBuilder.on(this);
        var troubles = new java.util.ArrayList<String>();
        for (ConnectionStatus connection : connections.get()) {
            connection.trouble().ifPresent(trouble -> troubles.add(connection.name() + ": " + trouble));
            connection.usage().ifPresent(usage -> result.detail(connection.name() + ".apiUsage", usage.toString()));
        }
        troubles.addAll(pollers.get());
        if (!enabled) {
            return result.message("Disabled").unknown().build();
        }
        return troubles.isEmpty()
                ? result.up().build()
                : result.message(String.join("; ", troubles)).down().build();
    }
}
