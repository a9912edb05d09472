package org.sftoolkit.camel;

import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.spi.PropertyConfigurerGetter;
import org.apache.camel.spi.UriParam;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.config.ConnectionConfiguration;
import org.sftoolkit.camel.config.LoginConfiguration;
import org.sftoolkit.camel.config.TransportConfiguration;
import org.sftoolkit.camel.operation.CallOptions;
import org.sftoolkit.camel.operation.HonouredOptions;

/**
 * Refuses options of an endpoint that its operation does not use. Defaults of the component are not checked, because
 * they may concern other operations. Immutable.
 */
final class OptionCheck {

    /** Options of the connection, which hold for all operations. */
    private static final PropertyConfigurerGetter OF_CONNECTIONS = new SfToolkitConnectionConfigurer();
    /** Options of the component's own; all others of an endpoint are Camel's. */
    private static final PropertyConfigurerGetter OWN = new SfToolkitConfigurationConfigurer();
    /** The one option of Camel that is for producers; all others are for consumers. */
    private static final String CAMEL_PRODUCER = "lazyStartProducer";
    /** Camel's options of consumers that do not poll either. */
    private static final Set<String> OF_ALL_CONSUMERS =
            caseless(Set.of("bridgeErrorHandler", "exceptionHandler", "exchangePattern"));
    /** Options for building an endpoint, without effect on exchanges. */
    private static final Set<String> FIXED = caseless(Set.of(
            "allowHeaderOverride",
            "continueOn",
            "onLimit",
            "parkTimeout",
            "progressInterval",
            "progressListener",
            "requestHeaders",
            "synchronous",
            "type"));

    private final OperationName operation;
    private final Set<String> set;

    /**
     * @param set names of the options that were set, {@code sObject} for the object in the URI
     */
    OptionCheck(OperationName operation, Collection<String> set) {
        this.operation = operation;
        this.set = caseless(set);
    }

    /** Checks the options of an endpoint made by a bean: those that differ from the standard values and from these defaults. */
    static OptionCheck of(OperationName operation, SfToolkitConfiguration options, SfToolkitConfiguration defaults) {
        var usual = new SfToolkitConfiguration();
        return new OptionCheck(
                operation,
                Arrays.stream(OperationName.values())
                        .flatMap(other -> Stream.of(other.producerOptions(), other.consumerOptions()))
                        .filter(Objects::nonNull)
                        .flatMap(honoured -> honoured.names().stream())
                        .filter(name -> {
                            Object value = OWN.getOptionValue(options, name, true);
                            return !Objects.equals(value, OWN.getOptionValue(usual, name, true))
                                    && !Objects.equals(value, OWN.getOptionValue(defaults, name, true));
                        })
                        .collect(Collectors.toSet()));
    }

    /**
     * Refuses a URI with a connection that also sets options of the connection.
     *
     * @param inherited name of the component's connection, or null
     * @param parameters of the URI
     */
    static void requireOneConnection(@Nullable String inherited, Map<String, ?> parameters) {
        Object named = parameters.containsKey("connection") ? parameters.get("connection") : inherited;
        if (named == null) {
            return;
        }
        List<String> twice = Stream.of(
                        LoginConfiguration.class, TransportConfiguration.class, ConnectionConfiguration.class)
                .flatMap(type -> Arrays.stream(type.getDeclaredFields()))
                .filter(field -> field.isAnnotationPresent(UriParam.class))
                .map(Field::getName)
                .filter(parameters::containsKey)
                .filter(name -> !name.equals("apiBudget")) // a share of the connection's calls, for this endpoint
                .sorted()
                .toList();
        if (!twice.isEmpty()) {
            throw new IllegalArgumentException(
                    "connection=" + named + " already defines the login and connection, but the URI also sets "
                            + String.join(", ", twice) + ": remove them, or set them on the connection bean");
        }
    }

    private static Set<String> caseless(Collection<String> names) {
        var sorted = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        sorted.addAll(names);
        return sorted;
    }

    /** The option that a parameter of a URI sets; {@code a.b} and {@code a[0]} set a part of option {@code a}. */
    static String option(String parameter) {
        String name = parameter.split("[.\\[]", 2)[0].replace("-", "");
        return name.isEmpty() ? parameter : name;
    }

    /** Whether an option was set on the endpoint itself. */
    boolean isSet(String option) {
        return set.contains(option);
    }

    /** Whether more of the options that were set make sense in {@code from} than in {@code to}. */
    boolean isForConsumer() {
        return operation.hasConsumer() && (!operation.hasProducer() || known(false) > known(true));
    }

    private long known(boolean producer) {
        return set.stream()
                .filter(option -> isKnown(operation, option, producer))
                .count();
    }

    /** The same check for an exchange whose headers set further options. */
    OptionCheck with(Collection<String> more) {
        Set<String> all = caseless(set);
        all.addAll(more);
        return new OptionCheck(operation, all);
    }

    /**
     * Refuses options that are valid neither in {@code from} nor in {@code to}, because the side is not known yet.
     */
    void requireEitherSide() {
        for (String option : set) {
            if (!isKnown(operation, option, true) && !isKnown(operation, option, false)) {
                HonouredOptions producer = operation.producerOptions();
                HonouredOptions consumer = operation.consumerOptions();
                boolean byProducer = consumer == null || producer != null && consumer.cure(option) == null;
                throw refusal(
                        option, Objects.requireNonNull(byProducer ? producer : consumer, "no side has options"), "");
            }
        }
    }

    /** Refuses options without effect in {@code to}, also because of the values of others. */
    void requireProducer(CallOptions options) {
        HonouredOptions honoured = operation.create().options();
        Map<String, String> pointless = honoured.pointless(options);
        for (String option : set) {
            if (!isKnown(operation, option, true)) {
                throw refusal(option, honoured, " in 'to'");
            }
            if (pointless.containsKey(option)) {
                throw new IllegalArgumentException("sftoolkit:" + operation + " does not use " + option + " with "
                        + pointless.get(option) + ": remove one of them");
            }
        }
    }

    /** Refuses options without effect in {@code from}. */
    void requireConsumer() {
        operation.requireConsumer();
        HonouredOptions honoured = Objects.requireNonNull(operation.consumerOptions());
        for (String option : set) {
            if (!isKnown(operation, option, false)) {
                throw refusal(option, honoured, " in 'from'");
            }
        }
    }

    /** Refuses names in {@code allowHeaderOverride} that a header cannot override. */
    void requireOverridable(Collection<String> names) {
        HonouredOptions honoured = operation.producerOptions();
        for (String name : names) {
            if (honoured != null && (!honoured.names().contains(name) || FIXED.contains(name))) {
                throw new IllegalArgumentException("allowHeaderOverride=" + name + ": sftoolkit:" + operation
                        + " has no option of this name that a header may override. Allowed: "
                        + honoured.names().stream()
                                .filter(known -> !FIXED.contains(known))
                                .collect(Collectors.joining(", ")));
            }
        }
    }

    private static boolean isKnown(OperationName operation, String option, boolean producer) {
        HonouredOptions honoured = producer ? operation.producerOptions() : operation.consumerOptions();
        boolean polls = operation != OperationName.subscribe;
        if (honoured == null) {
            return false;
        }
        if (option.equalsIgnoreCase("connection") || OF_CONNECTIONS.getOptionType(option, true) != null) {
            return true;
        }
        if (option.equalsIgnoreCase("sObject") || OWN.getOptionType(option, true) != null) {
            return honoured.names().contains(option);
        }
        boolean idle = !polls && !producer && !OF_ALL_CONSUMERS.contains(option);
        return option.equalsIgnoreCase(CAMEL_PRODUCER) == producer && !idle;
    }

    private IllegalArgumentException refusal(String option, HonouredOptions honoured, String side) {
        String name = "sftoolkit:" + operation;
        String cure = honoured.cure(option);
        if (option.equalsIgnoreCase("sObject")) {
            return new IllegalArgumentException(name + " does not take an object: use " + name + " alone");
        }
        boolean own = OWN.getOptionType(option, true) != null;
        String others = own
                ? Arrays.stream(OperationName.values())
                        .filter(other -> knows(other, option))
                        .map(Enum::name)
                        .collect(Collectors.joining(", "))
                : option.equalsIgnoreCase(CAMEL_PRODUCER)
                        ? "producers ('to')"
                        : "consumers ('from': "
                                + Arrays.stream(OperationName.values())
                                        .filter(other -> isKnown(other, option, false))
                                        .map(Enum::name)
                                        .collect(Collectors.joining(", "))
                                + ")";
        return new IllegalArgumentException(name + side + " has no option " + option
                + (others.isEmpty() ? "" : ", which is for " + others)
                + (cure == null ? "" : ": " + cure)
                + ". Its options, besides those of the connection: " + String.join(", ", honoured.names()));
    }

    private static boolean knows(OperationName operation, String option) {
        return isKnown(operation, option, true) || isKnown(operation, option, false);
    }
}
