package org.sftoolkit.camel;

import org.apache.camel.Exchange;
import org.apache.camel.spi.CamelEvent;
import org.sftoolkit.camel.operation.Progress;

/**
 * Reports the progress of an exchange to Camel's {@code EventNotifier}s, after each request, batch and job step. Sent
 * on a worker thread, in order for each exchange.
 */
public final class SfToolkitProgressEvent implements CamelEvent.ExchangeEvent {

    private final Exchange exchange;
    private final Progress progress;
    private long timestamp = System.currentTimeMillis();

    /**
     * @param exchange in progress
     * @param progress its progress
     */
    public SfToolkitProgressEvent(Exchange exchange, Progress progress) {
        this.exchange = exchange;
        this.progress = progress;
    }

    /** How far the exchange has come. */
    public Progress getProgress() {
        return progress;
    }

    @Override
    public Exchange getExchange() {
        return exchange;
    }

    @Override
    public Type getType() {
        return Type.Custom;
    }

    @Override
    public long getTimestamp() {
        return timestamp;
    }

    @Override
    public void setTimestamp(long timestamp) {
        this.timestamp = timestamp;
    }

    @Override
    public String toString() {
        return exchange.getExchangeId() + ": " + progress;
    }
}
