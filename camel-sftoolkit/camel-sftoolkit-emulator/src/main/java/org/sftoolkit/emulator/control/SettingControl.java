package org.sftoolkit.emulator.control;

import static org.sftoolkit.emulator.control.Field.Type.FLAG;
import static org.sftoolkit.emulator.control.Field.Type.INSTANT;
import static org.sftoolkit.emulator.control.Field.Type.INTEGER;
import static org.sftoolkit.emulator.control.Field.Type.TEXT;
import static org.sftoolkit.emulator.control.Field.Type.TEXTS;
import static org.sftoolkit.emulator.control.Field.Type.TIME;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.sftoolkit.emulator.api.Answer;
import org.sftoolkit.emulator.api.ApiCall;
import org.sftoolkit.emulator.api.Json;
import org.sftoolkit.emulator.api.LoginRules;
import org.sftoolkit.emulator.api.RuntimeSettings;
import org.sftoolkit.emulator.org.DuplicateRule;
import org.sftoolkit.emulator.org.OrgClock;

/** How the org behaves: limits, latency, rules, schema, clock, instance. */
final class SettingControl {

    private static final List<Field> SETTINGS = List.of(
            Field.of("latency", TIME, "50ms", "before each call of the data API"),
            Field.of("dailyLimit", INTEGER, 100_000, "calls until REQUEST_LIMIT_EXCEEDED"),
            Field.of("usedCalls", INTEGER, 0, "calls used of them"),
            Field.of("pageSize", INTEGER, 2_000, "most records in a page of a query"),
            Field.of("openCursors", INTEGER, 10, "query results that a user may have open"),
            Field.of("fileLimit", INTEGER, 2_000_000_000L, "most bytes of one file of a multipart request"),
            Field.of("tokenLifetimeRequests", INTEGER, 100, "calls that a new token bears"),
            Field.of("keepBodies", INTEGER, 10_000, "characters of bodies in the request log"),
            Field.of("clientCredentialsUser", FLAG, true, "whether client credentials are possible"),
            Field.of("loginHostOnly", FLAG, false, "whether this host refuses client credentials"),
            Field.of("rotateRefreshTokens", FLAG, false, "whether each refresh token is good once"),
            Field.of("strictJwtExpiry", FLAG, false, "whether assertions must expire within three minutes"));

    private final Controlled emulator;

    SettingControl(Controlled emulator) {
        this.emulator = emulator;
    }

    List<Resource> resources() {
        return List.of(
                Resource.of(
                        "GET",
                        "/health",
                        "settings",
                        200,
                        "Whether it is up.",
                        (call, body) -> Answer.ok(Map.of("status", "UP"))),
                Resource.of(
                                "GET",
                                "/settings",
                                "settings",
                                200,
                                "The settings that can be changed.",
                                (call, body) -> Answer.ok(settings()))
                        .java("SalesforceEmulator.usage"),
                Resource.of("PATCH", "/settings", "settings", 200, "Changes the settings that are named.", this::change)
                        .java(
                                "EmulatorBuilder.latency",
                                "EmulatorBuilder.dailyLimit",
                                "EmulatorBuilder.pageSize",
                                "EmulatorBuilder.openCursors",
                                "EmulatorBuilder.fileLimit",
                                "EmulatorBuilder.tokenLifetimeRequests",
                                "EmulatorBuilder.clientCredentialsUser",
                                "EmulatorBuilder.loginHostOnly",
                                "EmulatorBuilder.rotateRefreshTokens",
                                "EmulatorBuilder.strictJwtExpiry",
                                "RequestLog.keepBodies")
                        .body(SETTINGS.toArray(Field[]::new)),
                Resource.of("GET", "/clock", "clock", 200, "The org's time.", (call, body) -> Answer.ok(clock())),
                Resource.of(
                                "POST",
                                "/clock",
                                "clock",
                                200,
                                "Stops the clock, moves it, or lets it run as the system's.",
                                this::setClock)
                        .java("EmulatorBuilder.clock", "SalesforceEmulator.clock")
                        .body(
                                Field.of("stopAt", INSTANT, "2026-03-01T10:00:00Z", "stands at this instant"),
                                Field.of("advance", TIME, "1h", "moves on, or back if negative"),
                                Field.of("reset", FLAG, true, "shows the time that it had without all this")),
                Resource.of("GET", "/schema", "schema", 200, "The names of all objects.", this::objects),
                Resource.of(
                                "POST",
                                "/schema",
                                "schema",
                                200,
                                "Adds objects and fields; an object with rows can only gain fields.",
                                this::extendSchema)
                        .java(
                                "EmulatorBuilder.schema",
                                "EmulatorBuilder.object",
                                "EmulatorBuilder.field",
                                "EmulatorBuilder.platformEvent")
                        .anyBody(Map.of(
                                "objects",
                                List.of(Map.of(
                                        "name",
                                        "Invoice__c",
                                        "keyPrefix",
                                        "a0I",
                                        "fields",
                                        List.of(Map.of("name", "Number__c", "type", "text")))),
                                "fields",
                                Map.of(
                                        "Account",
                                        List.of(Map.of(
                                                "name",
                                                "Segment__c",
                                                "type",
                                                "picklist",
                                                "values",
                                                List.of("A", "B"))))))
                        .offLoop(),
                Resource.of(
                        "GET",
                        "/duplicateRules",
                        "settings",
                        200,
                        "The rules against duplicates.",
                        this::duplicateRules),
                Resource.of(
                                "POST",
                                "/duplicateRules",
                                "settings",
                                201,
                                "Rows that agree in these fields are duplicates.",
                                this::addDuplicateRule)
                        .java("EmulatorBuilder.duplicateRule")
                        .body(
                                Field.of("object", TEXT, "Account", "name of the object")
                                        .must(),
                                Field.of("fields", TEXTS, List.of("Name"), "names of fields")
                                        .must()),
                Resource.of(
                        "DELETE",
                        "/duplicateRules",
                        "settings",
                        204,
                        "Ends all rules against duplicates.",
                        this::clearDuplicateRules),
                Resource.of(
                                "GET",
                                "/cursors",
                                "queries",
                                200,
                                "How many query results can be read on.",
                                this::countCursors)
                        .java("SalesforceEmulator.openQueryCursors"),
                Resource.of(
                                "DELETE",
                                "/cursors",
                                "queries",
                                204,
                                "Ends all query results: INVALID_QUERY_LOCATOR.",
                                this::expireCursors)
                        .java("SalesforceEmulator.expireQueryCursors"),
                Resource.of(
                                "POST",
                                "/moveInstance",
                                "settings",
                                200,
                                "Moves the org to another port; the old one accepts logins and answers 401 to all"
                                        + " else.",
                                this::moveInstance)
                        .java("SalesforceEmulator.moveInstance", "SalesforceEmulator.url")
                        .offLoop());
    }

    private Map<String, Object> settings() {
        RuntimeSettings settings = emulator.settings();
        LoginRules rules = settings.loginRules();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("latency", settings.latency().toMillis() + "ms");
        json.put("dailyLimit", emulator.usage().limit());
        json.put("usedCalls", emulator.usage().used());
        json.put("pageSize", settings.pageSize());
        json.put("openCursors", emulator.cursors().perUser());
        json.put("fileLimit", settings.fileLimit());
        json.put("tokenLifetimeRequests", emulator.sessions().lifetime());
        json.put("keepBodies", emulator.requests().keptBody());
        json.put("clientCredentialsUser", rules.clientCredentialsUser());
        json.put("loginHostOnly", rules.loginHostOnly());
        json.put("rotateRefreshTokens", rules.rotateRefreshTokens());
        json.put("strictJwtExpiry", rules.strictJwtExpiry());
        return json;
    }

    private Answer change(ApiCall call, Values body) {
        RuntimeSettings settings = emulator.settings();
        body.time("latency").ifPresent(settings::latency);
        body.integer("dailyLimit", emulator.usage()::setLimit);
        body.integer("usedCalls", emulator.usage()::setUsed);
        body.integer("pageSize", settings::pageSize);
        body.integer("openCursors", emulator.cursors()::perUser);
        body.number("fileLimit").ifPresent(settings::fileLimit);
        body.integer("tokenLifetimeRequests", emulator.sessions()::lifetime);
        body.integer("keepBodies", emulator.requests()::keepBodies);
        rule(body, "clientCredentialsUser", yes -> rules -> rules.withClientCredentialsUser(yes));
        rule(body, "loginHostOnly", yes -> rules -> rules.withLoginHostOnly(yes));
        rule(body, "rotateRefreshTokens", yes -> rules -> rules.withRotateRefreshTokens(yes));
        rule(body, "strictJwtExpiry", yes -> rules -> rules.withStrictJwtExpiry(yes));
        return Answer.ok(settings());
    }

    private void rule(
            Values body, String name, java.util.function.Function<Boolean, UnaryOperator<LoginRules>> change) {
        body.flag(name).ifPresent(yes -> emulator.settings().changeLoginRules(change.apply(yes)));
    }

    private Map<String, Object> clock() {
        OrgClock clock = emulator.clock();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("now", clock.instant().toString());
        json.put("stopped", clock.stopped());
        json.put("aheadMillis", clock.ahead().toMillis());
        return json;
    }

    private Answer setClock(ApiCall call, Values body) {
        if (body.all().size() != 1) {
            throw Values.refused("give one of \"stopAt\", \"advance\", \"reset\"");
        }
        if (body.flag("reset").orElse(false)) {
            emulator.clock().reset();
        }
        body.instant("stopAt").ifPresent(emulator.clock()::stopAt);
        body.time("advance").ifPresent(emulator.clock()::advance);
        return Answer.ok(clock());
    }

    private Answer objects(ApiCall call, Values body) {
        return Answer.ok(emulator.org().schema().objects().stream()
                .map(object -> object.name())
                .toList());
    }

    private Answer extendSchema(ApiCall call, Values body) {
        emulator.org().changeSchema(schema -> emulator.schemaReader().extended(schema, Json.tree(body.all())));
        emulator.keeper().keep("schema", body.all());
        return objects(call, body);
    }

    private Answer duplicateRules(ApiCall call, Values body) {
        return Answer.ok(emulator.org().duplicateRules().stream()
                .map(rule -> Map.of("object", rule.object(), "fields", rule.fields()))
                .toList());
    }

    private Answer addDuplicateRule(ApiCall call, Values body) {
        String object = body.text("object").orElseThrow();
        List<String> fields = body.texts("fields");
        for (String field : fields) {
            if (emulator.org().object(object).field(field).isEmpty()) {
                throw Values.refused(object + " has no field '" + field + "'");
            }
        }
        List<DuplicateRule> rules = new ArrayList<>(emulator.org().duplicateRules());
        rules.add(new DuplicateRule(object, fields));
        emulator.org().changeDuplicateRules(rules);
        return Answer.empty(201);
    }

    private Answer clearDuplicateRules(ApiCall call, Values body) {
        emulator.org().changeDuplicateRules(List.of());
        return Answer.noContent();
    }

    private Answer countCursors(ApiCall call, Values body) {
        return Answer.ok(Map.of("open", emulator.cursors().size()));
    }

    private Answer expireCursors(ApiCall call, Values body) {
        emulator.cursors().expireAll();
        return Answer.noContent();
    }

    private Answer moveInstance(ApiCall call, Values body) {
        return Answer.ok(Map.of("url", emulator.moveInstance().get()));
    }
}
