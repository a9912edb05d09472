package org.sftoolkit.camel;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.camel.Message;
import org.apache.camel.spi.PropertyConfigurer;
import org.apache.camel.support.LRUCacheFactory;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.config.JobStoreConfiguration;
import org.sftoolkit.camel.config.OptionRules;
import org.sftoolkit.camel.operation.CallOptions;
import org.sftoolkit.camel.operation.Operation;
import org.sftoolkit.camel.operation.Via;
import org.sftoolkit.camel.records.SaveOperation;
import org.sftoolkit.camel.transport.AdaptiveLimit;
import org.sftoolkit.camel.transport.Concurrency;

/** The options of an exchange: the endpoint's, and what headers may and do override of them. Thread-safe. */
final class ExchangeOptions {

    private static final int REMEMBERED = 200;

    private final EndpointOptions endpoint;
    private final Operation<?> operation;
    private final Supplier<@Nullable AdaptiveLimit> adaptiveLimit;
    private final CallOptions defaults;
    private final boolean namesLoads;
    private final List<String> forwarded;
    private final List<HeaderOption> overridable;
    private final PropertyConfigurer configurer = new SfToolkitConfigurationConfigurer();
    /** Checked options by the values of several headers, because checking all options for each exchange costs too much. */
    private final Map<Map<String, Object>, CallOptions> known = LRUCacheFactory.newLRUCache(REMEMBERED);

    /** Options of exchanges without such a header; null until they have been checked. */
    private volatile @Nullable CallOptions unchanged;

    /**
     * An option that a header may override.
     *
     * @param known checked options by the value of this header, of exchanges that bring no other one
     */
    private record HeaderOption(String option, String header, Map<Object, CallOptions> known) {

        static HeaderOption of(String option) {
            String header = SfToolkitConstants.PREFIX + Character.toUpperCase(option.charAt(0)) + option.substring(1);
            return new HeaderOption(option, header, new ConcurrentHashMap<>());
        }

        void remember(Object value, CallOptions options) {
            // values that are data of each exchange: to keep the newest of them would cost more than to begin anew
            if (known.size() >= REMEMBERED) {
                known.clear();
            }
            known.put(value, options);
        }
    }

    /** @param adaptiveLimit of the endpoint; gives null if {@code concurrency} is a number */
    ExchangeOptions(EndpointOptions endpoint, Operation<?> operation, Supplier<@Nullable AdaptiveLimit> adaptiveLimit) {
        SfToolkitConfiguration configuration = endpoint.configuration();
        this.adaptiveLimit = adaptiveLimit;
        this.endpoint = endpoint;
        this.operation = operation;
        this.defaults = configuration.callOptions(endpoint.sObject(), Map.of());
        this.namesLoads = operation.options().names().contains("loadName");
        this.forwarded = OptionRules.names(configuration.getRequestHeaders());
        this.overridable = OptionRules.names(configuration.getAllowHeaderOverride()).stream()
                .map(HeaderOption::of)
                .toList();
    }

    /** @throws IllegalArgumentException with the name of a header whose value is not allowed */
    CallOptions of(Message message) {
        CallOptions options = named(asked(message), message);
        AdaptiveLimit found = options.concurrency() == Concurrency.ADAPTIVE ? adaptiveLimit.get() : null;
        return found == null ? options : options.with(found);
    }

    /** The name of a load is data, and no other way of doing it. */
    private CallOptions named(CallOptions options, Message message) {
        Object given = namesLoads ? message.getHeader(SfToolkitConstants.LOAD_NAME) : null;
        boolean byRequests =
                operation instanceof SaveOperation && options.bulk().via() != Via.BULK;
        if (given == null || byRequests) {
            return options;
        }
        try {
            String name = OptionValues.requireText("loadName", given);
            JobStoreConfiguration.requireLoadName(name, options.bulk().stored());
            return options.named(name);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(SfToolkitConstants.LOAD_NAME + " of the message: " + e.getMessage(), e);
        }
    }

    /** How many options are kept, for headers with other values. */
    int remembered() {
        return known.size()
                + overridable.stream().mapToInt(each -> each.known().size()).sum();
    }

    private CallOptions asked(Message message) {
        CallOptions options = overridden(message);
        if (forwarded.isEmpty()) {
            return options;
        }
        var headers = new LinkedHashMap<String, String>();
        for (String name : forwarded) {
            String value = message.getHeader(name, String.class);
            if (value != null) {
                headers.put(name, value);
            }
        }
        return headers.isEmpty() ? options : options.sending(headers);
    }

    private CallOptions overridden(Message message) {
        if (overridable.isEmpty()) {
            return defaults;
        }
        HeaderOption only = null;
        Object value = null;
        int given = 0;
        for (int i = 0; i < overridable.size(); i++) { // an iterator for each exchange would be for nothing
            Object found = message.getHeader(overridable.get(i).header());
            if (found != null) {
                only = overridable.get(i);
                value = found;
                given++;
            }
        }
        if (only == null || value == null) {
            CallOptions same = unchanged == null ? checked(Map.of()) : unchanged;
            unchanged = same;
            return same;
        }
        if (given > 1 || !isComparable(value)) {
            return severalOverridden(message);
        }
        CallOptions seen = only.known().get(value);
        if (seen == null) {
            seen = checked(Map.of(only.option(), value));
            only.remember(value, seen);
        }
        return seen;
    }

    private CallOptions severalOverridden(Message message) {
        var overrides = new LinkedHashMap<String, Object>();
        overridable.forEach(each -> {
            Object value = message.getHeader(each.header());
            if (value != null) {
                overrides.put(each.option(), value);
            }
        });
        boolean comparable = overrides.values().stream().allMatch(ExchangeOptions::isComparable);
        CallOptions seen = comparable ? known.get(overrides) : null;
        if (seen != null) {
            return seen;
        }
        CallOptions options = checked(overrides);
        if (comparable) {
            known.put(Map.copyOf(overrides), options);
        }
        return options;
    }

    /** Whether a value is immutable; the elements of a list, for example, may change. */
    private static boolean isComparable(Object value) {
        return value instanceof String
                || value instanceof Number
                || value instanceof Boolean
                || value instanceof Enum<?>;
    }

    private CallOptions checked(Map<String, Object> overrides) {
        try {
            CallOptions options = read(overrides);
            endpoint.check().with(overrides.keySet()).requireProducer(options);
            operation.check(options);
            return options;
        } catch (IllegalArgumentException e) {
            if (overrides.isEmpty()) {
                throw e;
            }
            throw new IllegalArgumentException(
                    overridable.stream()
                                    .filter(each -> overrides.containsKey(each.option()))
                                    .map(HeaderOption::header)
                                    .collect(Collectors.joining(", "))
                            + " of the message: " + e.getMessage(),
                    e);
        }
    }

    private CallOptions read(Map<String, Object> overrides) {
        new OptionValues(endpoint.camel()).check(overrides);
        SfToolkitConfiguration copy = endpoint.configuration().copy();
        overrides.forEach((option, value) -> {
            if (!option.equalsIgnoreCase("sObject")) {
                set(copy, option, value);
            }
        });
        Object sObject = overrides.get("sObject");
        return copy.callOptions(sObject == null ? endpoint.sObject() : sObject.toString(), Map.of());
    }

    private void set(SfToolkitConfiguration options, String name, Object value) {
        try {
            configurer.configure(endpoint.camel(), options, name, value, true);
        } catch (IllegalArgumentException e) {
            throw e;
        } catch (RuntimeException e) { // Camel's own, about its converters and its registry
            throw new IllegalArgumentException(
                    name + " cannot be set to a " + value.getClass().getName()
                            + ": use a value or a bean of the type that the option has",
                    e);
        }
    }
}
