package org.sftoolkit.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sftoolkit.emulator.Errors.assertError;
import static org.sftoolkit.emulator.fault.FaultPlan.when;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sftoolkit.emulator.fault.Fault;
import org.sftoolkit.emulator.org.RecordIds;

class LoginTest {

    private static final String TOKEN = "/services/oauth2/token";
    private static final String CLIENT = "client_id=emulator-client&client_secret=emulator-secret";
    private static final KeyPair KEYS = keys();

    private static final SalesforceEmulator EMULATOR = SalesforceEmulator.builder()
            .jwtKey(KEYS.getPublic())
            .refreshToken("refresh-1")
            .start();
    private final Client client = new Client(EMULATOR.url(), null);

    @AfterAll
    static void stop() {
        EMULATOR.close();
    }

    @Test
    void clientCredentialsOpenASession() {
        int before = EMULATOR.logins();

        Client.Reply reply = client.form(TOKEN, "grant_type=client_credentials&" + CLIENT);

        JsonNode json = reply.json();
        assertThat(reply.status()).isEqualTo(200);
        assertThat(json.path("access_token").asText()).matches("00D\\w{12}![\\w.]+");
        assertThat(json.path("instance_url").asText()).isEqualTo(EMULATOR.url());
        assertThat(json.path("id").asText())
                .isEqualTo(EMULATOR.url() + "/id/" + EMULATOR.org().organizationId() + "/"
                        + EMULATOR.org().userId());
        assertThat(json.path("token_type").asText()).isEqualTo("Bearer");
        assertThat(json.path("issued_at").asText()).matches("\\d{13}");
        assertThat(json.path("scope").asText()).isEqualTo("api id");
        assertThat(json.has("refresh_token")).isFalse();
        assertThat(json.has("expires_in")).isFalse();
        assertThat(works(json)).isTrue();
        assertThat(EMULATOR.logins()).isEqualTo(before + 1);
    }

    @Test
    void clientCredentialsMayComeAsBasicHeader() {
        String basic =
                Base64.getEncoder().encodeToString("emulator-client:emulator-secret".getBytes(StandardCharsets.UTF_8));

        assertThat(client.form(TOKEN, "grant_type=client_credentials", "Authorization", "Basic " + basic)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void passwordWithSecurityTokenOpensASessionWithoutScope() {
        JsonNode json = client.form(
                        TOKEN, "grant_type=password&" + CLIENT + "&username=user%40example.com&password=passwordtoken")
                .json();

        assertThat(works(json)).isTrue();
        assertThat(json.has("scope")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "grant_type=password&client_id=emulator-client&client_secret=emulator-secret&username=user@example.com&password=password"
                        + " | invalid_grant | authentication failure",
                "grant_type=password&client_id=emulator-client&client_secret=emulator-secret&username=no&password=x |"
                        + " invalid_grant | authentication failure",
                "grant_type=client_credentials&client_id=no&client_secret=x | invalid_client_id | client identifier"
                        + " invalid",
                "grant_type=client_credentials&client_id=emulator-client&client_secret=x | invalid_client | invalid"
                        + " client credentials",
                "grant_type=refresh_token&client_id=emulator-client&refresh_token=x | invalid_grant | expired"
                        + " access/refresh token",
                "grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer&assertion=x | invalid_grant | invalid"
                        + " assertion",
                "grant_type=nope | unsupported_grant_type | grant type not supported"
            })
    void refusedLoginsAnswer400AndAnObject(String form, String error, String description) {
        int before = EMULATOR.refusedLogins();

        Client.Reply reply = client.form(TOKEN, form);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body())
                .isEqualTo("{\"error\":\"" + error + "\",\"error_description\":\"" + description + "\"}");
        assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
        assertThat(EMULATOR.refusedLogins()).isEqualTo(before + 1);
    }

    @Test
    void aSignedAssertionOpensASession() {
        assertThat(works(jwt("emulator-client", "user@example.com", "https://login.salesforce.com", soon(), KEYS)
                        .json()))
                .isTrue();
        assertThat(works(jwt("emulator-client", "user@example.com", EMULATOR.url(), "\"" + soon() + "\"", KEYS)
                        .json()))
                .isTrue();
    }

    @Test
    void badAssertionsAreRefused() {
        String aud = "https://login.salesforce.com";
        assertRefused(jwt("no", "user@example.com", aud, soon(), KEYS), "client identifier invalid");
        assertRefused(jwt("emulator-client", "no", aud, soon(), KEYS), "user hasn't approved this consumer");
        assertRefused(
                jwt("emulator-client", "user@example.com", "https://x", soon(), KEYS), "Audience validation failed");
        assertRefused(jwt("emulator-client", "user@example.com", aud, "1000000", KEYS), "expired authorization code");
        assertRefused(jwt("emulator-client", "user@example.com", aud, soon(), keys()), "invalid assertion");
    }

    @Test
    void aRefreshTokenIsGoodManyTimes() {
        for (int i = 0; i < 2; i++) {
            JsonNode json = client.form(
                            TOKEN, "grant_type=refresh_token&client_id=emulator-client&refresh_token=refresh-1")
                    .json();
            assertThat(works(json)).isTrue();
            assertThat(json.has("refresh_token")).isFalse();
        }
    }

    @Test
    void rotationGivesANewRefreshTokenAndEndsTheSessionBefore() {
        try (SalesforceEmulator rotating = SalesforceEmulator.builder()
                .refreshToken("first")
                .rotateRefreshTokens(true)
                .start()) {
            Client login = new Client(rotating.url(), null);
            String form = "grant_type=refresh_token&client_id=emulator-client&refresh_token=";
            JsonNode one = login.form(TOKEN, form + "first").json();
            JsonNode two =
                    login.form(TOKEN, form + one.path("refresh_token").asText()).json();

            assertThat(login.form(TOKEN, form + "first").status()).isEqualTo(400);
            assertThat(works(rotating, one)).isFalse();
            assertThat(works(rotating, two)).isTrue();
        }
    }

    @Test
    void aRefreshTokenThatIsGoodOnceIsExchangedOnce() {
        for (int i = 0; i < 20; i++) {
            try (SalesforceEmulator rotating = SalesforceEmulator.builder()
                    .refreshToken("first")
                    .rotateRefreshTokens(true)
                    .start()) {
                Client login = new Client(rotating.url(), null);
                String form = "grant_type=refresh_token&client_id=emulator-client&refresh_token=first";
                List<CompletableFuture<Integer>> answers = IntStream.range(0, 4)
                        .mapToObj(n -> CompletableFuture.supplyAsync(
                                () -> login.form(TOKEN, form).status()))
                        .toList();
                assertThat(answers.stream().map(CompletableFuture::join)).containsExactlyInAnyOrder(200, 400, 400, 400);
            }
        }
    }

    @Test
    void theIdentityOfALoginCanBeRead() {
        JsonNode login =
                client.form(TOKEN, "grant_type=client_credentials&" + CLIENT).json();
        String path = URI.create(login.path("id").asText()).getPath();
        String token = login.path("access_token").asText();
        Client anyone = new Client(EMULATOR.url(), null);

        Client.Reply identity = new Client(EMULATOR.url(), token).get(path);
        assertThat(identity.json().path("username").asText()).isEqualTo("user@example.com");
        assertThat(identity.json().path("id").asText())
                .isEqualTo(login.path("id").asText());
        assertThat(identity.json().at("/urls/rest").asText()).contains("/services/data/v{version}/");
        assertThat(anyone.get(path + "?oauth_token=" + token).status()).isEqualTo(200);
        assertThat(anyone.get(path).status()).isEqualTo(403);
        assertThat(new Client(EMULATOR.url(), "dead").get(path).body()).isEqualTo("Bad_OAuth_Token");
        Client known = new Client(EMULATOR.url(), token);
        String organization = EMULATOR.org().organizationId();
        assertThat(known.get(path.replace(organization, organization.substring(0, 15)))
                        .status())
                .isEqualTo(200);
        String other = EMULATOR.org().addUser("other@example.com");
        for (String[] refused : new String[][] {
            {path.replace("/id/00D", "/id/00E"), "404", "Bad_Id"},
            {"/id/0/0", "404", "Bad_Id"},
            {path.substring(0, path.length() - 1), "404", "Bad_Id"},
            {"/id/" + RecordIds.to18("00D000000000062") + path.substring(path.lastIndexOf('/')), "403", "Wrong_Org"},
            {"/id/" + organization + "/" + RecordIds.to18("005000000000062"), "404", "Bad_Id"},
            {"/id/" + organization + "/" + other, "404", "No_Access"}
        }) {
            Client.Reply reply = known.get(refused[0]);
            assertThat(reply.status() + " " + reply.body()).as(refused[0]).isEqualTo(refused[1] + " " + refused[2]);
        }
    }

    @Test
    void aLoginHostRefusesClientCredentials() {
        try (SalesforceEmulator host =
                SalesforceEmulator.builder().loginHostOnly(true).start()) {
            assertThat(new Client(host.url(), null)
                            .form(TOKEN, "grant_type=client_credentials&" + CLIENT)
                            .body())
                    .isEqualTo("{\"error\":\"invalid_grant\",\"error_description\":\"request not supported on this"
                            + " domain\"}");
        }
    }

    @Test
    void anAppWithoutARunAsUserRefusesClientCredentials() {
        try (SalesforceEmulator emulator =
                SalesforceEmulator.builder().clientCredentialsUser(false).start()) {
            assertRefused(
                    new Client(emulator.url(), null).form(TOKEN, "grant_type=client_credentials&" + CLIENT),
                    "no client credentials user enabled");
        }
    }

    @Test
    void strictExpiryRefusesTextAndFarTimes() {
        try (SalesforceEmulator strict = SalesforceEmulator.builder()
                .jwtKey(KEYS.getPublic())
                .strictJwtExpiry(true)
                .start()) {
            Client login = new Client(strict.url(), null);
            String far = String.valueOf(Instant.now().getEpochSecond() + 3_600);
            assertThat(jwt(login, "user@example.com", soon()).status()).isEqualTo(200);
            assertRefused(jwt(login, "user@example.com", "\"" + soon() + "\""), "invalid assertion");
            assertRefused(jwt(login, "user@example.com", far), "invalid assertion");
        }
    }

    @Test
    void anyRefusalCanBeInjected() {
        EMULATOR.faults().next(when("oauth2/token"), Fault.loginRefused("rate_limit_exceeded", "login rate exceeded"));

        assertRefused(client.form(TOKEN, "grant_type=client_credentials&" + CLIENT), "login rate exceeded");
        assertThat(client.form(TOKEN, "grant_type=client_credentials&" + CLIENT).status())
                .isEqualTo(200);
    }

    @Test
    void sessionsCanBeEndedOverHttp() {
        JsonNode login =
                client.form(TOKEN, "grant_type=client_credentials&" + CLIENT).json();

        assertThat(client.post("/__emulator/expire", "").status()).isEqualTo(204);

        assertThat(works(login)).isFalse();
    }

    @Test
    void revokedTokensAreDead() {
        JsonNode json =
                client.form(TOKEN, "grant_type=client_credentials&" + CLIENT).json();
        String token = json.path("access_token").asText();

        assertThat(client.form("/services/oauth2/revoke", "token=" + token).status())
                .isEqualTo(200);
        assertThat(works(json)).isFalse();
        assertThat(client.form("/services/oauth2/revoke", "token=" + token).status())
                .isEqualTo(400);
    }

    @Test
    void introspectionTellsWhetherATokenIsAlive() {
        String token = client.form(TOKEN, "grant_type=client_credentials&" + CLIENT)
                .json()
                .path("access_token")
                .asText();

        JsonNode alive = client.form("/services/oauth2/introspect", CLIENT + "&token=" + token)
                .json();

        assertThat(alive.path("active").asBoolean()).isTrue();
        assertThat(alive.path("username").asText()).isEqualTo("user@example.com");
        assertThat(client.form("/services/oauth2/introspect", CLIENT + "&token=x")
                        .body())
                .isEqualTo("{\"active\":false}");
        assertThat(client.form("/services/oauth2/introspect", "token=x").status())
                .isEqualTo(401);
    }

    @Test
    void userInfoAnswers403ForDeadTokens() {
        String token = client.form(TOKEN, "grant_type=client_credentials&" + CLIENT)
                .json()
                .path("access_token")
                .asText();

        JsonNode json = new Client(EMULATOR.url(), token)
                .get("/services/oauth2/userinfo")
                .json();
        assertThat(json.path("user_id").asText()).isEqualTo(EMULATOR.org().userId());
        assertThat(json.path("urls").path("rest").asText()).isEqualTo(EMULATOR.url() + "/services/data/v{version}/");
        Client.Reply dead = new Client(EMULATOR.url(), "x").get("/services/oauth2/userinfo");
        assertThat(dead.status()).isEqualTo(403);
        assertThat(dead.body()).isEqualTo("Bad_OAuth_Token");
        assertThat(client.get("/services/oauth2/userinfo").body()).isEqualTo("Missing_OAuth_Token");
    }

    @Test
    void deadAndMissingTokensAnswer401() {
        assertError(
                new Client(EMULATOR.url(), "x").get("/limits"),
                401,
                "INVALID_SESSION_ID",
                "Session expired or invalid");
        assertError(client.get("/limits"), 401, "INVALID_SESSION_ID", "Session expired or invalid");
        assertError(
                client.call("GET", "/limits", null, "Authorization", "Basic x"),
                401,
                "INVALID_AUTH_HEADER",
                "INVALID_HEADER_TYPE");
    }

    @Test
    void expiredTokensAnswer401() {
        try (SalesforceEmulator emulator =
                SalesforceEmulator.builder().accessToken("t").start()) {
            Client session = new Client(emulator.url(), "t");
            assertThat(session.get("/limits").status()).isEqualTo(200);
            emulator.expireTokens();
            assertError(session.get("/limits"), 401, "INVALID_SESSION_ID");
        }
    }

    @Test
    void tokensDieAfterSoManyCalls() {
        try (SalesforceEmulator emulator = SalesforceEmulator.builder()
                .accessToken("t")
                .tokenLifetimeRequests(2)
                .start()) {
            Client session = new Client(emulator.url(), "t");
            assertThat(session.get("/limits").status()).isEqualTo(200);
            assertThat(session.get("/limits").status()).isEqualTo(200);
            assertThat(session.get("/limits").status()).isEqualTo(401);
        }
    }

    @Test
    void aMovedInstanceIsNamedByTheNextLogin() {
        try (SalesforceEmulator emulator = SalesforceEmulator.builder().start()) {
            String old = emulator.url();
            Client login = new Client(old, null);
            JsonNode before =
                    login.form(TOKEN, "grant_type=client_credentials&" + CLIENT).json();
            emulator.org().insert("Account", Map.of("Name", "kept"));

            String moved = emulator.moveInstance();
            JsonNode after =
                    login.form(TOKEN, "grant_type=client_credentials&" + CLIENT).json();

            assertThat(moved).isNotEqualTo(old).isEqualTo(emulator.url());
            assertThat(after.path("instance_url").asText()).isEqualTo(moved);
            assertError(
                    new Client(old, before.path("access_token").asText()).get("/limits"), 401, "INVALID_SESSION_ID");
            assertError(new Client(old, after.path("access_token").asText()).get("/limits"), 401, "INVALID_SESSION_ID");
            assertThat(new Client(moved, after.path("access_token").asText())
                            .get("/limits/recordCount?sObjects=Account")
                            .json()
                            .at("/sObjects/0/count")
                            .asInt())
                    .isEqualTo(1);
        }
    }

    private static Client.Reply jwt(Client login, String sub, String exp) {
        return jwt(login, "emulator-client", sub, "https://login.salesforce.com", exp, KEYS);
    }

    private Client.Reply jwt(String iss, String sub, String aud, String exp, KeyPair keys) {
        return jwt(client, iss, sub, aud, exp, keys);
    }

    private static Client.Reply jwt(Client login, String iss, String sub, String aud, String exp, KeyPair keys) {
        String signed = part("{\"alg\":\"RS256\"}") + "."
                + part("{\"iss\":\"" + iss + "\",\"sub\":\"" + sub + "\",\"aud\":\"" + aud + "\",\"exp\":" + exp + "}");
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(keys.getPrivate());
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            String assertion =
                    signed + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
            return login.form(
                    TOKEN, "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=" + assertion);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String part(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String soon() {
        return String.valueOf(Instant.now().getEpochSecond() + 120);
    }

    private static void assertRefused(Client.Reply reply, String description) {
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("error_description").asText()).isEqualTo(description);
    }

    private static boolean works(JsonNode login) {
        return works(EMULATOR, login);
    }

    private static boolean works(SalesforceEmulator emulator, JsonNode login) {
        return new Client(emulator.url(), login.path("access_token").asText())
                        .get("/limits")
                        .status()
                == 200;
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
