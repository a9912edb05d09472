package org.sftoolkit.emulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.X509EncodedKeySpec;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/**
 * Sets up an emulator by a file in YAML or JSON: the same settings as {@link EmulatorBuilder}. What is not known in it is refused
 * by name. Needs {@code jackson-dataformat-yaml} on the class path.
 */
public final class OrgConfig {

    private final Path file;
    private final EmulatorBuilder builder;
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
            Map.entry("duplicateRules", this::duplicateRules),
            Map.entry("limits", this::limits),
            Map.entry("latency", this::latency),
            Map.entry("clock", this::clock),
            Map.entry("seed", this::seed),
            Map.entry("allowedHosts", this::allowedHosts),
            Map.entry("idleTimeout", this::idleTimeout));

    private OrgConfig(Path file, EmulatorBuilder builder) {
        this.file = file;
        this.builder = builder;
    }

    /**
     * Takes over what the file says.
     *
     * @throws IllegalArgumentException when it cannot be read or says what is not known, naming the place
     */
    public static void apply(Path file, EmulatorBuilder builder) {
        JsonNode root;
        try {
            root = new YAMLMapper().readTree(Files.readString(file));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(file + ": " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read " + file + ": " + e, e);
        }
        if (root.isMissingNode() || root.isNull()) {
            return;
        }
        OrgConfig config = new OrgConfig(file, builder);
        config.each("", root, (name, value) -> {
            BiConsumer<String, JsonNode> setting = config.settings.get(name);
            if (setting == null) {
                throw config.unknown(name, new TreeSet<>(config.settings.keySet()));
            }
            setting.accept(name, value);
        });
    }

    private void app(String place, JsonNode app) {
        only(place, app, "id", "secret", "jwtKey");
        builder.connectedApp(
                app.path("id").asText("emulator-client"), app.path("secret").asText("emulator-secret"));
        if (app.has("jwtKey")) {
            builder.jwtKey(publicKey(place + ".jwtKey", app.path("jwtKey").asText()));
        }
    }

    /** A PEM text, or the name of a PEM file beside the config: a certificate or a public key. */
    private PublicKey publicKey(String place, String text) {
        try {
            String pem = text.contains("-----BEGIN")
                    ? text
                    : Files.readString(file.toAbsolutePath().resolveSibling(text));
            if (pem.contains("BEGIN CERTIFICATE")) {
                return CertificateFactory.getInstance("X.509")
                        .generateCertificate(new java.io.ByteArrayInputStream(
                                pem.getBytes(java.nio.charset.StandardCharsets.US_ASCII)))
                        .getPublicKey();
            }
            byte[] der = Base64.getMimeDecoder().decode(pem.replaceAll("-----[^-]+-----", ""));
            return KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(der));
        } catch (IOException e) {
            throw invalid(place, "cannot be read: " + e.getMessage());
        } catch (CertificateException e) {
            throw invalid(place, "is no certificate: " + e.getMessage());
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw invalid(place, "is no public key in PEM: " + e.getMessage());
        }
    }

    private void users(String place, JsonNode users) {
        list(place, users, (at, user) -> {
            only(at, user, "name", "password", "token");
            builder.user(
                    text(at + ".name", user.path("name")),
                    user.path("password").asText("password"),
                    user.path("token").asText("token"));
        });
    }

    private void accessTokens(String place, JsonNode tokens) {
        list(place, tokens, (at, token) -> builder.accessToken(text(at, token)));
    }

    private void refreshTokens(String place, JsonNode tokens) {
        list(place, tokens, (at, token) -> builder.refreshToken(text(at, token)));
    }

    private void rotateRefreshTokens(String place, JsonNode value) {
        builder.rotateRefreshTokens(bool(place, value));
    }

    private void strictJwtExpiry(String place, JsonNode value) {
        builder.strictJwtExpiry(bool(place, value));
    }

    private void clientCredentialsUser(String place, JsonNode value) {
        builder.clientCredentialsUser(bool(place, value));
    }

    private void tokenLifetimeRequests(String place, JsonNode value) {
        builder.tokenLifetimeRequests(number(place, value));
    }

    private void objects(String place, JsonNode objects) {
        list(place, objects, (at, object) -> {
            only(at, object, "name", "keyPrefix", "fields");
            List<CustomField> fields = new ArrayList<>();
            if (object.has("fields")) {
                list(at + ".fields", object.path("fields"), (field, json) -> fields.add(field(field, json)));
            }
            try {
                builder.object(CustomObject.named(
                                text(at + ".name", object.path("name")),
                                text(at + ".keyPrefix", object.path("keyPrefix")))
                        .with(fields.toArray(CustomField[]::new)));
            } catch (IllegalArgumentException e) {
                throw e.getMessage().startsWith(file.toString()) ? e : invalid(at, e.getMessage());
            }
        });
    }

    private void fields(String place, JsonNode fields) {
        each(
                place + ".",
                fields,
                (object, list) -> list(place + "." + object, list, (at, field) -> {
                    try {
                        builder.field(object, field(at, field));
                    } catch (IllegalArgumentException e) {
                        throw e.getMessage().startsWith(file.toString()) ? e : invalid(at, e.getMessage());
                    }
                }));
    }

    private CustomField field(String at, JsonNode json) {
        only(at, json, "name", "type", "length", "digits", "decimals", "values", "lookup", "externalId", "required");
        String name = text(at + ".name", json.path("name"));
        int digits = json.path("digits").asInt(18);
        int decimals = json.path("decimals").asInt(2);
        String type = json.path("type").asText("text");
        CustomField field =
                switch (type) {
                    case "text" -> CustomField.text(name, json.path("length").asInt(255));
                    case "longText" ->
                        CustomField.longText(name, json.path("length").asInt(32_000));
                    case "number" -> CustomField.number(name, digits, decimals);
                    case "currency" -> CustomField.currency(name, digits, decimals);
                    case "checkbox" -> CustomField.checkbox(name);
                    case "date" -> CustomField.date(name);
                    case "dateTime" -> CustomField.dateTime(name);
                    case "picklist" -> {
                        List<String> values = new ArrayList<>();
                        list(at + ".values", json.path("values"), (place, value) -> values.add(text(place, value)));
                        yield CustomField.picklist(name, values.toArray(String[]::new));
                    }
                    case "lookup" -> CustomField.lookup(name, text(at + ".lookup", json.path("lookup")));
                    default ->
                        throw invalid(
                                at + ".type",
                                "is '" + type
                                        + "'; there are text, longText, number, currency, checkbox, date, dateTime,"
                                        + " picklist, lookup");
                };
        field = json.path("externalId").asBoolean() ? field.externalId() : field;
        return json.path("required").asBoolean() ? field.required() : field;
    }

    private void duplicateRules(String place, JsonNode rules) {
        list(place, rules, (at, rule) -> {
            only(at, rule, "object", "fields");
            List<String> names = new ArrayList<>();
            list(at + ".fields", rule.path("fields"), (field, name) -> names.add(text(field, name)));
            builder.duplicateRule(text(at + ".object", rule.path("object")), names.toArray(String[]::new));
        });
    }

    private void limits(String place, JsonNode limits) {
        each(place + ".", limits, (name, value) -> {
            try {
                switch (name) {
                    case "daily" -> builder.dailyLimit(number(place + ".daily", value));
                    case "pageSize" -> builder.pageSize(number(place + ".pageSize", value));
                    case "openCursors" -> builder.openCursors(number(place + ".openCursors", value));
                    case "fileBytes" -> builder.fileLimit(number(place + ".fileBytes", value));
                    default ->
                        throw unknown(place + "." + name, List.of("daily", "fileBytes", "openCursors", "pageSize"));
                }
            } catch (IllegalArgumentException e) {
                throw e.getMessage().startsWith(file.toString()) ? e : invalid(place, e.getMessage());
            }
        });
    }

    private void latency(String place, JsonNode value) {
        builder.latency(duration(place, value));
    }

    private void idleTimeout(String place, JsonNode value) {
        builder.idleTimeout(duration(place, value));
    }

    private void clock(String place, JsonNode value) {
        try {
            builder.clock(
                    value.asText().equals("system")
                            ? Clock.systemUTC()
                            : new DrivenClock(Instant.parse(value.asText())));
        } catch (DateTimeException e) {
            throw invalid(
                    place, "is 'system' or an instant such as 2026-03-01T10:00:00Z, not '" + value.asText() + "'");
        }
    }

    private void seed(String place, JsonNode value) {
        builder.seed(number(place, value));
    }

    private void allowedHosts(String place, JsonNode hosts) {
        list(place, hosts, (at, host) -> builder.allowedHosts(text(at, host)));
    }

    private void each(String prefix, JsonNode object, BiConsumer<String, JsonNode> setting) {
        if (!(object instanceof ObjectNode)) {
            throw invalid(
                    prefix.isEmpty() ? "the file" : prefix.substring(0, prefix.length() - 1), "has names and values");
        }
        object.properties().forEach(entry -> setting.accept(entry.getKey(), entry.getValue()));
    }

    private void only(String place, JsonNode object, String... names) {
        each(place + ".", object, (name, value) -> {
            if (!List.of(names).contains(name)) {
                throw unknown(place + "." + name, List.of(names));
            }
        });
    }

    private void list(String place, JsonNode list, BiConsumer<String, JsonNode> element) {
        if (!list.isArray()) {
            throw invalid(place, "is a list");
        }
        for (int i = 0; i < list.size(); i++) {
            element.accept(place + "[" + i + "]", list.get(i));
        }
    }

    private String text(String place, JsonNode value) {
        if (!value.isValueNode() || value.isNull()) {
            throw invalid(place, "is missing, or is no text");
        }
        return value.asText();
    }

    private boolean bool(String place, JsonNode value) {
        if (!value.isBoolean()) {
            throw invalid(place, "is true or false, not '" + value.asText() + "'");
        }
        return value.booleanValue();
    }

    private int number(String place, JsonNode value) {
        if (!value.isInt()) {
            throw invalid(place, "is a whole number, not '" + value.asText() + "'");
        }
        return value.intValue();
    }

    /** Milliseconds, or a text such as {@code 150ms} or {@code 2s}. */
    private Duration duration(String place, JsonNode value) {
        String text = value.asText();
        if (!text.matches("\\d{1,9}(ms|s)?")) {
            throw invalid(place, "is a time such as 150ms or 2s, not '" + text + "'");
        }
        long number = Long.parseLong(text.replaceAll("\\D", ""));
        return text.endsWith("s") && !text.endsWith("ms") ? Duration.ofSeconds(number) : Duration.ofMillis(number);
    }

    private IllegalArgumentException invalid(String place, String what) {
        return new IllegalArgumentException(file + ": " + place + " " + what);
    }

    private IllegalArgumentException unknown(String name, Iterable<String> known) {
        return new IllegalArgumentException(
                file + ": unknown setting '" + name + "'; there are " + String.join(", ", known));
    }
}
