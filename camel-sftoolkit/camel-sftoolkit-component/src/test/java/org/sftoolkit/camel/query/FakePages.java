package org.sftoolkit.camel.query;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.WriteStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.sftoolkit.camel.transport.Request;
import org.sftoolkit.camel.transport.Response;
import org.sftoolkit.camel.transport.Transport;

/** A transport that answers with pages when the test says so. */
public final class FakePages implements Transport {

    final List<Request> requests = Collections.synchronizedList(new ArrayList<>());
    private final List<Promise<Response>> answers = Collections.synchronizedList(new ArrayList<>());
    private final int pageSize;
    private final int pages;
    private final boolean immediately;
    private WriteStream<Buffer> body;

    private FakePages(int pageSize, int pages, boolean immediately) {
        this.pageSize = pageSize;
        this.pages = pages;
        this.immediately = immediately;
    }

    static FakePages immediate(int pageSize, int pages) {
        return new FakePages(pageSize, pages, true);
    }

    static FakePages onDemand(int pageSize, int pages) {
        return new FakePages(pageSize, pages, false);
    }

    QueryClient client() {
        return new QueryClient(this);
    }

    @Override
    public Future<Response> send(Request request) {
        Promise<Response> answer = Promise.promise();
        answers.add(answer);
        requests.add(request);
        if (immediately) {
            arrive(answers.size() - 1);
        }
        return answer.future();
    }

    int asked() {
        return requests.size();
    }

    /** The page of this request arrives whole. */
    void arrive(int request) {
        begin(request, page(number(request)));
        end(request);
    }

    private int number(int request) {
        String path = requests.get(request).path();
        return path.startsWith("/query?q=")
                ? 0
                : Integer.parseInt(path.substring(path.lastIndexOf('-') + 1)) / pageSize;
    }

    /** Bytes of the answer arrive. */
    void begin(int request, String bytes) {
        body = requests.get(request).sink().open(200, MultiMap.caseInsensitiveMultiMap());
        more(request, bytes);
    }

    public void more(int request, String bytes) {
        more(request, Buffer.buffer(bytes));
    }

    public void more(int request, Buffer bytes) {
        body.write(bytes).onFailure(failure -> answers.get(request).tryFail(failure));
    }

    void end(int request) {
        body.end()
                .onSuccess(done -> answers.get(request)
                        .tryComplete(new Response(200, MultiMap.caseInsensitiveMultiMap(), Buffer.buffer())))
                .onFailure(failure -> answers.get(request).tryFail(failure));
    }

    void fail(int request, Throwable failure) {
        answers.get(request).fail(failure);
    }

    String page(int number) {
        String rows = IntStream.range(number * pageSize, (number + 1) * pageSize)
                .mapToObj(FakePages::row)
                .collect(Collectors.joining(","));
        String next = number + 1 < pages
                ? ",\"done\":false,\"nextRecordsUrl\":\"/services/data/v66.0/query/01g-" + (number + 1) * pageSize
                        + "\""
                : ",\"done\":true";
        return "{\"totalSize\":" + pages * pageSize + next + ",\"records\":[" + rows + "]}";
    }

    public static String row(int number) {
        return "{\"attributes\":{\"type\":\"Account\",\"url\":\"/x\"},\"Id\":\"" + id(number) + "\",\"Name\":\"n"
                + number + "\"}";
    }

    static String id(int number) {
        return "001%012dAAA".formatted(number);
    }
}
