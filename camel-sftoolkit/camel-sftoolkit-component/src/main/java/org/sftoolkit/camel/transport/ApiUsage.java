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

    private static final String NAME = "api-usage=";

    /** Reads {@code Sforce-Limit-Info}; empty if it is absent or has another form. */
    static Optional<ApiUsage> parse(@Nullable String header) {
        if (header == null) {
            return Optional.empty();
        }
        // other parts may follow or precede, such as per-app-api-usage
        for (int at = 0; at < header.length(); at = end(header, at) + 1) {
            int begin = behindBlanks(header, at);
            int slash = header.indexOf('/', begin);
            if (header.startsWith(NAME, begin) && slash > 0 && slash < end(header, at)) {
                return numbers(header, begin + NAME.length(), slash, end(header, at));
            }
        }
        return Optional.empty();
    }

    private static int end(String header, int part) {
        int end = header.indexOf(';', part);
        return end < 0 ? header.length() : end;
    }

    private static int behindBlanks(String header, int from) {
        int at = from;
        while (at < header.length() && header.charAt(at) == ' ') {
            at++;
        }
        return at;
    }

    private static Optional<ApiUsage> numbers(String header, int from, int slash, int end) {
        int last = end;
        while (last > slash && header.charAt(last - 1) == ' ') {
            last--;
        }
        try {
            return Optional.of(
                    new ApiUsage(Long.parseLong(header, from, slash, 10), Long.parseLong(header, slash + 1, last, 10)));
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
