package org.sftoolkit.camel.operation;

import org.sftoolkit.camel.client.SalesforceClient;

/**
 * What an operation works with for one exchange.
 *
 * @param client  the org's API
 * @param options of this exchange
 * @param worker  where to do what may block
 */
public record Call(SalesforceClient client, CallOptions options, Worker worker) {

    /** The same call, with records known by their Id. */
    Call byId() {
        return new Call(client, options.byId(), worker);
    }
}
