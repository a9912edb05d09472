package org.sftoolkit.benchmarks.client;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.salesforce.AuthenticationType;
import org.apache.camel.component.salesforce.SalesforceComponent;
import org.apache.camel.component.salesforce.SalesforceEndpointConfig;
import org.apache.camel.impl.DefaultCamelContext;

/** camel-salesforce in a plain Camel context, with DTOs as its Maven plugin writes them. */
final class CamelSalesforceClient implements Client {

    private final CamelContext context = new DefaultCamelContext();
    private final ProducerTemplate template;

    CamelSalesforceClient(Settings settings) throws Exception {
        var component = new SalesforceComponent();
        component.setAuthenticationType(AuthenticationType.USERNAME_PASSWORD);
        component.setLoginUrl(settings.url());
        component.setClientId("benchmark");
        component.setClientSecret("benchmark");
        component.setUserName("benchmark@example.com");
        component.setPassword("benchmark");
        component.setPackages(getClass().getPackageName());
        var config = new SalesforceEndpointConfig();
        config.setApiVersion("62.0");
        component.setConfig(config);
        component.setHttpMaxContentLength(CamelSalesforceBulk.PAGE);
        if (settings.number("connections", 0) > 0) {
            component.setHttpClientProperties(
                    new HashMap<>(Map.of("maxConnectionsPerDestination", settings.text("connections", ""))));
        }
        context.addComponent("salesforce", component);
        String dto = "sObjectClass=" + Account.class.getName();
        String page = "sObjectClass=" + QueryRecordsAccount.class.getName();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:fetch").to("salesforce:getSObject?sObjectName=Account&" + dto);
                from("direct:insert").to("salesforce:compositeCreateSObjectCollections");
                from("direct:retrieve")
                        .setHeader("sObjectFields", constant(Workload.FIELDS))
                        .setHeader("sObjectIds", body())
                        .to("salesforce:compositeRetrieveSObjectCollections?sObjectName=Account&" + dto);
                from("direct:query").to("salesforce:query?streamQueryResult=true&" + page);
                CamelSalesforceBulk.OPERATIONS.forEach(
                        operation -> from("direct:" + operation).to("salesforce:" + operation));
            }
        });
        context.start();
        template = context.createProducerTemplate();
    }

    @Override
    public Work fetch(int count, int inFlight) {
        return () -> InFlight.send(template, "direct:fetch", count, inFlight, Workload::id, exchange -> {
            if (exchange.getMessage().getBody(Account.class).getAccountNumber() == null) {
                throw new IllegalStateException("no record");
            }
        });
    }

    @Override
    public Work insert(int count, int inFlight) {
        var lists = new ArrayList<List<Account>>();
        for (int from = 0; from < count; from += 200) {
            lists.add(Account.list(from, 200));
        }
        return () -> 200
                * InFlight.send(template, "direct:insert", lists.size(), inFlight, lists::get, exchange -> {
                    if (exchange.getMessage().getBody(List.class).size() != 200) {
                        throw new IllegalStateException("results are missing");
                    }
                });
    }

    @Override
    public Work retrieve(int count, int inFlight) {
        List<String> ids = Workload.ids(2000);
        return () -> 2000
                * InFlight.send(template, "direct:retrieve", count / 2000, inFlight, i -> ids, exchange -> {
                    if (exchange.getMessage().getBody(List.class).size() != 2000) {
                        throw new IllegalStateException("records are missing");
                    }
                });
    }

    @Override
    public Work query(int rows) {
        return () -> {
            Iterator<?> records =
                    template.requestBody("direct:query", (Object) (Workload.QUERY + " LIMIT " + rows), Iterator.class);
            long count = 0;
            while (records.hasNext()) {
                if (((Account) records.next()).getId() == null) {
                    throw new IllegalStateException("no record");
                }
                count++;
            }
            return count;
        };
    }

    @Override
    public Work ingest(int rows, BulkRows.Form form) {
        if (form == BulkRows.Form.RECORDS) {
            throw Client.unsupported("records");
        }
        byte[] ready = form == BulkRows.Form.BYTES ? BulkRows.bytes(rows) : null;
        return () -> new CamelSalesforceBulk(template)
                .ingest(ready == null ? BulkRows.csv(rows) : new ByteArrayInputStream(ready));
    }

    @Override
    public Work extract(boolean csv) {
        if (!csv) {
            throw Client.unsupported("rows");
        }
        return () -> new CamelSalesforceBulk(template).extract();
    }

    @Override
    public void close() {
        context.stop();
    }
}
