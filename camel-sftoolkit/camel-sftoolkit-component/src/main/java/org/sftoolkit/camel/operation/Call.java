package org.sftoolkit.camel.operation;

import org.sftoolkit.camel.client.SalesforceClient;
import org.sftoolkit.camel.transport.Delays;

/**
 * What an operation works with for one exchange.
 *
 * @param client   the org's API
 * @param options  of this exchange
 * @param worker   where to do what may block
 * @param delays   how to wait
 * @param progress hears how far it has come; returns at once, from any thread
 */
public record Call(
        SalesforceClient client, CallOptions options, Worker worker, Delays delays, ProgressListener progress) {

    /** The same call, with records known by their Id. */
    Call byId() {
        return with(options.byId());
    }

    /** The same call with other options. */
    Call with(CallOptions other) {
        return new Call(client, other, worker, delays, progress);
    }
}
