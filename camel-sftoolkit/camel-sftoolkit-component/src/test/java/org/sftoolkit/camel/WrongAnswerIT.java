package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.sftoolkit.camel.MisbehavingProxy.Misbehaviour;
import org.sftoolkit.camel.error.AuthenticationException;
import org.sftoolkit.camel.error.PartialFailureException;
import org.sftoolkit.camel.error.RedirectedException;

/** Every operation meets invalid answers: each fails, typed, and no answer passes for a success or for nothing. */
class WrongAnswerIT extends WireTestSupport {

    private static final Map<String, String> JSON = Map.of("Content-Type", "application/json;charset=UTF-8");
    private static final String MOVED = "https://acme-renamed.my.salesforce.com/services/data";

    private static Misbehaviour answer(String status, Map<String, String> headers, String body) {
        return MisbehavingProxy.answering(status, headers, body);
    }

    private record Wrong(String name, Misbehaviour answer) {}

    private static List<Wrong> wrongAnswers() {
        var all = new ArrayList<Wrong>();
        for (String status : List.of("301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent")) {
            all.add(new Wrong(status, answer(status, Map.of("Location", MOVED + "?sid=00Dsecret"), "")));
        }
        all.add(new Wrong("304", answer("304 Not Modified", Map.of("Date", "x"), "")));
        all.add(new Wrong("300", answer("300 Multiple Choices", JSON, "[null]")));
        all.add(new Wrong("page", answer("200 OK", Map.of("Content-Type", "text/html"), "<html>maintenance</html>")));
        all.add(new Wrong(
                "page of four lines", answer("200 OK", Map.of("Content-Type", "text/html"), "<html>\na\nb\n<p>")));
        all.add(new Wrong("text", answer("200 OK", Map.of("Content-Type", "text/plain"), "[]")));
        all.add(new Wrong("xml", answer("200 OK", Map.of("Content-Type", "application/xml"), "<a/>")));
        for (String body :
                List.of("", "{}", "[]", "null", "[null]", "\"x\"", "42", "[[]]", "{\"a\":", "<html>", "{\"a\":1}x")) {
            all.add(new Wrong("JSON " + body, answer("200 OK", JSON, body)));
        }
        all.add(new Wrong("deep list", answer("200 OK", JSON, "[".repeat(50_000) + "]".repeat(50_000))));
        all.add(new Wrong(
                "deep object", answer("200 OK", JSON, "{\"records\":".repeat(5_000) + "1" + "}".repeat(5_000))));
        all.add(new Wrong(
                "large page", answer("502 Bad Gateway", Map.of("Content-Type", "text/html"), "<".repeat(1_000_000))));
        return all;
    }

    /** What an operation may make of such an answer. */
    private static boolean mayEndWell(Operation operation, Wrong wrong) {
        // no record was found, in the resource's own words
        if (wrong.name().equals("JSON [null]") && operation.stalls().endsWith("composite/sobjects/Account")) {
            return true;
        }
        // a raw call gives out whatever the resource answers with success; a job looks for itself
        return (operation.uri().startsWith("raw") && !wrong.name().startsWith("30")) || operation.recovers();
    }

    private void run(List<Wrong> share, ConcurrentLinkedQueue<String> failures) throws Exception {
        try (var proxy = new MisbehavingProxy(emulator.url())) {
            int login = 0;
            for (Wrong wrong : share) {
                for (Operation operation : operations()) {
                    boolean loggingIn = operation.stalls().contains("oauth2/token");
                    String settings = "requestTimeout=20000&loginUrl=" + proxy.url() + "&instanceUrl=" + proxy.url()
                            + "&retryDelay=" + (loggingIn ? 1_000 + login++ : 999);
                    proxy.misbehave(
                            line -> line.startsWith(operation.stalls()) && (!operation.recovers() || proxy.met() == 0),
                            wrong.answer());
                    Exchange exchange = begin(
                                    operation.uri(), settings, operation.body().call())
                            .get(60, TimeUnit.SECONDS);
                    Exception failure = exchange.getException();
                    proxy.behave();
                    String what = defect(operation, wrong, failure, proxy.met());
                    if (what != null) {
                        failures.add(wrong.name() + ", " + operation.stalls() + " of " + operation.uri() + ": " + what);
                    }
                }
            }
        }
    }

    private static String defect(Operation operation, Wrong wrong, Exception failure, int met) {
        if (met == 0) {
            return "met nothing wrong";
        }
        if (failure == null) {
            return mayEndWell(operation, wrong) ? null : "is a success";
        }
        if (!ofTheFamily(failure)) {
            return "ended with " + failure;
        }
        Throwable typed =
                failure instanceof RedirectedException || failure.getCause() == null ? failure : failure.getCause();
        boolean redirect = wrong.answer() != null && wrong.name().matches("30[12378] .*");
        if (redirect && !operation.recovers()) {
            boolean told = (typed instanceof RedirectedException
                            || typed instanceof AuthenticationException
                            || typed instanceof PartialFailureException)
                    && typed.getMessage().contains(MOVED);
            return told && !typed.getMessage().contains("secret") ? null : "does not tell the target: " + typed;
        }
        return null;
    }

    @Test
    void malformedAnswerIsNotASuccess() throws Exception {
        prepare();
        List<Wrong> all = wrongAnswers();
        int shares = 4;
        ExecutorService threads = Executors.newFixedThreadPool(shares);
        var failures = new ConcurrentLinkedQueue<String>();
        try {
            var runs = new ArrayList<Future<?>>();
            for (int i = 0; i < shares; i++) {
                var share = new ArrayList<Wrong>();
                for (int j = i; j < all.size(); j += shares) {
                    share.add(all.get(j));
                }
                runs.add(threads.submit(() -> {
                    run(share, failures);
                    return null;
                }));
            }
            for (Future<?> run : runs) {
                run.get(10, TimeUnit.MINUTES);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(failures).isEmpty();
    }
}
