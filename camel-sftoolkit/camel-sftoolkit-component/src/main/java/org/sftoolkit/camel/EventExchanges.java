package org.sftoolkit.camel;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.body.BeanRecords;
import org.sftoolkit.camel.config.EventFormat;
import org.sftoolkit.camel.events.ChangeHeader;
import org.sftoolkit.camel.events.ChannelEvent;
import org.sftoolkit.camel.events.EventDelivery;
import org.sftoolkit.camel.events.EventEnvelope;
import org.sftoolkit.camel.events.EventSchema;
import org.sftoolkit.camel.events.EventStream;
import org.sftoolkit.camel.events.Subscription;

/** Makes exchanges of the deliveries of a subscription, and of the end of an exchange the end of its delivery. */
final class EventExchanges {

    /** The options refuse to read records with this format. */
    private static final String NOT_AVRO = "a record that was read in place of events has no payload";

    private final ConsumerExchanges exchanges;
    private final Subscription subscription;
    private final EventFormat format;
    private final boolean isGathering;
    private final @Nullable Class<?> type;

    /** @param type of the bodies; null for the default */
    EventExchanges(
            ConsumerExchanges exchanges, EventSettings settings, Subscription subscription, @Nullable Class<?> type) {
        this.exchanges = exchanges;
        this.subscription = subscription;
        this.format = settings.format();
        this.isGathering = settings.isGathering();
        this.type = type;
    }

    /** Hands a delivery to the route; what cannot be read goes to the consumer's exception handler. */
    void send(EventDelivery delivery) {
        Exchange exchange;
        try {
            exchange = exchanges.create();
            if (delivery.unreadable() != null) {
                exchanges.refuse(
                        exchange,
                        "An event of " + delivery.channelName() + " cannot be delivered",
                        delivery.unreadable());
                subscription.ack(delivery, delivery.unreadable());
                return;
            }
            fill(exchange, delivery);
        } catch (RuntimeException | Error e) {
            subscription.ack(delivery, e);
            exchanges.refuse("An event cannot become an exchange", e);
            return;
        }
        exchanges.send(exchange, failure -> subscription.ack(delivery, failure));
    }

    private void fill(Exchange exchange, EventDelivery delivery) {
        List<ChannelEvent> events = delivery.events();
        Message message = exchange.getMessage();
        message.setHeader(SfToolkitConstants.CHANNEL, delivery.channelName());
        tell(message, events.get(events.size() - 1));
        if (isGathering) {
            message.setHeader(
                    SfToolkitConstants.CHANGE,
                    events.stream().map(event -> String.valueOf(event.change())).collect(Collectors.joining(",")));
            if (delivery.index() > 0 || !delivery.isLast()) {
                message.setHeader(SfToolkitConstants.PART, delivery.index() + 1);
            }
            message.setBody(bodies(events));
        } else {
            ChannelEvent event = events.get(0);
            if (event.change() != null) {
                message.setHeader(SfToolkitConstants.CHANGE, event.change().name());
                change(message, event.header());
                if (event.id() != null && events.size() == 1) {
                    IdHeader.set(exchange, event.id(), event.record().type());
                }
            }
            if (format == EventFormat.AVRO) {
                EventSchema schema = Objects.requireNonNull(event.schema(), NOT_AVRO);
                message.setHeader(SfToolkitConstants.SCHEMA, schema.json());
            }
            message.setBody(body(event));
        }
        exchange.setProperty(ExchangePropertyKey.BATCH_INDEX, delivery.index());
        if (delivery.size() > 0) {
            exchange.setProperty(ExchangePropertyKey.BATCH_SIZE, delivery.size());
        }
        exchange.setProperty(ExchangePropertyKey.BATCH_COMPLETE, delivery.isLast());
    }

    /** What holds for a whole delivery, told by its last event. */
    private static void tell(Message message, ChannelEvent event) {
        if (event.raw() != null) {
            message.setHeader(SfToolkitConstants.REPLAY_ID, event.raw().replayId());
            message.setHeader(SfToolkitConstants.EVENT_ID, event.raw().eventId());
            message.setHeader(SfToolkitConstants.SCHEMA_ID, event.raw().schemaId());
        }
        message.setHeader(SfToolkitConstants.SOBJECT, event.record().type());
        if (event.time() != null) {
            message.setHeader(SfToolkitConstants.COMMIT_TIME, event.time().toString());
            message.setHeader(Exchange.MESSAGE_TIMESTAMP, event.time().toEpochMilli());
        }
        if (event.header() != null) {
            message.setHeader(SfToolkitConstants.COMMIT_USER, event.header().commitUser());
            message.setHeader(SfToolkitConstants.CHANGE_ORIGIN, event.header().changeOrigin());
            message.setHeader(SfToolkitConstants.TRANSACTION_KEY, event.header().transactionKey());
        }
        if (event.gap() != null) {
            message.setHeader(SfToolkitConstants.GAP, event.gap());
        }
    }

    private List<Object> bodies(List<ChannelEvent> events) {
        if (format == EventFormat.RECORD) {
            return new ArrayList<>(events.stream().map(this::body).toList());
        }
        // an event of several records is one text
        Set<EventStream.Received> came = Collections.newSetFromMap(new IdentityHashMap<>());
        return new ArrayList<>(events.stream()
                .filter(event -> came.add(event.raw()))
                .map(this::body)
                .toList());
    }

    private Object body(ChannelEvent event) {
        return switch (format) {
            case JSON -> EventEnvelope.json(event);
            case AVRO -> Objects.requireNonNull(event.raw(), NOT_AVRO).payload();
            case RECORD -> type == null ? event.record() : BeanRecords.MAPPER.convertValue(event.record(), type);
        };
    }

    private static void change(Message message, @Nullable ChangeHeader header) {
        if (header != null) {
            fields(message, SfToolkitConstants.CHANGED_FIELDS, header.changedFields());
            fields(message, SfToolkitConstants.NULLED_FIELDS, header.nulledFields());
            fields(message, SfToolkitConstants.DIFF_FIELDS, header.diffFields());
            message.setHeader(SfToolkitConstants.SEQUENCE_NUMBER, header.sequenceNumber());
        }
    }

    private static void fields(Message message, String name, Set<String> fields) {
        if (!fields.isEmpty()) {
            message.setHeader(name, String.join(",", fields));
        }
    }
}
