package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.apache.camel.Message;
import org.junit.jupiter.api.Test;

/** What the headers of an exchange make of the endpoint's options, and what that costs. */
class ExchangeOptionsIT extends RouteTestSupport {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private ExchangeOptions options(SfToolkitEndpoint endpoint) {
        return new ExchangeOptions(endpoint.options(), endpoint.getOperation().create(), endpoint::adaptiveLimit);
    }

    private SfToolkitEndpoint endpoint(String options) {
        return context.getEndpoint("sftoolkit:save:Account" + options, SfToolkitEndpoint.class);
    }

    @Test
    void equalHeadersAreReadAndCheckedOnce() {
        var endpoint = endpoint("?allowHeaderOverride=mode,batchSize&requestHeaders=Sforce-Call-Options");
        var options = options(endpoint);
        var first = endpoint.createExchange().getMessage();
        first.setHeader("CamelSfToolkitMode", "UPDATE");
        first.setHeader("CamelSfToolkitBatchSize", 50);
        var second = endpoint.createExchange().getMessage();
        second.setHeader("CamelSfToolkitMode", "UPDATE");
        second.setHeader("CamelSfToolkitBatchSize", 50);
        assertThat(options.of(second)).isSameAs(options.of(first));
        second.setHeader("CamelSfToolkitBatchSize", 51);
        assertThat(options.of(second).batchSize()).isEqualTo(51);
        first.setHeader("Sforce-Call-Options", "client=x");
        assertThat(options.of(first).requestHeaders()).containsEntry("Sforce-Call-Options", "client=x");
        assertThat(options.of(first).records()).isSameAs(options.of(first).records());
    }

    @Test
    void aHeaderThatOverridesAnOptionCostsNoMemory() {
        var endpoint = endpoint("?allowHeaderOverride=mode,batchSize,allOrNone");
        Message plain = endpoint.createExchange().getMessage();
        Message overriding = endpoint.createExchange().getMessage();
        overriding.setHeader("CamelSfToolkitBatchSize", 50);
        var options = options(endpoint);
        assertThat(options.of(overriding).batchSize()).isEqualTo(50);
        assertThat(bytes(options(endpoint("")), plain))
                .as("without options that headers override")
                .isLessThan(16);
        assertThat(bytes(options, plain)).as("without a header").isLessThan(16);
        assertThat(bytes(options, overriding)).as("with a header").isLessThan(16);
    }

    /** Allocated for an exchange, on average of many. */
    private static long bytes(ExchangeOptions options, Message message) {
        int times = 20_000;
        for (int i = 0; i < times; i++) {
            options.of(message);
        }
        long before = THREADS.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < times; i++) {
            options.of(message);
        }
        return (THREADS.getCurrentThreadAllocatedBytes() - before) / times;
    }

    @Test
    void valuesOfHeadersThatAreManyAreNotAllKept() {
        var endpoint = endpoint("?allowHeaderOverride=externalIdField");
        var options = options(endpoint);
        Message message = endpoint.createExchange().getMessage();
        for (int i = 0; i < 1_000; i++) {
            message.setHeader("CamelSfToolkitExternalIdField", "Field" + i + "__c");
            assertThat(options.of(message).externalIdField()).isEqualTo("Field" + i + "__c");
        }
        assertThat(options.remembered()).isBetween(1, 200);
    }
}
