package org.sftoolkit.emulator.fault;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.sftoolkit.emulator.traffic.ResourceKey;

/**
 * Fault rules as JSON objects, such as {@code {"fault": "status", "status": 503, "headers": {"Retry-After": "2"}, "when":
 * "POST composite/sobjects", "times": 3}}. Without {@code times} and {@code percent} the next fitting request is struck;
 * with {@code percent} alone that share of all.
 */
public final class FaultJson {

    private static final String KINDS =
            "delay, status, dropConnection, expireSession, limitReached, truncateBody, htmlBody, rowLock";

    private FaultJson() {}

    /**
     * Adds the rule to the plan.
     *
     * @throws IllegalArgumentException when it is not understood
     */
    public static void addTo(FaultPlan plan, Map<String, Object> json) {
        double percent = number(json, "percent", 100).doubleValue();
        int usual = json.containsKey("percent") ? Integer.MAX_VALUE : 1;
        int times = number(json, "times", usual).intValue();
        if ("rowLock".equals(json.get("fault"))) {
            String field = text(json, "field", "Id");
            String value = text(json, "value", null);
            plan.lockRows(times, text(json, "object", null), row -> value.equals(String.valueOf(row.get(field))));
            return;
        }
        plan.add(new FaultRule(ResourceKey.of(text(json, "when", "*")), fault(json), times, percent));
    }

    /** A rule in the form in which it can be added. */
    public static Map<String, Object> of(FaultRule rule) {
        Map<String, Object> json = new LinkedHashMap<>();
        Fault fault = rule.fault();
        String name = fault.getClass().getSimpleName();
        json.put("fault", name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1));
        if (fault instanceof Fault.Delay delay) {
            json.put("millis", delay.time().toMillis());
        } else if (fault instanceof Fault.Status status) {
            json.put("status", status.status());
            json.put("contentType", status.contentType());
            json.put("body", status.body());
            json.put("headers", status.headers());
        } else if (fault instanceof Fault.DropConnection drop) {
            json.put("moment", drop.moment().name());
        } else if (fault instanceof Fault.LimitReached reached) {
            json.put("limit", reached.limit().name());
        } else if (fault instanceof Fault.HtmlBody html) {
            json.put("status", html.status());
        }
        json.put("when", rule.when().toString());
        json.put("times", rule.times());
        json.put("percent", rule.percent());
        return json;
    }

    private static Fault fault(Map<String, Object> json) {
        String kind = text(json, "fault", null);
        return switch (kind) {
            case "delay" ->
                Fault.delay(Duration.ofMillis(number(json, "millis", null).longValue()));
            case "status" -> status(json);
            case "dropConnection" ->
                Fault.dropConnection(Fault.Moment.valueOf(text(json, "moment", "BEFORE_PROCESSING")));
            case "expireSession" -> Fault.expireSession();
            case "limitReached" -> Fault.limitReached(Fault.Limit.valueOf(text(json, "limit", "DAILY")));
            case "truncateBody" -> Fault.truncateBody();
            case "htmlBody" -> Fault.htmlBody(number(json, "status", 503).intValue());
            default -> throw new IllegalArgumentException("unknown fault '" + kind + "'; there are " + KINDS);
        };
    }

    private static Fault status(Map<String, Object> json) {
        int status = number(json, "status", null).intValue();
        Fault.Status fault = Fault.status(status);
        if (json.containsKey("errorCode")) {
            fault = Fault.status(status, text(json, "errorCode", null), text(json, "message", ""));
        } else if (json.get("body") != null) {
            fault = new Fault.Status(
                    status, text(json, "contentType", fault.contentType()), text(json, "body", null), Map.of());
        }
        if (json.get("headers") instanceof Map<?, ?> headers) {
            for (Map.Entry<?, ?> header : headers.entrySet()) {
                fault = fault.with(String.valueOf(header.getKey()), String.valueOf(header.getValue()));
            }
        }
        return fault;
    }

    private static String text(Map<String, Object> json, String name, String usual) {
        Object value = json.get(name) == null ? usual : json.get(name);
        if (value == null) {
            throw new IllegalArgumentException("\"" + name + "\" is missing");
        }
        return value.toString();
    }

    private static Number number(Map<String, Object> json, String name, Number usual) {
        Object value = json.get(name) == null ? usual : json.get(name);
        if (value instanceof Number number) {
            return number;
        }
        throw new IllegalArgumentException("\"" + name + "\" must be a number");
    }
}
