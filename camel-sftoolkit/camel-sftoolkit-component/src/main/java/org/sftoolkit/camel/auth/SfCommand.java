package org.sftoolkit.camel.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.sftoolkit.camel.error.AuthenticationException;

/** Runs the Salesforce CLI and reads what it prints as JSON. Blocks; for worker threads. Thread-safe. */
public final class SfCommand {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String program;
    private final Duration limit;

    /**
     * @param program the CLI, {@code sf} or a path
     * @param limit   longest run
     */
    public SfCommand(String program, Duration limit) {
        this.program = program;
        this.limit = limit;
    }

    /**
     * Runs a command and gives its {@code result}; throws {@link AuthenticationException} if it fails or takes too
     * long.
     */
    JsonNode run(List<String> arguments) {
        var line = new ArrayList<>(List.of(program));
        line.addAll(arguments);
        Process process = start(line);
        try {
            CompletableFuture<byte[]> output = new CompletableFuture<>();
            var reader = new Thread(() -> read(process, output), "sftoolkit-cli");
            reader.setDaemon(true);
            reader.start();
            return result(output.get(limit.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            throw failure("did not answer within " + limit.toSeconds() + " s");
        } catch (ExecutionException e) {
            throw failure("cannot be read");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure("was interrupted");
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private Process start(List<String> line) {
        try {
            var builder = new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.DISCARD);
            Map<String, String> environment = builder.environment();
            // else the JSON would contain colour codes
            environment.remove("FORCE_COLOR");
            environment.remove("CLICOLOR_FORCE");
            environment.put("NO_COLOR", "1");
            Process process = builder.start();
            process.getOutputStream().close();
            return process;
        } catch (IOException e) {
            throw failure("cannot be started: install it, or set cliCommand to its path");
        }
    }

    private static void read(Process process, CompletableFuture<byte[]> output) {
        try {
            output.complete(process.getInputStream().readAllBytes());
        } catch (IOException e) {
            output.completeExceptionally(e);
        }
    }

    private JsonNode result(byte[] output) {
        try {
            JsonNode answer = JSON.readTree(output);
            if (answer.path("status").asInt(1) == 0 && answer.path("result").isObject()) {
                return answer.path("result");
            }
            throw failure("answered " + answer.path("name").asText("without a result") + ": "
                    + answer.path("message").asText(""));
        } catch (IOException e) {
            throw failure("did not print JSON");
        }
    }

    // no cause: what the CLI prints may hold the token
    private AuthenticationException failure(String what) {
        return new AuthenticationException("the Salesforce CLI (" + program + ") " + what, (Throwable) null);
    }
}
