package org.sftoolkit.camel.error;

import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.redaction.Redaction;

/**
 * The host answered with a redirect (HTTP 301, 302, 303, 307, 308): it is not the org's any more, as after the org moved or
 * its My Domain was renamed. Nothing was carried out. A redirect is never followed, since the access token would go along.
 */
public final class RedirectedException extends RequestRejectedException {

    private static final long serialVersionUID = 1L;

    private static final int LONGEST = 500;

    private final @Nullable String location;

    /**
     * @param address where the request went, a full URL
     * @param target  the answer's {@code Location}, absolute or relative to the address; null if it has no such header
     * @param answer  the redirect
     */
    public RedirectedException(String address, @Nullable String target, Answer answer) {
        this(cleared(address, target), answer);
    }

    private RedirectedException(@Nullable String location, Answer answer) {
        super(
                "the host redirects to " + (location == null ? "an address that cannot be read" : location)
                        + ", and redirects are not followed. If the org moved or its My Domain was renamed, set"
                        + " loginUrl (and instanceUrl, if you use it) to the new host",
                answer);
        this.location = location;
    }

    /** Where the host redirects to, without user, query and fragment, which may be secret; null if that cannot be read. */
    public @Nullable String location() {
        return location;
    }

    /** False: the host redirects the next request as well. */
    @Override
    public boolean retryable() {
        return false;
    }

    private static @Nullable String cleared(String address, @Nullable String target) {
        if (target == null || target.isBlank() || target.length() > LONGEST) {
            return null;
        }
        try {
            // only the host of the address counts: its path and query may hold what no URI may
            URI full = new URI(origin(address)).resolve(new URI(bare(target.strip())));
            return full.getHost() == null
                    ? null
                    : Redaction.of(
                            new URI(full.getScheme(), null, full.getHost(), full.getPort(), full.getPath(), null, null)
                                    .toASCIIString());
        } catch (URISyntaxException | IllegalArgumentException e) {
            return null;
        }
    }

    private static String origin(String address) {
        int host = address.indexOf("://") + 3;
        int path = address.indexOf('/', host);
        return path < 0 ? address : address.substring(0, path + 1);
    }

    private static String bare(String target) {
        return target.replaceFirst("[?#].*", "");
    }
}
