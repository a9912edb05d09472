package org.sftoolkit.camel.connection;

import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.sftoolkit.camel.transport.ApiUsage;

/**
 * Current values of a connection.
 *
 * @param inFlight requests in flight
 * @param queued requests that wait for a permit
 * @param usage API calls of the org in 24 hours, once an answer told it
 */
public record ConnectionGauges(IntSupplier inFlight, IntSupplier queued, Supplier<Optional<ApiUsage>> usage) {}
