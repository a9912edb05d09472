package org.sftoolkit.camel;

import io.vertx.core.Vertx;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Endpoint;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.PropertyConfigurer;
import org.apache.camel.spi.ThreadPoolProfile;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.util.URISupport;
import org.apache.camel.util.concurrent.ThreadPoolRejectedPolicy;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.connection.Connections;

/**
 * Exchanges data with Salesforce: {@code sftoolkit:operation[:sObject][?options]}.
 *
 * <p>Its options are the defaults of its endpoints. It owns the live connections and, if the registry has no Vert.x
 * instance, its own.
 */
@Component("sftoolkit")
@ManagedResource(description = "Salesforce Toolkit")
public class SfToolkitComponent extends DefaultComponent {

    private static final Pattern UNSET = Pattern.compile("\\{\\{\\?[^{}]*}}");

    private static final String POOL = "sftoolkit";
    private static final int POOL_SIZE = 10;
    private static final int POOL_QUEUE = 100_000;

    @Metadata(description = "Defaults of all endpoints")
    private SfToolkitConfiguration configuration = new SfToolkitConfiguration();

    @Metadata(
            label = "advanced",
            description =
                    "Starts an emulated org for development, and lets all endpoints without a loginUrl or connection"
                            + " of their own call it. Needs camel-sftoolkit-emulator on the class path. The org is set"
                            + " up by sftoolkit-org.yaml on the class path, if there is one.")
    private boolean devOrg;

    private final Connections connections = new Connections(this, this::sharedVertx);
    private final Watermarks watermarks = new Watermarks();
    private final WorkBoard workBoard = new WorkBoard();
    private final JobStores jobStores = new JobStores(this::sharedVertx);
    private final Subscriptions subscriptions = new Subscriptions();
    private final SfToolkitHealthCheck healthCheck = new SfToolkitHealthCheck(connections::status, this::troubles);
    private @Nullable Vertx vertx;
    private boolean ownVertx;
    private @Nullable ExecutorService pool;
    private @Nullable DevOrg startedOrg;

    @Override
    public PropertyConfigurer getComponentPropertyConfigurer() {
        return OptionValues.checkedOfComponent();
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        parameters.values().removeIf(SfToolkitComponent::isUnset);
        startDevOrg();
        int colon = remaining.indexOf(':');
        String operation = colon < 0 ? remaining : remaining.substring(0, colon);
        String sObject = colon < 0 ? null : remaining.substring(colon + 1);
        var endpoint = new SfToolkitEndpoint(uri, this, configuration.copy());
        endpoint.setOperation(operation(operation));
        endpoint.setSObject(sObject == null || sObject.isBlank() ? null : sObject);
        OptionCheck.requireOneConnection(configuration.getConnection(), parameters);
        endpoint.setOptionCheck(new OptionCheck(endpoint.operation(), optionsSet(uri, endpoint, parameters)));
        new OptionValues(getCamelContext()).check(parameters);
        setProperties(endpoint, parameters);
        return endpoint;
    }

    private static Set<String> optionsSet(String uri, SfToolkitEndpoint endpoint, Map<String, Object> parameters)
            throws Exception {
        Set<String> set = parameters.keySet().stream().map(OptionCheck::option).collect(Collectors.toSet());
        // Camel removes some parameters before it requests an endpoint
        String query = URISupport.extractQuery(uri);
        if (query != null) {
            URISupport.parseQuery(query, true).keySet().forEach(name -> set.add(OptionCheck.option(name)));
        }
        if (endpoint.getSObject() != null) {
            set.add("sObject");
        }
        return set;
    }

    // Camel drops an optional placeholder without a value, but not within RAW(...), which Kamelets need for secrets
    private static boolean isUnset(Object value) {
        return value instanceof String text && UNSET.matcher(text).matches();
    }

    @Override
    protected void afterConfiguration(String uri, String remaining, Endpoint endpoint, Map<String, Object> parameters) {
        ((SfToolkitEndpoint) endpoint).check();
    }

    private static OperationName operation(String name) {
        return Arrays.stream(OperationName.values())
                .filter(operation -> operation.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown operation '" + name + "': use one of "
                        + Arrays.stream(OperationName.values()).map(Enum::name).collect(Collectors.joining(", "))));
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        startDevOrg();
        sharedVertx();
        HealthCheckRegistry checks = HealthCheckRegistry.get(getCamelContext());
        if (checks != null) {
            checks.register(healthCheck);
        }
    }

    /** Not at the initialisation: Camel Main sets options after it. It makes the endpoints of routes before the start. */
    private void startDevOrg() {
        if (devOrg && startedOrg == null) {
            startedOrg = DevOrg.start(getCamelContext());
            startedOrg.connect(configuration);
        }
    }

    @Override
    protected void doStop() throws Exception {
        HealthCheckRegistry checks = HealthCheckRegistry.get(getCamelContext());
        if (checks != null) {
            checks.unregister(healthCheck);
        }
        jobStores.close();
        super.doStop();
    }

    @Override
    protected void doShutdown() throws Exception {
        if (pool != null) {
            getCamelContext().getExecutorServiceManager().shutdownGraceful(pool);
            pool = null;
        }
        if (ownVertx && vertx != null) {
            try (var stopping = new UninterruptedStop()) {
                var closed = vertx.close().toCompletionStage().toCompletableFuture();
                stopping.await(10, most -> closed.get(most, TimeUnit.NANOSECONDS));
            }
            vertx = null;
        }
        if (startedOrg != null) {
            startedOrg.close();
            startedOrg = null;
        }
        super.doShutdown();
    }

    private List<String> troubles() {
        return Stream.concat(watermarks.troubles().stream(), subscriptions.troubles().stream())
                .toList();
    }

    JobStores jobStores() {
        return jobStores;
    }

    Subscriptions subscriptions() {
        return subscriptions;
    }

    Watermarks watermarks() {
        return watermarks;
    }

    /** The positions of running consumers, to read and to set. */
    public Collection<WatermarkControl> watermarkControls() {
        return watermarks.all();
    }

    WorkBoard workBoard() {
        return workBoard;
    }

    Connections connections() {
        return connections;
    }

    /** Live connections, each with state, calls, queue and API usage, without secrets. */
    @ManagedAttribute(description = "Live connections: state, calls, queue and API usage")
    public List<String> getConnectionStates() {
        return connections.status().stream()
                .map(connection -> connection.describe().toString())
                .toList();
    }

    /** Bulk jobs that exchanges and consumers work with, each with object, operation, state and rows so far. */
    @ManagedAttribute(description = "Running bulk jobs: object, operation, state and rows so far")
    public List<String> getBulkJobs() {
        return connections.jobs().stream().map(job -> job.describe().toString()).toList();
    }

    /** What exchanges are doing, each with endpoint, records done, share, rate and time left. */
    @ManagedAttribute(description = "What exchanges are doing: endpoint, records done, share, rate, time left")
    public List<String> getRunningWork() {
        return workBoard.running().stream().map(Object::toString).toList();
    }

    /** The last 20 exchanges that took a second or more, the newest first. */
    @ManagedAttribute(description = "The last 20 exchanges that took a second or more, the newest first")
    public List<String> getEndedWork() {
        return workBoard.lastEnded().stream().map(Object::toString).toList();
    }

    /** Running polling consumers, each with position and lag. */
    @ManagedAttribute(description = "Polling consumers: position and lag")
    public List<String> getPollers() {
        return watermarks.all().stream()
                .map(poller -> PollLog.of(poller).toString())
                .toList();
    }

    /** Channels that are followed, each with state, position and lag. */
    @ManagedAttribute(description = "Event subscriptions: state, position and lag of each channel")
    public List<String> getSubscribedChannels() {
        return subscriptions.describe().stream().map(Object::toString).toList();
    }

    /** The Vert.x of the configuration, else the only one in the registry, else one of our own. */
    synchronized Vertx sharedVertx() {
        if (vertx == null) {
            vertx = configuration.getVertx();
        }
        if (vertx == null) {
            Set<Vertx> registered = getCamelContext().getRegistry().findByType(Vertx.class);
            vertx = registered.size() == 1 ? registered.iterator().next() : null;
        }
        if (vertx == null) {
            vertx = Vertx.vertx();
            ownVertx = true;
        }
        return vertx;
    }

    /** Where routes continue after a response. */
    synchronized ExecutorService pool() {
        if (pool == null) {
            var manager = getCamelContext().getExecutorServiceManager();
            ThreadPoolProfile profile = manager.getThreadPoolProfile(POOL);
            ThreadPoolProfile chosen = profile == null ? defaultProfile() : profile.clone();
            // Camel's default runs a task of a full pool on the event loop, and forgets one that comes after the pool's
            // end
            chosen.setRejectedPolicy(ThreadPoolRejectedPolicy.Abort);
            pool = manager.newThreadPool(this, "SfToolkit", chosen);
        }
        return pool;
    }

    private static ThreadPoolProfile defaultProfile() {
        var profile = new ThreadPoolProfile(POOL);
        profile.setPoolSize(POOL_SIZE);
        profile.setMaxPoolSize(POOL_SIZE);
        profile.setMaxQueueSize(POOL_QUEUE);
        profile.setAllowCoreThreadTimeOut(true);
        profile.setKeepAliveTime(60L);
        return profile;
    }

    public SfToolkitConfiguration getConfiguration() {
        return configuration;
    }

    public boolean isDevOrg() {
        return devOrg;
    }

    /** Whether an emulated org is started for development, and called; off by default, and never on by itself. */
    public void setDevOrg(boolean devOrg) {
        this.devOrg = devOrg;
    }

    /** Defaults of all endpoints; never null. */
    public void setConfiguration(SfToolkitConfiguration configuration) {
        this.configuration = configuration;
    }
}
