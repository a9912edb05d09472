package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sftoolkit.emulator.fault.FaultPlan.when;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Producer;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sftoolkit.camel.bulk.BulkQueryRows;
import org.sftoolkit.camel.error.BulkJobException;
import org.sftoolkit.camel.error.LimitExceededException;
import org.sftoolkit.camel.error.RequestRejectedException;
import org.sftoolkit.camel.model.JobInfo;
import org.sftoolkit.camel.model.SObject;
import org.sftoolkit.emulator.bulk.BulkSettings;
import org.sftoolkit.emulator.bulk.ComputedRows;
import org.sftoolkit.emulator.fault.Fault;
import org.sftoolkit.emulator.fault.Fault.Moment;

/** Queries through bulk jobs, against the embedded org. */
class BulkQueryIT extends RouteTestSupport {

    @Override
    protected void configure(SfToolkitConfiguration options) {
        options.setPollInterval(5);
        options.setMaxPollInterval(20);
    }

    @Test
    void rowsAreRecordsWithTypesAndParents() {
        String account = emulator.org().insert("Account", Map.of("Name", "A,\"\n", "NumberOfEmployees", 7));
        emulator.org().insert("Contact", Map.of("LastName", "L", "Birthdate", "2000-02-29", "AccountId", account));
        emulator.org().insert("Contact", Map.of("LastName", "Alone"));
        List<SObject> rows = rows(
                "sftoolkit:bulkQuery?soql=SELECT LastName, Birthdate, CreatedDate, IsDeleted, Account.Name FROM"
                        + " Contact ORDER BY LastName DESC",
                null);
        assertThat(rows).hasSize(2);
        SObject first = rows.get(0);
        assertThat(first.type()).isEqualTo("Contact");
        assertThat(first.get("Birthdate")).isEqualTo(LocalDate.of(2000, 2, 29));
        assertThat(first.get("CreatedDate")).isInstanceOf(OffsetDateTime.class);
        assertThat(first.get("IsDeleted")).isEqualTo(false);
        assertThat(((Map<?, ?>) first.get("Account")).get("Name")).isEqualTo("A,\"\n");
        assertThat(rows.get(1)).containsEntry("Birthdate", null).containsEntry("Account", null);
        assertThat(rows("sftoolkit:bulkQuery:Account?fields=NumberOfEmployees", null)
                        .get(0)
                        .get("NumberOfEmployees"))
                .isEqualTo(7);
    }

    @Test
    void pagesAreReadSeveralAtATimeInTheirOrder() {
        emulator.bulk().change(BulkSettings.standard().withPageRows(100));
        emulator.bulk().compute("Account", new ComputedRows(1_730, n -> List.of("N" + n)));
        List<SObject> rows = rows("sftoolkit:bulkQuery:Account?fields=Name&concurrency=3", null);
        assertThat(rows).extracting(row -> row.get("Name")).containsExactlyElementsOf(numbered(1_730));
        assertThat(emulator.requests().count("GET jobs/query/{job}/results")).isEqualTo(18);
        assertThat(emulator.requests().count("GET jobs/query/{job}/resultPages"))
                .isEqualTo(4);
        assertThat(rows("sftoolkit:bulkQuery:Account?fields=Name&maxRecords=500", null))
                .hasSize(1_730);
    }

    @Test
    void pagesAreReadOneByOneWithoutAListOfPages() {
        emulator.bulk().change(BulkSettings.standard().withPageRows(100));
        emulator.bulk().compute("Account", new ComputedRows(250, n -> List.of("N" + n)));
        emulator.faults()
                .next(
                        when("GET jobs/query/{job}/resultPages"),
                        new Fault.Status(200, "application/json", "{}", Map.of()));
        assertThat(rows("sftoolkit:bulkQuery:Account?fields=Name", null)).hasSize(250);
    }

    @Test
    void csvReachesTheNextStepBeforeItIsRead() throws Exception {
        emulator.bulk().change(BulkSettings.standard().withPageRows(100));
        emulator.bulk().compute("Account", new ComputedRows(5_000, n -> List.of("N" + n)));
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:extract")
                        .to("sftoolkit:bulkQuery:Account?fields=Name&outputType=CSV&concurrency=2")
                        .process(exchange -> exchange.setProperty(
                                "pagesBefore", emulator.requests().count("GET jobs/query/{job}/results")))
                        .convertBodyTo(String.class);
            }
        });
        Exchange exchange = send("direct:extract", null);
        assertThat(exchange.getProperty("pagesBefore", Integer.class)).isLessThan(10);
        assertThat(exchange.getMessage().getBody(String.class).lines()).hasSize(5_001);
    }

    @Test
    void csvIsOneStreamWithOneHeader() {
        emulator.bulk().change(BulkSettings.standard().withPageRows(7));
        emulator.bulk().compute("Account", new ComputedRows(20, n -> List.of("N\"\n" + n)));
        Exchange exchange =
                send("direct:csv", "sftoolkit:bulkQuery:Account?fields=Name&outputType=CSV&columnDelimiter=PIPE");
        String csv = exchange.getMessage().getBody(String.class);
        assertThat(csv).startsWith("\"Name\"\n\"N\"\"\n0\"\n");
        assertThat(csv.split("\"Name\"", -1)).hasSize(2);
        assertThat(csv.split("\"N\"\"", -1)).hasSize(21);
    }

    @Test
    void brokenPagesContinueAtTheBreak() {
        emulator.bulk().change(BulkSettings.standard().withPageRows(300));
        emulator.bulk().compute("Account", new ComputedRows(1_000, n -> List.of("N" + n)));
        for (Fault fault : List.of(
                Fault.dropConnection(Moment.BEFORE_PROCESSING),
                Fault.dropConnection(Moment.IN_ANSWER),
                Fault.truncateBody(),
                Fault.status(503))) {
            emulator.faults().next(2, when("GET jobs/query/{job}/results"), fault);
            assertThat(rows("sftoolkit:bulkQuery:Account?fields=Name&concurrency=2", null))
                    .as("%s", fault)
                    .extracting(row -> row.get("Name"))
                    .containsExactlyElementsOf(numbered(1_000));
        }
    }

    @Test
    void resumeReadsAnEarlierJobOn() {
        emulator.bulk().change(BulkSettings.standard().withPageRows(10));
        emulator.bulk().compute("Account", new ComputedRows(35, n -> List.of("N" + n)));
        Exchange first = send("sftoolkit:bulkQuery:Account?fields=Name&maxRecords=10", null);
        BulkQueryRows rows = first.getMessage().getBody(BulkQueryRows.class);
        String job = rows.job().id();
        assertThat(first.getMessage().getHeader(SfToolkitConstants.JOB_ID)).isEqualTo(job);
        assertThat(rows("sftoolkit:bulkQuery?resume=" + job, null)).hasSize(35);
        assertThat(emulator.bulk().jobs()).hasSize(1);
    }

    @Test
    void valuesOfAJobThatSalesforceGivesWithoutItsObjectStayText() {
        emulator.org().insert("Account", Map.of("Name", "A", "NumberOfEmployees", 7));
        assertThat(rows("sftoolkit:bulkQuery:Account?fields=NumberOfEmployees", null))
                .singleElement()
                .satisfies(row -> assertThat(row).containsEntry("NumberOfEmployees", 7));
        String job = emulator.bulk().jobs().get(0).id();
        emulator.faults()
                .always(
                        when("GET jobs/query/{job}"),
                        Fault.answer(200, "{\"id\":\"" + job + "\",\"state\":\"JobComplete\"}"));
        assertThat(rows("sftoolkit:bulkQuery?resume=" + job, null))
                .singleElement()
                .satisfies(row -> assertThat(row).containsEntry("NumberOfEmployees", "7"));
    }

    @Test
    void resumeReadsAnEarlierJobOnFromItsLocator() {
        emulator.bulk().change(BulkSettings.standard().withPageRows(10));
        emulator.bulk().compute("Account", new ComputedRows(35, n -> List.of("N" + n)));
        List<SObject> all = rows("sftoolkit:bulkQuery:Account?fields=Name", null);
        assertThat(all).hasSize(35);
        String job = emulator.bulk().jobs().get(0).id();
        var inPath = java.util.regex.Pattern.compile("locator=([^&]+)");
        List<String> locators = emulator.requests().list().stream()
                .map(request -> inPath.matcher(request.path()))
                .filter(java.util.regex.Matcher::find)
                .map(found -> found.group(1))
                .distinct()
                .toList();
        var sizes = new java.util.ArrayList<Integer>();
        for (String locator : locators) {
            emulator.requests().reset();
            List<SObject> rest = rows("sftoolkit:bulkQuery?resume=" + job + ":" + locator, null);
            assertThat(rest).isEqualTo(all.subList(35 - rest.size(), 35));
            sizes.add(rest.size());
            assertThat(emulator.requests().list().stream()
                            .map(request -> request.path())
                            .filter(path -> path.contains("/results")))
                    .isNotEmpty()
                    .allMatch(path -> path.contains("locator="));
        }
        assertThat(sizes).as("rows from each page on").containsExactlyInAnyOrder(35, 25, 15, 5);
    }

    @Test
    void valuesAreBoundAndRefusalsAreTyped() {
        emulator.org().insert("Account", Map.of("Name", "O'Neil"));
        emulator.org().insert("Account", Map.of("Name", "Other"));
        assertThat(rows("sftoolkit:bulkQuery?soql=SELECT Name FROM Account WHERE Name = :n", Map.of("n", "O'Neil")))
                .hasSize(1);
        assertThat(send("sftoolkit:bulkQuery?soql=SELECT Nope FROM Account", null)
                        .getException())
                .isInstanceOf(RequestRejectedException.class)
                .hasMessageContaining("INVALID_FIELD");
    }

    @Test
    void routeStopAbortsTheJob() throws Exception {
        emulator.bulk().change(BulkSettings.standard().manual());
        yaml("- from: {uri: 'direct:extract', steps: [{to: 'sftoolkit:bulkQuery:Account?fields=Name'}]}");
        var waiting = template.asyncSend("direct:extract", exchange -> {});
        org.awaitility.Awaitility.await()
                .untilAsserted(() -> assertThat(emulator.requests().count("GET jobs/query/{job}"))
                        .isPositive());
        var job = emulator.bulk().jobs().get(0);
        context.getShutdownStrategy().setTimeout(1);
        context.stop();
        assertThat(waiting.get(30, java.util.concurrent.TimeUnit.SECONDS).getException())
                .isInstanceOf(BulkJobException.class);
        assertThat(job.state().wireName()).isEqualTo("Aborted");
    }

    @Test
    void existingJobsAreLookedAtReadListedAbortedAndDeleted() {
        emulator.org().insert("Account", Map.of("Name", "A"));
        Exchange query = send("sftoolkit:bulkQuery:Account?fields=Name", null);
        String queried = query.getMessage().getHeader(SfToolkitConstants.JOB_ID, String.class);
        emulator.bulk().change(BulkSettings.standard().manual().withListPage(1));
        Exchange load = send("sftoolkit:bulk:Account?await=false", List.of(Map.of("Name", "B")));
        String loaded = load.getMessage().getHeader(SfToolkitConstants.JOB_ID, String.class);

        assertThat(body("sftoolkit:bulkJob?action=info", queried, JobInfo.class).kind())
                .isEqualTo("V2Query");
        assertThat(body("sftoolkit:bulkJob?action=info", loaded, JobInfo.class).state())
                .isEqualTo("UploadComplete");
        List<?> jobs = body("sftoolkit:bulkJob?action=list", null, List.class);
        assertThat(jobs).hasSize(2);
        assertThat(rows("sftoolkit:bulkJob?action=results", queried)).hasSize(1);
        assertThat(body("sftoolkit:bulkJob?action=abort", loaded, JobInfo.class).state())
                .isEqualTo("Aborted");
        assertThat(send("sftoolkit:bulkJob?action=delete", loaded).getException())
                .isNull();
        assertThat(send("sftoolkit:bulkJob?action=info", loaded).getException())
                .isInstanceOf(org.sftoolkit.camel.error.NotFoundException.class);
    }

    @Test
    void resultsOfALoadAreReadByItsJobId() {
        Exchange load = send("sftoolkit:bulk:Account?await=false", List.of(Map.of("Name", "B")));
        var result = body(
                "sftoolkit:bulkJob?action=results",
                load.getMessage().getHeader(SfToolkitConstants.JOB_ID),
                org.sftoolkit.camel.model.BulkResult.class);
        assertThat(result.succeededCount()).isEqualTo(1);
    }

    @Test
    void autoSavesFewRecordsThroughRestAndManyThroughBulk() {
        Exchange few = send("sftoolkit:save:Account?via=AUTO&bulkThreshold=10", named(9));
        assertThat(few.getMessage().getHeader(SfToolkitConstants.VIA)).isEqualTo("REST");
        Exchange many = send(
                "sftoolkit:save:Account?via=AUTO&bulkThreshold=10", named(25).iterator());
        assertThat(many.getException()).isNull();
        assertThat(many.getMessage().getHeader(SfToolkitConstants.VIA)).isEqualTo("BULK");
        assertThat(emulator.org().count("Account")).isEqualTo(34);
        emulator.faults().always(when("POST jobs/ingest"), Fault.status(400, "LIMIT_EXCEEDED", "Max bulk v2 jobs"));
        Exchange fallenBack = send("sftoolkit:save:Account?via=AUTO&bulkThreshold=10", named(25));
        assertThat(fallenBack.getMessage().getHeader(SfToolkitConstants.VIA))
                .isEqualTo("REST; reason=LIMIT_EXCEEDED: Max bulk v2 jobs");
        assertThat(emulator.org().count("Account")).isEqualTo(59);
    }

    @ParameterizedTest
    @ValueSource(strings = {"LIST", "STREAM"})
    void withoutJobsLeftTheRowsAreReadThroughRest(String outputType) throws Exception {
        emulator.org().insert("Account", Map.of("Name", "b", "AnnualRevenue", 5));
        emulator.org().insert("Account", Map.of("Name", "a"));
        String uri = "sftoolkit:bulkQuery:Account?fields=Name,AnnualRevenue&orderBy=Name&pollInterval=5&outputType="
                + outputType;
        List<Map<?, ?>> byJob = rows(uri);
        emulator.faults()
                .always(when("POST jobs/query"), Fault.status(400, "LIMIT_EXCEEDED", "Max bulk v2 query jobs"));
        assertThat(rows(uri)).isEqualTo(byJob).hasSize(2);
        Exchange byRest = send(uri, null);
        assertThat(byRest.getMessage().getHeader(SfToolkitConstants.VIA))
                .isEqualTo("REST; reason=LIMIT_EXCEEDED: Max bulk v2 query jobs");
        assertThat(byRest.getMessage().getHeader(SfToolkitConstants.JOB_ID)).isNull();
    }

    /** Read within their exchange, as a stream is closed with it. */
    private List<Map<?, ?>> rows(String uri) {
        var rows = new ArrayList<Map<?, ?>>();
        Endpoint endpoint = context.getEndpoint(uri);
        try (Producer producer = endpoint.createProducer()) {
            producer.start();
            Exchange exchange = endpoint.createExchange();
            producer.process(exchange);
            assertThat(exchange.getException()).isNull();
            Object body = exchange.getMessage().getBody();
            Iterator<?> all = body instanceof Iterator<?> stream ? stream : ((List<?>) body).iterator();
            all.forEachRemaining(row -> rows.add(new LinkedHashMap<>((Map<?, ?>) row)));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        return rows;
    }

    @ParameterizedTest
    @ValueSource(strings = {"outputType=CSV", "typed=false"})
    void whatRestCannotGiveFailsByTheLimit(String option) {
        emulator.faults().always(when("POST jobs/query"), Fault.status(400, "LIMIT_EXCEEDED", "Max bulk v2 jobs"));
        assertThat(send("sftoolkit:bulkQuery:Account?fields=Name&" + option, null)
                        .getException())
                .isInstanceOf(LimitExceededException.class)
                .hasMessageContaining("Max bulk v2 jobs")
                .hasMessageContaining(option);
    }

    @Test
    void bulkSaveDecidesPerRecordAsRestDoes() {
        String id = emulator.org().insert("Account", Map.of("Name", "Old"));
        Exchange saved = send(
                "sftoolkit:save:Account?via=BULK", List.of(Map.of("Id", id, "Name", "New"), Map.of("Name", "Created")));
        assertThat(saved.getException()).isNull();
        assertThat(emulator.org().all("Account"))
                .extracting(row -> row.get("Name"))
                .containsExactlyInAnyOrder("New", "Created");
    }

    private static List<Map<String, Object>> named(int rows) {
        return IntStream.range(0, rows)
                .mapToObj(i -> Map.<String, Object>of("Name", "V" + i))
                .toList();
    }

    private static List<Object> numbered(int rows) {
        return IntStream.range(0, rows).<Object>mapToObj(i -> "N" + i).toList();
    }

    private List<SObject> rows(String uri, Object body) {
        Exchange exchange = send("direct:rows", Map.of("uri", uri, "body", body == null ? "" : body));
        if (exchange.getException() != null) {
            throw new AssertionError(uri, exchange.getException());
        }
        return exchange.getMessage().getBody(RowsRead.class).rows();
    }

    /** Rows that were read before their exchange was over, which closes them. */
    record RowsRead(List<SObject> rows) {}

    @Override
    protected org.apache.camel.builder.RouteBuilder createRouteBuilder() {
        return new org.apache.camel.builder.RouteBuilder() {
            @Override
            public void configure() {
                from("direct:csv").toD("${body}").process(exchange -> exchange.getMessage()
                        .setBody(new String(
                                exchange.getMessage().getBody(InputStream.class).readAllBytes(),
                                StandardCharsets.UTF_8)));
                from("direct:rows")
                        .setProperty("uri", simple("${body[uri]}"))
                        .setBody(exchange -> {
                            Object body =
                                    exchange.getMessage().getBody(Map.class).get("body");
                            return "".equals(body) ? null : body;
                        })
                        .toD("${exchangeProperty.uri}")
                        .process(exchange -> {
                            List<SObject> all = new ArrayList<>();
                            exchange.getMessage().getBody(BulkQueryRows.class).forEachRemaining(all::add);
                            exchange.getMessage().setBody(new RowsRead(all));
                        });
            }
        };
    }
}
