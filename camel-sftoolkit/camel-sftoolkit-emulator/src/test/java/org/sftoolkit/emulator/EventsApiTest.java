package org.sftoolkit.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sftoolkit.emulator.bulk.BulkSettings;
import org.sftoolkit.emulator.events.BusEvent;
import org.sftoolkit.emulator.events.CustomChannel;
import org.sftoolkit.emulator.events.EventSettings;

/** What writes over REST become on the event bus, and platform events that are published by them. */
class EventsApiTest {

    private static final String ORDERS = "/event/Order_Placed__e";

    private final DrivenClock clock = new DrivenClock(Instant.parse("2026-03-01T10:00:00Z"));
    private final SalesforceEmulator emulator = SalesforceEmulator.builder()
            .clock(clock)
            .accessToken("t")
            .platformEvent("{\"name\":\"Alarm__e\",\"fields\":[{\"name\":\"Text__c\",\"type\":\"string\",\"length\":80,"
                    + "\"nillable\":false}]}")
            .start();
    private final Client client = new Client(emulator.url(), "t");

    @AfterEach
    void close() {
        emulator.close();
    }

    private List<Map<String, Object>> headers() {
        return emulator.events().list("/data/ChangeEvents").stream()
                .map(event -> {
                    Map<String, Object> header = new TreeMap<>();
                    ((Map<?, ?>) event.fields().get("ChangeEventHeader"))
                            .forEach((name, value) -> header.put((String) name, value));
                    return header;
                })
                .toList();
    }

    private List<String> changes() {
        return headers().stream()
                .map(header -> header.get("entityName") + " " + header.get("changeType"))
                .toList();
    }

    @Test
    void eachWriteOfOneRecordIsAChangeOfItsClient() {
        String id = client.call(
                        "POST",
                        "/sobjects/Account",
                        "{\"Name\":\"Acme\"}",
                        "Sforce-Call-Options",
                        "client=replica, defaultNamespace=x")
                .json()
                .path("id")
                .asText();
        client.patch("/sobjects/Account/" + id, "{\"Phone\":\"1\"}");
        client.delete("/sobjects/Account/" + id);

        assertThat(changes()).containsExactly("Account CREATE", "Account UPDATE", "Account DELETE");
        assertThat(headers())
                .extracting(header -> header.get("changeOrigin"))
                .containsExactly(
                        "com/salesforce/api/rest/66.0;client=replica",
                        "com/salesforce/api/rest/66.0",
                        "com/salesforce/api/rest/66.0");
        assertThat(headers().get(1).get("changedFields")).isEqualTo(List.of("Phone", "LastModifiedDate"));
        assertThat(headers().get(0).get("commitTimestamp"))
                .isEqualTo(clock.instant().toEpochMilli());
    }

    @Test
    void refusedRowsMakeNoEvents() {
        client.post("/sobjects/Account", "{\"Nope__c\":1}");
        client.post(
                "/composite/sobjects",
                "{\"allOrNone\":true,\"records\":[{\"attributes\":{\"type\":\"Account\"},\"Name\":\"a\"},"
                        + "{\"attributes\":{\"type\":\"Account\"}}]}");
        client.post(
                "/composite",
                "{\"allOrNone\":true,\"compositeRequest\":[{\"method\":\"POST\",\"url\":\"" + Client.DATA
                        + "/sobjects/Account\",\"referenceId\":\"a\",\"body\":{\"Name\":\"a\"}},{\"method\":\"POST\","
                        + "\"url\":\"" + Client.DATA
                        + "/sobjects/Account\",\"referenceId\":\"b\",\"body\":{\"Nope__c\":\"b\"}}]}");

        assertThat(changes()).isEmpty();
    }

    @Test
    void rowsOfACollectionAreOneTransaction() {
        client.post(
                "/composite/sobjects",
                "{\"records\":[{\"attributes\":{\"type\":\"Account\"},\"Name\":\"a\"},{\"attributes\":{\"type\":"
                        + "\"Account\"}},{\"attributes\":{\"type\":\"Contact\"},\"LastName\":\"c\"}]}");

        assertThat(changes()).containsExactly("Account CREATE", "Contact CREATE");
        assertThat(headers())
                .extracting(header -> header.get("transactionKey"))
                .containsOnly(headers().get(0).get("transactionKey"));
        assertThat(headers()).extracting(header -> header.get("sequenceNumber")).containsExactly(1, 2);
    }

    @Test
    void requestsThatSucceedTogetherAreOneTransactionOfTheOuterClient() {
        client.call(
                "POST",
                "/composite",
                "{\"allOrNone\":true,\"compositeRequest\":[{\"method\":\"POST\",\"url\":\"" + Client.DATA
                        + "/sobjects/Account\",\"referenceId\":\"a\",\"body\":{\"Name\":\"a\"}},{\"method\":\"PATCH\","
                        + "\"url\":\"" + Client.DATA
                        + "/sobjects/Account/@{a.id}\",\"referenceId\":\"b\",\"body\":{\"Phone\":\"2\"}}]}",
                "Sforce-Call-Options",
                "client=outer");

        assertThat(changes()).containsExactly("Account CREATE");
        assertThat(headers().get(0).get("changeOrigin")).isEqualTo("com/salesforce/api/rest/66.0;client=outer");
        assertThat(emulator.events().list("/data/AccountChangeEvent").get(0).fields())
                .containsEntry("Phone", "2");
    }

    @Test
    void rowsOfABulkJobAreChangesToo() {
        emulator.bulk().change(BulkSettings.standard().manual());
        String job = client.call(
                        "POST",
                        "/jobs/ingest",
                        "{\"object\":\"Account\",\"operation\":\"insert\"}",
                        "Sforce-Call-Options",
                        "client=loader")
                .json()
                .path("id")
                .asText();
        client.send(client.request("/jobs/ingest/" + job + "/batches", "Content-Type", "text/csv")
                .PUT(BodyPublishers.ofString("Name\na\nb\n")));
        client.patch("/jobs/ingest/" + job, "{\"state\":\"UploadComplete\"}");
        emulator.bulk().runAll();

        assertThat(changes()).containsExactly("Account CREATE", "Account CREATE");
        assertThat(headers().get(0).get("changeOrigin")).isEqualTo("com/salesforce/api/bulkapi/66.0;client=loader");
    }

    @Test
    void publishedEventIsASuccessWithAnEntryAmongItsErrors() {
        Client.Reply reply =
                client.post("/sobjects/Order_Placed__e", "{\"Order_Number__c\":\"O-1\",\"Amount__c\":12.5}");

        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.json().path("success").asBoolean()).isTrue();
        assertThat(reply.json().path("id").asText()).startsWith("e01").hasSize(18);
        assertThat(reply.json().at("/errors/0/statusCode").asText()).isEqualTo("OPERATION_ENQUEUED");
        BusEvent event = emulator.events().list(ORDERS).get(0);
        assertThat(event.uuid()).isEqualTo(reply.json().at("/errors/0/message").asText());
        assertThat(event.fields())
                .containsEntry("Order_Number__c", "O-1")
                .containsEntry("Amount__c", 12.5)
                .containsEntry("CreatedDate", clock.instant().toEpochMilli())
                .containsEntry("CreatedById", emulator.org().userId());
        assertThat(emulator.org().count("Order_Placed__e")).isZero();
    }

    @Test
    void eventsArePublishedByCollectionsAndCompositesAndCheckedRowByRow() {
        JsonNode results = client.post(
                        "/composite/sobjects",
                        "{\"records\":[{\"attributes\":{\"type\":\"Alarm__e\"},\"Text__c\":\"fire\"},{\"attributes\":"
                                + "{\"type\":\"Alarm__e\"}}]}")
                .json();
        client.post(
                "/composite",
                "{\"compositeRequest\":[{\"method\":\"POST\",\"url\":\"" + Client.DATA
                        + "/sobjects/Alarm__e\",\"referenceId\":\"a\",\"body\":{\"Text__c\":\"flood\"}}]}");

        assertThat(results.at("/0/success").asBoolean()).isTrue();
        assertThat(results.at("/0/errors/0/statusCode").asText()).isEqualTo("OPERATION_ENQUEUED");
        assertThat(results.at("/1/success").asBoolean()).isFalse();
        assertThat(results.at("/1/errors/0/statusCode").asText()).isEqualTo("REQUIRED_FIELD_MISSING");
        assertThat(emulator.events().list("/event/Alarm__e"))
                .extracting(event -> event.fields().get("Text__c"))
                .containsExactly("fire", "flood");
    }

    @Test
    void eventsOfACallThatIsUndoneAreNotPublished() {
        JsonNode results = client.post(
                        "/composite/sobjects",
                        "{\"allOrNone\":true,\"records\":[{\"attributes\":{\"type\":\"Alarm__e\"},\"Text__c\":\"fire\"},"
                                + "{\"attributes\":{\"type\":\"Alarm__e\"}}]}")
                .json();

        assertThat(results.at("/0/success").asBoolean()).isFalse();
        assertThat(emulator.events().list("/event/Alarm__e")).isEmpty();
    }

    @Test
    void rowsOfABulkJobArePublished() {
        emulator.bulk().change(BulkSettings.standard().manual());
        String job = client.post("/jobs/ingest", "{\"object\":\"Alarm__e\",\"operation\":\"insert\"}")
                .json()
                .path("id")
                .asText();
        client.send(client.request("/jobs/ingest/" + job + "/batches", "Content-Type", "text/csv")
                .PUT(BodyPublishers.ofString("Text__c\nfire\nflood\n")));
        client.patch("/jobs/ingest/" + job, "{\"state\":\"UploadComplete\"}");
        emulator.bulk().runAll();

        assertThat(client.get("/jobs/ingest/" + job)
                        .json()
                        .path("numberRecordsFailed")
                        .asInt())
                .isZero();
        assertThat(emulator.events().list("/event/Alarm__e")).hasSize(2);
    }

    @Test
    void eventsAreNoRows() {
        assertThat(client.get("/query?q=SELECT+Text__c+FROM+Alarm__e").body()).contains("INVALID_TYPE_FOR_OPERATION");
        assertThat(client.get("/sobjects/Alarm__e/describe")
                        .json()
                        .path("createable")
                        .asBoolean())
                .isTrue();
        assertThat(client.patch("/sobjects/Alarm__e/e02000000000001AAA", "{}").status())
                .isEqualTo(404);
    }

    @Test
    void schemaIsReadById() {
        JsonNode ofEvent = client.get("/sobjects/Order_Placed__e/eventSchema").json();
        JsonNode byId = client.get("/event/eventSchema/" + ofEvent.path("uuid").asText() + "?payloadFormat=COMPACT")
                .json();

        assertThat(byId).isEqualTo(ofEvent);
        assertThat(byId.path("name").asText()).isEqualTo("Order_Placed__e");
        assertThat(client.get("/event/eventSchema/nope").status()).isEqualTo(404);
        assertThat(client.get("/sobjects/Account/eventSchema").status()).isEqualTo(404);
        assertThat(client.get("/sobjects/Order_Placed__e/eventSchema?payloadFormat=EXPANDED")
                        .status())
                .isEqualTo(501);
    }

    @Test
    void publishingBeyondTheHourlyAllocationIsRefused() {
        emulator.events().change(EventSettings.standard().withPublishing(1));

        assertThat(client.post("/sobjects/Order_Placed__e", "{}").status()).isEqualTo(201);
        assertThat(client.post("/sobjects/Order_Placed__e", "{}").body()).contains("LIMIT_EXCEEDED");
        assertThat(client.get("/limits")
                        .json()
                        .at("/HourlyPublishedPlatformEvents")
                        .toString())
                .isEqualTo("{\"Max\":1,\"Remaining\":0}");
        clock.advance(Duration.ofMinutes(61));
        assertThat(client.post("/sobjects/Order_Placed__e", "{}").status()).isEqualTo(201);
    }

    @Test
    void channelOfOnesOwnFiltersAndEnriches() {
        emulator.events()
                .change(EventSettings.standard()
                        .withChannels(CustomChannel.named("/data/Sales__chn")
                                .with("Account", "Industry = 'Energy' AND Name != 'Phone'", "Site")
                                .with("Contact")));
        String id = emulator.org().insert("Account", Map.of("Name", "A", "Industry", "Energy", "Site", "S"));
        emulator.org().insert("Account", Map.of("Name", "B", "Industry", "Banking"));
        emulator.org().insert("Contact", Map.of("LastName", "C"));
        emulator.org().insert("Lead", Map.of("LastName", "L", "Company", "C"));
        emulator.org().update("Account", id, Map.of("Phone", "1"));

        assertThat(emulator.events().list("/data/Sales__chn"))
                .extracting(event ->
                        event.entity() + " " + ((Map<?, ?>) event.fields().get("ChangeEventHeader")).get("changeType"))
                .containsExactly("Account CREATE", "Contact CREATE", "Account UPDATE");
        assertThat(emulator.events()
                        .channel("/data/Sales__chn")
                        .orElseThrow()
                        .enriched()
                        .get("Account"))
                .containsExactlyInAnyOrder("Site", "Industry", "Name");
        assertThatThrownBy(() -> emulator.events()
                        .change(EventSettings.standard()
                                .withChannels(
                                        CustomChannel.named("/data/Bad__chn").with("Account", "Nope__c = 1"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Nope__c");
        assertThat(emulator.events().channels()).contains("/data/Sales__chn");
    }

    @Test
    void listenersHearOfEachEvent() {
        List<String> heard = new CopyOnWriteArrayList<>();
        emulator.events().listen(event -> heard.add(event.entity()));

        emulator.org().insert("Account", Map.of("Name", "A"));
        emulator.events().publish("Order_Placed__e", Map.of());

        assertThat(heard).containsExactly("Account", "Order_Placed__e");
        assertThat(emulator.events().newest(10))
                .extracting(BusEvent::entity)
                .containsExactly("Order_Placed__e", "Account");
        assertThat(new Client(emulator.url(), null)
                        .get("/__emulator/events")
                        .json()
                        .at("/0/entity")
                        .asText())
                .isEqualTo("Order_Placed__e");
    }

    @Test
    void busIsDrivenOverHttp() {
        Client admin = new Client(emulator.url(), null);

        String uuid = admin.post(
                        "/__emulator/events",
                        "{\"event\":\"Order_Placed__e\",\"fields\":{\"Order_Number__c\":\"O-2\"}}")
                .json()
                .path("uuid")
                .asText();
        JsonNode settings = admin.patch(
                        "/__emulator/events/settings",
                        "{\"retention\":\"1h\",\"channels\":[{\"name\":\"/data/S__chn\",\"members\":[{\"entity\":"
                                + "\"Account\",\"filter\":\"Name = 'A'\"}]}]}")
                .json();

        JsonNode listed = admin.get("/__emulator/events?channel=" + ORDERS).json();
        assertThat(listed.at("/0/uuid").asText()).isEqualTo(uuid);
        assertThat(listed.at("/0/fields/Order_Number__c").asText()).isEqualTo("O-2");
        assertThat(settings.path("retention").asLong()).isEqualTo(3_600_000);
        assertThat(admin.get("/__emulator/events/channels").body()).contains("/data/S__chn");
        assertThat(admin.get("/__emulator/events/subscriptions")
                        .json()
                        .path("delivered")
                        .asInt())
                .isZero();
        assertThat(admin.get("/__emulator/events?channel=/data/Nope").body())
                .contains("no channel '/data/Nope'")
                .contains(ORDERS);
        clock.advance(Duration.ofMinutes(61));
        assertThat(admin.get("/__emulator/events?channel=" + ORDERS).json()).isEmpty();
        assertThat(admin.post("/__emulator/events/migrate", "").status()).isEqualTo(204);
    }

    @Test
    void resetForgetsTheEvents() {
        emulator.org().insert("Account", Map.of("Name", "A"));

        emulator.org().clear();

        assertThat(emulator.events().list("/data/ChangeEvents"))
                .noneMatch(event -> event.entity().equals("Account"));
    }

    @Test
    void configSetsUpTheBus(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(
                folder.resolve("org.yaml"),
                """
                objects:
                  - name: Paid__e
                    fields:
                      - {name: Amount__c, type: number, required: true}
                events:
                  changeObjects: [Account]
                  retention: 24h
                  channels:
                    - name: /data/Sales__chn
                      members:
                        - {entity: Account, filter: "Industry = 'Energy'", enriched: [Name]}
                """);
        EmulatorBuilder builder = SalesforceEmulator.builder();
        OrgConfig.apply(file, builder);

        try (SalesforceEmulator configured = builder.start()) {
            assertThat(configured.events().channels())
                    .containsExactly(
                            "/data/ChangeEvents",
                            "/data/AccountChangeEvent",
                            ORDERS,
                            "/event/Paid__e",
                            "/data/Sales__chn");
            assertThat(configured.events().settings().retention()).isEqualTo(Duration.ofHours(24));
        }
        Files.writeString(file, "events: {retenton: 24h}");
        assertThatThrownBy(() -> OrgConfig.apply(file, SalesforceEmulator.builder()))
                .hasMessageContaining("unknown setting 'events.retenton'");
    }
}
