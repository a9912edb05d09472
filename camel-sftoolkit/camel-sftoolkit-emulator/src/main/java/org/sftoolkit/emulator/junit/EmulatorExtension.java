package org.sftoolkit.emulator.junit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.sftoolkit.emulator.EmulatorBuilder;
import org.sftoolkit.emulator.SalesforceEmulator;
import org.sftoolkit.emulator.fault.FaultPlan;
import org.sftoolkit.emulator.org.Org;
import org.sftoolkit.emulator.traffic.RequestLog;

/**
 * An embedded org for JUnit 5 tests. In an instance field each test has an org of its own; in a static field the
 * tests of a class share one, which also serves objects created before the class, such as an application.
 *
 * <pre>{@code
 * @RegisterExtension
 * EmulatorExtension org = EmulatorExtension.builder()
 *         .seed("Account", Map.of("Name", "Acme"), Map.of("Name", "Umbrella"))
 *         .build();
 * }</pre>
 *
 * The org starts when it is first used, at the latest before the test. Tests may take {@link SalesforceEmulator} as a
 * parameter. Not safe for threads until it has started.
 */
public final class EmulatorExtension
        implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback, ParameterResolver {

    private final Consumer<EmulatorBuilder> settings;
    private final List<Seed> seeds;
    private SalesforceEmulator emulator;
    private boolean shared;

    private record Seed(String object, Map<String, Object> record) {}

    /** An org with the built-in objects and nothing in it; for {@code @ExtendWith}. */
    public EmulatorExtension() {
        this(builder -> {}, List.of());
    }

    private EmulatorExtension(Consumer<EmulatorBuilder> settings, List<Seed> seeds) {
        this.settings = settings;
        this.seeds = seeds;
    }

    /** Gathers what the org is to be like. */
    public static Builder builder() {
        return new Builder();
    }

    /** The org, running. */
    public SalesforceEmulator emulator() {
        if (emulator == null) {
            EmulatorBuilder builder = SalesforceEmulator.builder();
            settings.accept(builder);
            emulator = builder.start();
            seeds.forEach(seed -> emulator.org().insert(seed.object(), seed.record()));
        }
        return emulator;
    }

    /** Where it listens: login host and instance at once. */
    public String url() {
        return emulator().url();
    }

    /** Its records. */
    public Org records() {
        return emulator().org();
    }

    /** What came over the wire. */
    public RequestLog requests() {
        return emulator().requests();
    }

    /** The faults to come. */
    public FaultPlan faults() {
        return emulator().faults();
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        shared = true;
        emulator();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        emulator();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (!shared) {
            close();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        close();
    }

    private void close() {
        if (emulator != null) {
            emulator.close();
            emulator = null;
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == SalesforceEmulator.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return emulator();
    }

    /** Gathers settings and records. */
    public static final class Builder {

        private Consumer<EmulatorBuilder> settings = builder -> {};
        private final List<Seed> seeds = new ArrayList<>();

        private Builder() {}

        /** Sets up the emulator: objects, users, latency and what else its builder offers. */
        public Builder with(Consumer<EmulatorBuilder> change) {
            settings = settings.andThen(change);
            return this;
        }

        /** Puts records into the org before the tests, in this order; read-only and system fields may be set. */
        @SafeVarargs
        public final Builder seed(String object, Map<String, ?>... records) {
            for (Map<String, ?> record : records) {
                seeds.add(new Seed(object, new LinkedHashMap<>(record)));
            }
            return this;
        }

        /** The extension, for a field with {@code @RegisterExtension}. */
        public EmulatorExtension build() {
            return new EmulatorExtension(settings, List.copyOf(seeds));
        }
    }
}
