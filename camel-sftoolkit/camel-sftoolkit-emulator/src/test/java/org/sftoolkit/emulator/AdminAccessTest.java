package org.sftoolkit.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may call the emulator's own resources. */
class AdminAccessTest {

    private static final SalesforceEmulator EMULATOR =
            SalesforceEmulator.builder().accessToken("t").start();

    @AfterAll
    static void stop() {
        EMULATOR.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1", "LOCALHOST", "[::1]"})
    void thisMachineIsLetIn(String host) throws IOException {
        assertThat(status(EMULATOR, "GET", host, "")).isEqualTo(200);
        assertThat(status(
                        EMULATOR,
                        "GET",
                        host + ":" + EMULATOR.port(),
                        "Origin: http://" + host + ":" + EMULATOR.port()))
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:80",
                "127.0.0.1.evil.example",
                "localhost.evil.example",
                "",
                "10.1.2.3"
            })
    void aForeignHostIsRefused(String host) throws IOException {
        assertThat(status(EMULATOR, "GET", host, "")).isEqualTo(403);
        assertThat(status(EMULATOR, "POST", host, "Content-Type: application/json"))
                .isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://evil.example",
                "null",
                "https://localhost",
                "http://localhost:1",
                "http://localhost.evil.example"
            })
    void aForeignOriginIsRefused(String origin) throws IOException {
        String host = "localhost:" + EMULATOR.port();
        assertThat(status(EMULATOR, "GET", host, "Origin: " + origin)).isEqualTo(403);
        assertThat(status(EMULATOR, "POST", host, "Origin: " + origin + "\r\nContent-Type: application/json"))
                .isEqualTo(403);
        assertThat(status(EMULATOR, "DELETE", host, "Origin: " + origin)).isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource({
        "text/plain,415",
        "application/x-www-form-urlencoded,415",
        "'',415",
        "application/json,204",
        "application/json;charset=UTF-8,204"
    })
    void aChangeMustSayThatItIsJson(String type, int status) throws IOException {
        assertThat(status(EMULATOR, "POST", "localhost", type.isEmpty() ? "" : "Content-Type: " + type))
                .isEqualTo(status);
    }

    @Test
    void otherHostsAreLetInIfToldSo() throws IOException {
        try (SalesforceEmulator open =
                SalesforceEmulator.builder().allowedHosts("org.example").start()) {
            assertThat(status(open, "GET", "org.example:8089", "")).isEqualTo(200);
            assertThat(status(open, "GET", "other.example", "")).isEqualTo(403);
        }
        try (SalesforceEmulator open =
                SalesforceEmulator.builder().allowedHosts("*").start()) {
            assertThat(status(open, "GET", "other.example", "")).isEqualTo(200);
        }
    }

    @Test
    void salesforcesOwnResourcesDoNotLookAtTheHost() throws IOException {
        String head =
                "GET /services/data HTTP/1.1\r\nHost: acme.my.salesforce.com\r\nOrigin: http://evil.example\r\n\r\n";
        assertThat(sent(EMULATOR, head)).isEqualTo(200);
    }

    private static int status(SalesforceEmulator emulator, String method, String host, String headers)
            throws IOException {
        String path = method.equals("POST")
                ? "/__emulator/expire"
                : method.equals("DELETE") ? "/__emulator/faults" : "/__emulator/requests";
        return sent(
                emulator,
                method + " " + path + " HTTP/1.1\r\nHost: " + host + "\r\nContent-Length: 0\r\n"
                        + (headers.isEmpty() ? "" : headers + "\r\n") + "\r\n");
    }

    private static int sent(SalesforceEmulator emulator, String head) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", emulator.port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            String line = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
            return Integer.parseInt(line.substring(9));
        }
    }
}
