package org.sftoolkit.camel;

import org.apache.camel.Exchange;
import org.apache.camel.spi.InflightRepository;

/**
 * Ends an exchange in one of whose steps an {@code Error} was thrown. Camel lets those through to the thread, and then nobody
 * ends the exchange: who waits for it would wait for ever.
 */
final class BrokenExchange {

    private BrokenExchange() {}

    static void end(Exchange exchange, Throwable error) {
        exchange.setException(error);
        InflightRepository underWay = exchange.getContext().getInflightRepository();
        underWay.remove(exchange, exchange.getFromRouteId());
        var work = exchange.getUnitOfWork();
        if (work == null) {
            underWay.remove(exchange);
        } else {
            work.done(exchange);
        }
    }
}
