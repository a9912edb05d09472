package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A route from {@code sftoolkit:jobs} that is stopped while it works on a result. */
class JobsStopIT extends RouteTestSupport {

    @TempDir
    private Path folder;

    @Override
    protected void configure(SfToolkitConfiguration options) {
        options.setJobFile(folder.resolve("jobs").toString());
    }

    @Test
    void anInterruptedStopDoesNotFail() throws Exception {
        var begun = new CountDownLatch(1);
        var end = new CountDownLatch(1);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("sftoolkit:jobs?initialDelay=0&delay=20")
                        .routeId("jobs")
                        .threads(1)
                        .process(exchange -> {
                            begun.countDown();
                            assertThat(end.await(60, TimeUnit.SECONDS)).isTrue();
                        });
            }
        });
        assertThat(send("sftoolkit:bulk:Account?await=false&loadName=left", "Name\nAcme\n")
                        .getException())
                .isNull();
        assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
        try {
            Thread.currentThread().interrupt(); // as Camel does after its timeout
            context.getRoute("jobs").getConsumer().stop();
            assertThat(Thread.interrupted()).isTrue();
        } finally {
            end.countDown();
        }
    }
}
