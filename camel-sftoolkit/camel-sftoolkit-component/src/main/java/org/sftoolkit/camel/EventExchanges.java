package org.sftoolkit.camel;

import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Message;
import org.apache.camel.RollbackExchangeException;
import org.apache.camel.support.EmptyAsyncCallback;
import org.apache.camel.support.SynchronizationAdapter;
import org.sftoolkit.camel.body.BeanRecords;
import org.sftoolkit.camel.events.ChangeHeader;
import org.sftoolkit.camel.events.ChannelEvent;
import org.sftoolkit.camel.events.EventDelivery;
import org.sftoolkit.camel.events.Subscription;

/** Makes exchanges of the deliveries of a subscription, and of the end of an exchange the end of its delivery. */
final class EventExchanges {

    private final SfToolkitEventConsumer consumer;
    private final Subscription subscription;
    private final Class<?> type;

    EventExchanges(SfToolkitEventConsumer consumer, Subscription subscription) {
        this.consumer = consumer;
        this.subscription = subscription;
        this.type = consumer.getEndpoint().recordClass();
    }

    /** Hands a delivery to the route; what cannot be read goes to the consumer's exception handler. */
    void send(EventDelivery delivery) {
        Exchange exchange;
        try {
            exchange = consumer.createExchange(true);
            if (delivery.unreadable() != null) {
                consumer.getExceptionHandler()
                        .handleException(
                                "An event of " + delivery.channelName() + " cannot be delivered",
                                exchange,
                                delivery.unreadable());
                consumer.releaseExchange(exchange, true);
                subscription.ack(delivery, delivery.unreadable());
                return;
            }
            fill(exchange, delivery);
        } catch (RuntimeException | Error e) {
            subscription.ack(delivery, e);
            consumer.getExceptionHandler().handleException("An event cannot become an exchange", e);
            return;
        }
        exchange.getExchangeExtension().addOnCompletion(new End(subscription, delivery));
        try {
            consumer.getAsyncProcessor().process(exchange, EmptyAsyncCallback.get());
        } catch (RuntimeException | Error e) {
            BrokenExchange.end(exchange, e);
        }
    }

    private void fill(Exchange exchange, EventDelivery delivery) {
        ChannelEvent event = delivery.events().get(0);
        Message message = exchange.getMessage();
        message.setHeader(SfToolkitConstants.CHANNEL, event.channel());
        message.setHeader(SfToolkitConstants.REPLAY_ID, event.raw().replayId());
        message.setHeader(SfToolkitConstants.EVENT_ID, event.raw().eventId());
        message.setHeader(SfToolkitConstants.SCHEMA_ID, event.raw().schemaId());
        message.setHeader(SfToolkitConstants.SOBJECT, event.record().type());
        if (event.time() != null) {
            message.setHeader(SfToolkitConstants.COMMIT_TIME, event.time().toString());
            message.setHeader(Exchange.MESSAGE_TIMESTAMP, event.time().toEpochMilli());
        }
        if (event.header() != null) {
            change(message, event, event.header());
            if (event.id() != null) {
                IdHeader.set(exchange, event.id(), event.record().type());
            }
        }
        if (event.gap() != null) {
            message.setHeader(SfToolkitConstants.GAP, event.gap());
        }
        exchange.setProperty(ExchangePropertyKey.BATCH_INDEX, delivery.index());
        exchange.setProperty(ExchangePropertyKey.BATCH_SIZE, delivery.size());
        exchange.setProperty(ExchangePropertyKey.BATCH_COMPLETE, delivery.index() == delivery.size() - 1);
        message.setBody(type == null ? event.record() : BeanRecords.MAPPER.convertValue(event.record(), type));
    }

    private static void change(Message message, ChannelEvent event, ChangeHeader header) {
        message.setHeader(SfToolkitConstants.CHANGE, event.change().name());
        fields(message, SfToolkitConstants.CHANGED_FIELDS, header.changedFields());
        fields(message, SfToolkitConstants.NULLED_FIELDS, header.nulledFields());
        fields(message, SfToolkitConstants.DIFF_FIELDS, header.diffFields());
        message.setHeader(SfToolkitConstants.COMMIT_USER, header.commitUser());
        message.setHeader(SfToolkitConstants.CHANGE_ORIGIN, header.changeOrigin());
        message.setHeader(SfToolkitConstants.TRANSACTION_KEY, header.transactionKey());
        message.setHeader(SfToolkitConstants.SEQUENCE_NUMBER, header.sequenceNumber());
    }

    private static void fields(Message message, String name, Set<String> fields) {
        if (!fields.isEmpty()) {
            message.setHeader(name, String.join(",", fields));
        }
    }

    /** What the end of an exchange is to its delivery. */
    private static final class End extends SynchronizationAdapter {

        private final Subscription subscription;
        private final EventDelivery delivery;

        private End(Subscription subscription, EventDelivery delivery) {
            this.subscription = subscription;
            this.delivery = delivery;
        }

        @Override
        public void onComplete(Exchange done) {
            boolean rolledBack = done.isRollbackOnly() || done.isRollbackOnlyLast();
            subscription.ack(
                    delivery, rolledBack ? new RollbackExchangeException("the exchange was rolled back", done) : null);
        }

        @Override
        public void onFailure(Exchange done) {
            Throwable cause = done.getException();
            subscription.ack(
                    delivery, cause == null ? new RollbackExchangeException("the exchange failed", done) : cause);
        }
    }
}
