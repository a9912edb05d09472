package org.sftoolkit.emulator.pubsub;

import com.google.protobuf.ByteString;
import java.util.Arrays;
import org.sftoolkit.emulator.events.EventMessage;
import org.sftoolkit.emulator.fault.EventFault;
import org.sftoolkit.emulator.pubsub.wire.Wire;

/** Writes events into a response, as they are or as a fault makes them. */
final class EventWriter {

    private static final String UNKNOWN_SCHEMA = "unknown_schema_id_0000";

    private EventWriter() {}

    /** @param fault null for an event as it is */
    static void add(Wire.FetchResponse.Builder response, EventMessage message, EventFault fault) {
        if (!(fault instanceof EventFault.AlterEvent altered)) {
            response.addEvents(event(message));
            return;
        }
        switch (altered.alteration()) {
            case DUPLICATE -> response.addEvents(event(message)).addEvents(event(message));
            case GAP -> response.addEvents(event(message.asGap()));
            case OVERFLOW -> response.addEvents(event(message.asOverflow()));
            case WILDCARD -> response.addEvents(event(message.asWildcard()));
            case UNREADABLE -> {
                byte[] bytes = new byte[message.payload().length];
                Arrays.fill(bytes, (byte) -1);
                Wire.ConsumerEvent.Builder event = event(message).toBuilder();
                event.getEventBuilder().setPayload(ByteString.copyFrom(bytes));
                response.addEvents(event);
            }
            case UNKNOWN_SCHEMA -> {
                Wire.ConsumerEvent.Builder event = event(message).toBuilder();
                event.getEventBuilder().setSchemaId(UNKNOWN_SCHEMA);
                response.addEvents(event);
            }
        }
    }

    private static Wire.ConsumerEvent event(EventMessage message) {
        return Wire.ConsumerEvent.newBuilder()
                .setEvent(Wire.ProducerEvent.newBuilder()
                        .setId(message.uuid())
                        .setSchemaId(message.schemaId())
                        .setPayload(ByteString.copyFrom(message.payload())))
                .setReplayId(ByteString.copyFrom(message.replayId()))
                .build();
    }
}
