package org.sftoolkit.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** Walks through a config; refuses what is not known, naming its place. */
final class ConfigReader {

    private final String source;

    /** @param source what is read, for messages; may be empty */
    ConfigReader(String source) {
        this.source = source.isEmpty() ? "" : source + ": ";
    }

    /** The message contains the location of the error. */
    private static final class Misplaced extends IllegalArgumentException {

        private static final long serialVersionUID = 1L;

        Misplaced(String message) {
            super(message);
        }
    }

    void each(String prefix, JsonNode object, BiConsumer<String, JsonNode> setting) {
        if (!(object instanceof ObjectNode)) {
            throw invalid(
                    prefix.isEmpty() ? "the file" : prefix.substring(0, prefix.length() - 1),
                    "must have names and values");
        }
        object.properties().forEach(entry -> setting.accept(entry.getKey(), entry.getValue()));
    }

    void only(String place, JsonNode object, String... names) {
        each(place + ".", object, (name, value) -> {
            if (!List.of(names).contains(name)) {
                throw unknown(place + "." + name, List.of(names));
            }
        });
    }

    void list(String place, JsonNode list, BiConsumer<String, JsonNode> element) {
        if (!list.isArray()) {
            throw invalid(place, "must be a list");
        }
        for (int i = 0; i < list.size(); i++) {
            element.accept(place + "[" + i + "]", list.get(i));
        }
    }

    String text(String place, JsonNode value) {
        if (!value.isValueNode() || value.isNull()) {
            throw invalid(place, "is missing or not a text");
        }
        return value.asText();
    }

    String[] texts(String place, JsonNode list) {
        List<String> texts = new ArrayList<>();
        list(place, list, (at, text) -> texts.add(text(at, text)));
        return texts.toArray(String[]::new);
    }

    boolean bool(String place, JsonNode value) {
        if (!value.isBoolean()) {
            throw invalid(place, "must be true or false, not '" + value.asText() + "'");
        }
        return value.booleanValue();
    }

    int number(String place, JsonNode value) {
        if (!value.isInt()) {
            throw invalid(place, "must be a whole number, not '" + value.asText() + "'");
        }
        return value.intValue();
    }

    /** Milliseconds, or a text such as {@code 150ms} or {@code 2s}. */
    Duration duration(String place, JsonNode value) {
        String text = value.asText();
        if (!text.matches("\\d{1,9}(ms|s|m|h)?")) {
            throw invalid(place, "must be a time such as 150ms, 2s or 72h, not '" + text + "'");
        }
        long number = Long.parseLong(text.replaceAll("\\D", ""));
        return switch (text.replaceAll("\\d", "")) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofMillis(number);
        };
    }

    IllegalArgumentException invalid(String place, String what) {
        return new Misplaced(source + place + " " + what);
    }

    IllegalArgumentException unknown(String name, Iterable<String> known) {
        return new Misplaced(source + "unknown setting '" + name + "': use one of " + String.join(", ", known));
    }

    /** The same failure with its place, unless it has one. */
    IllegalArgumentException placed(String place, IllegalArgumentException e) {
        return e instanceof Misplaced ? e : invalid(place, e.getMessage());
    }
}
