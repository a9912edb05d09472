package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sftoolkit.emulator.fault.FaultPlan.when;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sftoolkit.camel.error.NotFoundException;
import org.sftoolkit.camel.error.PartialFailureException;
import org.sftoolkit.camel.model.SaveResult;
import org.sftoolkit.camel.operation.Progress;
import org.sftoolkit.camel.operation.ProgressListener;
import org.sftoolkit.emulator.fault.Fault;
import org.sftoolkit.emulator.traffic.LoggedRequest;

class FilesIT extends RouteTestSupport {

    private static final String UPLOAD = "sftoolkit:upload:ContentVersion";

    private static byte[] random(int size) {
        var bytes = new byte[size];
        new Random(42).nextBytes(bytes);
        return bytes;
    }

    private String upload(String uri, Object body, Map<String, Object> headers) {
        Exchange exchange = send(uri, body, headers);
        assertThat(exchange.getException()).isNull();
        SaveResult result = exchange.getMessage().getBody(SaveResult.class);
        assertThat(result.success()).isTrue();
        assertThat(exchange.getMessage().getHeader("CamelSfToolkitId")).isEqualTo(result.id());
        return result.id();
    }

    /** Reads a download as a step of a route does: the stream is closed with the exchange. */
    private byte[] download(String uri, Object id) throws Exception {
        Exchange exchange = read(uri, id, in -> {});
        if (exchange.getException() != null) {
            throw exchange.getException();
        }
        return exchange.getMessage().getBody(byte[].class);
    }

    private Exchange read(String uri, Object id, java.util.function.Consumer<InputStream> before) throws Exception {
        String route = "direct:read" + routes++;
        context.addRoutes(new org.apache.camel.builder.RouteBuilder() {
            @Override
            public void configure() {
                from(route)
                        .to(uri)
                        .process(exchange -> before.accept(
                                (InputStream) exchange.getMessage().getBody()))
                        .process(exchange -> exchange.getMessage()
                                .setBody(((InputStream) exchange.getMessage().getBody()).readAllBytes()));
            }
        });
        return send(route, id);
    }

    private int routes;

    @Test
    void whatGoesUpComesDown(@TempDir Path dir) throws Exception {
        byte[] content = random(300_000);
        Path file = Files.write(dir.resolve("data.bin"), content);
        for (Object body : List.of(content, new ByteArrayInputStream(content), file.toFile(), file)) {
            String id = upload(UPLOAD, body, Map.of("CamelFileName", "some/where/dätä \"1\".bin"));
            assertThat(download("sftoolkit:download:ContentVersion", id)).isEqualTo(content);
            assertThat(emulator.org().find("ContentVersion", id).orElseThrow())
                    .containsEntry("Title", "dätä \"1\"".replace("\"", "\""))
                    .containsEntry("PathOnClient", "dätä \"1\".bin");
        }
    }

    @Test
    void lengthIsToldWhereItIsKnown() {
        upload(UPLOAD, "text", Map.of());
        upload(UPLOAD, new Slow("text".getBytes(StandardCharsets.UTF_8)), Map.of());
        List<LoggedRequest> posts = emulator.requests().list("POST sobjects/{object}");
        assertThat(posts.get(0).headers()).containsKey("content-length");
        assertThat(posts.get(1).headers()).doesNotContainKey("content-length");
        assertThat(posts.get(1).headers().get("content-type")).startsWith("multipart/form-data");
    }

    /** Gives a byte at a time, and cannot be cached. */
    private static class Slow extends InputStream implements org.apache.camel.StreamCache {
        private final byte[] content;
        private int at;
        final AtomicBoolean closed = new AtomicBoolean();

        Slow(byte[] content) {
            this.content = content;
        }

        @Override
        public int read() throws IOException {
            return at < content.length ? content[at++] & 0xFF : -1;
        }

        @Override
        public void close() {
            closed.set(true);
        }

        @Override
        @SuppressWarnings("sync-override")
        public void reset() {}

        @Override
        public void writeTo(java.io.OutputStream out) throws IOException {
            transferTo(out);
        }

        @Override
        public org.apache.camel.StreamCache copy(Exchange exchange) {
            return null;
        }

        @Override
        public boolean inMemory() {
            return false;
        }

        @Override
        public long length() {
            return 0;
        }

        @Override
        public long position() {
            return at;
        }
    }

    @Test
    void otherFieldsComeFromTheRecordHeader() {
        var record = new java.util.HashMap<String, Object>(Map.of("Title", "Mine", "Description", "d"));
        String id = upload(UPLOAD + "?fileName=a.txt", "text", Map.of("CamelSfToolkitRecord", record));
        assertThat(emulator.org().find("ContentVersion", id).orElseThrow())
                .containsEntry("Title", "Mine")
                .containsEntry("Description", "d")
                .containsEntry("PathOnClient", "a.txt");
        assertThat(record).containsEntry("Id", id);
    }

    @Test
    void aFileIsLinkedToARecord() {
        String account = emulator.org().insert("Account", Map.of("Name", "Acme"));
        upload(UPLOAD, "text", Map.of("CamelSfToolkitLinkTo", account));
        assertThat(emulator.org().all("ContentDocumentLink"))
                .anySatisfy(link -> assertThat(link).containsEntry("LinkedEntityId", account));
        String attachment = upload("sftoolkit:upload:Attachment?fileName=a.txt&linkTo=" + account, "text", Map.of());
        assertThat(emulator.org().find("Attachment", attachment).orElseThrow())
                .containsEntry("ParentId", account)
                .containsEntry("Name", "a.txt");
    }

    @Test
    void aFileIsReplacedWhereSalesforceAllowsIt() throws Exception {
        String account = emulator.org().insert("Account", Map.of("Name", "Acme"));
        String id = upload("sftoolkit:upload:Attachment?fileName=a.txt&linkTo=" + account, "old", Map.of());
        upload("sftoolkit:upload:Attachment", "new", Map.of("CamelSfToolkitId", id));
        assertThat(download("sftoolkit:download", id)).asString().isEqualTo("new");
        String version = upload(UPLOAD, "old", Map.of());
        assertThat(send(UPLOAD, "new", Map.of("CamelSfToolkitId", version)).getException())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ContentDocumentId");
    }

    @Test
    void aDocumentGivesItsLatestVersionWithNameAndType() throws Exception {
        String id = upload(UPLOAD, "text", Map.of("CamelFileName", "a.txt"));
        Object document =
                emulator.org().find("ContentVersion", id).orElseThrow().get("ContentDocumentId");
        Exchange exchange = read("sftoolkit:download", document, in -> {});
        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody(String.class)).isEqualTo("text");
        assertThat(exchange.getMessage().getHeader(Exchange.FILE_NAME)).isEqualTo("a.txt");
    }

    @Test
    void bytesAndFilesAreGivenOnDemand() throws Exception {
        byte[] content = random(2_500_000);
        String id = upload(UPLOAD, content, Map.of());
        assertThat(send("sftoolkit:download:ContentVersion?outputType=BYTES", id)
                        .getMessage()
                        .getBody())
                .isEqualTo(content);
        var seen = new AtomicReference<File>();
        context.addRoutes(new org.apache.camel.builder.RouteBuilder() {
            @Override
            public void configure() {
                from("direct:file")
                        .to("sftoolkit:download:ContentVersion?outputType=FILE")
                        .process(exchange -> {
                            File file = exchange.getMessage().getBody(File.class);
                            assertThat(Files.readAllBytes(file.toPath())).isEqualTo(content);
                            seen.set(file);
                        });
            }
        });
        assertThat(send("direct:file", id).getException()).isNull();
        assertThat(seen.get()).doesNotExist();
    }

    @Test
    void aMissingFileIsATypedErrorAndNoBody() {
        String account = emulator.org().insert("Account", Map.of("Name", "Acme"));
        Exchange exchange = send("sftoolkit:download:ContentVersion", "068000000000001AAA");
        assertThat(exchange.getException()).isInstanceOf(NotFoundException.class);
        assertThat(exchange.getMessage().getBody()).isEqualTo("068000000000001AAA");
        assertThat(send("sftoolkit:download:Account", account).getException())
                .hasMessageContaining("no field that holds a file");
    }

    @Test
    void aSourceThatBreaksIsTheFailureAndIsClosed() {
        var broken = new Slow(new byte[10]) {
            @Override
            public int read() throws IOException {
                throw new IOException("disk gone");
            }
        };
        Exchange exchange = send(UPLOAD, broken);
        assertThat(exchange.getException())
                .hasMessageContaining("cannot be read")
                .hasRootCauseMessage("disk gone");
        assertThat(broken.closed).isTrue();
        assertThat(emulator.org().count("ContentVersion")).isZero();
    }

    @Test
    void aDownloadThatBreaksOffMidwayReachesTheReader() throws Exception {
        String id = upload(UPLOAD, random(3_000_000), Map.of());
        emulator.faults()
                .next(
                        1,
                        when("GET sobjects/contentversion/" + id.toLowerCase(java.util.Locale.ROOT) + "/versiondata"),
                        Fault.dropConnection(Fault.Moment.IN_ANSWER));
        Exchange exchange = read("sftoolkit:download:ContentVersion", id, in -> {});
        assertThat(exchange.getException())
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("the answer broke off");
        assertThat(emulator.requests().list().stream()
                        .filter(request -> request.path().endsWith("VersionData")))
                .as("not begun a second time behind the reader's back")
                .hasSize(1);
    }

    @Test
    void aSlowReaderPausesTheConnection() throws Exception {
        String id = upload(UPLOAD, random(8_000_000), Map.of());
        Exchange exchange = read("sftoolkit:download:ContentVersion", id, in -> {
            try {
                in.read();
                // all that comes comes while nobody reads
                org.awaitility.Awaitility.await()
                        .during(java.time.Duration.ofMillis(300))
                        .until(() -> in.available() < 2_000_000);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody(byte[].class)).hasSize(7_999_999);
    }

    @Test
    void theStreamIsClosedWithTheExchange() throws Exception {
        String id = upload(UPLOAD, random(3_000_000), Map.of());
        var kept = new AtomicReference<InputStream>();
        context.addRoutes(new org.apache.camel.builder.RouteBuilder() {
            @Override
            public void configure() {
                from("direct:peek").to("sftoolkit:download:ContentVersion").process(exchange -> {
                    InputStream in = exchange.getMessage().getBody(InputStream.class);
                    assertThat(in.read()).isBetween(0, 255);
                    kept.set(in);
                });
            }
        });
        assertThat(send("direct:peek", id).getException()).isNull();
        assertThatThrownBy(() -> kept.get().readAllBytes()).isInstanceOf(IOException.class);
    }

    @Test
    void aFileComponentStandsOnEitherEnd(@TempDir Path dir) throws Exception {
        byte[] content = random(500_000);
        Path in = Files.createDirectory(dir.resolve("in"));
        Path out = dir.resolve("out");
        Files.write(in.resolve("report.pdf"), content);
        yaml(
                """
                - route:
                    from:
                      uri: "file:%s"
                      parameters: { noop: true, initialDelay: 0, delay: 100 }
                      steps:
                        - to: "sftoolkit:upload:ContentVersion"
                        - setBody: { simple: "${header.CamelSfToolkitId}" }
                        - to: "sftoolkit:download:ContentVersion"
                        - to: "file:%s"
                """
                        .formatted(in, out));
        org.awaitility.Awaitility.await()
                .untilAsserted(
                        () -> assertThat(out.resolve("report.pdf")).exists().hasBinaryContent(content));
    }

    @Test
    void aFileThatCannotBeLinkedIsToldToBeThere() {
        String account = emulator.org().insert("Account", Map.of("Name", "Acme"));
        var record = new java.util.HashMap<String, Object>(Map.of("Title", "Mine"));
        emulator.faults().always(when("POST sobjects/ContentDocumentLink"), Fault.status(503));
        Exchange exchange =
                send(UPLOAD, "text", Map.of("CamelSfToolkitLinkTo", account, "CamelSfToolkitRecord", record));
        assertThat(exchange.getException()).isInstanceOfSatisfying(PartialFailureException.class, failure -> {
            assertThat(failure.retryable())
                    .as("a second upload would be a second file")
                    .isFalse();
            assertThat(failure.results()).singleElement().satisfies(result -> assertThat(result.id())
                    .isEqualTo(record.get("Id")));
        });
        emulator.faults().clear();
        emulator.faults().always(when("GET sobjects/{object}/{id}"), Fault.status(503));
        assertThat(send(UPLOAD, "text", Map.of("CamelSfToolkitLinkTo", account)).getException())
                .isInstanceOf(PartialFailureException.class);
        assertThat(emulator.org().count("ContentVersion")).isEqualTo(2);
    }

    @Test
    void progressTellsTheBytes() throws Exception {
        var heard = new java.util.concurrent.CopyOnWriteArrayList<Progress>();
        var events = new java.util.concurrent.CopyOnWriteArrayList<Progress>();
        context.getRegistry().bind("hearing", (ProgressListener) heard::add);
        context.getManagementStrategy().addEventNotifier(new org.apache.camel.support.EventNotifierSupport() {
            @Override
            public void notify(org.apache.camel.spi.CamelEvent event) {
                if (event instanceof SfToolkitProgressEvent progress) {
                    events.add(progress.getProgress());
                }
            }
        });
        String id = upload(UPLOAD + "?progressListener=#hearing", random(3_500_000), Map.of());
        assertThat(heard).hasSizeGreaterThan(2).allSatisfy(progress -> {
            assertThat(progress.operation()).isEqualTo("upload");
            assertThat(progress.step()).isEqualTo("bytes");
            assertThat(progress.total()).isEqualTo(3_500_000);
        });
        assertThat(heard).extracting(Progress::done).isSorted().endsWith(3_500_000L);
        assertThat(events).isEqualTo(heard);
        for (String output : List.of("STREAM", "FILE", "BYTES")) {
            heard.clear();
            String uri = "sftoolkit:download:ContentVersion?progressListener=#hearing&outputType=" + output;
            if (output.equals("STREAM")) {
                download(uri, id);
            } else {
                assertThat(send(uri, id).getException()).isNull();
            }
            org.awaitility.Awaitility.await().untilAsserted(() -> assertThat(heard)
                    .as(output)
                    .extracting(Progress::done)
                    .isSorted()
                    .hasSizeGreaterThan(2)
                    .endsWith(3_500_000L));
            assertThat(heard)
                    .allSatisfy(progress -> assertThat(progress.operation()).isEqualTo("download"));
        }
    }

    @Test
    void aFileMayBeAPageOrBrokenJson() throws Exception {
        String account = emulator.org().insert("Account", Map.of("Name", "Acme"));
        for (var file : Map.of("text/html", "<html>hello</html>", "application/json", "{ no json")
                .entrySet()) {
            String id = upload(
                    "sftoolkit:upload:Attachment?fileName=a.txt&linkTo=" + account,
                    file.getValue(),
                    Map.of("Content-Type", file.getKey()));
            for (String output : List.of("STREAM", "BYTES", "FILE")) {
                Exchange exchange = send("sftoolkit:download?outputType=" + output, id);
                assertThat(exchange.getException()).as(output).isNull();
                assertThat(exchange.getMessage().getHeader(Exchange.CONTENT_TYPE))
                        .isEqualTo(file.getKey());
            }
            assertThat(download("sftoolkit:download", id)).asString().isEqualTo(file.getValue());
        }
    }

    @Test
    void aDownloadToMemoryOrAFileThatBreaksOffIsBegunAnew() {
        byte[] content = random(2_000_000);
        String id = upload(UPLOAD, content, Map.of());
        for (String output : List.of("BYTES", "FILE")) {
            emulator.faults()
                    .next(
                            1,
                            when("GET sobjects/contentversion/" + id.toLowerCase(java.util.Locale.ROOT)
                                    + "/versiondata"),
                            Fault.dropConnection(Fault.Moment.IN_ANSWER));
            var read = new AtomicReference<byte[]>();
            Exchange exchange =
                    template.request("sftoolkit:download:ContentVersion?outputType=" + output, sent -> sent.getMessage()
                            .setBody(id));
            assertThat(exchange.getException()).as(output).isNull();
            if (exchange.getMessage().getBody() instanceof byte[] bytes) {
                read.set(bytes);
                assertThat(read.get()).isEqualTo(content);
            }
        }
    }
}
