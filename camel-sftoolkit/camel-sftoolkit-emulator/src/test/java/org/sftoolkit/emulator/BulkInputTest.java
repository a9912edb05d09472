package org.sftoolkit.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.zip.DeflaterOutputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BulkInputTest {

    private final SalesforceEmulator emulator =
            SalesforceEmulator.builder().accessToken("t").start();
    private final Client client = new Client(emulator.url(), "t");

    @AfterEach
    void stop() {
        emulator.close();
    }

    private String job() {
        return client.post("/jobs/ingest", "{\"object\":\"Account\",\"operation\":\"insert\"}")
                .json()
                .path("id")
                .asText();
    }

    private int put(String job, byte[] body, String encoding) {
        return client.send(client.request(
                                "/jobs/ingest/" + job + "/batches",
                                "Content-Type",
                                "text/csv",
                                "Content-Encoding",
                                encoding)
                        .PUT(BodyPublishers.ofByteArray(body)))
                .status();
    }

    private String outcome(String job) {
        client.patch("/jobs/ingest/" + job, "{\"state\":\"UploadComplete\"}");
        return Awaitility.await()
                .until(
                        () -> client.get("/jobs/ingest/" + job)
                                .json()
                                .path("state")
                                .asText(),
                        state -> state.matches("JobComplete|Failed"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\rb", "\ra", "a\r", "a\r\rb", "a\r\nb\rc", "\r", "a\r\"\"b", "a\n\r"})
    void carriageReturnsInQuotesAreData(String value) {
        assertThat(load("Name,Description\nfirst,\"" + value + "\"\nsecond,\"" + value + "\"\nthird,x\n"))
                .isEqualTo("JobComplete");
        assertThat(emulator.org().all("Account"))
                .extracting(record -> record.get("Name"))
                .containsExactlyInAnyOrder("first", "second", "third");
    }

    private String load(String csv) {
        String job = job();
        assertThat(put(job, csv.getBytes(StandardCharsets.UTF_8), "identity")).isEqualTo(201);
        return outcome(job);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Name,Industry\nA,B\n\"A\" ,B\n", "Name\n\"A\"x\n", "Name\rA\rB\r", "Name\nA\rB\n"})
    void whatCannotBeReadFailsItsJobAndNoOther(String csv) {
        assertThat(load(csv)).isEqualTo("Failed");
        assertThat(load("Name\nNext\n")).isEqualTo("JobComplete");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Name,Site\n\"a\r\",x\n\"b\",y\n",
                "Site,Name\nx,\"a\r\"\ny,b\n",
                "Name\n\"a\r\"\n\"b\"",
                "Name\n\"a\r\"\"\r\"\nb\n"
            })
    void aValueThatEndsWithACarriageReturnLosesNoRow(String csv) {
        assertThat(load(csv)).isEqualTo("JobComplete");
        assertThat(emulator.org().all("Account"))
                .extracting(row -> row.get("Name"))
                .hasSize(2)
                .contains("b");
    }

    @Test
    void aNumberOutOfRangeIsTheFailureOfItsRow() {
        assertThat(load("Name,NumberOfEmployees\nA,1E2147483647\nB,2\n")).isEqualTo("JobComplete");
        assertThat(emulator.org().count("Account")).isEqualTo(1);
    }

    @Test
    void dataMayBeDeflatedAndUnknownEncodingsAreRefused() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new DeflaterOutputStream(bytes)) {
            zip.write("Name\nDeflated\n".getBytes(StandardCharsets.UTF_8));
        }
        String job = job();
        assertThat(put(job, bytes.toByteArray(), "br")).isEqualTo(415);
        assertThat(put(job, bytes.toByteArray(), "deflate")).isEqualTo(201);
        assertThat(outcome(job)).isEqualTo("JobComplete");
        assertThat(emulator.org().all("Account"))
                .extracting(row -> row.get("Name"))
                .containsExactly("Deflated");
    }
}
