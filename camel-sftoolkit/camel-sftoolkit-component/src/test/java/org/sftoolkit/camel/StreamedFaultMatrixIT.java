package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sftoolkit.emulator.fault.FaultPlan.when;

import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sftoolkit.camel.FaultMatrixIT.Trouble;
import org.sftoolkit.camel.error.SfToolkitException;
import org.sftoolkit.camel.model.BulkResult;
import org.sftoolkit.camel.model.SaveResults;
import org.sftoolkit.emulator.EmulatorBuilder;
import org.sftoolkit.emulator.fault.Fault;

/**
 * What takes several requests, or is read while it arrives, meets every fault at each of its requests: it succeeds with all of
 * its rows or bytes, or fails; it never writes twice, and what has been written is not offered to be sent again.
 */
class StreamedFaultMatrixIT extends RouteTestSupport {

    private static final int ROWS = 250;
    private static final String CONTENT = "0123456789".repeat(2_000);
    private static final String JOBS = "pollInterval=20&maxPollInterval=50&jobTimeout=10000";

    /** What is asked of the org, and the requests that it is made of. */
    enum Work {
        RAW_READ("GET limits"),
        RAW_WRITE("POST sobjects/{object}"),
        UPLOAD("POST sobjects/{object}"),
        DOWNLOAD("GET sobjects*"),
        QUERY_STREAM("GET query", "GET query/*"),
        BULK_QUERY("POST jobs/query", "GET jobs/query/{job}", "GET jobs/query/{job}/results"),
        BULK(
                "POST jobs/ingest",
                "PUT jobs/ingest*",
                "PATCH jobs/ingest*",
                "GET jobs/ingest/{job}",
                "GET jobs/ingest/{job}/successfulResults"),
        SAVE_VIA_BULK(
                "POST jobs/ingest",
                "PUT jobs/ingest*",
                "PATCH jobs/ingest*",
                "GET jobs/ingest/{job}",
                "GET jobs/ingest/{job}/successfulResults",
                "GET jobs/ingest/{job}/failedResults");

        private final List<String> phases;

        Work(String... phases) {
            this.phases = List.of(phases);
        }

        boolean reads() {
            return EnumSet.of(RAW_READ, DOWNLOAD, QUERY_STREAM, BULK_QUERY).contains(this);
        }
    }

    /** An answer that is given out while it arrives, and whose content is the resource's own affair. */
    private static final Set<Work> GIVEN_OUT = EnumSet.of(Work.RAW_READ, Work.RAW_WRITE, Work.DOWNLOAD);

    private static final Set<Trouble> IN_CONTENT = EnumSet.of(Trouble.CUT_IN_ANSWER, Trouble.TRUNCATED, Trouble.PAGE);

    /** Only an answer that is late meets a short bound; a busy machine shall meet it nowhere else. */
    private static final int SHORT_BOUND = 600;

    /** An answer that is cut off is waited for until then; no other meets it, on a busy machine either. */
    private static final int LONG_BOUND = 5_000;

    private static final Fault LATE = Fault.delay(Duration.ofMillis(2 * SHORT_BOUND));

    private String account;
    private String file;
    private int requestTimeout;

    @Override
    protected void org(EmulatorBuilder settings) {
        settings.pageSize(100);
    }

    @Override
    protected void configure(SfToolkitConfiguration options) {
        options.setMaxRetries(2);
        options.setRetryDelay(5);
    }

    @Override
    protected RouteBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:work").toD("sftoolkit:${header.uri}").process(StreamedFaultMatrixIT::read);
            }
        };
    }

    /** Replaces what is read once by the number of its rows or by its text. */
    private static void read(Exchange exchange) throws Exception {
        Object body = exchange.getMessage().getBody();
        if (body instanceof InputStream in) {
            exchange.getMessage().setBody(new String(in.readAllBytes()));
        } else if (body instanceof BulkResult result) {
            exchange.getMessage().setBody(count(result.successful()));
        } else if (body instanceof Iterator<?> rows) {
            exchange.getMessage().setBody(count(rows));
        }
    }

    private static int count(Iterator<?> rows) {
        int count = 0;
        for (; rows.hasNext(); rows.next()) {
            count++;
        }
        return count;
    }

    private Exchange perform(Work work) {
        return switch (work) {
            case RAW_READ -> work("raw?path=limits", null);
            case RAW_WRITE -> work("raw?method=POST&path=sobjects/Contact", "{\"LastName\":\"x\"}");
            case UPLOAD -> work("upload:Attachment?fileName=a.txt&linkTo=" + account, CONTENT);
            case DOWNLOAD -> work("download:Attachment", file);
            case QUERY_STREAM -> work("query:Account?fields=Id&orderBy=Id&outputType=STREAM", null);
            case BULK_QUERY -> work("bulkQuery:Account?fields=Id&" + JOBS, null);
            case BULK -> work("bulk:Contact?" + JOBS, contacts());
            case SAVE_VIA_BULK -> work("save:Contact?via=BULK&onPartialFailure=FAIL&" + JOBS, contacts());
        };
    }

    private Exchange work(String uri, Object body) {
        String separator = uri.contains("?") ? "&" : "?";
        return send("direct:work", body, Map.of("uri", uri + separator + "requestTimeout=" + requestTimeout));
    }

    private static List<Map<String, Object>> contacts() {
        return new ArrayList<>(IntStream.range(0, 5)
                .<Map<String, Object>>mapToObj(i -> new HashMap<>(Map.of("LastName", "n" + i)))
                .toList());
    }

    private int written(Work work) {
        return work == Work.UPLOAD
                ? emulator.org().count("Attachment") - 1
                : emulator.org().count("Contact");
    }

    private static int wanted(Work work) {
        return work.reads() ? 0 : work == Work.BULK || work == Work.SAVE_VIA_BULK ? 5 : 1;
    }

    private void prepare() {
        emulator.org().clear();
        for (int i = 0; i < ROWS; i++) {
            account = emulator.org().insert("Account", Map.of("Name", "n" + i));
        }
        file = emulator.org()
                .insert(
                        "Attachment",
                        Map.of(
                                "Name",
                                "a",
                                "ParentId",
                                account,
                                "Body",
                                java.util.Base64.getEncoder().encodeToString(CONTENT.getBytes())));
        // a login that does not help makes further ones rare: each row begins with one that helped
        assertThat(work("limits", null).getException()).isNull();
    }

    private void assertSuccess(String name, Work work, Exchange exchange) {
        Object body = exchange.getMessage().getBody();
        switch (work) {
            case RAW_READ -> assertThat(body).as(name).asString().contains("DailyApiRequests");
            case DOWNLOAD -> assertThat(body).as(name).isEqualTo(CONTENT);
            case QUERY_STREAM, BULK_QUERY -> assertThat(body).as(name).isEqualTo(ROWS);
            case BULK -> assertThat(body).as(name).isEqualTo(5);
            case SAVE_VIA_BULK ->
                assertThat((SaveResults) body).as(name).hasSize(5).allMatch(result -> result.id() != null);
            case RAW_WRITE, UPLOAD -> assertThat(written(work)).as(name).isEqualTo(1);
        }
        assertThat(written(work)).as(name).isEqualTo(wanted(work));
    }

    private void assertFailure(String name, Work work, Exception failure) {
        assertThat(WireTestSupport.ofTheFamily(failure) || GIVEN_OUT.contains(work))
                .as("%s: %s", name, failure)
                .isTrue();
        assertThat(written(work)).as(name).isLessThanOrEqualTo(wanted(work));
        if (written(work) > 0 && failure instanceof SfToolkitException known) {
            assertThat(known.retryable()).as("%s: may be sent again", name).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void oneFault(Trouble trouble) {
        requestTimeout = trouble == Trouble.DELAY ? SHORT_BOUND : LONG_BOUND;
        Fault fault = trouble == Trouble.DELAY ? LATE : trouble.fault;
        for (Work work : Work.values()) {
            if (GIVEN_OUT.contains(work) && IN_CONTENT.contains(trouble)) {
                continue;
            }
            for (String phase : work.phases) {
                prepare();
                emulator.requests().reset();
                emulator.faults().next(when(phase), fault);
                Exchange exchange = perform(work);
                emulator.faults().clear();
                String name = work + " meets " + trouble + " at " + phase;
                if (emulator.requests().count(phase) == 0) {
                    // a job may be complete before anybody looks at it
                    assertThat(phase).as(name).isEqualTo("GET jobs/query/{job}");
                }
                if (exchange.getException() == null) {
                    assertSuccess(name, work, exchange);
                } else {
                    assertFailure(name, work, exchange.getException());
                    assertThat(work.reads() && trouble != Trouble.DAILY_LIMIT)
                            .as("%s: reading is tried again: %s", name, exchange.getException())
                            .isFalse();
                }
            }
        }
    }
}
