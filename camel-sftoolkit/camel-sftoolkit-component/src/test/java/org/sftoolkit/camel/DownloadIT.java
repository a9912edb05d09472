package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sftoolkit.emulator.fault.FaultPlan.when;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.sftoolkit.camel.error.ConsumedBodyException;
import org.sftoolkit.camel.error.NotFoundException;
import org.sftoolkit.camel.error.UnreadableResponseException;
import org.sftoolkit.emulator.fault.Fault;
import org.sftoolkit.emulator.traffic.LoggedRequest;

class DownloadIT extends FilesTestSupport {

    @Test
    void knownLengthIsSent() {
        upload(UPLOAD, "text", Map.of());
        upload(UPLOAD, new Slow("text".getBytes(StandardCharsets.UTF_8)), Map.of());
        List<LoggedRequest> posts = emulator.requests().list("POST sobjects/{object}");
        assertThat(posts.get(0).headers()).containsKey("content-length");
        assertThat(posts.get(1).headers()).doesNotContainKey("content-length");
        assertThat(posts.get(1).headers().get("content-type")).startsWith("multipart/form-data");
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
    void aStreamThatWasBegunIsNotGivenToTheNextAttempt() throws Exception {
        String id = upload(UPLOAD, random(1_000), Map.of());
        var attempts = new AtomicInteger();
        context.addRoutes(new org.apache.camel.builder.RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(defaultErrorHandler().maximumRedeliveries(1).redeliveryDelay(1));
                from("direct:begun").to("sftoolkit:download:ContentVersion").process(exchange -> {
                    InputStream in = exchange.getMessage().getBody(InputStream.class);
                    if (attempts.incrementAndGet() == 1) {
                        in.readNBytes(4);
                        throw new IOException("no room");
                    }
                    exchange.getMessage().setBody(in.readAllBytes());
                });
            }
        });
        Exchange done = send("direct:begun", id);
        assertThat(attempts).hasValue(2);
        assertThat(done.getException())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("bytes of it were read before")
                .hasCauseInstanceOf(ConsumedBodyException.class);
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
                .hasMessageContaining("no field that can contain a file");
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
    void htmlPageInsteadOfAFileFails() throws Exception {
        String account = emulator.org().insert("Account", Map.of("Name", "Acme"));
        for (String name : List.of("a.txt", "a.pdf", "html", "page.html")) {
            String id = upload(
                    "sftoolkit:upload:Attachment?fileName=" + name + "&linkTo=" + account,
                    "content",
                    Map.of("Content-Type", "application/octet-stream"));
            for (String output : List.of("STREAM", "BYTES", "FILE")) {
                emulator.faults()
                        .next(
                                9,
                                when("GET sobjects/attachment/" + id.toLowerCase(java.util.Locale.ROOT) + "/body"),
                                Fault.replaceBody("text/html;charset=UTF-8", "<html>log in</html>"));
                Exception failure =
                        send("sftoolkit:download?outputType=" + output, id).getException();
                emulator.faults().clear();
                if (name.equals("page.html")) {
                    assertThat(failure).isNull();
                } else {
                    assertThat(failure).as(name + output).isInstanceOf(UnreadableResponseException.class);
                }
            }
        }
    }

    @Test
    void brokenDownloadToMemoryOrFileStartsAgain() {
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
