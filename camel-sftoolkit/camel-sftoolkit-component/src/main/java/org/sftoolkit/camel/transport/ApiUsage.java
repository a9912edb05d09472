package org.sftoolkit.camel.transport;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * API calls of the last 24 hours as Salesforce counts them.
 *
 * @param used  calls made by all users of the org
 * @param limit calls the org may make
 * @see <a href="https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/headers_api_usage.htm">REST API
 *      Developer Guide: Limit Info Header</a>
 */
public record ApiUsage(long used, long limit) {

    /** Reads {@code Sforce-Limit-Info}; empty if it is absent or has another form. */
    static Optional<ApiUsage> parse(@Nullable String header) {
        if (header == null) {
            return Optional.empty();
        }
        for (String part : header.split(";")) {
            String usage = part.strip();
            int slash = usage.indexOf('/');
            if (usage.startsWith("api-usage=") && slash > 0) {
                return number(usage.substring("api-usage=".length(), slash), usage.substring(slash + 1));
            }
        }
        return Optional.empty();
    }

    private static Optional<ApiUsage> number(String used, String limit) {
        try {
            return Optional.of(new ApiUsage(Long.parseLong(used), Long.parseLong(limit)));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Used calls in percent of the limit; 0 if the org has no limit. */
    public double percent() {
        return limit <= 0 ? 0 : 100.0 * used / limit;
    }

    /** Used and limit as {@code 18/5000}. */
    @Override
    public String toString() {
        return used + "/" + limit;
    }
}
