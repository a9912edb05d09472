package org.sftoolkit.emulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import org.sftoolkit.emulator.api.Json;
import org.sftoolkit.emulator.api.PublicKeys;
import org.sftoolkit.emulator.events.CustomChannel;
import org.sftoolkit.emulator.events.EventSettings;

/**
 * Sets up an emulator by a file in YAML or JSON: the same settings as {@link EmulatorBuilder}. What is not known in it is refused
 * by name. Needs {@code jackson-dataformat-yaml} on the class path.
 */
public final class OrgConfig {

    private static final String[] NOTHING = {};

    private final Path file;
    private final EmulatorBuilder builder;
    private final ConfigReader reader;
    private final Map<String, BiConsumer<String, JsonNode>> settings = Map.ofEntries(
            Map.entry("app", this::app),
            Map.entry("users", this::users),
            Map.entry("accessTokens", this::accessTokens),
            Map.entry("refreshTokens", this::refreshTokens),
            Map.entry("rotateRefreshTokens", this::rotateRefreshTokens),
            Map.entry("strictJwtExpiry", this::strictJwtExpiry),
            Map.entry("clientCredentialsUser", this::clientCredentialsUser),
            Map.entry("tokenLifetimeRequests", this::tokenLifetimeRequests),
            Map.entry("objects", this::objects),
            Map.entry("fields", this::fields),
            Map.entry("records", this::records),
            Map.entry("duplicateRules", this::duplicateRules),
            Map.entry("limits", this::limits),
            Map.entry("events", this::events),
            Map.entry("latency", this::latency),
            Map.entry("clock", this::clock),
            Map.entry("seed", this::seed),
            Map.entry("allowedHosts", this::allowedHosts),
            Map.entry("idleTimeout", this::idleTimeout));

    private OrgConfig(Path file, EmulatorBuilder builder) {
        this.file = file;
        this.builder = builder;
        this.reader = new ConfigReader(file.toString());
    }

    /**
     * Takes over what the file says.
     *
     * @throws IllegalArgumentException when it cannot be read or says what is not known, naming the place
     */
    public static void apply(Path file, EmulatorBuilder builder) {
        JsonNode root;
        try {
            root = YAMLMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build()
                    .readTree(Files.readString(file));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(file + ": " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read " + file + ": " + e, e);
        }
        if (root.isMissingNode() || root.isNull()) {
            return;
        }
        OrgConfig config = new OrgConfig(file, builder);
        config.reader.each("", root, (name, value) -> {
            BiConsumer<String, JsonNode> setting = config.settings.get(name);
            if (setting == null) {
                throw config.reader.unknown(name, new TreeSet<>(config.settings.keySet()));
            }
            setting.accept(name, value);
        });
    }

    private void app(String place, JsonNode app) {
        reader.only(place, app, "id", "secret", "jwtKey");
        builder.connectedApp(
                app.path("id").asText("emulator-client"), app.path("secret").asText("emulator-secret"));
        if (app.has("jwtKey")) {
            builder.jwtKey(publicKey(place + ".jwtKey", app.path("jwtKey").asText()));
        }
    }

    /** A PEM text, or the name of a PEM file beside the config: a certificate or a public key. */
    private PublicKey publicKey(String place, String text) {
        try {
            return PublicKeys.ofPem(
                    text.contains("-----BEGIN")
                            ? text
                            : Files.readString(file.toAbsolutePath().resolveSibling(text)));
        } catch (IOException e) {
            throw reader.invalid(place, "cannot be read: " + e.getMessage());
        } catch (IllegalArgumentException e) {
            throw reader.invalid(place, e.getMessage());
        }
    }

    private void users(String place, JsonNode users) {
        reader.list(place, users, (at, user) -> {
            reader.only(at, user, "name", "password", "token");
            builder.user(
                    reader.text(at + ".name", user.path("name")),
                    user.path("password").asText("password"),
                    user.path("token").asText("token"));
        });
    }

    private void accessTokens(String place, JsonNode tokens) {
        reader.list(place, tokens, (at, token) -> builder.accessToken(reader.text(at, token)));
    }

    private void records(String place, JsonNode objects) {
        Map<String, Object> lists = new LinkedHashMap<>();
        reader.each(place + ".", objects, (object, list) -> lists.put(object, Json.read(Json.write(list))));
        builder.records(file + ", " + place, lists);
    }

    private void refreshTokens(String place, JsonNode tokens) {
        reader.list(place, tokens, (at, token) -> builder.refreshToken(reader.text(at, token)));
    }

    private void rotateRefreshTokens(String place, JsonNode value) {
        builder.rotateRefreshTokens(reader.bool(place, value));
    }

    private void strictJwtExpiry(String place, JsonNode value) {
        builder.strictJwtExpiry(reader.bool(place, value));
    }

    private void clientCredentialsUser(String place, JsonNode value) {
        builder.clientCredentialsUser(reader.bool(place, value));
    }

    private void tokenLifetimeRequests(String place, JsonNode value) {
        builder.tokenLifetimeRequests(reader.number(place, value));
    }

    private void objects(String place, JsonNode objects) {
        builder.schema(schema -> new ConfiguredSchema(reader).withObjects(schema, place, objects));
    }

    private void fields(String place, JsonNode fields) {
        builder.schema(schema -> new ConfiguredSchema(reader).withFields(schema, place, fields));
    }

    private void duplicateRules(String place, JsonNode rules) {
        reader.list(place, rules, (at, rule) -> {
            reader.only(at, rule, "object", "fields");
            List<String> names = new ArrayList<>();
            reader.list(at + ".fields", rule.path("fields"), (field, name) -> names.add(reader.text(field, name)));
            builder.duplicateRule(reader.text(at + ".object", rule.path("object")), names.toArray(String[]::new));
        });
    }

    private void limits(String place, JsonNode limits) {
        reader.each(place + ".", limits, (name, value) -> {
            try {
                switch (name) {
                    case "daily" -> builder.dailyLimit(reader.number(place + ".daily", value));
                    case "pageSize" -> builder.pageSize(reader.number(place + ".pageSize", value));
                    case "openCursors" -> builder.openCursors(reader.number(place + ".openCursors", value));
                    case "fileBytes" -> builder.fileLimit(reader.number(place + ".fileBytes", value));
                    default ->
                        throw reader.unknown(
                                place + "." + name, List.of("daily", "fileBytes", "openCursors", "pageSize"));
                }
            } catch (IllegalArgumentException e) {
                throw reader.placed(place, e);
            }
        });
    }

    private void events(String place, JsonNode events) {
        AtomicReference<EventSettings> settings = new AtomicReference<>(EventSettings.standard());
        reader.each(place + ".", events, (name, value) -> {
            String at = place + "." + name;
            EventSettings now = settings.get();
            try {
                settings.set(
                        switch (name) {
                            case "changeObjects" -> now.withChangeObjects(reader.texts(at, value));
                            case "merged" -> now.withMerged(reader.bool(at, value));
                            case "differences" -> now.withDifferences(reader.bool(at, value));
                            case "retention" -> now.withRetention(reader.duration(at, value));
                            case "kept" -> now.withKept(reader.number(at, value));
                            case "keepAlive" -> now.withKeepAlive(reader.duration(at, value));
                            case "patience" -> now.withPatience(reader.duration(at, value));
                            case "deliveries" -> now.withDeliveries(reader.number(at, value));
                            case "publishing" -> now.withPublishing(reader.number(at, value));
                            case "channels" -> now.withChannels(channels(at, value));
                            default ->
                                throw reader.unknown(
                                        at,
                                        List.of(
                                                "changeObjects",
                                                "channels",
                                                "deliveries",
                                                "differences",
                                                "keepAlive",
                                                "kept",
                                                "merged",
                                                "patience",
                                                "publishing",
                                                "retention"));
                        });
            } catch (IllegalArgumentException e) {
                throw reader.placed(at, e);
            }
        });
        builder.events(settings.get());
    }

    private CustomChannel[] channels(String place, JsonNode list) {
        List<CustomChannel> channels = new ArrayList<>();
        reader.list(place, list, (at, json) -> {
            reader.only(at, json, "name", "members");
            AtomicReference<CustomChannel> channel =
                    new AtomicReference<>(CustomChannel.named(reader.text(at + ".name", json.path("name"))));
            reader.list(at + ".members", json.path("members"), (member, one) -> {
                reader.only(member, one, "entity", "filter", "enriched");
                String[] enriched =
                        one.has("enriched") ? reader.texts(member + ".enriched", one.path("enriched")) : NOTHING;
                channel.set(channel.get()
                        .with(
                                reader.text(member + ".entity", one.path("entity")),
                                one.path("filter").asText(null),
                                enriched));
            });
            channels.add(channel.get());
        });
        return channels.toArray(CustomChannel[]::new);
    }

    private void latency(String place, JsonNode value) {
        builder.latency(reader.duration(place, value));
    }

    private void idleTimeout(String place, JsonNode value) {
        builder.idleTimeout(reader.duration(place, value));
    }

    private void clock(String place, JsonNode value) {
        try {
            builder.clock(
                    value.asText().equals("system")
                            ? Clock.systemUTC()
                            : new DrivenClock(Instant.parse(value.asText())));
        } catch (DateTimeException e) {
            throw reader.invalid(
                    place, "must be 'system' or an instant such as 2026-03-01T10:00:00Z, not '" + value.asText() + "'");
        }
    }

    private void seed(String place, JsonNode value) {
        builder.seed(reader.number(place, value));
    }

    private void allowedHosts(String place, JsonNode hosts) {
        reader.list(place, hosts, (at, host) -> builder.allowedHosts(reader.text(at, host)));
    }
}
