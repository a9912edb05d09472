package org.sftoolkit.emulator.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The releases of the API (REST API Developer Guide: "Versions", "API End-of-Life Policy"). */
final class Versions {

    static final int OLDEST = 31;
    static final int NEWEST = 67;
    /** Announced to lose support in Summer '27. */
    private static final int NEWEST_DEPRECATED = 40;

    private static final String DEPRECATION =
            "299 - \"This API version is deprecated and will be removed. Use a later API version.\"";

    private Versions() {}

    /** Answers {@code GET /services/data}. */
    static Answer list(ApiCall call) {
        List<Map<String, Object>> versions = new ArrayList<>();
        for (int release = OLDEST; release <= NEWEST; release++) {
            Map<String, Object> version = new LinkedHashMap<>();
            version.put("label", label(release));
            version.put("url", "/services/data/v" + release + ".0");
            version.put("version", release + ".0");
            versions.add(version);
        }
        return Answer.ok(versions);
    }

    /** Refuses a path segment that is not the version of a living release. */
    static void require(String segment) {
        if (!segment.matches("v\\d{1,3}\\.0")) {
            throw ApiException.notFound();
        }
        int release = Integer.parseInt(segment.substring(1, segment.length() - 2));
        if (release > NEWEST) {
            throw ApiException.notFound();
        }
        if (release < OLDEST) {
            // Only the code is documented; the text is assumed.
            throw new ApiException(
                    410,
                    "GONE",
                    "The requested resource is no longer available: API version " + release + ".0 is retired");
        }
    }

    static Answer marked(Answer answer, int release) {
        return release <= NEWEST_DEPRECATED ? answer.with("Warning", DEPRECATION) : answer;
    }

    private static String label(int release) {
        int sinceSpring24 = release - 60;
        int year = 24 + Math.floorDiv(sinceSpring24, 3);
        return switch (Math.floorMod(sinceSpring24, 3)) {
            case 0 -> "Spring '" + year;
            case 1 -> "Summer '" + year;
            default -> "Winter '" + (year + 1);
        };
    }
}
