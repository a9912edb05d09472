package org.sftoolkit.camel.events.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sftoolkit.camel.SfToolkitComponent;
import org.sftoolkit.camel.model.SObject;
import org.sftoolkit.emulator.fault.EventFault;
import org.sftoolkit.emulator.fault.FaultPlan;

/** Routes that follow an emulated org. */
class SubscribeIT extends EventRouteSupport {

    @TempDir
    Path folder;

    private String kept(String channels) {
        return "sftoolkit:subscribe:" + channels + "?commitInterval=0&replayPreset=EARLIEST&watermarkFile="
                + folder.resolve("positions.txt");
    }

    private static Object save(CamelContext context, String uri, Object body) {
        return context.createProducerTemplate().requestBody(uri, body);
    }

    @Test
    void changesOfRecordsBecomeRecords() throws Exception {
        CamelContext context = camel();
        List<Exchange> seen = follow(context, "sftoolkit:subscribe:Account?replayPreset=EARLIEST&orderKey=Id");
        save(context, "sftoolkit:save:Account", Map.of("Name", "Acme", "BillingCity", "Berlin", "AnnualRevenue", 5));
        arrive(seen, 1);
        String id = seen.get(0).getMessage().getHeader("CamelSfToolkitId", String.class);
        save(context, "sftoolkit:save:Account", Map.of("Id", id, "Name", "Acme & Co"));
        save(context, "sftoolkit:delete:Account", id);
        arrive(seen, 3);

        SObject created = seen.get(0).getMessage().getBody(SObject.class);
        assertThat(created.type()).isEqualTo("Account");
        assertThat(created).containsEntry("Name", "Acme").containsEntry("BillingCity", "Berlin");
        assertThat(created.changedFields()).contains("Name", "BillingCity");
        assertThat(seen)
                .extracting(it -> it.getMessage().getHeader("CamelSfToolkitChange"))
                .containsExactly("CREATED", "UPDATED", "DELETED");
        SObject updated = seen.get(1).getMessage().getBody(SObject.class);
        assertThat(updated)
                .containsEntry("Id", id)
                .containsEntry("Name", "Acme & Co")
                .doesNotContainKey("BillingCity");
        assertThat(seen.get(1).getMessage().getHeader("CamelSfToolkitChangedFields", String.class))
                .contains("Name");
        assertThat(seen.get(2).getMessage().getBody(SObject.class)).containsOnlyKeys("Id");
        assertThat(seen.get(2).getMessage().getHeaders())
                .containsKeys(
                        "CamelSfToolkitReplayId",
                        "CamelSfToolkitEventId",
                        "CamelSfToolkitSchemaId",
                        "CamelSfToolkitCommitTime",
                        "CamelSfToolkitTransactionKey",
                        "CamelMessageTimestamp")
                .containsEntry("CamelSfToolkitChannel", "/data/AccountChangeEvent")
                .containsEntry("CamelSfToolkitSObject", "Account");
    }

    @Test
    void severalChannelsShareOneRouteAndAPlatformEventHasItsFields() throws Exception {
        CamelContext context = camel();
        List<Exchange> seen = follow(context, "sftoolkit:subscribe:Account,Order_Placed__e?replayPreset=EARLIEST");
        order("O-1");
        save(context, "sftoolkit:save:Account", Map.of("Name", "Acme"));
        arrive(seen, 2);
        assertThat(seen)
                .extracting(it -> it.getMessage().getHeader("CamelSfToolkitChannel"))
                .containsExactlyInAnyOrder(ORDERS, "/data/AccountChangeEvent");
        SObject order = seen.stream()
                .map(it -> it.getMessage().getBody(SObject.class))
                .filter(it -> it.type().equals("Order_Placed__e"))
                .findFirst()
                .orElseThrow();
        assertThat(order).containsEntry("Order_Number__c", "O-1").containsEntry("Amount__c", 12.5);
    }

    @Test
    void aRestartGoesOnAfterWhatIsDoneAndAFailureComesAgain() throws Exception {
        order("O-1");
        order("O-2");
        CamelContext first = camel();
        var failures = new AtomicInteger(2);
        List<Exchange> seen = follow(first, kept("Order_Placed__e"), exchange -> {
            boolean second =
                    "O-2".equals(exchange.getMessage().getBody(Map.class).get("Order_Number__c"));
            if (second && failures.getAndDecrement() > 0) {
                throw new IllegalStateException("not yet");
            }
        });
        arrive(seen, 2);
        first.stop();
        order("O-3");
        List<Exchange> later = follow(camel(), kept("Order_Placed__e"));
        arrive(later, 1);
        assertThat(values(seen, "Order_Number__c")).containsExactly("O-1", "O-2");
        assertThat(failures).hasValue(-1);
        assertThat(values(later, "Order_Number__c")).containsExactly("O-3");
        assertThat(Files.readString(folder.resolve("positions.txt"))).contains("subscribe:" + ORDERS + "=");
    }

    @Test
    void whatWasUnderWayAtAHardStopComesAgain() throws Exception {
        order("O-1");
        CamelContext first = camel();
        first.getShutdownStrategy().setTimeout(1);
        var entered = new CountDownLatch(1);
        var leave = new CountDownLatch(1);
        follow(first, kept("Order_Placed__e"), exchange -> {
            entered.countDown();
            leave.await(30, TimeUnit.SECONDS);
        });
        assertThat(entered.await(30, TimeUnit.SECONDS)).isTrue();
        first.stop();
        List<Exchange> later = follow(camel(), kept("Order_Placed__e"));
        arrive(later, 1);
        leave.countDown();
        assertThat(values(later, "Order_Number__c")).containsExactly("O-1");
    }

    @Test
    void anUnknownChannelIsToldAndOthersGoOn() throws Exception {
        CamelContext context = camel();
        List<Exchange> seen =
                follow(context, "sftoolkit:subscribe:/event/Nope__e,Order_Placed__e?replayPreset=EARLIEST");
        order("O-1");
        arrive(seen, 1);
        HealthCheck check = (HealthCheck) HealthCheckRegistry.get(context).resolveById("sftoolkit");
        assertThat(check).isNotNull();
        await().atMost(Duration.ofSeconds(30)).until(() -> check.call().getState() == HealthCheck.State.DOWN);
        assertThat(check.call().getMessage().orElse(""))
                .contains("/event/Nope__e")
                .contains("topic.not.found")
                .contains("case-sensitive");
        assertThat(context.getComponent("sftoolkit", SfToolkitComponent.class).getSubscribedChannels())
                .anySatisfy(it -> assertThat(it).contains(ORDERS).contains("OPEN"))
                .anySatisfy(it -> assertThat(it).contains("/event/Nope__e").contains("FAILED"));
    }

    @Test
    void aBrokenConnectionAndADeadTokenAreMended() throws Exception {
        CamelContext context = camel();
        List<Exchange> seen = follow(context, "sftoolkit:subscribe:Order_Placed__e?replayPreset=EARLIEST");
        order("O-1");
        arrive(seen, 1);
        int logins = emulator.logins();
        emulator.expireTokens();
        emulator.faults().next(FaultPlan.when("Subscribe /event/*"), EventFault.end(EventFault.Ending.DROP_CONNECTION));
        for (int i = 2; i < 12; i++) {
            order("O-" + i);
        }
        arrive(seen, 11);
        assertThat(values(seen, "Order_Number__c"))
                .containsExactlyElementsOf(java.util.stream.IntStream.rangeClosed(1, 11)
                        .mapToObj(i -> (Object) ("O-" + i))
                        .toList());
        assertThat(emulator.logins()).isLessThanOrEqualTo(logins + 1);
    }

    @Test
    void aSuspendedRouteTakesNothing() throws Exception {
        CamelContext context = camel();
        List<Exchange> seen = follow(context, "sftoolkit:subscribe:Order_Placed__e?replayPreset=EARLIEST");
        order("O-1");
        arrive(seen, 1);
        context.getRouteController().suspendRoute("follow");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> emulator.events().subscriptions().isEmpty());
        order("O-2");
        context.getRouteController().resumeRoute("follow");
        arrive(seen, 2);
        assertThat(values(seen, "Order_Number__c")).containsExactly("O-1", "O-2");
    }

    @Test
    void optionsThatCannotBeMeantAreRefused() {
        CamelContext context = camel();
        for (Map.Entry<String, String> wrong : Map.of(
                        "sftoolkit:subscribe", "no channel is given",
                        "sftoolkit:subscribe:Account?prefetch=101", "1 to 100",
                        "sftoolkit:subscribe:Account?replayId=-2", "Base64",
                        "sftoolkit:subscribe:Account,Contact?replayId=AAAA", "one channel",
                        "sftoolkit:subscribe:Account?replayId=AAAA&replayPreset=EARLIEST", "remove one",
                        "sftoolkit:subscribe:Account?changeTypes=UPSERT", "UNDELETE",
                        "sftoolkit:subscribe:Account?skipOwnChanges=true", "clientName",
                        "sftoolkit:subscribe:Account?managedSubscription=mine", "managedSubscription",
                        "sftoolkit:subscribe:Account?where=x", "no option where",
                        "sftoolkit:subscribe:My__chn", "in full")
                .entrySet()) {
            assertThatThrownBy(() -> context.getEndpoint(wrong.getKey()))
                    .as(wrong.getKey())
                    .rootCause()
                    .hasMessageContaining(wrong.getValue());
        }
    }

    @Test
    void ownChangesAreSkippedByTheNameOfTheClient() throws Exception {
        CamelContext context = camel();
        List<Exchange> seen = follow(
                context, "sftoolkit:subscribe:Account?replayPreset=EARLIEST&skipOwnChanges=true&clientName=mirror");
        save(context, "sftoolkit:save:Account?clientName=mirror", Map.of("Name", "ours"));
        save(context, "sftoolkit:save:Account?clientName=other", Map.of("Name", "theirs"));
        arrive(seen, 1);
        assertThat(values(seen, "Name")).containsExactly("theirs");
    }

    @Test
    void twoRoutesUnderOneKeyOfOneStoreAreRefused() throws Exception {
        CamelContext context = camel();
        follow(context, kept("Order_Placed__e"));
        assertThatThrownBy(() -> context.addRoutes(new org.apache.camel.builder.RouteBuilder() {
                    @Override
                    public void configure() {
                        from(kept("Order_Placed__e") + "&prefetch=5").to("mock:second");
                    }
                }))
                .hasMessageContaining("watermarkKey");
    }
}
