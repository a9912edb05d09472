package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.apache.camel.support.processor.state.MemoryStateRepository;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sftoolkit.camel.config.InitialLoad;

/** What may not stand in {@code from} is refused when the endpoint is made, and for what it is. */
class ConsumerOptionsIT extends RouteTestSupport {

    @BeforeEach
    void bindStore() {
        context.getRegistry().bind("store", new MemoryStateRepository());
    }

    @Test
    void aDelayThatCamelWouldReadAsNoPauseIsRefused() {
        for (String value :
                List.of("10S", "1w", "1H", "PT5S", "abc", "", "1.5s", "30 s", "10,000", "0", "0s", "0h0m", "-1")) {
            for (String consumer :
                    new String[] {"query:Account", "changes:Account", "bulkQuery:Account", "jobs?jobFile=x"}) {
                String mark = consumer.contains("?") ? "&" : "?";
                assertThatThrownBy(() -> context.getEndpoint("sftoolkit:" + consumer + mark + "delay=" + value))
                        .as(consumer)
                        .hasMessageContaining("delay=" + value);
            }
        }
    }

    @Test
    void aNumberOfCamelsSchedulerThatCannotBeReadIsRefused() {
        refused(
                "query:Account?initialDelay=10S",
                "initialDelay=10S: use a number of milliseconds, or a duration such as 30s or 5m",
                "query:Account?initialDelay=soon",
                "initialDelay=soon: use a number of milliseconds",
                "query:Account?repeatCount=x",
                "repeatCount=x: use a whole number",
                "query:Account?backoffMultiplier=2.5&backoffIdleThreshold=1",
                "backoffMultiplier=2.5: use a whole number",
                "query:Account?backoffErrorThreshold=some",
                "backoffErrorThreshold=some: use a whole number",
                "query:Account?timeUnit=SECONDS&delay=30s",
                "delay=30s with timeUnit=SECONDS: use a whole number of SECONDS",
                "query:Account?time-unit=SECONDS&delay=30s",
                "delay=30s with timeUnit=SECONDS",
                "query:Account?timeUnit=MINUTES&initialDelay=1m",
                "initialDelay=1m with timeUnit=MINUTES");
    }

    @Test
    void aNumberOfCamelsSchedulerThatCanBeReadIsTaken() {
        for (String options : List.of(
                "delay=500",
                "delay=30s",
                "delay=1h30m",
                "delay=5&timeUnit=SECONDS",
                "delay=30s&timeUnit=milliseconds",
                "initialDelay=0&delay=1",
                "initialDelay=-1",
                "repeatCount=3",
                "backoffMultiplier=2&backoffIdleThreshold=1")) {
            assertThat(context.getEndpoint("sftoolkit:query:Account?" + options))
                    .as(options)
                    .isNotNull();
        }
    }

    @Test
    void aConsumersRefusalSaysWhatIsWrongWithTheConsumer() {
        refused(
                "query:Account?delay=1s&settleDelay=-1",
                "settleDelay=-1: use 0 to",
                "query:Account?delay=1s&lookBack=25h",
                "lookBack can be at most 24 hours",
                "query:Account?initialWatermark=2026-01-31",
                "is not a watermark: use BEGINNING, NOW or an instant",
                "query:Account?delay=1s&outputType=ONE",
                "use RECORD, LIST or STREAM",
                "query:Account?delay=1s&maxInFlight=0",
                "maxInFlight=0 is not allowed: use 1 or more",
                "query:Account?watermarkKey=k&delay=1s&limit=3",
                "limit",
                "query:Account?delay=1s&where=RAW(Name = :name)",
                ":name",
                "query?delay=1s&soql=RAW(SELECT Name FROM Account LIMIT 5)",
                "LIMIT",
                "bulkQuery:Account?delay=1s&outputType=CSV",
                "use RECORD, LIST or STREAM",
                "query:Contact?soql=RAW(SELECT Name FROM Account)&delay=1s",
                "soql reads Account, but the URI names Contact",
                "bulkQuery:Contact?soql=RAW(SELECT Name FROM Account)&delay=1s",
                "soql reads Account, but the URI names",
                "query:Account?initialLoad=BULK&initialWatermark=now",
                "contradict each other",
                "query:Account?outputType=STREAM&maxMessagesPerPoll=3",
                "maxMessagesPerPoll has no effect",
                "bulkQuery:Account?delay=1s&lookBack=5m",
                "each poll reads everything anew",
                "bulkQuery:Account?delay=1s&initialLoad=REST",
                "each poll reads everything by a job");
    }

    @Test
    void aPlaceThatCannotHoldAPositionIsRefusedAtTheStart() {
        refused(
                "query:Account?watermarkFile=",
                "watermarkFile= is blank",
                "query:Account?watermark-file=",
                "= is blank",
                "query:Account?watermarkFile=RAW( )",
                "is blank",
                "query:Account?watermarkKey=",
                "watermarkKey= is blank",
                "subscribe:Account?watermarkFile=",
                "watermarkFile= is blank",
                "jobs?jobFile=",
                "jobFile= is blank",
                "jobs?jobFile=x&jobKey=",
                "jobKey= is blank",
                "save:Account?recordTo=",
                "recordTo= is blank",
                "query:Account?watermarkFile=x&watermarkKey=a=b",
                "is not allowed in a watermark file",
                "query:Account?watermarkFile=x&watermarkKey=%23a",
                "is not allowed in a watermark file",
                "changes:Account?watermarkFile=x&watermarkKey=a%0Ab",
                "is not allowed in a watermark file",
                "query:Account?watermarkFile=x&watermarkStore=#store",
                "cannot be combined");
    }

    @Test
    void aSubscriptionHasNoSchedulerAndTakesNoneOfItsOptions() {
        for (String option : List.of(
                "delay=5s",
                "initialDelay=5",
                "timeUnit=SECONDS",
                "greedy=true",
                "repeatCount=3",
                "sendEmptyMessageWhenIdle=true",
                "backoffMultiplier=2&backoffIdleThreshold=1",
                "startScheduler=false")) {
            assertThatThrownBy(() -> context.getEndpoint("sftoolkit:subscribe:Account?" + option))
                    .as(option)
                    .hasMessageContaining("sftoolkit:subscribe has no option ")
                    .hasMessageNotContaining("artifact");
        }
    }

    /** Endpoints, each with what its refusal says. */
    @Test
    void defaultsOfTheComponentAreNotHeldAgainstOperationsThatDoNotHaveThem() {
        SfToolkitConfiguration defaults =
                context.getComponent("sftoolkit", SfToolkitComponent.class).getConfiguration();
        defaults.setInitialLoad(InitialLoad.BULK);
        assertThat(context.getEndpoint("sftoolkit:bulkQuery:Account?delay=1s&initialWatermark=NOW"))
                .isNotNull();
        defaults.setInitialLoad(null);
        defaults.setPartition(true);
        for (String uri : List.of("save:Account", "bulk:Account", "query:Account?delay=1s", "changes:Account")) {
            assertThat(context.getEndpoint("sftoolkit:" + uri)).isNotNull();
        }
        assertThatThrownBy(
                        () -> context.getEndpoint("sftoolkit:bulkQuery:Account").createProducer())
                .hasMessageContaining("partition=true needs a store");
        defaults.setJobFile("target/jobs");
        defaults.setApiVersion("57.0");
        assertThat(context.getEndpoint("sftoolkit:fetch:Account")).isNotNull();
    }

    private void refused(String... table) {
        for (int i = 0; i < table.length; i += 2) {
            String uri = table[i];
            String said = table[i + 1];
            assertThatThrownBy(() -> context.getEndpoint("sftoolkit:" + uri))
                    .as(uri)
                    .hasMessageContaining(said)
                    .hasMessageNotContaining("in 'to'");
        }
    }
}
