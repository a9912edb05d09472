package org.sftoolkit.camel.transport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Future;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.error.Answer;
import org.sftoolkit.camel.error.UnreadableResponseException;

/** The API version of a connection. Thread-safe. */
@FunctionalInterface
public interface ApiVersion {

    /**
     * The number, such as {@code 66.0}.
     *
     * @param org used to ask the org, if the version is not known
     */
    Future<String> number(Transport org);

    /** A version that is known, such as {@code 66.0}. */
    static ApiVersion of(String number) {
        Future<String> known = Future.succeededFuture(number);
        return org -> known;
    }

    /** The newest version of the org; requested once, when the first request needs it. */
    static ApiVersion latest() {
        return new LatestVersion();
    }

    /**
     * The newest version that the org has. It is requested once for all waiting requests. After a failure the next
     * request asks again. Thread-safe.
     *
     * @see <a href="https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_versions.htm">REST
     *     API Developer Guide: Versions</a>
     */
    final class LatestVersion implements ApiVersion {

        private static final ObjectMapper JSON = new ObjectMapper();
        private static final Request VERSIONS = Request.get("/services/data/");

        private @Nullable Future<String> known;

        @Override
        public synchronized Future<String> number(Transport org) {
            if (known == null || known.failed()) {
                known = org.send(VERSIONS).map(LatestVersion::newest);
            }
            return known;
        }

        private static String newest(Response response) {
            try {
                JsonNode versions = JSON.readTree(response.body());
                return StreamSupport.stream(versions.spliterator(), false)
                        .map(version -> version.path("version").asText(""))
                        .filter(number -> number.matches("\\d+\\.\\d+"))
                        .max(Comparator.comparingDouble(Double::parseDouble))
                        .orElseThrow(() -> new IOException("no version is listed"));
            } catch (IOException e) {
                throw new UnreadableResponseException(
                        "the org's list of API versions cannot be read: set apiVersion to a number such as 66.0",
                        true,
                        new Answer(response.status(), List.of(), VERSIONS.line()),
                        null);
            }
        }
    }
}
