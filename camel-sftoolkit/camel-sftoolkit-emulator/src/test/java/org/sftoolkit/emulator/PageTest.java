package org.sftoolkit.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sftoolkit.emulator.fault.FaultKind;
import org.sftoolkit.emulator.org.Writer;

/** The page at {@code /} as it comes over the wire; {@link PageBrowserTest} uses it in a browser. */
class PageTest {

    private static final String HOSTILE = "<script>alert('x')</script>\"'>&<img src=x onerror=alert(1)>\u0000{}";

    private SalesforceEmulator emulator;
    private Client client;

    @BeforeEach
    void start() {
        emulator = SalesforceEmulator.builder().accessToken("t").start();
        client = new Client(emulator.url(), "t");
    }

    @AfterEach
    void stop() {
        emulator.close();
    }

    private Client.Reply get(String path) {
        return client.send(HttpRequest.newBuilder(URI.create(emulator.url() + path)));
    }

    private Client.Reply post(String path, String form) {
        return client.send(HttpRequest.newBuilder(URI.create(emulator.url() + path))
                .headers("Content-Type", "application/x-www-form-urlencoded", "HX-Request", "true")
                .POST(BodyPublishers.ofString(form)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "query",
                "requests",
                "faults",
                "jobs",
                "events",
                "limits",
                "org",
                "control",
                "records/Account"
            })
    void eachPanelIsAWholePageThatNeedsNothingFromElsewhere(String panel) {
        Client.Reply reply = get(panel.equals("/") ? "/" : "/__emulator/page/" + panel);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).startsWith("text/html");
        assertThat(reply.header("Content-Security-Policy")).startsWith("default-src 'none'; script-src 'self'");
        assertThat(reply.body()).startsWith("<!DOCTYPE html>").doesNotContain("https://");
        Matcher asset = Pattern.compile("(?:src|href)=\"(/__emulator/page/assets/[^\"]+)\"")
                .matcher(reply.body());
        List<String> assets = new ArrayList<>();
        while (asset.find()) {
            assets.add(asset.group(1));
        }
        assertThat(assets).hasSize(3).allSatisfy(path -> {
            assertThat(get(path).status()).isEqualTo(200);
            assertThat(get(path).body()).isNotBlank();
        });
    }

    @Test
    void aHostileRecordIsTextEverywhere() {
        String id = emulator.org().insert("Account", Map.of("Name", HOSTILE.replace("\u0000", "")));
        emulator.org().insert("Contact", Map.of("LastName", HOSTILE.replace("\u0000", ""), "AccountId", id));
        assertNoMarkup(get("/__emulator/page/records/Account"));
        assertNoMarkup(get("/__emulator/page/records/Account/" + id));
        assertNoMarkup(
                post("/__emulator/page/query", "soql=SELECT+Id,Name,(SELECT+LastName+FROM+Contacts)+FROM+Account"));
    }

    @Test
    void whatIsTypedIsTextEverywhere() {
        String hostile = URLEncoder.encode(HOSTILE, StandardCharsets.UTF_8);
        assertNoMarkup(post("/__emulator/page/query", "soql=SELECT+Id+FROM+Account+WHERE+Name='<script>'+AND+Nope=1"));
        assertNoMarkup(get("/__emulator/page/query?soql=" + hostile));
        assertNoMarkup(get("/__emulator/page/requests?resource=" + hostile));
        assertNoMarkup(post(
                "/__emulator/page/faults",
                "fault=status&status=503&times=1&message=" + hostile + "&when=POST+" + hostile));
        assertNoMarkup(post("/__emulator/page/faults", "fault=" + hostile));
        assertNoMarkup(get("/__emulator/page/faults"));
        assertNoMarkup(post("/__emulator/page/limits", "latency=" + hostile));
        assertNoMarkup(post("/__emulator/page/org/clock", "stop=at&at=" + hostile));
        String named = URLEncoder.encode(HOSTILE.replace("/", ""), StandardCharsets.UTF_8);
        assertThat(post("/__emulator/page/org/snapshots", "name=" + named).body())
                .contains("Kept.")
                .doesNotContain("<script>", "<img");
    }

    @Test
    void aHostileRequestIsTextInTheLog() {
        emulator.requests().keepBodies(10_000);
        client.call("POST", "/sobjects/Account", "{\"Name\":\"<script>alert(1)</script>\"}", "X-Odd", "<img src=x>'");
        client.get("/query?q=" + URLEncoder.encode(HOSTILE, StandardCharsets.UTF_8));
        Matcher link = Pattern.compile("href=\"(/__emulator/page/requests/\\d+)\"")
                .matcher(get("/__emulator/page/requests").body());
        int seen = 0;
        while (link.find()) {
            assertThat(get(link.group(1)).body()).doesNotContain("<script>", "<img");
            seen++;
        }
        assertThat(seen).isEqualTo(2);
    }

    private static void assertNoMarkup(Client.Reply reply) {
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).contains("&lt;script&gt;").doesNotContain("<script>", "<img", "\"'>", "\u0000");
    }

    @Test
    void aCallIsShownAsACommandWithoutItsToken() {
        emulator.requests().keepBodies(10_000);
        client.call(
                "POST",
                "/sobjects/Account",
                "{\"Name\":\"O'Neill\"}",
                "Sforce-Duplicate-Rule-Header",
                "allowSave=true");
        Matcher link = Pattern.compile("href=\"(/__emulator/page/requests/\\d+)\"")
                .matcher(get("/__emulator/page/requests").body());
        assertThat(link.find()).isTrue();
        String body = get(link.group(1)).body();
        String command = body.substring(body.indexOf("curl -X POST"), body.lastIndexOf("</pre>"))
                .replace("&#39;", "'")
                .replace("&quot;", "\"");
        assertThat(command)
                .isEqualTo("curl -X POST '" + emulator.url() + "/services/data/v66.0/sobjects/Account' \\\n"
                        + "  -H \"Authorization: Bearer $TOKEN\" \\\n"
                        + "  -H 'content-type: application/json' \\\n"
                        + "  -H 'sforce-duplicate-rule-header: allowSave=true' \\\n"
                        + "  --data-binary '{\"Name\":\"O'\\''Neill\"}'");
        assertThat(body).doesNotContain("Bearer t");
    }

    @Test
    void formsOfForeignPagesAreRefused() {
        String path = "/__emulator/page/org/reset";
        assertThat(client.send(HttpRequest.newBuilder(URI.create(emulator.url() + path))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(BodyPublishers.ofString("a=b")))
                        .status())
                .isEqualTo(403);
        assertThat(client.send(HttpRequest.newBuilder(URI.create(emulator.url() + path))
                                .headers("HX-Request", "true", "Origin", "http://evil.example")
                                .POST(BodyPublishers.ofString("a=b")))
                        .status())
                .isEqualTo(403);
        assertThat(post(path, "").status()).isEqualTo(200);
    }

    @Test
    void thePageIsNeitherLoggedNorCounted() {
        get("/");
        get("/__emulator/page/requests");
        assertThat(emulator.requests().count()).isZero();
        assertThat(emulator.usage().used()).isZero();
    }

    @Test
    void theListOfRequestsIsSentAgainOnlyWhenItHasChanged() {
        Matcher poll = Pattern.compile("hx-get=\"([^\"]+)\"")
                .matcher(get("/__emulator/page/requests").body());
        assertThat(poll.find()).isTrue();
        assertThat(get(poll.group(1).replace("&amp;", "&")).status()).isEqualTo(204);
        client.get("/limits");
        assertThat(get(poll.group(1).replace("&amp;", "&")).body()).contains("/services/data/v66.0/limits");
    }

    @Test
    void pagesOfRecordsGoForthAndBack() {
        for (int i = 0; i < 120; i++) {
            emulator.org().insert("Account", Map.of("Name", "n" + i));
        }
        String first = get("/__emulator/page/records/Account").body();
        String second = get(link(first, "next")).body();
        String third = get(link(second, "next")).body();
        assertThat(first).contains(">n0<", ">n49<").doesNotContain(">n50<");
        assertThat(second).contains(">n50<", ">n99<");
        assertThat(third).contains(">n119<").doesNotContain("rel=\"next\"");
        assertThat(get(link(third, "prev")).body()).contains(">n50<", ">n99<").doesNotContain(">n100<", ">n49<");
    }

    private static String link(String page, String rel) {
        Matcher link = Pattern.compile("rel=\"" + rel + "\" href=\"([^\"]+)\"").matcher(page);
        assertThat(link.find()).isTrue();
        return link.group(1).replace("&amp;", "&");
    }

    @Test
    void aPageOfAHundredThousandRecordsHoldsFifty() {
        emulator.org().write(new Writer(emulator.org().userId(), true, true), transaction -> {
            for (int i = 0; i < 100_000; i++) {
                transaction.insert(emulator.org().object("Account"), Map.of("Name", "n" + i));
            }
            return null;
        });
        Client.Reply page = get("/__emulator/page/records/Account");
        assertThat(page.body()).contains("100000 records");
        assertThat(page.body().split("<tr")).hasSizeBetween(51, 53);
        assertThat(page.body().length()).isLessThan(60_000);
    }

    @Test
    void aQueryShowsRowsAndHowItWasUnderstood() {
        emulator.org().insert("Account", Map.of("Name", "Acme", "External_ID__c", "A-1"));
        assertThat(post(
                                "/__emulator/page/query",
                                "soql=SELECT+Name,Owner.Username+FROM+Account+WHERE+External_ID__c='A-1'")
                        .body())
                .contains(
                        "1 rows",
                        "<th scope=\"col\">Owner.Username</th>",
                        "<td>user@example.com</td>",
                        "External_ID__c = &lt;text&gt;",
                        "Index");
        assertThat(post("/__emulator/page/query", "soql=SELECT+Nmae+FROM+Account")
                        .body())
                .contains("INVALID_FIELD", "SELECT <mark>Nmae</mark> FROM Account", "Row:1:Column:8");
        assertThat(post("/__emulator/page/query", "soql=SELECT+COUNT(Id)+c+FROM+Account")
                        .body())
                .contains("<th scope=\"col\">c</th>");
    }

    @Test
    void aLongResultIsReadOnWithoutDisplacingCursorsOfClients() {
        for (int i = 0; i < 450; i++) {
            emulator.org().insert("Contact", Map.of("LastName", "n" + i));
        }
        String page = post("/__emulator/page/query", "soql=SELECT+LastName+FROM+Contact")
                .body();
        assertThat(page).contains("450 rows", ">n199<").doesNotContain(">n200<");
        Matcher more =
                Pattern.compile("hx-get=\"(/__emulator/page/query/[^\"]+)\"").matcher(page);
        assertThat(more.find()).isTrue();
        assertThat(get(more.group(1)).body()).contains(">n200<", ">n399<");
        assertThat(emulator.openQueryCursors()).isZero();
    }

    @Test
    void faultsOfAFormStrike() {
        assertThat(get("/__emulator/page/faults/form?fault=alterHeaders").body())
                .contains("<label for=\"parameter-set\">");
        assertThat(post(
                                "/__emulator/page/faults",
                                "fault=alterHeaders&when=GET+limits&times=1&percent=&set=X-One:+1%0D%0AX-Two:+2&remove=Date")
                        .body())
                .contains("Added.", "GET limits");
        Client.Reply reply = client.get("/limits");
        assertThat(reply.header("X-Two")).isEqualTo("2");
        assertThat(reply.header("Date")).isNull();
        assertThat(post("/__emulator/page/faults", "fault=stall&point=NOWHERE").body())
                .contains("use one of IN_REQUEST");
        assertThat(post("/__emulator/page/faults", "fault=delay&millis=soon").body())
                .contains("&quot;millis&quot; must be a number");
    }

    @Test
    void everyControlOfAFormHasALabel() {
        for (FaultKind kind : FaultKind.values()) {
            String form =
                    get("/__emulator/page/faults/form?fault=" + kind.wireName()).body();
            Matcher id = Pattern.compile("<(?:input|select|textarea) id=\"([^\"]+)\"")
                    .matcher(form);
            while (id.find()) {
                assertThat(form).contains("<label for=\"" + id.group(1) + "\">");
            }
        }
    }

    @Test
    void jobsShowHowFarTheyAre() {
        emulator.bulk().change(emulator.bulk().settings().withBatchRows(1).manual());
        String job = client.post("/jobs/ingest", "{\"object\":\"Account\",\"operation\":\"insert\"}")
                .json()
                .path("id")
                .asText();
        client.call("PUT", "/jobs/ingest/" + job + "/batches", "Name\na\nb\nc\nd\n", "Content-Type", "text/csv");
        client.patch("/jobs/ingest/" + job, "{\"state\":\"UploadComplete\"}");
        post("/__emulator/page/jobs/step", "");
        assertThat(post("/__emulator/page/jobs/step", "").body())
                .contains("InProgress", "aria-label=\"Progress of " + job + "\" max=\"100\" value=\"25\"");
        assertThat(post("/__emulator/page/jobs/automatic", "").body()).contains("Jobs are processed by themselves.");
    }
}
