package org.sftoolkit.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sftoolkit.emulator.Errors.assertError;
import static org.sftoolkit.emulator.fault.FaultPlan.when;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sftoolkit.emulator.fault.Fault;

class FilesTest {

    private static final String BOUNDARY = "----boundary1";
    private static final String MULTIPART = "multipart/form-data; boundary=" + BOUNDARY;
    private static final SalesforceEmulator EMULATOR =
            SalesforceEmulator.builder().accessToken("t").start();
    private Client client = new Client(EMULATOR.url(), "t");

    @AfterAll
    static void stop() {
        EMULATOR.close();
    }

    @BeforeEach
    void empty() {
        EMULATOR.org().clear();
    }

    @Test
    void aVersionMakesItsDocumentAndLinks() {
        String account = EMULATOR.org().insert("Account", Map.of("Name", "a"));
        Client.Reply reply = client.post(
                "/sobjects/ContentVersion",
                "{\"PathOnClient\":\"/x/report.pdf\",\"FirstPublishLocationId\":\"" + account + "\",\"VersionData\":\""
                        + base64("hello") + "\"}");

        assertThat(reply.status()).as(reply.body()).isEqualTo(201);
        String id = reply.json().path("id").asText();
        Map<String, Object> version = EMULATOR.org().find("ContentVersion", id).orElseThrow();
        assertThat(version)
                .containsEntry("Title", "report")
                .containsEntry("FileExtension", "pdf")
                .containsEntry("FileType", "PDF")
                .containsEntry("VersionNumber", "1")
                .containsEntry("IsLatest", true);
        assertThat(version.get("ContentSize")).hasToString("5");
        assertThat(EMULATOR.org().all("ContentDocument")).singleElement().satisfies(document -> assertThat(document)
                .containsEntry("Id", version.get("ContentDocumentId"))
                .containsEntry("LatestPublishedVersionId", id)
                .containsEntry("Title", "report"));
        assertThat(EMULATOR.org().all("ContentDocumentLink"))
                .extracting(link -> link.get("LinkedEntityId"))
                .containsExactlyInAnyOrder(EMULATOR.org().userId(), account);
        JsonNode read = client.get("/sobjects/ContentVersion/" + id).json();
        assertThat(read.path("VersionData").asText())
                .isEqualTo(Client.DATA + "/sobjects/ContentVersion/" + id + "/VersionData");
        assertThat(client.get(read.path("VersionData").asText()).body()).isEqualTo("hello");
    }

    @Test
    void aSecondVersionTakesTheFirstOnesPlace() {
        String first = client.post(
                        "/sobjects/ContentVersion",
                        "{\"PathOnClient\":\"a.txt\",\"VersionData\":\"" + base64("1") + "\"}")
                .json()
                .path("id")
                .asText();
        Object document =
                EMULATOR.org().find("ContentVersion", first).orElseThrow().get("ContentDocumentId");
        String second = client.post(
                        "/sobjects/ContentVersion",
                        "{\"PathOnClient\":\"a.txt\",\"ContentDocumentId\":\"" + document + "\",\"VersionData\":\""
                                + base64("2") + "\"}")
                .json()
                .path("id")
                .asText();

        assertThat(EMULATOR.org().find("ContentVersion", first).orElseThrow()).containsEntry("IsLatest", false);
        assertThat(EMULATOR.org().find("ContentVersion", second).orElseThrow())
                .containsEntry("IsLatest", true)
                .containsEntry("VersionNumber", "2");
        assertThat(EMULATOR.org().all("ContentDocument")).singleElement().satisfies(row -> assertThat(row)
                .containsEntry("LatestPublishedVersionId", second));
    }

    @Test
    void versionDataCannotBeUpdated() {
        String id = client.post(
                        "/sobjects/ContentVersion",
                        "{\"PathOnClient\":\"a.txt\",\"VersionData\":\"" + base64("1") + "\"}")
                .json()
                .path("id")
                .asText();

        assertError(
                client.patch("/sobjects/ContentVersion/" + id, "{\"VersionData\":\"" + base64("2") + "\"}"),
                400,
                "INVALID_FIELD_FOR_INSERT_UPDATE");
        assertError(client.post("/sobjects/ContentVersion", "{\"PathOnClient\":\"a\"}"), 400, "REQUIRED_FIELD_MISSING");
    }

    @Test
    void attachmentsComeAsMultipartAndGoAsTheyAre() throws Exception {
        String account = EMULATOR.org().insert("Account", Map.of("Name", "a"));
        byte[] content = {0, 1, 2, (byte) 0xff, '\r', '\n', '-', '-'};

        Client.Reply reply = multipart(
                "POST",
                "/sobjects/Attachment",
                "{\"ParentId\":\"" + account + "\",\"Name\":\"é.png\",\"ContentType\":\"image/png\"}",
                "Body",
                new ByteArrayInputStream(content));
        assertThat(reply.status()).as(reply.body()).isEqualTo(201);
        String id = reply.json().path("id").asText();
        HttpResponse<byte[]> download = client.http()
                .send(client.request("/sobjects/Attachment/" + id + "/Body").build(), BodyHandlers.ofByteArray());

        assertThat(download.statusCode()).isEqualTo(200);
        assertThat(download.body()).isEqualTo(content);
        assertThat(download.headers().firstValue("Content-Type")).hasValue("image/png");
        assertThat(EMULATOR.org().find("Attachment", id).orElseThrow().get("BodyLength"))
                .hasToString("8");
        assertThat(multipart(
                                "PATCH",
                                "/sobjects/Attachment/" + id,
                                "{\"Name\":\"b\"}",
                                "Body",
                                new ByteArrayInputStream(new byte[] {7}))
                        .status())
                .isEqualTo(204);
        assertThat(client.get("/sobjects/Attachment/" + id + "/Body").body()).isEqualTo("\u0007");
        assertThat(EMULATOR.org().find("Attachment", id).orElseThrow())
                .containsEntry("Name", "b")
                .satisfies(row -> assertThat(row.get("BodyLength")).hasToString("1"));
    }

    @Test
    void multipartWithoutJsonOrWithAWrongFieldIsRefused() {
        assertError(
                multipart("POST", "/sobjects/Attachment", "{}", "Nope", new ByteArrayInputStream(new byte[1])),
                400,
                "INVALID_MULTIPART_REQUEST");
        assertError(
                client.send(client.request("/sobjects/Attachment", "Content-Type", MULTIPART)
                        .POST(BodyPublishers.ofString("--" + BOUNDARY
                                + "\r\nContent-Disposition: form-data; name=\"Body\"; filename=\"a\"\r\n"
                                + "Content-Type: image/png\r\n\r\nx\r\n--" + BOUNDARY + "--\r\n"))),
                400,
                "INVALID_MULTIPART_REQUEST",
                "Multipart message is missing a non-binary part");
    }

    @Test
    void collectionsTakeFilesByTheNamesOfTheirParts() {
        String json = "{\"allOrNone\":false,\"records\":[{\"attributes\":{\"type\":\"ContentVersion\","
                + "\"binaryPartName\":\"file1\",\"binaryPartNameAlias\":\"VersionData\"},\"PathOnClient\":\"a.txt\"}]}";

        JsonNode result = multipart(
                        "POST",
                        "/composite/sobjects",
                        json,
                        "file1",
                        new ByteArrayInputStream("text".getBytes(StandardCharsets.UTF_8)))
                .json();

        assertThat(result.at("/0/success").asBoolean()).as(result.toString()).isTrue();
        assertThat(client.get("/sobjects/ContentVersion/" + result.at("/0/id").asText() + "/VersionData")
                        .body())
                .isEqualTo("text");
        assertError(
                multipart("POST", "/composite/sobjects", json, "other", new ByteArrayInputStream(new byte[1])),
                400,
                "INVALID_MULTIPART_REQUEST");
    }

    @Test
    void largeFilesPassWithoutBeingHeld() throws Exception {
        long size = 600L * 1024 * 1024;
        Client.Reply reply = multipart(
                "POST", "/sobjects/ContentVersion", "{\"PathOnClient\":\"big.bin\"}", "VersionData", noise(size));
        assertThat(reply.status()).as(reply.body()).isEqualTo(201);

        HttpResponse<InputStream> download = client.http()
                .send(
                        client.request("/sobjects/ContentVersion/"
                                        + reply.json().path("id").asText() + "/VersionData")
                                .build(),
                        BodyHandlers.ofInputStream());

        assertThat(checksum(download.body())).isEqualTo(checksum(noise(size)));
    }

    @Test
    void relatedRowsAreReadByTheirRelationship() {
        String account = EMULATOR.org().insert("Account", Map.of("Name", "a"));
        String contact = EMULATOR.org().insert("Contact", Map.of("LastName", "b", "AccountId", account));
        String lonely = EMULATOR.org().insert("Contact", Map.of("LastName", "c"));

        assertThat(client.get("/sobjects/Contact/" + contact + "/Account?fields=Name")
                        .json()
                        .path("Name")
                        .asText())
                .isEqualTo("a");
        JsonNode children = client.get("/sobjects/Account/" + account + "/Contacts?fields=LastName")
                .json();
        assertThat(children.path("totalSize").asInt()).isEqualTo(1);
        assertThat(children.at("/records/0/Id").asText()).isEqualTo(contact);
        assertError(client.get("/sobjects/Contact/" + lonely + "/Account"), 404, "NOT_FOUND");
        assertThat(client.get("/sobjects/Account/" + account + "/Cases").body())
                .isEqualTo("{\"totalSize\":0,\"done\":true,\"records\":[]}");
    }

    @Test
    void aFileOverTheLimitIsRefusedAndLeavesNothingOnDisk() throws IOException {
        try (SalesforceEmulator small =
                SalesforceEmulator.builder().accessToken("t").fileLimit(1_000).start()) {
            client = new Client(small.url(), "t");
            String json = "{\"VersionData\":null,\"PathOnClient\":\"f.bin\"}";
            assertThat(multipart("POST", "/sobjects/ContentVersion", json, "VersionData", noise(1_001))
                            .status())
                    .isEqualTo(413);
            small.faults().next(when("*"), Fault.status(503));
            assertThat(multipart("POST", "/sobjects/ContentVersion", json, "VersionData", noise(500))
                            .status())
                    .isEqualTo(503);
            assertThat(multipart("POST", "/sobjects/ContentVersion", "{\"Nope\":1}", "VersionData", noise(500))
                            .status())
                    .isEqualTo(400);
            assertThat(new Client(small.url(), "dead")
                            .call(
                                    "PUT",
                                    "/jobs/ingest/750000000000001AAA/batches",
                                    "Name\nx\n",
                                    "Content-Type",
                                    "text/csv")
                            .status())
                    .isEqualTo(401);
            Awaitility.await().untilAsserted(() -> assertThat(spooled(small)).isEmpty());
        }
    }

    private static List<Path> spooled(SalesforceEmulator emulator) throws IOException {
        try (Stream<Path> files = Files.walk(emulator.spool())) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private Client.Reply multipart(String method, String path, String json, String name, InputStream content) {
        String head = "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"entity_content\"\r\n"
                + "Content-Type: application/json; charset=UTF-8\r\n\r\n" + json + "\r\n--" + BOUNDARY
                + "\r\nContent-Disposition: form-data; name=\"" + name + "\"; filename=\"f.bin\"\r\n"
                + "Content-Type: application/octet-stream\r\n\r\n";
        String tail = "\r\n--" + BOUNDARY + "--\r\n";
        return client.send(client.request(path, "Content-Type", MULTIPART)
                .method(
                        method,
                        BodyPublishers.ofInputStream(() -> new SequenceInputStream(
                                Collections.enumeration(List.of(bytes(head), content, bytes(tail)))))));
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static InputStream noise(long size) {
        byte[] block = new byte[64 * 1024];
        new Random(1).nextBytes(block);
        return new InputStream() {
            private long left = size;

            @Override
            public int read() {
                return left > 0 ? block[(int) ((size - left--) % block.length)] & 0xff : -1;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) {
                if (left <= 0) {
                    return -1;
                }
                int from = (int) ((size - left) % block.length);
                int read = (int) Math.min(Math.min(length, block.length - from), left);
                System.arraycopy(block, from, buffer, offset, read);
                left -= read;
                return read;
            }
        };
    }

    private static String checksum(InputStream content) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        byte[] buffer = new byte[64 * 1024];
        long total = 0;
        try (content) {
            for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
                digest.update(buffer, 0, read);
                total += read;
            }
        }
        return total + ":" + Base64.getEncoder().encodeToString(digest.digest());
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
