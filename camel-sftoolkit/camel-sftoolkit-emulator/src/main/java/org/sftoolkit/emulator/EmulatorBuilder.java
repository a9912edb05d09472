package org.sftoolkit.emulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.sftoolkit.emulator.events.EventSettings;
import org.sftoolkit.emulator.org.DuplicateRule;
import org.sftoolkit.emulator.org.ObjectSchema;
import org.sftoolkit.emulator.org.Schema;

/** Gathers what an emulator is to be like. Not safe for threads. */
public final class EmulatorBuilder {

    private String host = "127.0.0.1";
    private int port;
    private Clock clock = Clock.systemUTC();
    private long seed = 42;
    private Schema schema = PlatformEvent.named("Order_Placed__e")
            .with(CustomField.text("Order_Number__c", 30), CustomField.number("Amount__c", 16, 2))
            .addedTo(Schema.builtIn());
    private EventSettings events = EventSettings.standard();
    private String clientId = "emulator-client";
    private String clientSecret = "emulator-secret";
    private PublicKey jwtKey;
    private final List<EmulatorSettings.Account> users = new ArrayList<>();
    private Duration latency = Duration.ZERO;
    private int dailyLimit = 1_000_000;
    private final List<String> accessTokens = new ArrayList<>();
    private final List<String> refreshTokens = new ArrayList<>();
    private int pageSize = 2_000;
    private int openCursors = 10;
    private boolean clientCredentialsUser = true;
    private boolean loginHostOnly;
    private boolean rotateRefreshTokens;
    private boolean strictJwtExpiry;
    private int tokenLifetimeRequests = Integer.MAX_VALUE;
    private Duration idleTimeout = Duration.ZERO;
    private final List<DuplicateRule> duplicateRules = new ArrayList<>();
    private EmulatorSettings.TlsFiles tls;
    private final List<String> allowedHosts = new ArrayList<>();
    private long fileLimit = 2L << 30;
    private Path data;
    private RecordedCalls recorded;
    private final List<Consumer<SeedFiles>> seeds = new ArrayList<>();

    EmulatorBuilder() {}

    /** Where to listen; default 0, any free port. */
    public EmulatorBuilder port(int number) {
        port = number;
        return this;
    }

    /** The address to listen at; default 127.0.0.1, so that other machines have no access. */
    public EmulatorBuilder host(String address) {
        host = Objects.requireNonNull(address, "host");
        return this;
    }

    /** The org's time, also of {@code Date} headers; default the system's. */
    public EmulatorBuilder clock(Clock time) {
        clock = Objects.requireNonNull(time, "clock");
        return this;
    }

    /** Begin of all chance: ids, tokens, faults; default fixed. */
    public EmulatorBuilder seed(long number) {
        seed = number;
        return this;
    }

    /**
     * Adds an object, or replaces a built-in one.
     *
     * @param describeJson a whole describe result
     */
    public EmulatorBuilder schema(String describeJson) {
        return schema(known -> known.withObject(describeJson));
    }

    EmulatorBuilder schema(UnaryOperator<Schema> change) {
        schema = change.apply(schema);
        return this;
    }

    /** Adds an object from a file with its describe result. */
    public EmulatorBuilder schema(Path describeJson) {
        try {
            return schema(Files.readString(describeJson));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the describe result " + describeJson, e);
        }
    }

    /**
     * Adds a field to a known object.
     *
     * @param describeJson one element of {@code fields} of a describe result; keys left out mean false, 0 or null
     */
    public EmulatorBuilder field(String object, String describeJson) {
        return schema(known -> known.withField(object, describeJson));
    }

    /** Adds a custom object, or replaces a built-in one. */
    public EmulatorBuilder object(CustomObject object) {
        return schema(object.describe());
    }

    /**
     * Adds a type of platform event, or replaces one; there is {@code Order_Placed__e} from the start.
     *
     * @param describeJson a describe result, or as much of it as {@link PlatformEvent#of} needs
     */
    public EmulatorBuilder platformEvent(String describeJson) {
        return platformEvent(PlatformEvent.of(describeJson));
    }

    /** Adds a type of platform event, or replaces one. */
    public EmulatorBuilder platformEvent(PlatformEvent event) {
        schema = event.addedTo(schema);
        return this;
    }

    /** What the event bus is like; default {@link EventSettings#standard()}. */
    public EmulatorBuilder events(EventSettings settings) {
        events = Objects.requireNonNull(settings, "settings");
        return this;
    }

    /** Adds a custom field to a known object. */
    public EmulatorBuilder field(String object, CustomField field) {
        return field(object, field.json().toString());
    }

    /** The one connected app; default {@code emulator-client} and {@code emulator-secret}. */
    public EmulatorBuilder connectedApp(String consumerKey, String consumerSecret) {
        clientId = Objects.requireNonNull(consumerKey, "consumerKey");
        clientSecret = Objects.requireNonNull(consumerSecret, "consumerSecret");
        return this;
    }

    /** Registers the connected app's key, with which assertions of the JWT bearer flow are verified. */
    public EmulatorBuilder jwtKey(PublicKey key) {
        jwtKey = Objects.requireNonNull(key, "key");
        return this;
    }

    /** Adds a user; without any there is {@code user@example.com}, {@code password}, {@code token}. */
    public EmulatorBuilder user(String userName, String password, String securityToken) {
        users.add(new EmulatorSettings.Account(userName, password, securityToken));
        return this;
    }

    /** Time that passes before each call of the data API is worked on; holds no thread. */
    public EmulatorBuilder latency(Duration time) {
        latency = Objects.requireNonNull(time, "latency");
        return this;
    }

    /** Calls per day until {@code REQUEST_LIMIT_EXCEEDED}; default 1,000,000. */
    public EmulatorBuilder dailyLimit(int calls) {
        if (calls < 0) {
            throw new IllegalArgumentException("dailyLimit must be 0 or more, not " + calls);
        }
        dailyLimit = calls;
        return this;
    }

    /** Makes an access token valid from the start. */
    public EmulatorBuilder accessToken(String token) {
        accessTokens.add(Objects.requireNonNull(token, "token"));
        return this;
    }

    /** Makes a refresh token valid from the start. */
    public EmulatorBuilder refreshToken(String token) {
        refreshTokens.add(Objects.requireNonNull(token, "token"));
        return this;
    }

    /** Most records in a page of a query, whatever the client asks for; default 2,000. */
    public EmulatorBuilder pageSize(int records) {
        if (records < 1 || records > 2_000) {
            throw new IllegalArgumentException("pageSize must be 1 to 2000, not " + records);
        }
        pageSize = records;
        return this;
    }

    /** Query results that one user may have open; default 10, as in Salesforce. One more displaces the oldest. */
    public EmulatorBuilder openCursors(int number) {
        if (number < 1) {
            throw new IllegalArgumentException("openCursors must be 1 or more, not " + number);
        }
        openCursors = number;
        return this;
    }

    /** Whether the connected app has a user that client credentials run as; default true, the first user. */
    public EmulatorBuilder clientCredentialsUser(boolean yes) {
        clientCredentialsUser = yes;
        return this;
    }

    /** Whether this host is like login.salesforce.com, where client credentials are refused; default false. */
    public EmulatorBuilder loginHostOnly(boolean yes) {
        loginHostOnly = yes;
        return this;
    }

    /** Whether each exchange of a refresh token gives a new one, and ends the session before; default false. */
    public EmulatorBuilder rotateRefreshTokens(boolean yes) {
        rotateRefreshTokens = yes;
        return this;
    }

    /** Whether JWT assertions must expire within three minutes, by a numeric {@code exp}; default false. */
    public EmulatorBuilder strictJwtExpiry(boolean yes) {
        strictJwtExpiry = yes;
        return this;
    }

    /** Calls that a token bears before it dies; default no such end. */
    public EmulatorBuilder tokenLifetimeRequests(int calls) {
        if (calls < 1) {
            throw new IllegalArgumentException("tokenLifetimeRequests must be 1 or more, not " + calls);
        }
        tokenLifetimeRequests = calls;
        return this;
    }

    /** Idle time after which the server closes a connection; default never. */
    public EmulatorBuilder idleTimeout(Duration time) {
        idleTimeout = Objects.requireNonNull(time, "idleTimeout");
        return this;
    }

    /**
     * Adds a duplicate rule: a row whose fields all equal those of another row, without regard to case, is refused
     * with {@code DUPLICATES_DETECTED}, unless {@code Sforce-Duplicate-Rule-Header} allows it. By default there is no
     * rule.
     */
    public EmulatorBuilder duplicateRule(String object, String... fields) {
        duplicateRules.add(new DuplicateRule(object, List.of(fields)));
        return this;
    }

    /**
     * Speaks HTTPS.
     *
     * @param certificate PEM file with the server's certificate
     * @param key PEM file with its private key, PKCS#8
     */
    public EmulatorBuilder tls(Path certificate, Path key) {
        tls = new EmulatorSettings.TlsFiles(certificate.toString(), key.toString());
        return this;
    }

    /**
     * Names under which other machines may call the emulator's own resources ({@code /__emulator}), {@code *} for
     * any. By default only localhost and the address that it listens at.
     */
    public EmulatorBuilder allowedHosts(String... names) {
        allowedHosts.addAll(List.of(names));
        return this;
    }

    /** Most bytes of one file of a multipart request; default 2 GB, as for ContentVersion. */
    public EmulatorBuilder fileLimit(long bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("fileLimit must be 1 or more, not " + bytes);
        }
        fileLimit = bytes;
        return this;
    }

    /**
     * Keeps the rows in a folder, so that confirmed writes survive a restart, even after {@code kill -9}. The folder
     * is created if it is missing, and can be used by one emulator at a time. By default rows are in memory only.
     */
    public EmulatorBuilder data(Path folder) {
        data = Objects.requireNonNull(folder, "folder");
        return this;
    }

    /**
     * Answers from a recording in place of the org: what an application wrote down by its option {@code recordTo}. The same request
     * gets the same answer; one that was not recorded is refused with {@code NOT_RECORDED}. The emulator's own resources stay.
     *
     * @param folder of the recording, or one that holds several
     * @throws IllegalArgumentException if it is no recording
     */
    public EmulatorBuilder replay(Path folder) {
        recorded = RecordedCalls.of(folder);
        return this;
    }

    /**
     * Fills the org with the records of a file or of all files of a folder, {@code Account.csv} or {@code Account.json}; not if
     * {@link #data} has rows already. {@code demo}, if there is nothing of that name, stands for records that come with the emulator.
     * May be given several times.
     */
    public EmulatorBuilder seed(Path fileOrFolder) {
        Objects.requireNonNull(fileOrFolder, "fileOrFolder");
        seeds.add(files -> files.load(fileOrFolder));
        return this;
    }

    /** Fills the org with lists of records by object, as {@link #seed(Path)} does. */
    void records(String place, Map<String, Object> objects) {
        seeds.add(files -> files.load(place, objects));
    }

    /** The id of the connected app. */
    String clientId() {
        return clientId;
    }

    /** The secret of the connected app. */
    String clientSecret() {
        return clientSecret;
    }

    private List<String> hosts() {
        List<String> hosts = new ArrayList<>(allowedHosts);
        hosts.add(host);
        return List.copyOf(hosts);
    }

    /** @throws IllegalArgumentException when a duplicate rule names what the schema has not */
    private void requireKnownRules() {
        for (DuplicateRule rule : duplicateRules) {
            ObjectSchema object = schema.object(rule.object())
                    .orElseThrow(() -> new IllegalArgumentException(
                            "a duplicate rule names the object '" + rule.object() + "', which the schema has not"));
            for (String field : rule.fields()) {
                if (object.field(field).isEmpty()) {
                    throw new IllegalArgumentException(
                            "a duplicate rule names the field '" + field + "', which " + object.name() + " has not");
                }
            }
        }
    }

    /** Starts the emulator and waits until it listens. */
    public SalesforceEmulator start() {
        requireKnownRules();
        List<EmulatorSettings.Account> accounts = users.isEmpty()
                ? List.of(new EmulatorSettings.Account("user@example.com", "password", "token"))
                : List.copyOf(users);
        return new SalesforceEmulator(new EmulatorSettings(
                host,
                port,
                clock,
                seed,
                schema,
                clientId,
                clientSecret,
                jwtKey,
                accounts,
                latency,
                dailyLimit,
                List.copyOf(accessTokens),
                List.copyOf(refreshTokens),
                pageSize,
                openCursors,
                clientCredentialsUser,
                loginHostOnly,
                rotateRefreshTokens,
                strictJwtExpiry,
                tokenLifetimeRequests,
                idleTimeout,
                List.copyOf(duplicateRules),
                Optional.ofNullable(tls),
                hosts(),
                fileLimit,
                Optional.ofNullable(data),
                List.copyOf(seeds),
                events,
                recorded));
    }
}
