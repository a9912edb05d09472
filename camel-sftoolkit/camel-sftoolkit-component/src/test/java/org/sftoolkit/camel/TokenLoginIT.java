package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sftoolkit.camel.error.AuthenticationException;
import org.sftoolkit.camel.model.SObject;
import org.sftoolkit.emulator.EmulatorBuilder;

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
}
