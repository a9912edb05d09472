package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sftoolkit.emulator.fault.FaultPlan.when;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sftoolkit.camel.body.UncachedStream;
import org.sftoolkit.camel.error.InvalidInputException;
import org.sftoolkit.camel.error.PartialFailureException;
import org.sftoolkit.camel.operation.Progress;
import org.sftoolkit.camel.operation.ProgressListener;
import org.sftoolkit.emulator.fault.Fault;

class UploadIT extends FilesTestSupport {

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
    void aStreamInCamelsCacheIsSentAgainWithANewToken() throws Exception {
        byte[] content = random(300_000);
        context.addRoutes(new org.apache.camel.builder.RouteBuilder() {
            @Override
            public void configure() {
                from("direct:cached").to(UPLOAD);
            }
        });
        upload("direct:cached", new ByteArrayInputStream(content), Map.of());
        emulator.expireTokens();
        String id = upload("direct:cached", new ByteArrayInputStream(content), Map.of());
        assertThat(download("sftoolkit:download:ContentVersion", id)).isEqualTo(content);
        assertThat(emulator.logins()).isEqualTo(2);
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
    void fileIsReplacedIfSalesforceAllowsIt() throws Exception {
        String account = emulator.org().insert("Account", Map.of("Name", "Acme"));
        String id = upload("sftoolkit:upload:Attachment?fileName=a.txt&linkTo=" + account, "old", Map.of());
        upload("sftoolkit:upload:Attachment", "new", Map.of("CamelSfToolkitId", id));
        assertThat(download("sftoolkit:download", id)).asString().isEqualTo("new");
        String version = upload(UPLOAD, "old", Map.of());
        assertThat(send(UPLOAD, "new", Map.of("CamelSfToolkitId", version)).getException())
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("ContentDocumentId");
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
    void everyBodyThatCanBeReadAgainIsSentAgainWithANewToken(@TempDir Path dir) throws Exception {
        byte[] content = random(300_000);
        Path file = Files.write(dir.resolve("data.bin"), content);
        var polled = new org.apache.camel.component.file.GenericFile<java.io.File>();
        polled.setFile(file.toFile());
        int logins = 1;
        upload(UPLOAD + "?fileName=a.bin", content, Map.of());
        for (Object body : List.of(content, file.toFile(), file, polled)) {
            emulator.expireTokens();
            String id = upload(UPLOAD + "?fileName=a.bin", body, Map.of());
            assertThat(download("sftoolkit:download:ContentVersion", id))
                    .as(body.getClass().getName())
                    .isEqualTo(content);
            assertThat(emulator.logins()).as(body.getClass().getName()).isEqualTo(++logins);
        }
        assertThat(emulator.org().count("ContentVersion")).isEqualTo(5);
    }

    @Test
    void aStreamThatCanBeReadOnceFailsAtAnExpiredTokenAndTheNextUploadSucceeds() throws Exception {
        upload(UPLOAD, "text", Map.of());
        emulator.expireTokens();
        byte[] content = random(300_000);
        Exchange lost = send(UPLOAD, new UncachedStream(new ByteArrayInputStream(content)));
        assertThat(lost.getException()).isInstanceOf(org.sftoolkit.camel.error.SessionExpiredException.class);
        String id = upload(UPLOAD, new UncachedStream(new ByteArrayInputStream(content)), Map.of());
        assertThat(download("sftoolkit:download:ContentVersion", id)).isEqualTo(content);
        assertThat(emulator.logins()).isEqualTo(2);
    }
}
