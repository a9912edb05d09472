package org.sftoolkit.emulator.api;

import java.security.PublicKey;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which logins are accepted.
 *
 * @param clientId consumer key of the connected app
 * @param clientSecret consumer secret of the connected app
 * @param jwtKey verifies the assertions of the JWT bearer flow; null if no key is registered, which refuses all of them
 * @param users the first is the one that client credentials run as
 * @param clientCredentialsUser whether the app has a user that client credentials run as
 * @param loginHostOnly whether this host is like login.salesforce.com, where client credentials are refused
 * @param rotateRefreshTokens whether a refresh token can be used once and returns the next one
 * @param strictJwtExpiry whether assertions must expire within three minutes, by a number
 */
public record LoginRules(
        String clientId,
        String clientSecret,
        PublicKey jwtKey,
        List<UserAccount> users,
        boolean clientCredentialsUser,
        boolean loginHostOnly,
        boolean rotateRefreshTokens,
        boolean strictJwtExpiry) {

    /** In place of a key: assertions are taken whoever signed them. */
    public static final PublicKey ANY_KEY = new PublicKey() {
        private static final long serialVersionUID = 1;

        @Override
        public String getAlgorithm() {
            return "RSA";
        }

        @Override
        public String getFormat() {
            return null;
        }

        @Override
        public byte[] getEncoded() {
            return null;
        }
    };

    public Optional<UserAccount> user(String userName) {
        return users.stream()
                .filter(user -> user.userName().equalsIgnoreCase(userName))
                .findFirst();
    }

    /** With one more user. */
    public LoginRules with(UserAccount user) {
        return new LoginRules(
                clientId,
                clientSecret,
                jwtKey,
                Stream.concat(users.stream(), Stream.of(user)).toList(),
                clientCredentialsUser,
                loginHostOnly,
                rotateRefreshTokens,
                strictJwtExpiry);
    }

    /** With another connected app. */
    public LoginRules withApp(String id, String secret, PublicKey key) {
        return new LoginRules(
                id, secret, key, users, clientCredentialsUser, loginHostOnly, rotateRefreshTokens, strictJwtExpiry);
    }

    public LoginRules withClientCredentialsUser(boolean yes) {
        return new LoginRules(
                clientId, clientSecret, jwtKey, users, yes, loginHostOnly, rotateRefreshTokens, strictJwtExpiry);
    }

    public LoginRules withLoginHostOnly(boolean yes) {
        return new LoginRules(
                clientId,
                clientSecret,
                jwtKey,
                users,
                clientCredentialsUser,
                yes,
                rotateRefreshTokens,
                strictJwtExpiry);
    }

    public LoginRules withRotateRefreshTokens(boolean yes) {
        return new LoginRules(
                clientId, clientSecret, jwtKey, users, clientCredentialsUser, loginHostOnly, yes, strictJwtExpiry);
    }

    public LoginRules withStrictJwtExpiry(boolean yes) {
        return new LoginRules(
                clientId, clientSecret, jwtKey, users, clientCredentialsUser, loginHostOnly, rotateRefreshTokens, yes);
    }

    @Override
    public String toString() {
        return "LoginRules[" + clientId + "]";
    }
}
