package org.sftoolkit.benchmarks.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sftoolkit.emulator.SalesforceEmulator;

/** Both components follow the bus of one emulated org. */
class FollowerTest {

    @ParameterizedTest
    @ValueSource(strings = {"sftoolkit", "camel-salesforce"})
    @Timeout(value = 2, unit = TimeUnit.MINUTES)
    void everyChangeComes(String driver) throws Exception {
        try (SalesforceEmulator org = SalesforceEmulator.builder()
                .connectedApp("benchmark", "benchmark")
                .user("benchmark@example.com", "benchmark", "")
                .start()) {
            for (int i = 0; i < 250; i++) {
                org.org().insert("Account", Map.of("Name", "Account " + i));
            }
            try (Follower follower = Follower.of(Settings.of("driver=" + driver, "port=" + org.port()))) {
                assertThat(follower.follow(200).run()).isEqualTo(200);
                assertThat(follower.follow(50).run()).isEqualTo(50);
            }
        }
    }
}
