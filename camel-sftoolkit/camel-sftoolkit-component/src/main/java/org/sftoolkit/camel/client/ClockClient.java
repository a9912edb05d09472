package org.sftoolkit.camel.client;

import io.vertx.core.Future;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.sftoolkit.camel.error.Answer;
import org.sftoolkit.camel.error.UnreadableResponseException;
import org.sftoolkit.camel.transport.Request;
import org.sftoolkit.camel.transport.Response;
import org.sftoolkit.camel.transport.Transport;

/**
 * The org's clock, from the {@code Date} header of its responses, to the second. It requests the list of versions,
 * which does not count as an API call.
 *
 * @see <a href="https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_versions.htm">REST
 *     API Developer Guide: Versions</a>
 */
public final class ClockClient {

    private final Transport transport;

    public ClockClient(Transport transport) {
        this.transport = transport;
    }

    /** The time now. */
    public Future<Instant> now() {
        Request request = Request.get("/services/data/");
        return transport.send(request).map(answer -> date(request, answer));
    }

    private static Instant date(Request request, Response answer) {
        String date = answer.header("Date");
        try {
            return DateTimeFormatter.RFC_1123_DATE_TIME.parse(String.valueOf(date), Instant::from);
        } catch (DateTimeException e) {
            throw new UnreadableResponseException(
                    "the response has no readable Date header, so the time of the org is unknown",
                    true,
                    new Answer(answer.status(), List.of(), request.line()),
                    e);
        }
    }
}
