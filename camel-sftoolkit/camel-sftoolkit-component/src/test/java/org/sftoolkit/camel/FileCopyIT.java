package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.sftoolkit.camel.model.SaveResult;

/** A download is read while something else is sent: it must not wait for itself. */
class FileCopyIT extends RouteTestSupport {

    @Override
    protected void configure(SfToolkitConfiguration options) {
        options.setMaxConcurrentRequests(1);
    }

    @Test
    void filesAreCopiedThoughOneRequestAtATimeIsAllowed() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:copy")
                        .to("sftoolkit:download:ContentVersion")
                        .removeHeader("CamelSfToolkitId")
                        .to("sftoolkit:upload:ContentVersion");
            }
        });
        String id = body("sftoolkit:upload:ContentVersion", new byte[2_000_000], SaveResult.class)
                .id();
        List<CompletableFuture<Exchange>> copies = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            copies.add(template.asyncSend(
                    "direct:copy", exchange -> exchange.getMessage().setBody(id)));
        }
        for (CompletableFuture<Exchange> copy : copies) {
            assertThat(copy.get(20, TimeUnit.SECONDS).getException()).isNull();
        }
        assertThat(emulator.org().count("ContentVersion")).isEqualTo(6);
    }
}
