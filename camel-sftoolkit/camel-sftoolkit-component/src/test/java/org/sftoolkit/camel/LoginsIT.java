package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sftoolkit.emulator.fault.FaultPlan.when;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.support.jsse.KeyStoreParameters;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.sftoolkit.camel.error.AuthenticationException;
import org.sftoolkit.camel.model.SObject;
import org.sftoolkit.camel.transport.Token;
import org.sftoolkit.emulator.EmulatorBuilder;
import org.sftoolkit.emulator.fault.Fault;

class LoginsIT extends RouteTestSupport {

    @TempDir
    static Path directory;

    private static TestKeys keys;

    @BeforeAll
    static void makeKeys() {
        keys = TestKeys.in(directory, "app");
    }

    @Override
    protected void org(EmulatorBuilder settings) {
        settings.jwtKey(keys.publicKey())
                .strictJwtExpiry(true)
                .refreshToken("first-refresh-token")
                .rotateRefreshTokens(true)
                .accessToken("issued-token")
                .user("user@example.com", "pass<&>word", "token")
                .connectedApp("client", "client-secret");
    }

    @Override
    protected void configure(SfToolkitConfiguration options) {
        options.setClientId(null);
        options.setClientSecret(null);
    }

    private void works(String options) {
        String id = emulator.org().insert("Account", Map.of("Name", "Acme"));
        assertThat(body("sftoolkit:fetch:Account?" + options, id, SObject.class))
                .containsEntry("Id", id);
    }

    @Test
    void clientCredentials() {
        works("clientId=client&clientSecret=client-secret");
        assertThat(emulator.logins()).isEqualTo(1);
    }

    @Test
    void jwtWithAKeyInTheUriInAFileAndInAKeyStore() {
        works("clientId=client&userName=user@example.com&privateKey=RAW(" + keys.pkcs1() + ")");
        works("clientId=client&userName=user@example.com&privateKey=RAW(" + keys.pkcs8() + ")");
        works("clientId=client&userName=user@example.com&privateKey=file:" + keys.keyFile());
        var store = new KeyStoreParameters();
        store.setResource("file:" + keys.keyStore());
        store.setPassword(keys.password());
        context.getRegistry().bind("keys", store);
        works("clientId=client&userName=user@example.com&keyStoreParameters=#keys");
        assertThat(emulator.logins()).as("the same key is the same login").isEqualTo(1);
    }

    @Test
    void jwtWithAKeyOnTheClassPath() throws Exception {
        Path onPath = Path.of(getClass().getResource("/").toURI()).resolve("jwt-test-key.pem");
        Files.writeString(onPath, keys.pkcs8());
        works("clientId=client&userName=user@example.com&privateKey=classpath:jwt-test-key.pem");
    }

    @Test
    void jwtOfAUserWhomTheAppDoesNotKnowIsRefused() {
        Exchange exchange = send(
                "sftoolkit:fetch:Account?clientId=client&userName=nobody@example.com&privateKey=file:" + keys.keyFile(),
                "001000000000001AAA");
        assertThat(exchange.getException(AuthenticationException.class).oauthError())
                .isEqualTo("invalid_grant");
    }

    @Test
    void theNewestRefreshTokenIsUsedAndHandedOver() {
        List<SfToolkitLogin> heard = Collections.synchronizedList(new ArrayList<>());
        List<String> threads = Collections.synchronizedList(new ArrayList<>());
        context.getRegistry().bind("listener", (SfToolkitTokenListener) login -> {
            heard.add(login);
            threads.add(Thread.currentThread().getName());
        });
        String options =
                "clientId=client&clientSecret=client-secret&refreshToken=first-refresh-token&tokenListener=#listener";
        works(options);
        emulator.expireTokens();
        works(options);
        emulator.expireTokens();
        works(options);
        assertThat(heard).hasSize(3);
        assertThat(heard)
                .extracting(SfToolkitLogin::refreshToken)
                .doesNotHaveDuplicates()
                .doesNotContainNull();
        assertThat(heard).allSatisfy(login -> assertThat(login.identityUrl()).contains("/id/00D"));
        assertThat(threads).noneMatch(name -> name.contains("eventloop"));
        assertThat(emulator.refusedLogins()).isZero();
    }

    @Test
    void restartedRouteUsesTheNewestRefreshToken() throws Exception {
        String options = "clientId=client&refreshToken=first-refresh-token";
        works(options);
        var endpoint = context.getEndpoint("sftoolkit:fetch:Account?" + options);
        endpoint.stop();
        endpoint.start();
        works(options);
        assertThat(emulator.logins()).isEqualTo(2);
    }

    @Test
    void password() {
        works("clientId=client&clientSecret=client-secret&userName=user@example.com&password=RAW(pass<&>word)"
                + "&securityToken=token");
    }

    @Test
    void soapWithSecurityToken() {
        works("userName=user@example.com&securityToken=token&password=RAW(pass<&>word)");
    }

    @Test
    void soapWithOrganization() {
        works("userName=user@example.com&organizationId=" + emulator.org().organizationId()
                + "&password=RAW(pass<&>word)");
    }

    @Test
    void aRefusedSoapLoginIsTypedAndTriedOnce() {
        Exchange exchange =
                send("sftoolkit:fetch:Account?userName=user@example.com&password=wrong", "001000000000001AAA");
        assertThat(exchange.getException(AuthenticationException.class).oauthError())
                .isEqualTo("INVALID_LOGIN");
        assertThat(exchange.getException()).hasMessageContaining("check userName, password and securityToken");
        assertThat(emulator.refusedLogins()).isEqualTo(1);
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "the CLI of the test is a shell script")
    void cli() throws Exception {
        Path sf = Files.writeString(
                directory.resolve("sf"),
                "#!/bin/sh\necho '{\"status\":0,\"result\":{\"accessToken\":\"issued-token\",\"instanceUrl\":\""
                        + emulator.url() + "\"}}'\n");
        Files.setPosixFilePermissions(sf, PosixFilePermissions.fromString("rwx------"));
        works("authType=CLI&cliCommand=" + sf);
    }

    @Test
    void tokensOfABean() {
        List<String> threads = Collections.synchronizedList(new ArrayList<>());
        context.getRegistry().bind("vault", (SfToolkitTokenSource) () -> {
            threads.add(Thread.currentThread().getName());
            return new Token("issued-token", emulator.url());
        });
        works("tokenSource=#vault");
        assertThat(threads).singleElement().asString().doesNotContain("eventloop");
    }

    @Test
    void aBeanThatFailsIsTypedAndItsTextIsNotPassedOn() {
        context.getRegistry().bind("vault", (SfToolkitTokenSource) () -> {
            throw new IllegalStateException("vault-secret");
        });
        Exchange exchange = send("sftoolkit:fetch:Account?tokenSource=#vault", "001000000000001AAA");
        assertThat(exchange.getException()).isInstanceOf(AuthenticationException.class);
        assertThat(exchange.getException()).hasNoCause().hasMessageContaining("IllegalStateException");
        assertThat(exchange.getException().getMessage()).doesNotContain("vault-secret");
    }

    @Test
    void aRefusedLoginIsNotHammered() throws Exception {
        String uri = "sftoolkit:fetch:Account?clientId=client&clientSecret=wrong";
        List<CompletableFuture<Exchange>> sent = IntStream.range(0, 50)
                .mapToObj(i -> template.asyncSend(
                        uri, exchange -> exchange.getMessage().setBody("001000000000001AAA")))
                .toList();
        for (CompletableFuture<Exchange> exchange : sent) {
            assertThat(exchange.get(10, TimeUnit.SECONDS).getException()).isInstanceOf(AuthenticationException.class);
        }
        assertThat(send(uri, "001000000000001AAA").getException()).isInstanceOf(AuthenticationException.class);
        assertThat(emulator.refusedLogins()).isEqualTo(1);
    }

    @Test
    void anEagerLoginHappensAtStartAndFailsIt() {
        context.getEndpoint("sftoolkit:fetch:Account?clientId=client&clientSecret=client-secret&lazyLogin=false");
        assertThat(emulator.logins()).isEqualTo(1);
        String refused = "sftoolkit:fetch:Account?clientId=client&clientSecret=wrong&lazyLogin=false";
        assertThatThrownBy(() -> context.getEndpoint(refused)).hasRootCauseInstanceOf(AuthenticationException.class);
    }

    @Test
    void theSessionOutlivesTheRouteUnlessAsked() throws Exception {
        works("clientId=client&clientSecret=client-secret&revokeOnStop=true");
        var endpoint = context.getEndpoint(
                "sftoolkit:fetch:Account?clientId=client&clientSecret=client-secret&revokeOnStop=true");
        endpoint.stop();
        assertThat(emulator.requests().list().stream().map(request -> request.path()))
                .anyMatch(path -> path.startsWith("/services/oauth2/revoke"));
    }

    @Test
    void aMovedInstanceIsFollowed() {
        works("clientId=client&clientSecret=client-secret");
        emulator.moveInstance();
        works("clientId=client&clientSecret=client-secret");
        assertThat(emulator.logins()).isEqualTo(2);
    }

    @Test
    void theLatestVersionIsAskedForOnce() {
        String options = "clientId=client&clientSecret=client-secret&apiVersion=latest";
        works(options);
        works(options);
        List<String> paths = emulator.requests().list().stream()
                .map(request -> request.path())
                .filter(path -> path.startsWith("/services/data/"))
                .toList();
        assertThat(paths).filteredOn(path -> path.equals("/services/data/")).hasSize(1);
        assertThat(paths)
                .filteredOn(path -> path.startsWith("/services/data/v66.0/"))
                .isEmpty();
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "the CLI of the test is a shell script")
    void expiredCliTokenIsRequestedAgain() throws Exception {
        Path token = Files.writeString(directory.resolve("token"), "issued-token");
        Path sf = Files.writeString(
                directory.resolve("sf-again"),
                "#!/bin/sh\nprintf '{\"status\":0,\"result\":{\"accessToken\":\"%s\",\"instanceUrl\":\""
                        + emulator.url() + "\"}}' `cat " + token + "`\n");
        Files.setPosixFilePermissions(sf, PosixFilePermissions.fromString("rwx------"));
        works("authType=CLI&cliCommand=" + sf);
        emulator.expireTokens();
        Files.writeString(token, fresh());
        works("authType=CLI&cliCommand=" + sf);
    }

    private String fresh() throws Exception {
        var form = "grant_type=client_credentials&client_id=client&client_secret=client-secret";
        var answer = java.net.http.HttpClient.newHttpClient()
                .send(
                        java.net.http.HttpRequest.newBuilder(
                                        java.net.URI.create(emulator.url() + "/services/oauth2/token"))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(java.net.http.HttpRequest.BodyPublishers.ofString(form))
                                .build(),
                        java.net.http.HttpResponse.BodyHandlers.ofString());
        return answer.body().replaceFirst("(?s).*\"access_token\" ?: ?\"([^\"]+)\".*", "$1");
    }

    @Test
    void aLoginThatTimesOutAtStartFreesItsConnection() throws Exception {
        String uri = "sftoolkit:fetch:Account?clientId=client&clientSecret=client-secret&lazyLogin=false"
                + "&requestTimeout=500&maxRetries=0&maxConnections=1";
        for (Fault.Point point : Fault.Point.values()) {
            emulator.faults().always(when("POST oauth2/token"), Fault.stall(point));
            assertThatThrownBy(() -> context.getEndpoint(uri))
                    .as(point.name())
                    .hasStackTraceContaining("org.sftoolkit.camel.error");
            Awaitility.await()
                    .untilAsserted(() -> assertThat(emulator.requests().inFlight())
                            .as(point.name())
                            .isZero());
            emulator.faults().clear();
            context.removeEndpoint(
                    Awaitility.await().ignoreExceptions().until(() -> context.getEndpoint(uri), made -> made != null));
        }
    }
}
