import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.salesforce.AuthenticationType;
import org.apache.camel.component.salesforce.SalesforceComponent;
import org.apache.camel.component.salesforce.SalesforceEndpointConfig;
import org.apache.camel.component.salesforce.api.dto.AbstractDescribedSObjectBase;
import org.apache.camel.component.salesforce.api.dto.SObjectDescription;
import org.apache.camel.component.salesforce.api.dto.bulkv2.Job;
import org.apache.camel.component.salesforce.api.dto.bulkv2.OperationEnum;
import org.apache.camel.component.salesforce.api.dto.bulkv2.QueryJob;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * Checks of the emulator through camel-salesforce: java -cp ... CamelSalesforceCheck.java URL. Prints a line "ok AREA" or
 * "failed AREA: why" each.
 */
public final class CamelSalesforceCheck {

    private interface Work {
        void run() throws Exception;
    }

    private final ProducerTemplate template;

    private CamelSalesforceCheck(ProducerTemplate template) {
        this.template = template;
    }

    public static void main(String[] arguments) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            SalesforceComponent component = new SalesforceComponent();
            component.setAuthenticationType(AuthenticationType.CLIENT_CREDENTIALS);
            component.setLoginUrl(arguments[0]);
            component.setInstanceUrl(arguments[0]);
            component.setClientId("emulator-client");
            component.setClientSecret("emulator-secret");
            SalesforceEndpointConfig config = new SalesforceEndpointConfig();
            config.setApiVersion("62.0");
            component.setConfig(config);
            context.addComponent("salesforce", component);
            context.start();
            new CamelSalesforceCheck(context.createProducerTemplate()).all();
        }
        System.exit(0);
    }

    private static void check(String area, Work work) {
        try {
            work.run();
            System.out.println("ok " + area);
        } catch (Exception | AssertionError e) {
            Throwable cause = e;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            System.out.println("failed " + area + ": " + String.valueOf(cause).replaceAll("\\s+", " "));
        }
    }

    private void all() {
        check("login", () -> require(raw("limits", null, Map.of()), "DailyApiRequests"));
        check("records", this::records);
        check("query", () -> {
            require(raw("query", "SELECT Id, Name FROM Account ORDER BY Name LIMIT 5", Map.of()), "\"records\"");
            refused("query", "SELECT Nope FROM Account", "INVALID_FIELD");
        });
        check(
                "search",
                () -> require(raw("search", "FIND {Camel} IN ALL FIELDS RETURNING Account(Name)", Map.of()), "Camel"));
        check("describe", () -> {
            require(raw("getGlobalObjects", null, Map.of()), "\"sobjects\"");
            require(raw("getDescription?sObjectName=Account", null, Map.of()), "\"keyPrefix\":\"001\"");
        });
        check("bulk 2.0", this::bulk);
    }

    private void records() {
        String made =
                raw("createSObject?sObjectName=Account", "{\"Name\":\"Camel\",\"External_ID__c\":\"C-1\"}", Map.of());
        String id = made.replaceAll(".*\"id\"\\s*:\\s*\"(\\w+)\".*", "$1");
        require(raw("getSObject?sObjectName=Account", id, Map.of()), "Camel");
        raw("updateSObject?sObjectName=Account", "{\"Name\":\"Camel again\"}", Map.of("sObjectId", id));
        require(raw("getSObject?sObjectName=Account&sObjectFields=Name", id, Map.of()), "Camel again");
        raw(
                "upsertSObject?sObjectName=Account&sObjectIdName=External_ID__c",
                "{\"Name\":\"By key\"}",
                Map.of("sObjectIdValue", "C-1"));
        require(raw("getSObjectWithId?sObjectName=Account&sObjectIdName=External_ID__c", "C-1", Map.of()), "By key");
        List<?> results = template.requestBody(
                "salesforce:compositeCreateSObjectCollections",
                List.of(new Account("Camel one"), new Account("Camel two")),
                List.class);
        if (results.size() != 2) {
            throw new AssertionError("results of a collection: " + results);
        }
        raw("deleteSObject?sObjectName=Account", id, Map.of());
        refused("getSObject?sObjectName=Account", id, "ENTITY_IS_DELETED");
    }

    private void bulk() throws InterruptedException {
        Job order = new Job();
        order.setObject("Account");
        order.setOperation(OperationEnum.INSERT);
        String id = template.requestBody("salesforce:bulk2CreateJob", order, Job.class)
                .getId();
        template.requestBodyAndHeader("salesforce:bulk2CreateBatch", stream("Name\nBulk a\nBulk b\n"), "jobId", id);
        template.requestBodyAndHeader("salesforce:bulk2CloseJob", null, "jobId", id);
        Job job = null;
        for (int tries = 0; tries < 300; tries++) {
            job = template.requestBodyAndHeader("salesforce:bulk2GetJob", null, "jobId", id, Job.class);
            if (job.getState().name().equals("JOB_COMPLETE")) {
                break;
            }
            Thread.sleep(100);
        }
        if (job.getNumberRecordsProcessed() != 2) {
            throw new AssertionError("processed " + job.getNumberRecordsProcessed());
        }
        require(
                text(template.requestBodyAndHeader("salesforce:bulk2GetSuccessfulResults", null, "jobId", id)),
                "Bulk a");
        QueryJob query = new QueryJob();
        query.setOperation(OperationEnum.QUERY);
        query.setQuery("SELECT Name FROM Account WHERE Name LIKE 'Bulk%'");
        String queryId = template.requestBody("salesforce:bulk2CreateQueryJob", query, QueryJob.class)
                .getId();
        for (int tries = 0; tries < 300; tries++) {
            QueryJob state = template.requestBodyAndHeader(
                    "salesforce:bulk2GetQueryJob", null, "jobId", queryId, QueryJob.class);
            if (state.getState().name().equals("JOB_COMPLETE")) {
                break;
            }
            Thread.sleep(100);
        }
        require(
                text(template.requestBodyAndHeader("salesforce:bulk2GetQueryJobResults", null, "jobId", queryId)),
                "Bulk b");
    }

    private String raw(String operation, Object body, Map<String, Object> headers) {
        String uri = "salesforce:" + operation + (operation.contains("?") ? "&" : "?") + "rawPayload=true";
        return text(template.requestBodyAndHeaders(uri, body, headers));
    }

    private void refused(String operation, Object body, String code) {
        try {
            raw(operation, body, Map.of());
        } catch (RuntimeException e) {
            require(String.valueOf(e.getCause()), code);
            return;
        }
        throw new AssertionError(operation + " was not refused");
    }

    private String text(Object body) {
        return body == null ? "" : template.getCamelContext().getTypeConverter().convertTo(String.class, body);
    }

    private static InputStream stream(String text) {
        return new java.io.ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void require(String text, String part) {
        if (!text.contains(part)) {
            throw new AssertionError("no " + part + " in " + text);
        }
    }

    /** A record as camel-salesforce's Maven plugin would make it. */
    public static final class Account extends AbstractDescribedSObjectBase {

        public Account(String name) {
            getAttributes().setType("Account");
            setName(name);
        }

        @Override
        public SObjectDescription description() {
            return new SObjectDescription();
        }
    }
}
