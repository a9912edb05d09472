package org.sftoolkit.camel;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.body.BeanRecords;
import org.sftoolkit.camel.model.ReadOnce;
import org.sftoolkit.camel.operation.OutputType;
import org.sftoolkit.camel.poll.Delivery;
import org.sftoolkit.camel.poll.PolledQuery;
import org.sftoolkit.camel.poll.PolledRecord;
import org.sftoolkit.camel.poll.Poller;
import org.sftoolkit.camel.transport.ReaderThread;
import org.sftoolkit.camel.transport.StopSignal;

/** Creates exchanges from deliveries, and ends a delivery when its exchange ends. */
final class RecordExchanges {

    private final ConsumerExchanges exchanges;
    private final Poller poller;
    private final PolledQuery query;
    private final OutputType outputType;
    private final @Nullable Class<?> type;
    private final StopSignal stop;

    /** @param type of the bodies; null for the default */
    RecordExchanges(
            ConsumerExchanges exchanges,
            Poller poller,
            PolledQuery query,
            OutputType outputType,
            @Nullable Class<?> type,
            StopSignal stop) {
        this.exchanges = exchanges;
        this.poller = poller;
        this.query = query;
        this.outputType = outputType;
        this.type = type;
        this.stop = stop;
    }

    /** Passes a delivery to the route. */
    void send(Delivery delivery) {
        Exchange exchange;
        try {
            exchange = exchange(delivery);
        } catch (RuntimeException | Error e) {
            poller.ack(delivery, e);
            throw e;
        }
        exchanges.send(exchange, failure -> poller.ack(delivery, failure));
    }

    private Exchange exchange(Delivery delivery) {
        Exchange exchange = exchanges.create();
        var message = exchange.getMessage();
        message.setHeader(SfToolkitConstants.SOBJECT, query.sObject());
        if (outputType == OutputType.STREAM) {
            message.setBody(new PolledStream(poller, delivery, this::body, stop));
            return exchange;
        }
        List<PolledRecord> records = delivery.records();
        PolledRecord last = records.get(records.size() - 1);
        message.setHeader(SfToolkitConstants.WATERMARK, last.position().stamp().toString());
        if (outputType == OutputType.LIST) {
            var bodies = new ArrayList<Object>(records.size());
            records.forEach(record -> bodies.add(body(record)));
            message.setBody(bodies);
        } else {
            message.setBody(body(last));
            IdHeader.set(exchange, last.position().id(), query.sObject());
            message.setHeader(SfToolkitConstants.CHANGE, last.change().name());
            exchange.setProperty(ExchangePropertyKey.BATCH_INDEX, delivery.index());
            exchange.setProperty(ExchangePropertyKey.BATCH_SIZE, delivery.size());
            exchange.setProperty(ExchangePropertyKey.BATCH_COMPLETE, delivery.index() == delivery.size() - 1);
        }
        return exchange;
    }

    private Object body(PolledRecord record) {
        return type == null ? record.record() : BeanRecords.MAPPER.convertValue(record.record(), type);
    }

    /**
     * The records of a stream as they are read, one page at a time. Records that were read end with the exchange;
     * others are delivered again. It waits on its reader's thread, as long as the poller waits for a page and the
     * consumer runs, and fails on an event loop.
     */
    private static final class PolledStream implements Iterator<Object>, ReadOnce {

        private final Poller poller;
        private final Delivery delivery;
        private final Function<PolledRecord, Object> body;
        private final StopSignal stop;
        private @Nullable PolledRecord next;
        private boolean begun;

        PolledStream(Poller poller, Delivery delivery, Function<PolledRecord, Object> body, StopSignal stop) {
            this.poller = poller;
            this.delivery = delivery;
            this.body = body;
            this.stop = stop;
        }

        @Override
        public synchronized boolean hasNext() {
            while (next == null && more()) {
                next = poller.peekOf(delivery);
            }
            return next != null;
        }

        private boolean more() {
            var more = stop.until(poller.more(delivery));
            if (!more.isComplete()) {
                ReaderThread.requireMayWait();
            }
            try {
                return more.toCompletionStage().toCompletableFuture().get();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while waiting for records", e);
            } catch (ExecutionException e) {
                throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
            }
        }

        @Override
        public synchronized Object next() {
            if (!hasNext()) {
                throw new NoSuchElementException("there are no further records");
            }
            PolledRecord record = next;
            poller.takeOf(delivery);
            next = null;
            begun = true;
            return body.apply(record);
        }

        @Override
        public synchronized boolean begun() {
            return begun;
        }
    }
}
