package org.sftoolkit.emulator.api;

import java.util.Optional;

/** The token of an {@code Authorization} header. */
final class BearerToken {

    private BearerToken() {}

    /**
     * Nothing when there is no such header.
     *
     * @throws ApiException {@code INVALID_AUTH_HEADER} when it is of another kind than {@code Bearer} or {@code OAuth}
     */
    static Optional<String> of(ApiCall call) {
        String header = call.header("Authorization").orElse("").strip();
        if (header.isEmpty()) {
            return Optional.empty();
        }
        int blank = header.indexOf(' ');
        String scheme = blank < 0 ? header : header.substring(0, blank);
        if (blank < 0 || !scheme.equalsIgnoreCase("Bearer") && !scheme.equalsIgnoreCase("OAuth")) {
            throw new ApiException(401, "INVALID_AUTH_HEADER", "INVALID_HEADER_TYPE");
        }
        return Optional.of(header.substring(blank + 1).strip());
    }
}
