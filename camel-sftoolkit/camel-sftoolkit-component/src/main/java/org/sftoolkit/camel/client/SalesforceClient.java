package org.sftoolkit.camel.client;

import java.util.LinkedHashMap;
import java.util.Map;
import org.sftoolkit.camel.transport.Request;
import org.sftoolkit.camel.transport.Tally;
import org.sftoolkit.camel.transport.Transport;

/** The API of one org as one exchange uses it: its calls are counted together. Thread-safe, cheap to make. */
public final class SalesforceClient {

    private final Transport transport;
    private final DescribeCache descriptions;
    private final Tally tally;

    /**
     * @param transport    chain of filters of the connection
     * @param descriptions of the connection
     */
    public SalesforceClient(Transport transport, DescribeCache descriptions) {
        this(transport, descriptions, new Tally());
    }

    /**
     * @param transport    chain of filters of the connection
     * @param descriptions of the connection
     * @param tally        of the exchange
     */
    public SalesforceClient(Transport transport, DescribeCache descriptions, Tally tally) {
        this.tally = tally;
        this.transport = request -> transport.send(request.countedBy(tally));
        this.descriptions = descriptions;
    }

    private SalesforceClient(SalesforceClient client, Map<String, String> headers) {
        this.tally = client.tally;
        this.transport = request -> client.transport.send(request.withHeaders(missing(request, headers)));
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

    /** One record at a time. */
    public RecordsClient records() {
        return new RecordsClient(transport);
    }

    /** Many records a call. */
    public CollectionsClient collections() {
        return new CollectionsClient(transport);
    }

    /** SOQL. */
    public QueryClient queries() {
        return new QueryClient(transport);
    }

    /** Objects and fields of the org. */
    public MetadataClient metadata() {
        return new MetadataClient(transport, descriptions);
    }

    /** SOSL. */
    public SearchClient searches() {
        return new SearchClient(transport);
    }

    /** Several requests in one. */
    public CompositeClient composites() {
        return new CompositeClient(transport);
    }

    /** Any resource. */
    public RawClient raw() {
        return new RawClient(transport);
    }

    /** The org itself. */
    public OrgClient org() {
        return new OrgClient(transport);
    }

    /** The org's time. */
    public ClockClient clock() {
        return new ClockClient(transport);
    }

    /** What changed in a span of time. */
    public ReplicationClient replication() {
        return new ReplicationClient(transport);
    }

    /** Records with a file in them. */
    public FilesClient files() {
        return new FilesClient(transport);
    }

    /** Bulk jobs. */
    public BulkClient bulk() {
        return new BulkClient(transport);
    }

    /** Calls made so far through this client, repetitions included. */
    public int requests() {
        return tally.requests();
    }
}
