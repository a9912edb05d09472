package org.sftoolkit.emulator.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.sftoolkit.emulator.SalesforceEmulator;

@ExtendWith(EmulatorExtension.class)
class EmulatorParameterTest {

    @Test
    void testsMayTakeTheOrgAsAParameter(SalesforceEmulator emulator) {
        emulator.org().insert("Account", Map.of("Name", "Acme"));
        assertThat(emulator.org().count("Account")).isEqualTo(1);
    }
}
