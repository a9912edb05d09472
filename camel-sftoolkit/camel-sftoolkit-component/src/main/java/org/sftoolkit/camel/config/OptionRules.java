package org.sftoolkit.camel.config;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What values of options have to keep to. Each refusal names the option, its value and what is allowed. */
public final class OptionRules {

    private static final int MOST_RETRIES = 1_000;

    private OptionRules() {}

    /** Times in milliseconds: timers know no longer ones. */
    public static void requireDuration(String option, long millis, int least) {
        if (millis < least || millis > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(option + "=" + millis + ": use " + least + " to " + Integer.MAX_VALUE
                    + " milliseconds (24 days), or a duration such as 30s or 5m");
        }
    }

    public static void requireRetries(String option, long times) {
        if (times < 0 || times > MOST_RETRIES) {
            throw new IllegalArgumentException(option + "=" + times + ": use 0 to " + MOST_RETRIES);
        }
    }

    public static void requirePositive(String option, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException(option + "=" + value + " is not allowed: use 1 or more");
        }
    }

    public static void requireNotNegative(String option, long value) {
        if (value < 0) {
            throw new IllegalArgumentException(option + "=" + value + " is not allowed: use 0 or more");
        }
    }

    /** Names in a list that is separated by commas; empty for null. */
    public static List<String> names(@Nullable String list) {
        return list == null
                ? List.of()
                : Arrays.stream(list.split(","))
                        .map(String::strip)
                        .filter(name -> !name.isEmpty())
                        .toList();
    }
}
