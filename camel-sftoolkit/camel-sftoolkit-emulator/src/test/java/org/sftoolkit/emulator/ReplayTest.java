package org.sftoolkit.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sftoolkit.emulator.Errors.assertError;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recordings in the form that the documentation tells, written by hand. */
class ReplayTest {

    private static final String QUERY = "\"method\":\"GET\",\"path\":\"/services/data/v66.0/query?q=SELECT+Id\"";
    private static final String SAVE = "\"method\":\"POST\",\"path\":\"/services/data/v66.0/sobjects/Account\"";

    @TempDir
    private Path folder;

    @BeforeEach
    void manifest() throws IOException {
        write("manifest.json", "{\"format\":1}");
    }

    private void write(String name, String json) throws IOException {
        Files.writeString(folder.resolve(name), json);
    }

    private SalesforceEmulator play() {
        return SalesforceEmulator.builder().replay(folder).start();
    }

    @Test
    void equalRequestsHaveTheirAnswersInOrderAndTheLastOneAgain() throws Exception {
        write(
                "000001.json",
                "{\"request\":{" + QUERY + "},\"answer\":{\"status\":503,\"headers\":{},\"text\":\"busy\"}}");
        write(
                "000002.json",
                "{\"request\":{" + QUERY + "},\"answer\":{\"status\":200,\"headers\":{\"content-type\":"
                        + "\"application/json\",\"sforce-limit-info\":\"api-usage=7/9\"},\"text\":\"{\\\"at\\\":\\\"{{org}}/x\\\"}\"}}");
        try (SalesforceEmulator played = play()) {
            Client client = new Client(played.url(), "any");
            assertThat(client.get("/query?q=SELECT+Id").status()).isEqualTo(503);
            for (int i = 0; i < 2; i++) {
                Client.Reply reply = client.get("/query?q=SELECT+Id");
                assertThat(reply.status()).isEqualTo(200);
                assertThat(reply.json().path("at").asText()).isEqualTo(played.url() + "/x");
            }
            assertThat(client.get("/__emulator/health").json().path("status").asText())
                    .isEqualTo("UP");
        }
    }

    @Test
    void aBodyIsComparedByItsContentUnlessSomethingWasRemovedOfIt() throws Exception {
        write(
                "000001.json",
                "{\"request\":{" + SAVE + ",\"text\":\"{\\\"Name\\\":\\\"a\\\",\\\"Site\\\":\\\"b\\\"}\"},"
                        + "\"answer\":{\"status\":201,\"headers\":{\"content-type\":\"text/plain\"},\"text\":\"first\"}}");
        write(
                "000002.json",
                "{\"request\":{" + SAVE + ",\"text\":\"{\\\"Name\\\":\\\"(removed)\\\"}\"},"
                        + "\"answer\":{\"status\":201,\"headers\":{\"content-type\":\"text/plain\"},\"text\":\"second\"}}");
        try (SalesforceEmulator played = play()) {
            Client client = new Client(played.url(), "any");
            assertThat(client.post("/sobjects/Account", "{\"Name\":\"else\"}").body())
                    .isEqualTo("second");
            assertThat(client.post("/sobjects/Account", "{ \"Site\":\"b\", \"Name\":\"a\" }")
                            .body())
                    .isEqualTo("first");
        }
        Files.delete(folder.resolve("000002.json"));
        try (SalesforceEmulator played = play()) {
            Client client = new Client(played.url(), "any");
            assertError(
                    client.post("/sobjects/Account", "{\"Name\":\"else\"}"),
                    400,
                    "NOT_RECORDED",
                    "POST /services/data/v66.0/sobjects/Account is not in the recording: it was recorded with another"
                            + " body, in 000001.json");
            assertError(
                    client.get("/limits"),
                    400,
                    "NOT_RECORDED",
                    "GET /services/data/v66.0/limits is not in the recording: no call of this method and path was"
                            + " recorded");
        }
    }

    @Test
    void whatIsNoRecordingOrOfAnotherFormIsRefused() throws Exception {
        assertThatThrownBy(() -> SalesforceEmulator.builder().replay(folder.resolve("none")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is no recording");
        write("manifest.json", "{\"format\":2}");
        assertThatThrownBy(() -> SalesforceEmulator.builder().replay(folder))
                .hasMessageContaining("has the format 2; this emulator plays format 1");
    }
}
