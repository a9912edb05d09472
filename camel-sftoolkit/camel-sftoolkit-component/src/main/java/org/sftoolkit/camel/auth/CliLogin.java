package org.sftoolkit.camel.auth;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.error.AuthenticationException;
import org.sftoolkit.camel.transport.Token;

/**
 * The login of the Salesforce CLI on this machine, which refreshes its token itself. Since 2026 {@code sf org display} hides
 * the token, and a command of its own shows it; older CLIs do not know that command and show the token right away.
 *
 * @see <a href="https://developer.salesforce.com/docs/atlas.en-us.sfdx_cli_reference.meta/sfdx_cli_reference/cli_reference_org_commands_unified.htm">Salesforce
 *      CLI Command Reference: org Commands</a>
 */
public final class CliLogin implements LoginFlow {

    private final SfCommand command;
    private final @Nullable String alias;
    private final @Nullable String instanceUrl;
    private final Vertx vertx;

    /**
     * @param command runs the CLI
     * @param alias alias or user name of the org; null for the default org
     * @param instanceUrl URL that overrides the one of the CLI, or null
     * @param vertx whose workers wait for the CLI
     */
    public CliLogin(SfCommand command, @Nullable String alias, @Nullable String instanceUrl, Vertx vertx) {
        this.command = command;
        this.alias = alias;
        this.instanceUrl = instanceUrl;
        this.vertx = vertx;
    }

    @Override
    public Future<Grant> login() {
        return vertx.executeBlocking(this::ask, false);
    }

    private Grant ask() {
        JsonNode org = command.run(arguments("display"));
        String instance =
                instanceUrl != null ? instanceUrl : org.path("instanceUrl").asText("");
        String token = org.path("accessToken").asText("");
        if (token.isEmpty() || token.startsWith("[REDACTED]")) {
            token = command.run(arguments("auth", "show-access-token"))
                    .path("accessToken")
                    .asText("");
        }
        if (token.isEmpty() || token.startsWith("[REDACTED]") || instance.isEmpty()) {
            throw new AuthenticationException(
                    "the Salesforce CLI returned no access token or no instance URL: log in to the org again (sf org"
                            + " login)",
                    (Throwable) null);
        }
        return Grant.of(new Token(token, instance));
    }

    private List<String> arguments(String... verbs) {
        var arguments = new ArrayList<>(List.of("org"));
        arguments.addAll(List.of(verbs));
        arguments.add("--json");
        if (alias != null) {
            arguments.add("--target-org");
            arguments.add(alias);
        }
        return arguments;
    }
}
