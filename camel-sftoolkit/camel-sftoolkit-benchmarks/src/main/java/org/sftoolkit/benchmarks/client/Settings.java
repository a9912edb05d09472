package org.sftoolkit.benchmarks.client;

import java.util.HashMap;
import java.util.Map;

/** A run's settings, given as {@code name=value} arguments. */
public record Settings(Map<String, String> values) {

    static Settings of(String... args) {
        var values = new HashMap<String, String>();
        for (String arg : args) {
            int equals = arg.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("'" + arg + "' is no name=value");
            }
            values.put(arg.substring(0, equals), arg.substring(equals + 1));
        }
        return new Settings(values);
    }

    String text(String name, String otherwise) {
        return values.getOrDefault(name, otherwise);
    }

    int number(String name, int otherwise) {
        String text = values.get(name);
        return text == null ? otherwise : Integer.parseInt(text);
    }

    String scenario() {
        return values.get("scenario");
    }

    String label() {
        return text("label", scenario());
    }

    String driver() {
        return text("driver", "sftoolkit");
    }

    int operations() {
        return number("ops", 1000);
    }

    int inFlight() {
        return number("conc", 10);
    }

    int warmUp() {
        return number("warmup", 0);
    }

    int port() {
        return number("port", 8089);
    }

    String url() {
        return "http://127.0.0.1:" + port();
    }
}
