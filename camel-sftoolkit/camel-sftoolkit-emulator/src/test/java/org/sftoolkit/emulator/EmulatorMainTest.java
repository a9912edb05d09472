package org.sftoolkit.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class EmulatorMainTest {

    @TempDir
    private Path folder;

    @Test
    void runsInAProcessOfItsOwnAndTellsWhere() throws Exception {
        try (Server server = new Server("--port", "0")) {
            assertThat(server.line()).contains("emulator-client", "emulator-secret", "user@example.com");
            assertThat(new Client(server.url(), null)
                            .form(
                                    "/services/oauth2/token",
                                    "grant_type=client_credentials&client_id=emulator-client&client_secret=emulator-secret")
                            .status())
                    .isEqualTo(200);
            assertThat(new Client(server.url(), null)
                            .form(
                                    "/services/oauth2/token",
                                    "grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer&assertion="
                                            + part("{\"alg\":\"RS256\"}") + "."
                                            + part("{\"iss\":\"emulator-client\",\"sub\":\"user@example.com\","
                                                    + "\"aud\":\"https://login.salesforce.com\",\"exp\":9999999999}")
                                            + ".signed")
                            .status())
                    .as("a key that nobody registered")
                    .isEqualTo(200);
            assertThat(new Client(server.url(), null)
                            .get("/__emulator/health")
                            .json()
                            .path("status")
                            .asText())
                    .isEqualTo("UP");
        }
    }

    @Test
    void confirmedWritesSurviveAKill() throws Exception {
        write("org.yaml", "accessTokens: [t]\n");
        write("seed/Account.csv", "Name,External_ID__c\nSeeded,S1\n");
        String[] options = {"--port", "0", "--config", path("org.yaml"), "--seed", path("seed"), "--data", path("data")
        };
        List<String> ids = new ArrayList<>();
        String deleted;
        try (Server server = new Server(options)) {
            Client client = new Client(server.url(), "t");
            for (int i = 0; i < 50; i++) {
                ids.add(client.post("/sobjects/Account", "{\"Name\":\"a" + i + "\"}")
                        .json()
                        .path("id")
                        .asText());
            }
            deleted = ids.remove(49);
            client.delete("/sobjects/Account/" + deleted);
            client.patch("/sobjects/Account/" + ids.get(0), "{\"Name\":\"changed\"}");
            server.kill();
        }
        // A line that was never answered, as a kill in the middle of a write leaves it.
        Files.writeString(
                folder.resolve("data/journal.jsonl"),
                "{\"rows\":[{\"object\":\"Acc",
                java.nio.file.StandardOpenOption.APPEND);
        for (int start = 0; start < 2; start++) {
            try (Server server = new Server(options)) {
                Client client = new Client(server.url(), "t");
                for (String id : ids) {
                    assertThat(client.get("/sobjects/Account/" + id).status()).isEqualTo(200);
                }
                assertThat(client.get("/sobjects/Account/" + ids.get(0))
                                .json()
                                .path("Name")
                                .asText())
                        .isEqualTo("changed");
                Errors.assertError(client.get("/sobjects/Account/" + deleted), 404, "ENTITY_IS_DELETED");
                assertThat(client.get("/query?q=SELECT+COUNT()+FROM+Account")
                                .json()
                                .path("totalSize")
                                .asInt())
                        .as("seeds are loaded once")
                        .isEqualTo(50 + start);
                String fresh = client.post("/sobjects/Account", "{\"Name\":\"new\"}")
                        .json()
                        .path("id")
                        .asText();
                assertThat(ids).doesNotContain(fresh);
                assertThat(fresh).isNotEqualTo(deleted);
                server.kill();
            }
        }
    }

    @Test
    void whatWasSetOverHttpAndWhoIsLoggedInSurviveAKill() throws Exception {
        String[] options = {"--port", "0", "--data", path("data")};
        String token;
        String revoked;
        try (Server server = new Server(options)) {
            Client anyone = new Client(server.url(), null);
            anyone.post("/__emulator/schema", "{\"objects\":[{\"name\":\"Crate__c\",\"keyPrefix\":\"a07\"}]}");
            anyone.post("/__emulator/users", "{\"name\":\"ada@example.com\",\"password\":\"p\",\"token\":\"t\"}");
            String login = "grant_type=password&client_id=emulator-client&client_secret=emulator-secret"
                    + "&username=ada@example.com&password=pt";
            token = anyone.form("/services/oauth2/token", login)
                    .json()
                    .path("access_token")
                    .asText();
            revoked = anyone.form("/services/oauth2/token", login)
                    .json()
                    .path("access_token")
                    .asText();
            anyone.form("/services/oauth2/revoke", "token=" + revoked);
            assertThat(new Client(server.url(), token)
                            .post("/sobjects/Crate__c", "{\"Name\":\"Full\"}")
                            .status())
                    .isEqualTo(201);
            server.kill();
        }
        for (int start = 0; start < 2; start++) {
            try (Server server = new Server(options)) {
                Client client = new Client(server.url(), token);
                assertThat(client.get("/query?q=SELECT+Name,CreatedBy.Username+FROM+Crate__c")
                                .json()
                                .at("/records/0/CreatedBy/Username")
                                .asText())
                        .isEqualTo("ada@example.com");
                assertThat(new Client(server.url(), revoked).get("/limits").status())
                        .isEqualTo(401);
                server.kill();
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--port x                    | --port",
                "--port 70000                | --port",
                "--port                      | --port",
                "--host no.such.host.invalid | --host",
                "--prot 1                    | --prot",
                "--replay no-such-folder     | --replay",
                "--config missing.yaml       | --config",
                "--config @unknown.yaml      | nonsense",
                "--config @broken.yaml       | --config",
                "--config @twice.yaml        | --config",
                "--config @name.yaml         | --config",
                "--config @rule.yaml         | --config: a duplicate rule names the field 'Nope'",
                "--config @records.yaml      | --config",
                "--config @life.yaml         | --config",
                "--seed @none                | --seed",
                "--config @field.yaml        | objects[0].fields[0].type",
                "--schema missing.json       | --schema",
                "--schema @bad.json          | --schema",
                "--seed missing              | --seed",
                "--seed @seed/Nope.csv       | Nope",
                "--seed @seed2/Account.csv   | line 3",
                "--data @file                | --data",
                "--certificate @file         | --key",
                "--key @file                 | --certificate",
                "--certificate x --key y     | --certificate",
                "--certificate @file --key @file | --certificate",
                "--port 1 --port 2           | --port",
                "--host=                     | --host",
                "--host 192.0.2.1            | --host",
                "--data=                     | --data",
                "--seed=                     | --seed",
                "--schema=                   | --schema",
                "--schema @seed              | --schema",
                "--config=                   | --config",
                "--data @torn                | --data",
                "--seed demo --data @torn    | --data",
                "--quiet=maybe               | --quiet",
                "--tls=maybe                 | --tls",
                "stray                       | stray"
            })
    void wrongUsageIsOneLineThatNamesIt(String arguments, String named) throws IOException {
        write("unknown.yaml", "nonsense: 1\n");
        write("broken.yaml", "users: [\n");
        write("field.yaml", "objects: [{name: A__c, keyPrefix: a01, fields: [{name: B__c, type: odd}]}]\n");
        write("twice.yaml", "latency: 1s\nlatency: 2s\n");
        write("name.yaml", "objects: [{name: Two Words__c, keyPrefix: a01}]\n");
        write("rule.yaml", "duplicateRules: [{object: Account, fields: [Nope]}]\n");
        write("records.yaml", "records: {Account: [{Nope: x}]}\n");
        write("life.yaml", "tokenLifetimeRequests: 0\n");
        write("none/.hidden", "");
        write("bad.json", "{}");
        write("seed/Nope.csv", "Name\nx\n");
        write("seed2/Account.csv", "Name,NumberOfEmployees\nx,1\ny,many\n");
        write("file", "");
        write("torn/rows.jsonl", "{\n");
        StringWriter err = new StringWriter();
        CommandLine command = EmulatorMain.commandLine().setErr(new PrintWriter(err, true));

        int status = command.execute(List.of(arguments.split(" +")).stream()
                .map(word -> word.startsWith("@") ? path(word.substring(1)) : word)
                .toArray(String[]::new));

        assertThat(status).as(err.toString()).isEqualTo(2);
        assertThat(err.toString().lines()).as(err.toString()).hasSize(1);
        assertThat(err.toString()).contains(named);
    }

    @Test
    void aPortInUseIsNamed() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            StringWriter err = new StringWriter();
            int status = EmulatorMain.commandLine()
                    .setErr(new PrintWriter(err, true))
                    .execute("--port", String.valueOf(other.getLocalPort()));

            assertThat(status).as(err.toString()).isEqualTo(2);
            assertThat(err.toString().lines()).hasSize(1);
            assertThat(err.toString()).contains("--port", String.valueOf(other.getLocalPort()));
        }
    }

    @Test
    void helpNamesEveryOption() {
        StringWriter out = new StringWriter();
        int status =
                EmulatorMain.commandLine().setOut(new PrintWriter(out, true)).execute("--help");

        assertThat(status).isZero();
        for (String option : List.of(
                "--port",
                "--host",
                "--tls",
                "--certificate",
                "--key",
                "--config",
                "--schema",
                "--seed",
                "--data",
                "--quiet")) {
            assertThat(out.toString()).contains(option);
        }
    }

    private static String part(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    /** The emulator in a process of its own. */
    static final class Server implements AutoCloseable {

        private final Process process;
        private final String line;

        Server(String... options) throws IOException {
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    EmulatorMain.class.getName()));
            command.addAll(List.of(options));
            process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            // Log lines of the test's class path may stand before it.
            line = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
                    .lines()
                    .filter(printed -> printed.startsWith("Salesforce emulator at"))
                    .findFirst()
                    .orElse(null);
        }

        String line() {
            return line;
        }

        String url() {
            Matcher url = Pattern.compile("http://127\\.0\\.0\\.1:\\d+").matcher(String.valueOf(line));
            assertThat(url.find()).as(line).isTrue();
            return url.group();
        }

        void kill() throws InterruptedException {
            process.destroyForcibly().waitFor();
        }

        @Override
        public void close() throws InterruptedException {
            process.destroy();
            process.waitFor();
        }
    }
}
