package org.sftoolkit.camel;

import org.apache.camel.Exchange;
import org.apache.camel.spi.InflightRepository;

/**
 * Ends an exchange after a step threw an {@code Error}. Camel passes such errors on to the thread and does not end
 * the exchange, so a caller would wait forever.
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
