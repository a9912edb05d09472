package org.sftoolkit.emulator.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.sftoolkit.emulator.traffic.ResourceKey;

/**
 * Fault rules as JSON objects, such as {@code {"fault": "status", "status": 503, "headers": {"Retry-After": "2"}, "when":
 * "POST composite/sobjects", "times": 3}}. Without {@code times} and {@code percent} the next fitting request is struck;
 * with {@code percent} alone that share of all.
 */
public final class FaultJson {

    private static final List<String> OF_RULES = List.of("fault", "when", "times", "percent");

    /** Those of requests, and the calls of the Pub/Sub API. */
    private static final Set<String> METHODS = Set.of(
            "GET",
            "HEAD",
            "POST",
            "PUT",
            "PATCH",
            "DELETE",
            "SUBSCRIBE",
            "PUBLISH",
            "PUBLISHSTREAM",
            "GETSCHEMA",
            "GETTOPIC");

    private FaultJson() {}

    /**
     * Adds the rule to the plan.
     *
     * @throws IllegalArgumentException when it is not understood
     */
    public static void addTo(FaultPlan plan, Map<String, Object> json) {
        FaultKind kind = FaultKind.named(text(json, "fault", null));
        check(kind, json);
        double percent = number(json, "percent", 100).doubleValue();
        int usual = json.containsKey("percent") ? Integer.MAX_VALUE : 1;
        int times = number(json, "times", usual).intValue();
        if (kind == FaultKind.ROW_LOCK) {
            plan.lockRows(times, text(json, "object", null), text(json, "field", "Id"), text(json, "value", null));
            return;
        }
        plan.add(new FaultRule(when(json), fault(kind, json), times, percent));
    }

    private static void requireWithin(FaultKind kind, String name, Number number) {
        double value = number.doubleValue();
        boolean whole = name.equals("percent") || value == Math.rint(value);
        boolean within =
                switch (name) {
                    case "status" -> value >= 100 && value <= 599;
                    case "percent" -> value > 0 && value <= 100;
                    case "times", "bytes", "lines" -> value >= 1;
                    case "millis" -> value >= 0 || kind == FaultKind.WRONG_CLOCK;
                    default -> value >= 0;
                };
        if (!whole || !within) {
            String range =
                    switch (name) {
                        case "status" -> "from 100 to 599";
                        case "percent" -> "above 0 and at most 100";
                        case "times", "bytes", "lines" -> "a whole number from 1 on";
                        default -> "a whole number from 0 on";
                    };
            throw new IllegalArgumentException("\"" + name + "\" must be " + range + ", not " + number);
        }
    }

    /** What a fault strikes; a word before it must be a method. */
    private static ResourceKey when(Map<String, Object> json) {
        String when = text(json, "when", "*").strip();
        int blank = when.indexOf(' ');
        if (blank > 0 && !METHODS.contains(when.substring(0, blank).toUpperCase(Locale.ROOT))) {
            throw new IllegalArgumentException("\"when\" is '" + when
                    + "': use a resource, such as composite/sobjects, or a method and a resource, such as POST"
                    + " composite/sobjects");
        }
        return ResourceKey.of(when);
    }

    private static void check(FaultKind kind, Map<String, Object> json) {
        json.forEach((name, value) -> {
            FaultKind.Parameter parameter = kind.parameter(name).orElse(null);
            if (parameter == null && !OF_RULES.contains(name)) {
                List<String> known = new ArrayList<>(kind.parameters().stream()
                        .map(FaultKind.Parameter::name)
                        .toList());
                known.addAll(OF_RULES.subList(1, OF_RULES.size()));
                throw new IllegalArgumentException(
                        "unknown \"" + name + "\" for " + kind.wireName() + ": use one of " + String.join(", ", known));
            }
            boolean chosen =
                    parameter != null && value != null && !parameter.choices().isEmpty();
            if (chosen && !parameter.choices().contains(value.toString())) {
                throw new IllegalArgumentException(
                        "\"" + name + "\" is '" + value + "': use one of " + String.join(", ", parameter.choices()));
            }
            if (value instanceof Number number) {
                requireWithin(kind, name, number);
            }
        });
    }

    /** A row lock in the form in which it can be added; one that Java code picks rows for has no field and value. */
    public static Map<String, Object> of(RowLock lock) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("fault", FaultKind.ROW_LOCK.wireName());
        json.put("object", lock.object());
        json.put("field", lock.field());
        json.put("value", lock.value());
        json.put("times", lock.times());
        return json;
    }

    /** A rule in the form in which it can be added. */
    public static Map<String, Object> of(FaultRule rule) {
        Map<String, Object> json = new LinkedHashMap<>();
        String name = rule.fault().getClass().getSimpleName();
        json.put("fault", name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1));
        describe(rule.fault(), json);
        json.put("when", rule.when().toString());
        json.put("times", rule.times());
        json.put("percent", rule.percent());
        return json;
    }

    private static void describe(Fault fault, Map<String, Object> json) {
        if (fault instanceof Fault.Delay delay) {
            json.put("millis", delay.time().toMillis());
        } else if (fault instanceof Fault.Status status) {
            describe(status, json);
        } else if (fault instanceof Fault.Early early) {
            describe(early.answer(), json);
        } else if (fault instanceof Fault.DropConnection drop) {
            json.put("moment", drop.moment().name());
        } else if (fault instanceof Fault.LimitReached reached) {
            json.put("limit", reached.limit().name());
        } else if (fault instanceof Fault.HtmlBody html) {
            json.put("status", html.status());
        } else if (fault instanceof Fault.Stall stall) {
            json.put("point", stall.point().name());
            json.put("millis", stall.time() == null ? null : stall.time().toMillis());
        } else if (fault instanceof Fault.SlowBody slow) {
            json.put("bytes", slow.bytes());
            json.put("millis", slow.every().toMillis());
        } else if (fault instanceof Fault.ReplaceBody replaced) {
            json.put("contentType", replaced.contentType());
            json.put("body", replaced.body());
        } else if (fault instanceof Fault.AlterHeaders altered) {
            json.put("set", altered.set());
            json.put("remove", altered.remove());
        } else if (fault instanceof Fault.WrongClock clock) {
            json.put("millis", clock.ahead().toMillis());
        } else if (fault instanceof Fault.DropLines dropped) {
            json.put("lines", dropped.lines());
        } else if (fault instanceof Fault.QuoteRequest quote) {
            json.put("status", quote.status());
            json.put("contentType", quote.contentType());
        } else if (fault instanceof EventFault ofBus) {
            describe(ofBus, json);
        } else if (fault instanceof Fault.HugeBody huge) {
            json.put("bytes", huge.bytes());
            json.put("gzip", huge.gzip());
        }
    }

    private static void describe(EventFault fault, Map<String, Object> json) {
        if (fault instanceof EventFault.GrpcStatus status) {
            json.put("status", status.status());
            json.put("errorCode", status.errorCode());
            json.put("message", status.message());
            json.put("afterEvents", status.afterEvents());
        } else if (fault instanceof EventFault.EndStream end) {
            json.put("ending", end.ending().name());
            json.put("afterEvents", end.afterEvents());
        } else if (fault instanceof EventFault.AlterEvent altered) {
            json.put("alteration", altered.alteration().name());
        } else if (fault instanceof EventFault.DelayEvent delay) {
            json.put("millis", delay.time().toMillis());
        } else if (fault instanceof EventFault.PublishError refused) {
            json.put("message", refused.message());
        }
    }

    private static void describe(Fault.Status status, Map<String, Object> json) {
        json.put("status", status.status());
        json.put("contentType", status.contentType());
        json.put("body", status.body());
        json.put("headers", status.headers());
    }

    private static Fault fault(FaultKind kind, Map<String, Object> json) {
        return switch (kind) {
            case DELAY -> Fault.delay(millis(json));
            case STATUS -> status(json);
            case REDIRECT -> Fault.redirect(number(json, "status", 302).intValue(), text(json, "location", null));
            case EARLY -> Fault.early(status(json));
            case DROP_CONNECTION ->
                Fault.dropConnection(Fault.Moment.valueOf(text(json, "moment", "BEFORE_PROCESSING")));
            case STALL ->
                Fault.stall(
                        Fault.Point.valueOf(text(json, "point", "BEFORE_HEAD")),
                        json.get("millis") == null ? null : millis(json));
            case SLOW_BODY -> Fault.slowBody(number(json, "bytes", 1).intValue(), millis(json));
            case EXPIRE_SESSION -> Fault.expireSession();
            case LIMIT_REACHED -> Fault.limitReached(Fault.Limit.valueOf(text(json, "limit", "DAILY")));
            case TRUNCATE_BODY -> Fault.truncateBody();
            case HTML_BODY -> Fault.htmlBody(number(json, "status", 503).intValue());
            case REPLACE_BODY -> Fault.replaceBody(optional(json, "contentType"), optional(json, "body"));
            case ALTER_HEADERS -> alterHeaders(json);
            case WRONG_CLOCK -> Fault.wrongClock(millis(json));
            case REPEAT_LOCATOR -> Fault.repeatLocator();
            case DROP_LINES -> Fault.dropLines(number(json, "lines", 1).intValue());
            case QUOTE_REQUEST ->
                Fault.quoteRequest(
                        number(json, "status", 502).intValue(), text(json, "contentType", "text/html;charset=UTF-8"));
            case HUGE_BODY ->
                Fault.hugeBody(number(json, "bytes", null).longValue(), Boolean.TRUE.equals(json.get("gzip")));
            case GRPC_STATUS -> {
                EventFault.GrpcStatus usual =
                        EventFault.status(text(json, "status", "UNAVAILABLE"), optional(json, "errorCode"));
                yield new EventFault.GrpcStatus(
                        usual.status(), usual.errorCode(), text(json, "message", usual.message()), afterEvents(json));
            }
            case END_STREAM ->
                EventFault.end(EventFault.Ending.valueOf(text(json, "ending", "OK")))
                        .after(afterEvents(json));
            case ALTER_EVENT -> EventFault.alter(EventFault.Alteration.valueOf(text(json, "alteration", "DUPLICATE")));
            case DELAY_EVENT -> EventFault.delayEvent(millis(json));
            case PUBLISH_ERROR -> EventFault.publishError(text(json, "message", "refused"));
            case ROW_LOCK -> throw new IllegalArgumentException("a row lock is not a fault of a request");
        };
    }

    private static Fault alterHeaders(Map<String, Object> json) {
        List<?> remove = json.get("remove") instanceof List<?> names ? names : List.of();
        return new Fault.AlterHeaders(
                texts(json.get("set")), remove.stream().map(String::valueOf).toList());
    }

    private static Map<String, String> texts(Object object) {
        Map<String, String> texts = new LinkedHashMap<>();
        if (object instanceof Map<?, ?> map) {
            map.forEach((name, value) -> texts.put(String.valueOf(name), String.valueOf(value)));
        }
        return texts;
    }

    private static Fault.Status status(Map<String, Object> json) {
        int status = number(json, "status", null).intValue();
        Fault.Status fault = Fault.status(status);
        if (json.containsKey("errorCode")) {
            fault = Fault.status(status, text(json, "errorCode", null), text(json, "message", ""));
        } else if (json.get("body") != null) {
            String type = json.containsKey("contentType") ? optional(json, "contentType") : fault.contentType();
            fault = new Fault.Status(status, type, text(json, "body", null), Map.of());
        }
        for (Map.Entry<String, String> header : texts(json.get("headers")).entrySet()) {
            fault = fault.with(header.getKey(), header.getValue());
        }
        return fault;
    }

    private static int afterEvents(Map<String, Object> json) {
        return number(json, "afterEvents", 0).intValue();
    }

    private static Duration millis(Map<String, Object> json) {
        return Duration.ofMillis(number(json, "millis", null).longValue());
    }

    private static String optional(Map<String, Object> json, String name) {
        return json.get(name) == null ? null : json.get(name).toString();
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
