package org.sftoolkit.camel.client;

import java.util.LinkedHashMap;
import java.util.Map;
import org.sftoolkit.camel.transport.Request;
import org.sftoolkit.camel.transport.Tally;
import org.sftoolkit.camel.transport.Transport;

/** The API of one org as one exchange uses it: its calls are counted together. Thread-safe, cheap to make. */
public final class SalesforceClient {

    private static final String JSON = "application/json";

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

    /** Answers of the resources that speak JSON are of that type, or no answers. */
    private Transport json() {
        return request -> transport.send(request.accept() == null ? request.withHeader("Accept", JSON) : request);
    }

    /** One record at a time. */
    public RecordsClient records() {
        return new RecordsClient(json());
    }

    /** Many records a call. */
    public CollectionsClient collections() {
        return new CollectionsClient(json());
    }

    /** SOQL. */
    public QueryClient queries() {
        return new QueryClient(json());
    }

    /** Objects and fields of the org. */
    public MetadataClient metadata() {
        return new MetadataClient(json(), descriptions);
    }

    /** SOSL. */
    public SearchClient searches() {
        return new SearchClient(json());
    }

    /** Several requests in one. */
    public CompositeClient composites() {
        return new CompositeClient(json());
    }

    /** Any resource. */
    public RawClient raw() {
        return new RawClient(transport);
    }

    /** The org itself. */
    public OrgClient org() {
        return new OrgClient(json());
    }

    /** The org's time. */
    public ClockClient clock() {
        return new ClockClient(json());
    }

    /** What changed in a span of time. */
    public ReplicationClient replication() {
        return new ReplicationClient(json());
    }

    /** Records with a file in them. */
    public FilesClient files() {
        return new FilesClient(json());
    }

    /** Bulk jobs. */
    public BulkClient bulk() {
        return new BulkClient(json());
    }

    /** Calls made so far through this client, repetitions included. */
    public int requests() {
        return tally.requests();
    }
}
