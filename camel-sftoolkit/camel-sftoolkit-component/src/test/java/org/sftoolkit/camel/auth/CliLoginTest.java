package org.sftoolkit.camel.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.sftoolkit.camel.error.AuthenticationException;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the CLI of the test is a shell script")
class CliLoginTest {

    private static final String REDACTED =
            """
            case "$*" in
              "org display --json --target-org acme")
                echo '{"status":0,"result":{"accessToken":"[REDACTED] Use sf org auth show-access-token to view",'
                echo '"instanceUrl":"https://acme.my.salesforce.com"},"warnings":["w"]}' ;;
              "org auth show-access-token --json --target-org acme")
                echo '{"status":0,"result":{"accessToken":"00D!cli"}}' ;;
              *) echo "{\\"status\\":1,\\"name\\":\\"Unexpected\\",\\"message\\":\\"$*\\"}"; exit 1 ;;
            esac
            """;

    @TempDir
    Path directory;

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private Future<Grant> login(String script, String alias, Duration limit) throws IOException {
        Path sf = directory.resolve("sf");
        Files.writeString(sf, "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(sf, PosixFilePermissions.fromString("rwx------"));
        Future<Grant> login = new CliLogin(new SfCommand(sf.toString(), limit), alias, null, vertx).login();
        Awaitility.await().atMost(20, TimeUnit.SECONDS).until(login::isComplete);
        return login;
    }

    private Future<Grant> login(String script) throws IOException {
        return login(script, "acme", Duration.ofSeconds(10));
    }

    @Test
    void aHiddenTokenIsAskedForByItsOwnCommand() throws IOException {
        Grant grant = login(REDACTED).result();
        assertThat(grant.token().accessToken()).isEqualTo("00D!cli");
        assertThat(grant.token().instanceUrl()).isEqualTo("https://acme.my.salesforce.com");
    }

    @Test
    void anOldCliShowsItRightAway() throws IOException {
        Grant grant = login(
                        "[ \"$*\" = \"org display --json\" ] && [ -z \"$FORCE_COLOR\" ] && echo"
                                + " '{\"status\":0,\"result\":"
                                + "{\"accessToken\":\"00D!old\",\"instanceUrl\":\"https://acme.my.salesforce.com/\"}}'",
                        null,
                        Duration.ofSeconds(10))
                .result();
        assertThat(grant.token().accessToken()).isEqualTo("00D!old");
    }

    @Test
    void itsErrorsAreTyped() throws IOException {
        Future<Grant> login = login(
                "echo noise >&2; echo '{\"status\":1,\"name\":\"NamedOrgNotFoundError\",\"message\":\"No org acme\"}';"
                        + " exit 1");
        assertThat(login.cause())
                .isInstanceOf(AuthenticationException.class)
                .hasMessageContaining("NamedOrgNotFoundError: No org acme");
        assertThat(login("echo 00D!token in plain text").cause())
                .isInstanceOf(AuthenticationException.class)
                .hasMessageContaining("did not print JSON")
                .message()
                .doesNotContain("00D!token");
        assertThat(login("echo '{\"status\":0,\"result\":{}}'").cause()).isInstanceOf(AuthenticationException.class);
    }

    @Test
    void hangingCliIsEndedWithItsChildren() throws IOException {
        Path pid = directory.resolve("pid");
        Future<Grant> login = login("sleep 60 & echo $! > " + pid + "; wait", "acme", Duration.ofMillis(700));
        assertThat(login.cause()).isInstanceOf(AuthenticationException.class).hasMessageContaining("did not answer");
        long child = Long.parseLong(Files.readString(pid).strip());
        Awaitility.await()
                .until(() -> ProcessHandle.of(child).map(p -> !p.isAlive()).orElse(true));
    }

    @Test
    void missingCliIsNamed() {
        Future<Grant> login = new CliLogin(
                        new SfCommand(directory.resolve("nothing").toString(), Duration.ofSeconds(5)),
                        null,
                        null,
                        vertx)
                .login();
        Awaitility.await().until(login::isComplete);
        assertThat(login.cause()).hasMessageContaining("cliCommand");
    }
}
