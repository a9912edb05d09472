package org.sftoolkit.emulator;

import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.sftoolkit.emulator.api.LoginRules;
import org.sftoolkit.emulator.api.UserAccount;
import org.sftoolkit.emulator.events.EventSettings;
import org.sftoolkit.emulator.org.DuplicateRule;
import org.sftoolkit.emulator.org.Schema;

/** What the builder has gathered. Immutable. */
record EmulatorSettings(
        String host,
        int port,
        Clock clock,
        long seed,
        Schema schema,
        String clientId,
        String clientSecret,
        PublicKey jwtKey,
        List<Account> users,
        Duration latency,
        int dailyLimit,
        List<String> accessTokens,
        List<String> refreshTokens,
        int pageSize,
        int openCursors,
        boolean clientCredentialsUser,
        boolean loginHostOnly,
        boolean rotateRefreshTokens,
        boolean strictJwtExpiry,
        int tokenLifetimeRequests,
        Duration idleTimeout,
        List<DuplicateRule> duplicateRules,
        Optional<TlsFiles> tls,
        List<String> allowedHosts,
        long fileLimit,
        Optional<Path> data,
        List<Consumer<SeedFiles>> seeds,
        EventSettings events,
        RecordedCalls recorded) {

    /** Who may log in by name. */
    record Account(String userName, String password, String securityToken) {}

    /** PEM files of the server's certificate and key. */
    record TlsFiles(String certificate, String key) {}

    /** @param accounts the users with their ids */
    LoginRules loginRules(List<UserAccount> accounts) {
        return new LoginRules(
                clientId,
                clientSecret,
                jwtKey,
                accounts,
                clientCredentialsUser,
                loginHostOnly,
                rotateRefreshTokens,
                strictJwtExpiry);
    }

    @Override
    public String toString() {
        return "EmulatorSettings[" + host + ":" + port + "]";
    }
}
