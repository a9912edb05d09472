package org.sftoolkit.camel.auth;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Objects;

/** The private key of a connected app. Equal if the key is the same; never shown. Thread-safe. */
public final class SigningKey {

    private final PrivateKey key;

    /** @param key an RSA key: Salesforce takes no others */
    public SigningKey(PrivateKey key) {
        if (!"RSA".equals(key.getAlgorithm())) {
            throw new IllegalArgumentException("the private key has the type " + key.getAlgorithm()
                    + ": use an RSA key, Salesforce accepts no other");
        }
        this.key = Objects.requireNonNull(key);
    }

    /** Signs by SHA256withRSA, the RS256 of JSON Web Tokens. */
    byte[] sign(byte[] content) {
        try {
            var signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update(content);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the private key cannot sign", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SigningKey that && key.equals(that.key);
    }

    @Override
    public int hashCode() {
        return key.hashCode();
    }

    @Override
    public String toString() {
        return "a private key";
    }
}
