package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.sftoolkit.emulator.fault.FaultPlan.when;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sftoolkit.camel.MisbehavingProxy.Misbehaviour;
import org.sftoolkit.camel.error.NotFoundException;
import org.sftoolkit.camel.error.SfToolkitException;
import org.sftoolkit.camel.error.UnreadableResponseException;
import org.sftoolkit.camel.model.BulkResult;
import org.sftoolkit.camel.model.SaveResult;
import org.sftoolkit.camel.model.SaveResults;
import org.sftoolkit.emulator.EmulatorBuilder;
import org.sftoolkit.emulator.fault.Fault;

/** Answers of the right form that speak of other records, or of fewer parts, than those that were sent. */
class ForeignAnswerIT extends RouteTestSupport {

    private static final String JSON = "application/json;charset=UTF-8";
    private static final List<Object> NEW = List.of(Map.of("Name", "one"), Map.of("Name", "two"));
    private static final String FOREIGN = "{'id':'001000000000009AAA','success':true,'errors':[]}";
    private static final String TWO_REQUESTS = "{'compositeRequest':[{'method':'GET','url':'limits','referenceId':'a'},"
            + "{'method':'GET','url':'limits','referenceId':'b'}]}";
    private static final String PART = "{'body':{},'httpHeaders':{},'httpStatusCode':200,'referenceId':'%s'}";
    private static final String BATCH =
            "{'batchRequests':[{'method':'GET','url':'limits'},{'method':'GET','url':'limits'}]}";
    private static final String GRAPH =
            "{'graphs':[{'graphId':'1','compositeRequest':[" + "{'method':'GET','url':'limits','referenceId':'a'}]}]}";
    private static final String GRAPH_OF = "{'graphs':[{'graphId':'%s','graphResponse':{'compositeResponse':[%s]}%s}]}";
    private static final String TREE = "{'records':[{'Name':'one'},{'Name':'two'}]}";

    @Override
    protected void org(EmulatorBuilder settings) {
        settings.pageSize(2);
    }

    @Override
    protected void configure(SfToolkitConfiguration options) {
        options.setMaxRetries(0);
    }

    private String insert(String name) {
        return emulator.org().insert("Account", Map.of("Name", name));
    }

    static Stream<Arguments> foreignSuccesses() {
        String same = "{'id':'001000000000008AAA','success':true,'errors':[]}";
        return Stream.of(
                arguments("save", "PATCH composite/sobjects", List.of(FOREIGN, FOREIGN)),
                arguments("save", "PATCH composite/sobjects", List.of("$1", "$0")),
                arguments("delete", "DELETE composite/sobjects", List.of(FOREIGN, "$1")),
                arguments("insert", "POST composite/sobjects", List.of(same, same)),
                arguments("insert", "POST composite/sobjects", List.of(same.replace("true", "'true'"), FOREIGN)),
                arguments("insert", "POST composite/sobjects", List.of("{'id':17,'success':true}", FOREIGN)),
                arguments("insert", "POST composite/sobjects", List.of("{'id':'xyz','success':true}", FOREIGN)),
                arguments(
                        "insert",
                        "POST composite/sobjects",
                        List.of(same.replace("[]", "[{'statusCode':'X','message':'y','fields':[]}]"), FOREIGN)),
                arguments("insert", "POST composite/sobjects", List.of(FOREIGN)));
    }

    @ParameterizedTest
    @MethodSource("foreignSuccesses")
    void aListSucceedsOnlyByAnswersOfItsOwnRecords(String what, String request, List<String> entries) {
        List<String> ids = List.of(insert("one"), insert("two"));
        String json = json("[" + String.join(",", entries) + "]");
        for (int i = 0; i < 2; i++) {
            json = json.replace("$" + i, json("{'id':'" + ids.get(i) + "','success':true,'errors':[]}"));
        }
        emulator.faults().next(1, when(request), Fault.replaceBody(JSON, json));
        Object body = what.equals("insert") ? NEW : what.equals("delete") ? ids : changed(ids);
        Exchange done = send("sftoolkit:" + what.replace("insert", "save") + ":Account", body);
        assertThat(done.getException()).isNull();
        assertThat(done.getMessage().getBody(SaveResults.class))
                .hasSize(2)
                .noneMatch(SaveResult::success)
                .allSatisfy(result ->
                        assertThat(result.errors().get(0).statusCode()).isEqualTo("UnreadableResponseException"));
    }

    private static List<Object> changed(List<String> ids) {
        return ids.stream()
                .<Object>map(id -> Map.of("Id", id, "Name", "changed"))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'id':'xyz','success':true,'errors':[]}",
                "{'id':'00100000000000','success':true,'errors':[]}",
                "{'id':'001000000000001 AA','success':true,'errors':[]}",
                "{'id':'001000000000001AAA','success':true,'errors':[{'statusCode':'X','message':'y','fields':[]}]}"
            })
    void oneRecordIsCreatedOnlyByAnAnswerThatCanBeTrue(String answer) {
        emulator.faults().next(1, when("POST sobjects*"), Fault.replaceBody(JSON, json(answer)));
        refused(send("sftoolkit:save:Account", Map.of("Name", "new")));
    }

    @Test
    void aRecordWithAnotherExternalIdThanTheOneAskedForIsNotFetched() {
        for (String wrong : List.of("K2", "", "K1x")) {
            emulator.faults()
                    .next(
                            1,
                            when("GET sobjects*"),
                            Fault.answer(
                                    200,
                                    json("{'attributes':{'type':'Account'},'Id':'001000000000001AAA','External_ID__c':'"
                                            + wrong + "'}")));
            refused(send("sftoolkit:fetch:Account?externalIdField=External_ID__c", "K1"));
        }
    }

    @Test
    void oneRecordIsUpdatedOnlyByAnAnswerOfItsOwn() {
        emulator.faults().next(1, when("PATCH sobjects*"), Fault.answer(200, json(FOREIGN)));
        refused(send("sftoolkit:save:Account", Map.of("Id", insert("one"), "Name", "changed")));
    }

    static Stream<Arguments> partsMissing() {
        String a = PART.formatted("a");
        String success = ",'isSuccessful':true";
        return Stream.of(
                arguments(TWO_REQUESTS, "composite", "{'compositeResponse':[" + a + "]}"),
                arguments(TWO_REQUESTS, "composite", "{'compositeResponse':[" + a + "," + PART.formatted("z") + "]}"),
                arguments(TWO_REQUESTS, "composite", "{'compositeResponse':[" + a + "," + a + "]}"),
                arguments(BATCH, "composite/batch", "{'hasErrors':false,'results':[{'statusCode':200,'result':{}}]}"),
                arguments(GRAPH, "composite/graph", "{'graphs':[]}"),
                arguments(GRAPH, "composite/graph", GRAPH_OF.formatted("1", "", success)),
                arguments(GRAPH, "composite/graph", GRAPH_OF.formatted("2", a, success)),
                arguments(GRAPH, "composite/graph", GRAPH_OF.formatted("1", a, "")),
                arguments(GRAPH, "composite/graph", GRAPH_OF.formatted("1", a, ",'isSuccessful':false")),
                arguments(
                        TREE,
                        "composite/tree/{object}",
                        "{'hasErrors':false,'results':[{'referenceId':'ref1','id':'001000000000008AAA'}]}"),
                arguments(
                        TREE,
                        "composite/tree/{object}",
                        "{'hasErrors':false,'results':[{'referenceId':'ref1'},{'referenceId':'ref2'}]}"));
    }

    @ParameterizedTest
    @MethodSource("partsMissing")
    void aCompositeAnswerHasThePartOfEachRequest(String request, String resource, String answer) {
        emulator.faults().next(1, when("POST " + resource), Fault.answer(200, json(answer)));
        refused(send("sftoolkit:composite:Account", json(request)));
    }

    @Test
    void proxyPageIsNotAMissingRecord() {
        emulator.faults().next(1, when("GET sobjects*"), Fault.htmlBody(404));
        Exchange done = send("sftoolkit:fetch:Account?notFound=NULL", insert("one"));
        assertThat(done.getException()).isInstanceOf(NotFoundException.class);
    }

    @Test
    void aPartOfAFileIsNotTheFile() {
        String id = send("sftoolkit:upload:ContentVersion?fileName=a.txt", "content")
                .getMessage()
                .getHeader("CamelSfToolkitId", String.class);
        for (String outputType : List.of("BYTES", "STREAM", "FILE")) {
            emulator.faults().next(1, when("GET sobjects*"), Fault.answer(206, "\"cont\""));
            refused(send("sftoolkit:download:ContentVersion?outputType=" + outputType, id));
        }
    }

    @Test
    void unconfirmedAbortFails() {
        String job = send("sftoolkit:bulk:Account?await=false", NEW)
                .getMessage()
                .getHeader("CamelSfToolkitJobId", String.class);
        emulator.faults()
                .next(1, when("PATCH jobs/ingest*"), Fault.answer(200, json("{'id':'" + job + "','state':'Open'}")));
        refused(send("sftoolkit:bulkJob?action=abort", job));
    }

    @Test
    void incompleteResultRowFails() {
        emulator.faults()
                .always(
                        when("GET jobs/ingest/{job}/successfulResults"),
                        Fault.replaceBody(
                                "text/csv",
                                "\"sf__Id\",\"sf__Created\",\"Name\"\n"
                                        + "\"001000000000008AAA\",\"true\",\"one\"\n"
                                        + "\"001000000000009AAA\",\"true\"\n"));
        BulkResult result = body("sftoolkit:bulk:Account", NEW, BulkResult.class);
        var rows = new ArrayList<>();
        assertThatThrownBy(() -> result.successful().forEachRemaining(rows::add))
                .isInstanceOf(SfToolkitException.class);
    }

    @Test
    void endlessListOfChildrenWithoutRowsEnds() throws Exception {
        String parent = insert("parent");
        IntStream.range(0, 5)
                .forEach(i -> emulator.org().insert("Contact", Map.of("LastName", "c" + i, "AccountId", parent)));
        var pages = new AtomicInteger();
        Misbehaviour another = (answer, out, in) -> MisbehavingProxy.answering(
                        "200 OK",
                        Map.of("Content-Type", JSON),
                        json(
                                "{'totalSize':5,'done':false,'records':[],'nextRecordsUrl':'/services/data/v66.0/query/01g-"
                                        + pages.incrementAndGet() + "'}"))
                .answer(answer, out, in);
        try (var proxy = new MisbehavingProxy(emulator.url())) {
            proxy.misbehave(line -> line.contains("/query/"), another);
            refused(send(
                    "sftoolkit:query?soql=SELECT Id, (SELECT Id FROM Contacts) FROM Account&loginUrl=" + proxy.url()
                            + "&instanceUrl=" + proxy.url(),
                    null));
            assertThat(proxy.met()).isLessThan(30);
        }
    }

    private static void refused(Exchange done) {
        assertThat(done.getException()).isInstanceOf(UnreadableResponseException.class);
    }

    private static String json(String singleQuoted) {
        return singleQuoted.replace('\'', '"');
    }
}
