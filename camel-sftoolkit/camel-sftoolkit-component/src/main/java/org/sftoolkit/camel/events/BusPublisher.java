package org.sftoolkit.camel.events;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.sftoolkit.camel.client.JsonMaps;
import org.sftoolkit.camel.error.EventBusException;
import org.sftoolkit.camel.model.PublishResult;
import org.sftoolkit.camel.model.SaveError;
import org.sftoolkit.camel.model.SourceRecord;
import org.sftoolkit.camel.operation.OperationContext;
import org.sftoolkit.camel.transport.Request;

/** Publishes through the Pub/Sub API. */
final class BusPublisher implements PublishOperation.Publisher {

    private static final int LARGEST_EVENT = 1_000_000;

    private final BusSession session;
    private final String channel;
    private final EventSchema schema;
    private final EventEncoder encoder;

    private BusPublisher(BusSession session, String channel, EventSchema schema, String userId, boolean checks) {
        this.session = session;
        this.channel = channel;
        this.schema = schema;
        this.encoder = new EventEncoder(schema, userId, Instant.now(), checks);
    }

    /** For events of a channel; fails if the channel is unknown, or the user may not publish there. */
    static Future<BusPublisher> of(BusSession session, String channel, OperationContext call) {
        return session.publication(channel, () -> userId(call)).map(ready -> {
            if (!ready.topic().canPublish()) {
                throw new EventBusException(
                        "Publish " + channel,
                        "topic.meta.permission",
                        "PERMISSION_DENIED",
                        "the user of the connection may not publish " + ChannelName.event(channel),
                        "");
            }
            return new BusPublisher(
                    session,
                    channel,
                    ready.schema(),
                    ready.userId(),
                    call.options().records().writing().publishing().checkFields());
        });
    }

    private static Future<String> userId(OperationContext call) {
        Request request = Request.get("/services/oauth2/userinfo");
        return call.client()
                .send(request)
                .map(answer -> String.valueOf(
                        JsonMaps.object(request, answer, "user_id").get("user_id")));
    }

    @Override
    public EventEncoder.Encoded encode(SourceRecord record) {
        return encoder.encode(record);
    }

    @Override
    public Future<List<PublishResult>> publish(List<PublishOperation.Row> batch) {
        var results = new HashMap<Integer, PublishResult>();
        var sent = new ArrayList<PublishOperation.Row>();
        var events = new ArrayList<EventBus.Outgoing>();
        for (PublishOperation.Row row : batch) {
            byte[] payload = row.encoded().payload();
            if (payload == null) {
                results.put(row.index(), row.refused(row.encoded().errors()));
            } else if (payload.length > LARGEST_EVENT) {
                results.put(
                        row.index(),
                        row.refused(List.of(new SaveError(
                                "EVENT_TOO_LARGE",
                                "the event has " + payload.length + " bytes, and Salesforce takes " + LARGEST_EVENT,
                                List.of(),
                                false))));
            } else {
                sent.add(row);
                events.add(new EventBus.Outgoing(row.eventId(), schema.id(), payload));
            }
        }
        Future<List<EventBus.Published>> answer = events.isEmpty()
                ? Future.succeededFuture(List.of())
                : session.call(access -> session.bus().publish(access, channel, events));
        return answer.map(published -> {
            for (int i = 0; i < sent.size(); i++) {
                EventBus.Published one = published.get(i);
                PublishOperation.Row row = sent.get(i);
                results.put(
                        row.index(),
                        one.error() == null
                                ? row.published(one.id(), one.replayId())
                                : row.refused(List.of(new SaveError("PUBLISH", one.error(), List.of(), true))));
            }
            return batch.stream().map(row -> results.get(row.index())).toList();
        });
    }
}
