package org.sftoolkit.camel.client;

import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.Map;
import org.sftoolkit.camel.transport.CallCounter;
import org.sftoolkit.camel.transport.Filter;
import org.sftoolkit.camel.transport.Request;
import org.sftoolkit.camel.transport.Response;
import org.sftoolkit.camel.transport.Trace;
import org.sftoolkit.camel.transport.Transport;

/** The API of one org for one exchange, which counts its calls. Thread-safe, cheap to create. */
public final class SalesforceClient implements Transport {

    private static final String JSON = "application/json";

    private final Transport transport;
    private final DescribeCache descriptions;
    private final CallCounter tally;

    /**
     * @param transport    chain of filters of the connection
     * @param descriptions of the connection
     */
    public SalesforceClient(Transport transport, DescribeCache descriptions) {
        this(transport, descriptions, new CallCounter());
    }

    /**
     * @param transport    chain of filters of the connection
     * @param descriptions of the connection
     * @param tally        of the exchange
     */
    public SalesforceClient(Transport transport, DescribeCache descriptions, CallCounter tally) {
        this.tally = tally;
        // a batch may have a counter of its own, with its trace
        this.transport = request -> transport.send(request.tally() == null ? request.countedBy(tally) : request);
        this.descriptions = descriptions;
    }

    private SalesforceClient(SalesforceClient client, Map<String, String> headers) {
        this.tally = client.tally;
        this.transport = request -> client.transport.send(request.withHeaders(missing(request, headers)));
        this.descriptions = client.descriptions;
    }

    private SalesforceClient(SalesforceClient client, CallCounter tally) {
        this.tally = tally;
        this.transport = request -> client.transport.send(request.countedBy(tally));
        this.descriptions = client.descriptions;
    }

    private SalesforceClient(SalesforceClient client, Filter filter) {
        this.tally = client.tally;
        this.transport = client.transport.behind(filter);
        this.descriptions = client.descriptions;
    }

    private static Map<String, String> missing(Request request, Map<String, String> headers) {
        var missing = new LinkedHashMap<>(headers);
        missing.keySet().removeIf(name -> request.headers().keySet().stream().anyMatch(name::equalsIgnoreCase));
        return missing;
    }

    /** The same client, which sends these headers with each request that has no others of their names. */
    public SalesforceClient with(Map<String, String> headers) {
        return headers.isEmpty() ? this : new SalesforceClient(this, headers);
    }

    /** The same client, whose requests pass a filter before all others. */
    @Override
    public SalesforceClient behind(Filter filter) {
        return new SalesforceClient(this, filter);
    }

    /** The same client, whose calls are counted with the others and have their spans made by this. */
    public SalesforceClient tracing(Trace trace) {
        return new SalesforceClient(this, tally.tracing(trace));
    }

    /** Makes spans of its calls. */
    public Trace trace() {
        return tally.trace();
    }

    /** The same client, which refuses to send what writes: what has planned a write does not carry it out by mistake. */
    public SalesforceClient reading() {
        return behind((request, next) -> request.writes()
                ? Future.failedFuture(new IllegalStateException("a write of a dry run: " + request.line()))
                : next.send(request));
    }

    /** Sends a request to a JSON resource; a response of another type is a failure. */
    @Override
    public Future<Response> send(Request request) {
        return transport.send(request.accept() == null ? request.withHeader("Accept", JSON) : request);
    }

    /** The same calls without a type that is asked for: any resource. */
    public Transport unshaped() {
        return transport;
    }

    /** Objects and fields of the org. */
    public MetadataClient metadata() {
        return new MetadataClient(this, descriptions);
    }

    /** Calls made so far through this client, repetitions included. */
    public int requests() {
        return tally.requests();
    }
}
