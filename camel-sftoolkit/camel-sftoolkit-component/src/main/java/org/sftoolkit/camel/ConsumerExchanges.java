package org.sftoolkit.camel;

import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.RollbackExchangeException;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.EmptyAsyncCallback;
import org.apache.camel.support.SynchronizationAdapter;
import org.jspecify.annotations.Nullable;

/** The exchanges of a consumer: makes them, sends them into its route, and tells how each ends. */
final class ConsumerExchanges {

    private final DefaultConsumer consumer;

    ConsumerExchanges(DefaultConsumer consumer) {
        this.consumer = consumer;
    }

    /** A new exchange; Camel may reuse it after its end. */
    Exchange create() {
        return consumer.createExchange(true);
    }

    /** @param ended told of the end, once: null for a success, else the failure */
    void send(Exchange exchange, Consumer<@Nullable Throwable> ended) {
        exchange.getExchangeExtension().addOnCompletion(new End(ended));
        try {
            consumer.getAsyncProcessor().process(exchange, EmptyAsyncCallback.get());
        } catch (RuntimeException | Error e) {
            BrokenExchange.end(exchange, e);
        }
    }

    /** Tells the consumer's exception handler about an exchange that is not sent. */
    void refuse(Exchange exchange, String message, Throwable cause) {
        consumer.getExceptionHandler().handleException(message, exchange, cause);
        consumer.releaseExchange(exchange, true);
    }

    /** Tells the consumer's exception handler why there is no exchange. */
    void refuse(String message, Throwable cause) {
        consumer.getExceptionHandler().handleException(message, cause);
    }

    private static final class End extends SynchronizationAdapter {

        private final Consumer<@Nullable Throwable> ended;

        private End(Consumer<@Nullable Throwable> ended) {
            this.ended = ended;
        }

        @Override
        public void onComplete(Exchange done) {
            boolean rolledBack = done.isRollbackOnly() || done.isRollbackOnlyLast();
            ended.accept(rolledBack ? new RollbackExchangeException("the exchange was rolled back", done) : null);
        }

        @Override
        public void onFailure(Exchange done) {
            Throwable cause = done.getException();
            ended.accept(cause == null ? new RollbackExchangeException("the exchange failed", done) : cause);
        }
    }
}
