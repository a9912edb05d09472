package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sftoolkit.emulator.fault.FaultPlan.when;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sftoolkit.camel.error.AuthenticationException;
import org.sftoolkit.camel.error.RedirectedException;
import org.sftoolkit.camel.model.SObject;
import org.sftoolkit.emulator.EmulatorBuilder;
import org.sftoolkit.emulator.SalesforceEmulator;
import org.sftoolkit.emulator.fault.Fault;

class TokenLoginIT extends RouteTestSupport {

    @Override
    protected void org(EmulatorBuilder settings) {
        settings.accessToken("00D000000000001!issued.elsewhere");
    }

    @Override
    protected void configure(SfToolkitConfiguration options) {
        options.setClientId(null);
        options.setClientSecret(null);
        options.setAccessToken("00D000000000001!issued.elsewhere");
        options.setInstanceUrl(emulator.url());
    }

    @Test
    void aTokenIssuedElsewhereNeedsNoLogin() {
        String id = emulator.org().insert("Account", Map.of("Name", "Acme"));
        assertThat(body("sftoolkit:fetch:Account", id, SObject.class)).containsEntry("Name", "Acme");
        assertThat(emulator.logins()).isZero();
    }

    @Test
    void aTokenThatExpiredIsATypedErrorThatNamesTheCure() {
        emulator.expireTokens();
        assertThat(send("sftoolkit:fetch:Account", "001000000000001AAA").getException())
                .isInstanceOf(AuthenticationException.class)
                .hasMessageContaining("accessToken");
    }

    @Test
    void aRedirectOfAnOrgWhoseTokenIsFixedIsAnErrorThatNamesItsTargetAndSendsTheTokenNowhereElse() {
        try (var other = SalesforceEmulator.builder()
                .accessToken("00D000000000001!issued.elsewhere")
                .start()) {
            for (int status : new int[] {301, 302, 307, 308}) {
                emulator.faults()
                        .next(
                                1,
                                when("GET limits"),
                                Fault.redirect(status, other.url() + "/services/data/v66.0/limits"));
                assertThat(send("sftoolkit:limits", null).getException())
                        .as("status %d", status)
                        .isInstanceOf(RedirectedException.class)
                        .hasMessageContaining(other.url())
                        .matches(failure -> !((RedirectedException) failure).retryable(), "is final");
            }
            assertThat(other.requests().list()).isEmpty();
        }
        assertThat(send("sftoolkit:limits", null).getException()).isNull();
        assertThat(emulator.logins()).isZero();
    }
}
