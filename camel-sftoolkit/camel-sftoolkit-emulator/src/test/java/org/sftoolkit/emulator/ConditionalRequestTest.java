package org.sftoolkit.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sftoolkit.emulator.Errors.assertError;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConditionalRequestTest {

    private static final String BEFORE = "Tue, 03 Feb 2026 04:05:05 GMT";
    private static final String EXACT = "Tue, 03 Feb 2026 04:05:06 GMT";
    private static final SalesforceEmulator EMULATOR = SalesforceEmulator.builder()
            .accessToken("t")
            .clock(Clock.fixed(Instant.parse("2026-02-03T04:05:06.5Z"), ZoneOffset.UTC))
            .duplicateRule("Account", "Name", "Phone")
            .start();
    private final Client client = new Client(EMULATOR.url(), "t");
    private String path;

    @AfterAll
    static void stop() {
        EMULATOR.close();
    }

    @BeforeEach
    void oneAccount() {
        EMULATOR.org().clear();
        path = "/sobjects/Account/" + EMULATOR.org().insert("Account", Map.of("Name", "a", "Phone", "1"));
    }

    @Test
    void unmodifiedRowsAndDescribesAreNotSentAgain() {
        for (String unmodified : new String[] {path, "/sobjects", "/sobjects/Account/describe"}) {
            Client.Reply reply = client.call("GET", unmodified, null, "If-Modified-Since", EXACT);
            assertThat(reply.status()).isEqualTo(304);
            assertThat(reply.body()).isEmpty();
            assertThat(client.call("GET", unmodified, null, "If-Modified-Since", BEFORE)
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void laterChangesFailThePrecondition() {
        assertThat(client.call("GET", path, null, "If-Unmodified-Since", BEFORE).status())
                .isEqualTo(412);
        assertThat(client.call("PATCH", path, "{\"Site\":\"x\"}", "If-Unmodified-Since", BEFORE)
                        .status())
                .isEqualTo(412);
        assertThat(client.call("PATCH", path, "{\"Site\":\"x\"}", "If-Modified-Since", EXACT)
                        .status())
                .isEqualTo(412);
        assertThat(client.call("PATCH", path, "{\"Site\":\"x\"}", "If-Unmodified-Since", "yesterday")
                        .status())
                .isEqualTo(400);
        assertThat(EMULATOR.org().all("Account").get(0)).containsEntry("Site", null);
        assertThat(client.call("PATCH", path, "{\"Site\":\"x\"}", "If-Unmodified-Since", EXACT)
                        .status())
                .isEqualTo(204);
    }

    @Test
    void accountsHaveEntityTags() {
        String etag = client.call("GET", path, null, "Accept-Encoding", "gzip").header("ETag");

        assertThat(etag).matches("\"[A-Za-z0-9+/]{27}=--gzip\"");
        assertThat(client.call("GET", path, null, "If-None-Match", etag).status())
                .isEqualTo(304);
        assertThat(client.call("PATCH", path, "{\"Site\":\"x\"}", "If-None-Match", etag)
                        .status())
                .isEqualTo(412);
        assertThat(client.call("PATCH", path, "{\"Site\":\"x\"}", "If-Match", etag)
                        .status())
                .isEqualTo(204);
        assertThat(client.call("PATCH", path, "{\"Site\":\"y\"}", "If-Match", etag)
                        .status())
                .isEqualTo(412);
        String contact = EMULATOR.org().insert("Contact", Map.of("LastName", "x"));
        assertThat(client.get("/sobjects/Contact/" + contact).header("ETag")).isNull();
    }

    @Test
    void duplicatesAreRefusedUnlessAllowed() {
        String same = "{\"Name\":\"A\",\"Phone\":\"1\"}";

        assertError(client.post("/sobjects/Account", same), 400, "DUPLICATES_DETECTED", "Use one of these records?");
        assertThat(client.post("/sobjects/Account", "{\"Name\":\"A\"}").status())
                .isEqualTo(201);
        assertThat(client.call(
                                "POST",
                                "/sobjects/Account",
                                same,
                                "Sforce-Duplicate-Rule-Header",
                                "allowSave=true; includeRecordDetails=true")
                        .status())
                .isEqualTo(201);
    }
}
