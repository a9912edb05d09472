package org.sftoolkit.camel.connection;

import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.sftoolkit.camel.transport.ApiUsage;

/**
 * What a connection is at, whenever it is asked.
 *
 * @param inFlight requests on their way
 * @param queued   requests that wait for their turn
 * @param usage    API calls of the org in 24 hours, once an answer told it
 */
public record ConnectionGauges(IntSupplier inFlight, IntSupplier queued, Supplier<Optional<ApiUsage>> usage) {}
